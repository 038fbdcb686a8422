"""Styled lines on their way to a terminal: wrapped by us, colored by rich, never read as markup."""

from __future__ import annotations

import re
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING

from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.text import Text

    from lambda_lint.reporters.style import Style

WIDEST = 160
"""Cells of a source line that are shown where the width is not limited: what a wide window holds."""
NARROWEST = 40
CODE = re.compile(r"`[^`]+`")
CODE_STYLE = "cyan"
LINK_ID = re.compile(r"\x1b\]8;id=[^;]*;")


class Canvas:
    """Knows the width and whether there are colors."""

    def __init__(self, style: Style) -> None:
        self._wraps = style.width is not None
        self.width = max(style.width or WIDEST, NARROWEST)
        self.has_links = style.color and style.hyperlinks
        self.counts_unsafe_fixes = style.unsafe_fixes
        self._colors = style.color

    def drawn(self, lines: Iterable[Line]) -> str:
        """The lines as the terminal gets them, each ended."""
        if not self._colors:
            return "".join(f"{line.plain}\n" for line in lines)
        text = "".join(f"{self._colored(line)}\n" for line in lines)
        # rich gives each link a random id, which only matters to a link over several lines.
        return LINK_ID.sub("\x1b]8;;", text)

    def wrapped(self, first: Line, text: Line, indent: int) -> Iterator[Line]:
        """`text` behind `first`, in lines that fit; all but the first line are indented."""
        if not self._wraps or not text.may_wrap:
            yield first.append(text)
            return
        for number, line in enumerate(_rich(text).wrap(self._console, self.width - indent)):
            line.rstrip()
            start = Line(" " * indent) if number else first
            for piece, style in _pieces(line):
                start.append(piece, style)
            yield start

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console  # noqa: PLC0415 - most reports are not for a terminal

        # It knows styles and how to wrap, and never prints: nothing depends on the environment.
        return Console(file=StringIO(), width=self.width, legacy_windows=False, _environ={})

    def _colored(self, line: Line) -> str:
        from rich.color import ColorSystem  # noqa: PLC0415 - as above

        # Sixteen colors, which follow the user's theme.
        return "".join(
            segment.style.render(segment.text, color_system=ColorSystem.STANDARD)
            if segment.style
            else segment.text
            for segment in _rich(line).render(self._console)
        )


def message(text: str) -> Line:
    """A message of ours, with the code in backticks colored."""
    line, at = Line(), 0
    shown = printable(text)
    for code in CODE.finditer(shown):
        line.append(shown[at : code.start()]).append(code[0], CODE_STYLE)
        at = code.end()
    return line.append(shown[at:])


def _rich(line: Line) -> Text:
    from rich.text import Text  # noqa: PLC0415 - as above

    return Text.assemble(*line.pieces, end="")


def _pieces(text: Text) -> Iterator[tuple[str, str]]:
    """A line that rich has wrapped; its styles do not overlap, as those of a `Line` do not."""
    at = 0
    for span in text.spans:
        yield text.plain[at : span.start], ""
        yield text.plain[span.start : span.end], str(span.style)
        at = span.end
    yield text.plain[at:], ""
