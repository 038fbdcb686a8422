"""One line of source made fit to show: tabs and control characters spelled, a long line cut to its point."""

from __future__ import annotations

from itertools import accumulate

from lambda_lint.reporters.escape import shown
from lambda_lint.reporters.line import cells

TAB = 4
CUT = "..."


class Window:
    """The part of `line` around the characters from `start` up to `end` that fits into `limit` cells."""

    def __init__(self, line: str, start: int, end: int, limit: int) -> None:
        # A line may be a megabyte of minified text; what lies this far away is cut in any case.
        self._first = max(0, start - limit)
        glyphs = _glyphs(line[self._first : start + limit])
        widths = [cells(glyph) for glyph in glyphs]
        whole = self._first == 0 and len(line) <= start + limit and sum(widths) <= limit
        left, right = 0, len(glyphs)
        if not whole:
            left, right = _fitting(widths, start - self._first, end - self._first, limit - 2 * len(CUT))
        self._first += left
        self._last = self._first + right - left
        before = CUT if self._first else ""
        after = CUT if self._last < len(line) else ""
        self.text = f"{before}{''.join(glyphs[left:right])}{after}".rstrip()
        self._edges = list(accumulate(widths[left:right], initial=len(before)))

    def cell(self, column: int) -> int:
        """Where the character at `column` (from 0) begins, in cells; the nearest edge if it is cut off."""
        return self._edges[min(max(column - self._first, 0), len(self._edges) - 1)]

    def holds(self, column: int) -> bool:
        """Whether the character at `column`, or the line's end there, is shown."""
        return self._first <= column <= self._last

    def mark(self, start: int, end: int, sign: str) -> str:
        """A row of signs under a range; at least one, as a range may be empty."""
        at = self.cell(start)
        return " " * at + sign * max(1, self.cell(end) - at)


def _glyphs(text: str) -> list[str]:
    """Each character as it is shown; a tab fills up to the next stop."""
    if text.isascii() and text.isprintable():
        return list(text)
    glyphs = []
    at = 0
    for character in text:
        glyph = " " * (TAB - at % TAB) if character == "\t" else shown(character)
        at += cells(glyph)
        glyphs.append(glyph)
    return glyphs


def _fitting(widths: list[int], start: int, end: int, limit: int) -> tuple[int, int]:
    """The range of characters to show: from the line's start if that reaches `end`, else around the range."""
    edges = list(accumulate(widths, initial=0))
    end = min(end, len(widths))
    left = 0
    if edges[end] > limit:
        margin = max((limit - (edges[end] - edges[start])) // 2, limit // 4)
        while edges[start] - edges[left] > margin:
            left += 1
    right = left
    while right < len(widths) and edges[right + 1] - edges[left] <= limit:
        right += 1
    return left, right
