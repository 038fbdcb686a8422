"""Patterns as in a `.gitignore`, over POSIX paths that are relative to some folder.

pathspec is the judge of what they mean. It is asked, and imported, only where a pattern is not of a shape
that decides by itself, and only about the patterns that a path has something to do with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_lint.settings.pattern_shapes import MAGIC, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

    from lambda_lint.settings.pattern_shapes import Part, Shape


Wild = tuple["Part", int]
"""What a name must look like, and the pattern that needs it."""


class Patterns:
    """Some patterns; the last one that matches decides, `!pattern` takes back."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._lines: list[str] = []
        self._shapes: list[Shape] = []
        self._by_name: dict[str, list[int]] = {}
        self._ended: list[Wild] = []
        self._begun: list[Wild] = []
        self._others: list[Wild] = []
        unknown: list[int] = []
        for line in patterns:
            shape = shape_of(line)
            if shape is None:
                continue
            index = len(self._lines)
            self._lines.append(line)
            self._shapes.append(shape)
            if not shape.parts:
                unknown.append(index)
            for part in shape.parts:
                if part.tail is None:
                    self._by_name.setdefault(part.head, []).append(index)
                else:
                    wild = self._ended if part.tail else self._begun if part.head else self._others
                    wild.append((part, index))
        self._tails = tuple(part.tail or "" for part, _ in self._ended)
        self._heads = tuple(part.head for part, _ in self._begun)
        self._unknown = tuple(unknown)
        """Of these it is not known what they need: they may always match."""
        self._touched: dict[str, tuple[int, ...]] = {}
        self._specs: dict[tuple[int, ...], GitIgnoreSpec] = {}

    def verdict(self, path: str) -> bool | None:
        """Whether a path, or a folder above it, matches; None when no pattern speaks of it.

        A folder's path ends in `/`.
        """
        found = self._unknown
        names = path.split("/")
        for name in names:
            if touched := self._touching(name):
                found += touched
        return self._judged(path, names, sorted(set(found))) if found else None

    def match(self, path: str) -> bool:
        """Whether a path, or a folder above it, matches."""
        return self.verdict(path) is True

    def concern(self, name: str) -> bool:
        """Whether a pattern may match a path because of this name on it.

        If they concern no name on a path, no pattern speaks of it: a cheap test for who walks down folders.
        """
        return bool(self._unknown or self._touching(name))

    def _touching(self, name: str) -> tuple[int, ...]:
        """The patterns that may match a path because of this name on it."""
        known = self._touched.get(name)
        if known is not None:
            return known
        wild = self._others
        # One call for all endings tells of nearly every name that it has none of them.
        if name.endswith(self._tails):
            wild = wild + self._ended
        if name.startswith(self._heads):
            wild = wild + self._begun
        found = [*self._by_name.get(name, ()), *(index for part, index in wild if part.fits(name))]
        self._touched[name] = tuple(found)
        return self._touched[name]

    def _judged(self, path: str, names: list[str], candidates: list[int]) -> bool | None:
        decisions = {at: self._shapes[at].matches(names) for at in candidates}
        left = tuple(at for at, decision in decisions.items() if decision is not False)
        if not left:
            return None
        # Where all say the same, their order does not matter, and one match is enough.
        says = {self._shapes[at].takes_back for at in left}
        if len(says) == 1 and any(decisions[at] for at in left):
            return not says.pop()
        if left not in self._specs:
            self._specs[left] = _spec([self._lines[at] for at in left])
        return self._specs[left].check_file(path).include


def is_pattern(text: str) -> bool:
    """Whether this is a pattern at all. What is none matches nothing, as Git does it."""
    if text and text[0] not in "#!/" and not MAGIC.search(text):
        return True
    return _compiled([text]) is not None


def _spec(patterns: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - see above

    return _compiled(patterns) or GitIgnoreSpec.from_lines(filter(is_pattern, patterns))


def _compiled(patterns: list[str]) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - see above

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error):
        return None
