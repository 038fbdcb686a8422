"""The lines of source around a finding, with its place marked, as rows of text.

12 |     orders = boto3.client(
   |  ____________^
13 | |       "dynamodb",
14 | |   )
   | |___^
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.line import cells
from lambda_lint.reporters.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.model.finding import Note
    from lambda_lint.model.location import Location
    from lambda_lint.syntax.source import Source

MOST_LINES = 5
"""A longer range is shown by its first and its last line."""
MOST_NOTES = 4


class Role(Enum):
    """What a piece of a row is, so that the reporter can color it."""

    SOURCE = "source"
    PRIMARY = "primary"
    SECONDARY = "secondary"


Pieces: TypeAlias = tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the line's, `gap` says that lines are left out here."""

    pieces: Pieces
    number: int | None = None
    gap: bool = False


class Excerpt:
    """The excerpt of one finding. `unplaced` holds the notes that it does not show."""

    def __init__(self, source: Source, location: Location, notes: Sequence[Note], limit: int) -> None:
        self._lines = source.lines
        self._limit = limit
        self._path = location.path
        self._first, self._start = location.start.line, location.start.column - 1
        self._last, self._end = min(location.end.line, len(self._lines)), location.end.column - 1
        if self._last > self._first and self._end == 0:
            # The range ends with a line's end: the line after has no part in it.
            self._last -= 1
            self._end = len(self._lines[self._last - 1])
        self._spans_lines = self._last > self._first
        self._notes: dict[int, list[tuple[Note, Window]]] = {}
        self.unplaced: list[Note] = []
        for note in notes:
            self._place(note)

    def rows(self) -> Iterator[Row]:
        shown = self._shown_lines()
        yield from self._line(shown[0])
        for before, line in pairwise(shown):
            if line > before + 1:
                inside = self._spans_lines and self._first <= before < self._last
                yield Row((("| " if inside else "", Role.PRIMARY),), gap=True)
            yield from self._line(line)

    def _place(self, note: Note) -> None:
        start, end = note.location.start, note.location.end
        placed = sum(map(len, self._notes.values()))
        if note.location.path != self._path or start.line > len(self._lines) or placed == MOST_NOTES:
            self.unplaced.append(note)
            return
        text = self._lines[start.line - 1]
        first, last = start.column - 1, end.column - 1 if end.line == start.line else len(text)
        window = self._window(start.line) or Window(text, first, last, self._limit)
        room = self._limit - window.cell(last) - 2
        if window.holds(first) and cells(printable(note.text)) <= room:
            self._notes.setdefault(start.line, []).append((note, window))
        else:
            self.unplaced.append(note)

    def _window(self, line: int) -> Window | None:
        """The part of a line that the finding, or a note before, has chosen."""
        text = self._lines[line - 1]
        if line == self._first:
            return Window(text, self._start, len(text) if self._spans_lines else self._end, self._limit)
        if self._first < line <= self._last:
            return Window(text, 0, 0, self._limit)
        return self._notes[line][0][1] if line in self._notes else None

    def _shown_lines(self) -> list[int]:
        if self._last - self._first < MOST_LINES:
            lines = set(range(self._first, self._last + 1))
        else:
            lines = {self._first, self._last}
        lines.update(line for line in (self._first - 1, self._last + 1) if self._says_something(line))
        lines.update(self._notes)
        # A single line takes no more room than the dots that would stand for it.
        lines.update([line + 1 for line in lines if line + 2 in lines])
        return sorted(lines)

    def _says_something(self, line: int) -> bool:
        """Context is worth its row: not blank, not brackets alone."""
        return 1 <= line <= len(self._lines) and any(map(str.isalnum, self._lines[line - 1]))

    def _line(self, line: int) -> Iterator[Row]:
        window = self._window(line) or Window(self._lines[line - 1], 0, 0, self._limit)
        yield Row(((self._rail(line), Role.PRIMARY), (window.text, Role.SOURCE)), line)
        below = ""
        if self._spans_lines:
            below = "| " if self._first <= line < self._last else "  "
            if line == self._first and not self._starts_its_line():
                yield Row(((f" _{'_' * window.cell(self._start)}^", Role.PRIMARY),))
            if line == self._last:
                yield Row(((f"|_{'_' * (window.cell(self._end) - 1)}^", Role.PRIMARY),))
        elif line == self._first:
            yield Row(((window.mark(self._start, self._end, "^"), Role.PRIMARY),))
        for note, _ in self._notes.get(line, ()):
            start, end = note.location.start, note.location.end
            last = end.column - 1 if end.line == line else len(self._lines[line - 1])
            mark = f"{window.mark(start.column - 1, last, '-')} {printable(note.text)}"
            yield Row(((below, Role.PRIMARY), (mark, Role.SECONDARY)))

    def _rail(self, line: int) -> str:
        """What stands left of a line to show that the range goes over it."""
        if not self._spans_lines:
            return ""
        if line == self._first and self._starts_its_line():
            return "/ "
        return "| " if self._first < line <= self._last else "  "

    def _starts_its_line(self) -> bool:
        return not self._lines[self._first - 1][: self._start].strip()
