"""Styled lines on their way to a terminal: wrapped by us, colored by rich, never read as markup."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.console import Console
from rich.text import Text

from lambda_lint.reporters.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        # It knows styles and how to wrap, and never prints: nothing depends on the environment.
        self._console = Console(file=StringIO(), width=self.width, legacy_windows=False, _environ={})

    def drawn(self, lines: Iterable[Text]) -> str:
        """The lines as the terminal gets them, each ended."""
        if not self._colors:
            return "".join(f"{line.plain}\n" for line in lines)
        text = "".join(f"{self._colored(line)}\n" for line in lines)
        # rich gives each link a random id, which only matters to a link over several lines.
        return LINK_ID.sub("\x1b]8;;", text)

    def wrapped(self, first: Text, text: Text, indent: int) -> Iterator[Text]:
        """`text` behind `first`, in lines that fit; all but the first line are indented."""
        if not self._wraps:
            yield first + text
            return
        for number, line in enumerate(text.wrap(self._console, self.width - indent)):
            line.rstrip()
            yield Text(" " * indent) + line if number else first + line

    def _colored(self, line: Text) -> str:
        # Sixteen colors, which follow the user's theme.
        return "".join(
            segment.style.render(segment.text, color_system=ColorSystem.STANDARD)
            if segment.style
            else segment.text
            for segment in line.render(self._console)
        )


def message(text: str) -> Text:
    """A message of ours, with the code in backticks colored."""
    styled = Text(printable(text))
    styled.highlight_regex(CODE, CODE_STYLE)
    return styled
