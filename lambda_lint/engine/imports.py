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

_SPACE = r"[ \t\f]*(?:\\(?:\r\n?|\n)[ \t\f]*)*"
_FREE_SPACE = r"[\s\\]*(?:\#[^\r\n]*(?![^\r\n])[\s\\]*)*"
_KEYWORD = re.compile(rf"\bfrom\b|\bimport\b{_SPACE}(?P<parenthesis>\(?)")
_MODULE = re.compile(r"(?:[.\w \t\f]|\\(?:\r\n?|\n))*")
_BLANK = re.compile(r"[\s\\]+")
_BY_NAME = re.compile(r"\b(?:import_module|__import__)\b")
_QUOTED = re.compile(r"[\"'](\.*)(\w[\w.]*)[\"']")
_LONGEST = 500
"""Characters of a module's name: no path is as long, and the packages around such a name are many."""
_MOST_NESTED = 200
"""Characters after an `import` in a comment among what another one imports: it is hardly code."""


def _name_within(space: str) -> re.Pattern[str]:
    """A name of a list with what it is called here, and the comma; matches at the end of the list, too."""
    name = rf"(?P<name>(?!(?:from|import)\b)\w+(?:{space}\.{space}\w+)*)"
    return re.compile(rf"{space}(?:{name}{space}(?:as\b{space}\w+{space})?)?(?P<comma>,?)")


_ON_THE_LINE = _name_within(_SPACE)
_IN_PARENTHESES = _name_within(_FREE_SPACE)


def imports_in(text: str) -> frozenset[Imported]:
    """Every module that the text may import, and the packages around each."""
    found: set[Imported] = set()
    after_from: int | None = None
    covered = 0
    for match in _KEYWORD.finditer(text):
        if match[0] == "from":
            after_from = match.end()
            continue
        limit = match.end() + _MOST_NESTED if match.start() < covered else len(text)
        each = _IN_PARENTHESES if match["parenthesis"] else _ON_THE_LINE
        names, end = _names(each, text, match.end(), limit)
        covered = max(covered, end)
        for name in names:
            found.update((0, package) for package in _packages(name))
        before = None if after_from is None else _MODULE.fullmatch(text, after_from, match.start())
        after_from = None
        if before and len(before[0]) <= _LONGEST:
            module = _BLANK.sub("", before[0])
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


def _names(each: re.Pattern[str], text: str, at: int, limit: int) -> tuple[list[str], int]:
    """The names of a list that begins here, and how far was looked for more."""
    names = []
    goes_on = True
    while goes_on and (match := each.match(text, at, limit)):
        if match["name"]:
            names.append(_BLANK.sub("", match["name"]))
        at, goes_on = match.end(), bool(match["comma"])
    return names, at


def _packages(dotted: str) -> Iterator[str]:
    parts = dotted[:_LONGEST].split(".")
    for number in range(1, len(parts) + 1):
        yield ".".join(parts[:number])
