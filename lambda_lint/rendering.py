"""Pages and tables drawn with rich, for a terminal."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rich.console import RenderableType

    from lambda_lint.reporters.style import Style

WIDEST_PAGE = 100
"""Cells of a line of prose: longer ones are hard to read."""


def markdown(page: str, style: Style) -> str:
    """A page as the terminal gets it."""
    width = min(style.width or WIDEST_PAGE, WIDEST_PAGE)
    return _drawn(Markdown(page, code_theme="ansi_dark", hyperlinks=style.hyperlinks), style, width)


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    style: Style,
    wrapped: Collection[str] = (),
) -> str:
    """Rows under a head, wrapped in the last column and in others that are named."""
    drawn = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in head[:-1]:
        drawn.add_column(title, no_wrap=title not in wrapped, overflow="fold")
    drawn.add_column(head[-1], overflow="fold")
    for row in rows:
        # Not as markup: a name may hold brackets.
        drawn.add_row(*map(Text, row))
    return _drawn(drawn, style, style.width or WIDEST_PAGE)


def _drawn(what: RenderableType, style: Style, width: int) -> str:
    console = Console(
        file=StringIO(),
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        legacy_windows=False,
        highlight=False,
        width=width,
        _environ={},
    )
    with console.capture() as capture:
        console.print(what)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
