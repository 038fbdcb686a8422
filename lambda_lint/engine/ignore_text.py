"""A text that gets comments: where they may stand, what it is with them, and which of them are heeded."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.deployment.reader import read_template
from lambda_lint.engine.write import encoded
from lambda_lint.syntax import lexer
from lambda_lint.syntax.comments import Directive, Kind, directives
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import LINE_END, Source
from lambda_lint.syntax.spans import spans_of
from lambda_lint.syntax.statements import Extent, Statements
from lambda_lint.syntax.template_comments import language_of, template_directives

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_LIMIT = 2**62
"""A file that is too large has no findings."""
_INDENTATION = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a comment stands: at the end of a line, or on one of its own above it."""

    line: int
    is_above: bool = False


@dataclass(frozen=True, slots=True)
class Commented:
    """A text with comments, by the lines of the text without them."""

    text: str
    above: tuple[int, ...]
    """The lines above which there is a new one, in order."""
    standing: dict[Place, int]
    """The line, of the new text, of each comment."""

    def moved(self, line: int) -> int:
        """Where a line is now."""
        return line + bisect_right(self.above, line)


class Text(ABC):
    """A text, and what its comments say."""

    mark = "#"
    """Begins a comment."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @property
    def has_comments(self) -> bool:
        """Whether the language has them."""
        return True

    @property
    @abstractmethod
    def directives(self) -> tuple[Directive, ...]:
        """What the suppression engine reads; raises LambdaLintError if the text is broken."""

    def ends_in_code(self, line: int) -> bool:
        """Whether a comment at the end of this line can be one."""
        return not self._has_no_code(line)

    def _has_no_code(self, line: int) -> bool:
        written = self._line(line).lstrip()
        return not written or written.startswith(self.mark)

    def statement_at(self, line: int) -> tuple[int, int]:
        """The first and last line of the smallest statement, or header of one, on this line."""
        return line, line

    def with_comments(self, wanted: Iterable[tuple[Place, str]], reason: str) -> Commented:
        """The text in which comments at these places name these rules."""
        names: dict[Place, set[str]] = {}
        for place, name in wanted:
            names.setdefault(place, set()).add(name)
        insertions: list[tuple[int, str]] = []
        above: list[int] = []
        old: dict[Place, Directive] = {}
        for place in sorted(names):
            known = self._known(place)
            if known is not None:
                old[place] = known
                insertions += _merged(known, sorted(names[place]), reason)
                continue
            because = f" -- {reason}" if reason else ""
            comment = f"{self.mark} lambda-lint: ignore[{', '.join(sorted(names[place]))}]{because}"
            if place.is_above:
                above.append(place.line)
            insertions.append(self._insertion(place, comment))
        commented = Commented(_with(self.source.text, insertions), tuple(above), {})
        for place in names:
            line = old[place].location.start.line if place in old else place.line
            is_new_line = place.is_above and place not in old
            commented.standing[place] = commented.moved(line) - is_new_line
        return commented

    def _known(self, place: Place) -> Directive | None:
        """The suppression that stands at a place already."""
        found = [each for each in self.directives if each.kind is Kind.IGNORE]
        if not place.is_above:
            return next((each for each in found if each.location.start.line == place.line), None)
        speaking = [each for each in found if each.first_line < place.line <= each.last_line]
        own = (each for each in reversed(speaking) if self._has_no_code(each.location.start.line))
        return next(own, None)

    def _insertion(self, place: Place, comment: str) -> tuple[int, str]:
        start, line = self.source.line_starts[place.line - 1], self._line(place.line)
        if not place.is_above:
            return start + len(line.rstrip()), f"  {comment}"
        line_end = LINE_END.search(self.source.text, start) or LINE_END.search(self.source.text)
        indentation = _INDENTATION.match(line)
        parts = (indentation[0] if indentation else "", comment, line_end[0] if line_end else "\n")
        return start, "".join(parts)

    def _line(self, line: int) -> str:
        return self.source.lines[line - 1]


class PythonText(Text):
    """A Python file."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._tree = parse(source, NO_LIMIT)

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        return directives(self.source, self._tree)

    def ends_in_code(self, line: int) -> bool:
        """Not within a string, which may be an f-string with expressions, nor before a continued line."""
        is_continued = self._line(line).endswith("\\") and line not in self._commented_lines
        return super().ends_in_code(line) and not is_continued and line not in self._ending_in_strings

    def statement_at(self, line: int) -> tuple[int, int]:
        found = [each for each in self._extents if each.first_line <= line <= each.last_line]
        return (found[-1].first_line, found[-1].last_line) if found else (line, line)

    @cached_property
    def _extents(self) -> list[Extent]:
        return Statements(self.source, self._tree).extents

    @cached_property
    def _commented_lines(self) -> frozenset[int]:
        comments = lexer.comments(self.source.text)
        return frozenset(self.source.line_of(comment.start) for comment in comments)

    @cached_property
    def _ending_in_strings(self) -> frozenset[int]:
        strings = [
            node for kind in (cst.SimpleString, cst.FormattedString) for node in self._tree.of_type(kind)
        ]
        spans = spans_of(self._tree, self.source, strings).values()
        line_of = self.source.line_of
        return frozenset(line for span in spans for line in range(line_of(span.start), line_of(span.end)))


class TemplateText(Text):
    """A template, with the Python code in it."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        language = language_of(source.path)
        self.mark = language.mark if language else "#"
        self._template = read_template(source.path, encoded(source, source.text))

    @property
    def has_comments(self) -> bool:
        """YAML has them; JSON has none, whatever the file is called."""
        return not self.source.text.lstrip().startswith("{")

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        path, text = self.source.path, self.source.text
        found = list(template_directives(path, text))
        for function in self._template.functions:
            code = function.inline
            if code is not None:
                inline = Source.embedded(path, text, code.text, code.line_starts, code.place.span)
                found += directives(inline, parse(inline, NO_LIMIT))
        return tuple(found)


def _merged(known: Directive, names: Iterable[str], reason: str) -> Iterable[tuple[int, str]]:
    """What makes a directive name more rules. A reason that it gives stays the only one."""
    yield known.names[-1].location.span.end, "".join(f", {name}" for name in names)
    if reason and not known.reason:
        yield known.location.span.end, f" -- {reason}"


def _with(text: str, insertions: Iterable[tuple[int, str]]) -> str:
    parts, done = [], 0
    for offset, inserted in sorted(insertions):
        parts += [text[done:offset], inserted]
        done = offset
    return "".join([*parts, text[done:]])
