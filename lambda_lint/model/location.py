"""Where something stands: offsets for edits, lines and columns for people and tools."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of a decoded text: offsets in code points, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A point in a text: all count from 1, `column` in code points, `utf16` in UTF-16 units."""

    line: int
    column: int
    utf16: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range of a file. `path` is what the user sees: POSIX, relative to the working folder if below it."""

    path: str
    span: Span
    start: Position
    end: Position
