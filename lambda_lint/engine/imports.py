"""What a file may import, told from its text: quick, and never less than what its syntax tree would tell.

Comments and strings are not told apart from code, so a name too many is possible.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Imported: TypeAlias = "tuple[int, str]"
"""The number of dots in front, and the dotted name of a module."""

_AFTER = re.compile(r"\bimport\b\s*(?:\((?P<group>(?:[^)#]|\#[^\r\n]*)*)|(?P<line>(?:[^\r\n;#\\]|\\\s*)*))")
_BEFORE = re.compile(r"\bfrom\b(?P<module>[.\w\s\\]*)\Z")
_NAME = re.compile(r"(?:^|,)[\s\\]*(?P<name>[\w.]+)")
_COMMENT = re.compile(r"\#[^\r\n]*")
_BLANK = re.compile(r"[\s\\]+")
_BY_NAME = re.compile(r"\b(?:import_module|__import__)\b")
_QUOTED = re.compile(r"[\"'](\.*)([\w.]+)[\"']")


def imports_in(text: str) -> frozenset[Imported]:
    """Every module that the text may import, and the packages around each."""
    found: set[Imported] = set()
    for match in _AFTER.finditer(text):
        names = [
            name["name"] for name in _NAME.finditer(_COMMENT.sub("", match["group"] or match["line"] or ""))
        ]
        for name in names:
            found.update((0, package) for package in _packages(name))
        start = text.rfind("from", 0, match.start())
        before = _BEFORE.match(text, start, match.start()) if start >= 0 else None
        if before:
            module = _BLANK.sub("", before["module"])
            dotted = module.lstrip(".")
            level = len(module) - len(dotted)
            found.update((level, package) for package in _packages(dotted))
            found.update((level, f"{dotted}.{name}" if dotted else name) for name in names)
            if level:
                found.add((level, ""))
    if _BY_NAME.search(text):
        for dots, dotted in _QUOTED.findall(text):
            found.update((len(dots), package) for package in _packages(dotted))
    return frozenset(found)


def _packages(dotted: str) -> Iterator[str]:
    parts = dotted.split(".")
    for number in range(1, len(parts) + 1):
        yield ".".join(parts[:number])
