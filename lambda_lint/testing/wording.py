"""How messages and advice are worded, so that all rules speak alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def faults_of(text: str) -> Iterator[str]:
    """What is wrong with a message, which is one line, lower case, without a final stop."""
    words = text.split()
    if not words or text != text.strip():
        yield "is empty or has blanks around it"
    # `AWS` and `SDK` may begin a message; `The` may not.
    if words and words[0][0].isupper() and not words[0].isupper():
        yield "begins with a capital"
    if text.endswith((".", "!", ":", ",", ";")):
        yield "ends with a stop"
    if text.count("`") % 2:
        yield "has an unpaired backtick"
    if any(not character.isprintable() for character in text):
        yield "has a character that is not printable"
