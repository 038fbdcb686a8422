"""A line of text in pieces, each with its style: what `full` is made of, before anybody knows of a terminal.

Only where there is one, rich wraps and colors it: importing that takes longer than a run on a warm cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self

Piece = tuple[str, str]


class Line:
    """Pieces of text, and the style of each as rich names it; empty for none."""

    __slots__ = ("may_wrap", "pieces")

    def __init__(self, text: str = "", style: str = "", *, may_wrap: bool = True) -> None:
        self.pieces: list[Piece] = [(text, style)] if text else []
        self.may_wrap = may_wrap

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.pieces)

    def append(self, more: str | Line, style: str = "") -> Self:
        """Add a text in a style, or a line with those that it has."""
        if isinstance(more, Line):
            self.pieces.extend(more.pieces)
        elif more:
            self.pieces.append((more, style))
        return self

    def rstrip(self) -> None:
        """Take the blanks from the end."""
        while self.pieces:
            text, style = self.pieces.pop()
            if text := text.rstrip():
                self.pieces.append((text, style))
                return


def cells(text: str) -> int:
    """How many cells of a terminal a printable text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - seldom needed

    return cell_len(text)
