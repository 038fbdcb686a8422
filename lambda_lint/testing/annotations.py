"""The comments that say what is expected of a line: `# error: [rule-name]` and the questions to the model.

They stand at the end of the line that they speak of, or alone on lines directly above it. What is linted
holds no trace of them: the comment is cut off, a line of its own becomes empty, so that no line moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lambda_lint.errors import LambdaLintError


class CaseError(LambdaLintError):
    """A page of cases cannot be read; the message names the page and the line."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One comment: `key` is the word before the colon, `line` the 1-based line that it speaks of."""

    line: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """A finding that must be there."""

    line: int
    rule: str
    """A name or a code."""
    column: int | None = None
    message: str | None = None
    """A part of the message."""

    def __str__(self) -> str:
        column = f"{self.column} " if self.column is not None else ""
        message = f' "{self.message}"' if self.message is not None else ""
        return f"{column}[{self.rule}]{message}"


EXPECTATION = re.compile(
    r"(?:(?P<column>\d+)\s+)?\[(?P<rule>[A-Za-z0-9][A-Za-z0-9-]*)\](?:\s+\"(?P<message>[^\"]+)\")?"
)


def strip(text: str, keys: frozenset[str]) -> tuple[str, tuple[Annotation, ...]]:
    """The text without its annotations, and these, in the order of the lines they speak of."""
    marker = re.compile(rf"(?:^|(?<=\s))(?:#|//)[ \t]*({'|'.join(sorted(keys))}):[ \t]*")
    kept: list[str] = []
    found: list[Annotation] = []
    waiting: list[tuple[str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        pieces = marker.split(line)
        code = pieces[0]
        here = [(key, said.strip()) for key, said in zip(pieces[1::2], pieces[2::2], strict=True)]
        if here and not code.strip():
            waiting.extend(here)
            kept.append("")
            continue
        if waiting and not line.strip():
            break
        kept.append(code.rstrip() if here else line)
        found.extend(Annotation(number, key, said) for key, said in (*waiting, *here))
        waiting.clear()
    if waiting:
        key, said = waiting[0]
        raise CaseError(f"`# {key}: {said}` stands above no line")
    return "\n".join(kept), tuple(found)


def expectation(annotation: Annotation) -> Expectation:
    """Read what stands after `error:`; a typing mistake must never pass as an ordinary comment."""
    match = EXPECTATION.fullmatch(annotation.text)
    if match is None:
        raise CaseError(
            f"`# error: {annotation.text}` cannot be read: write `# error: [rule-name]`, "
            '`# error: 12 [rule-name]` or `# error: [rule-name] "part of the message"`'
        )
    column = int(match["column"]) if match["column"] else None
    return Expectation(annotation.line, match["rule"], column, match["message"])
