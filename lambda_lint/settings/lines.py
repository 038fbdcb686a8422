"""Where a key stands in a TOML text, so that an error can name the line.

`tomllib` tells values, not places. The text is known to be valid when it comes here, so a scan for
headers, keys and the ends of values is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lambda_lint.settings.toml import loads

BLANK = re.compile(r"(?:\s|#[^\n]*)+")
KEY_PART = re.compile(r"""[ \t]*(?:(?P<bare>[A-Za-z0-9_-]+)|(?P<quoted>"(?:\\.|[^"\\])*"|'[^']*'))[ \t]*""")
VALUE_TOKEN = re.compile(
    r"""
    "{3}(?:\\.|[^\\])*?"{3}(?!") | '{3}.*?'{3}(?!')  # strings of several lines
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'               # strings
    | \#[^\n]*                                       # a comment
    | [\[\]{}\n]
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A table header or a key with its value: the lines from `first` to `last`, counted from 1."""

    path: tuple[str, ...]
    first: int
    last: int


class Lines:
    """The places of a valid TOML text."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._entries = _scan(text)

    def of(self, path: tuple[str, ...], needle: str | None = None) -> int | None:
        """The line of the key, or of the string `needle` within its value, if it can be found."""
        entry = next((entry for entry in self._entries if entry.path[: len(path)] == path), None)
        if entry is None:
            # The key stands in an inline table, of which only the outer key is an entry.
            above = [entry for entry in self._entries if entry.path and entry.path == path[: len(entry.path)]]
            if not above:
                return None
            entry = max(above, key=lambda entry: len(entry.path))
            needle = path[-1] if needle is None else needle
        if needle is None:
            return entry.first
        quoted = re.compile(rf"""(?<![\w-]){re.escape(needle)}(?![\w-])""")
        for number in range(entry.first, entry.last + 1):
            if quoted.search(self._lines[number - 1]):
                return number
        return entry.first


def _scan(text: str) -> list[Entry]:
    entries: list[Entry] = []
    table: tuple[str, ...] = ()
    at = 0
    while True:
        if blank := BLANK.match(text, at):
            at = blank.end()
        if at >= len(text):
            return entries
        first = text.count("\n", 0, at) + 1
        header = text[at] == "["
        if header:
            at += 2 if text.startswith("[[", at) else 1
        key, at = _key(text, at)
        end = _end_of_value(text, at)
        if header:
            table = key
            entries.append(Entry(table, first, first))
        else:
            entries.append(Entry(table + key, first, text.count("\n", 0, end) + 1))
        at = end


def _key(text: str, at: int) -> tuple[tuple[str, ...], int]:
    parts: list[str] = []
    more = True
    while more and (part := KEY_PART.match(text, at)):
        parts.append(part["bare"] or loads(f"key = {part['quoted']}")["key"])
        more = text.startswith(".", part.end())
        at = part.end() + more
    return tuple(parts), at


def _end_of_value(text: str, at: int) -> int:
    depth = 0
    while token := VALUE_TOKEN.search(text, at):
        at = token.end()
        match token[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case "\n" if depth <= 0:
                return token.start()
    return len(text)
