"""The lines of a text as one who edits it sees them: blank or not, indented how far, with which comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.syntax import lexer

if TYPE_CHECKING:
    from lambda_lint.model.location import Span
    from lambda_lint.syntax.source import Source

_BLANKS = re.compile(r"[ \t\f]*")


class Lines:
    """Answers about one source, in offsets of its own text."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text

    def start(self, offset: int) -> int:
        """Where the line that holds `offset` starts."""
        return self._source.line_starts[self._source.line_of(offset) - 1]

    def end(self, offset: int) -> int:
        """Where that line ends, without its line end."""
        line = self._source.line_of(offset)
        return self._source.line_starts[line - 1] + len(self._source.lines[line - 1])

    def next(self, offset: int) -> int:
        """Where the next line starts; after the last line, the end of the text."""
        line = self._source.line_of(offset)
        starts = self._source.line_starts
        return starts[line] if line < len(starts) else len(self._text)

    def indentation(self, offset: int) -> str:
        """The blanks with which that line begins."""
        match = _BLANKS.match(self._text, self.start(offset), self.end(offset))
        return match[0] if match else ""

    def is_first(self, offset: int) -> bool:
        """Whether only blanks stand before `offset` on its line."""
        return not self._text[self.start(offset) : offset].strip()

    def is_blank(self, offset: int) -> bool:
        """Whether that line holds nothing. At the end of the text there is no line."""
        return offset < len(self._text) and not self._text[self.start(offset) : self.end(offset)].strip()

    def is_comment(self, offset: int) -> bool:
        """Whether that line holds a comment and nothing else."""
        start = self.start(offset) + len(self.indentation(offset))
        index = bisect_left(self._comment_starts, start)
        return index < len(self._comment_starts) and self._comment_starts[index] == start

    def code_end(self, offset: int) -> int:
        """Where what follows `offset` on its line ends, without a comment and the blanks before it."""
        end = self.end(offset)
        index = bisect_left(self._comment_starts, offset)
        if index < len(self._comment_starts):
            end = min(end, self._comment_starts[index])
        return offset + len(self._text[offset:end].rstrip())

    def comments(self, span: Span) -> list[str]:
        """The comments that begin in the span, with their `#`."""
        first = bisect_left(self._comment_starts, span.start)
        last = bisect_left(self._comment_starts, span.end)
        return [self._text[each.start : each.end].rstrip() for each in self._comments[first:last]]

    def after_blank_lines(self, offset: int) -> int:
        """The start of the first line from that of `offset` on that is not blank."""
        while self.is_blank(offset):
            offset = self.next(offset)
        return offset

    def above_comments(self, offset: int) -> int:
        """The start of the comment lines that stand directly above the line of `offset`, else of that line.

        A comment that reaches up to the first line of the file is the file's, not the statement's.
        """
        start = first = self.start(offset)
        while start:
            above = self.start(start - 1)
            if not self.is_comment(above):
                return start
            start = above
        return first

    @cached_property
    def _comments(self) -> list[Span]:
        return lexer.comments(self._text)

    @cached_property
    def _comment_starts(self) -> list[int]:
        return [comment.start for comment in self._comments]
