"""Suppression comments written into the text of a case, as a user would write them."""

from __future__ import annotations

import tokenize
from dataclasses import dataclass

from lambda_lint.testing.lines import Stretch, stretches


@dataclass(frozen=True, slots=True)
class Silencer:
    """Puts a comment where it covers a line: at its end, or alone above the statement that holds it."""

    text: str
    is_python: bool
    is_typescript: bool = False

    def on(self, comments: dict[int, str]) -> str | None:
        """The text with a comment for each line; None if a line has no place for one."""
        lines = self.text.split("\n")
        by_line = _stretches_by_line(self.text) if self.is_python else {}
        above: dict[int, str] = {}
        for number, comment in comments.items():
            line, stretch = lines[number - 1], by_line.get(number)
            if "lambda-lint:" in line or "noqa" in line:
                return None
            if not self.is_python or (stretch and stretch.last == number):
                lines[number - 1] = f"{line}  {self._written(comment)}"
            elif stretch is None or stretch.statement in above:
                return None
            else:
                start = lines[stretch.statement - 1]
                above[stretch.statement] = start[: len(start) - len(start.lstrip())] + comment
        for number in sorted(above, reverse=True):
            lines.insert(number - 1, above[number])
        return "\n".join(lines)

    def for_file(self, comment: str) -> str | None:
        """The text with the comment as its first line; None where the first line has a meaning."""
        if self.text.startswith("#!") or "coding" in self.text.split("\n", 1)[0]:
            return None
        return f"{self._written(comment)}\n{self.text}"

    def _written(self, comment: str) -> str:
        return f"//{comment[1:]}" if self.is_typescript else comment


def _stretches_by_line(text: str) -> dict[int, Stretch]:
    try:
        return {
            number: stretch
            for stretch in stretches(text)
            for number in range(stretch.first, stretch.last + 1)
        }
    except (tokenize.TokenError, SyntaxError):
        return {}
