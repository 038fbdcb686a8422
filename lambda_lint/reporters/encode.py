"""JSON as text: ASCII only, so that no stream's encoding matters, and free of lone surrogates."""

from __future__ import annotations

import json
import re
from typing import Any

NOT_ASCII = re.compile(r"[^\x00-\x7e]")


def encode(value: Any, indent: int | None = None) -> str:
    """`value` as JSON. A lone surrogate, which strict readers refuse, becomes the text of its escape."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return NOT_ASCII.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return f"\\\\u{ord(character):04x}"
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
