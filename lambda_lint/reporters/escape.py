"""Text that is safe to show: what a terminal would obey is spelled out, as Python spells it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

SPELLED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that are shown by their escape: control characters, among them those that
begin terminal sequences; invisible ones, among them those that reverse the reading direction; lone
surrogates, which cannot be written at all; line separators."""


def printable(text: str) -> str:
    r"""`text` on one line and inert: `\x1b[31m` is what a sequence that colors a terminal red becomes."""
    return text if text.isprintable() else "".join(map(shown, text))


def shown(character: str) -> str:
    """One character as `printable` shows it."""
    if character.isprintable() or unicodedata.category(character) not in SPELLED:
        return character
    return repr(character)[1:-1]


def write(stream: TextIO, text: str) -> None:
    """Write `text`; what the stream's encoding lacks is spelled out too, rather than fatal."""
    encoding = getattr(stream, "encoding", None)
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) if encoding else text)
