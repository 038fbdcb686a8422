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


class Patterns:
    """Some patterns; the last one that matches decides, `!pattern` takes back."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._lines: list[str] = []
        self._shapes: list[Shape] = []
        self._by_name: dict[str, list[int]] = {}
        self._wild: list[tuple[int, Part]] = []
        unknown: list[int] = []
        heads: list[str] = []
        tails: list[str] = []
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
                    continue
                self._wild.append((index, part))
                # An empty head is at the beginning of every name: nothing is told by the ends then.
                (tails if part.tail else heads).append(part.tail or part.head)
        self._heads, self._tails = tuple(heads), tuple(tails)
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
        return self._judged(path, names, tuple(sorted(set(found)))) if found else None

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
        found = self._by_name.get(name, [])
        if name.startswith(self._heads) or name.endswith(self._tails):
            found = [*found, *(index for index, part in self._wild if part.fits(name))]
        self._touched[name] = tuple(found)
        return self._touched[name]

    def _judged(self, path: str, names: list[str], candidates: tuple[int, ...]) -> bool | None:
        shapes = [self._shapes[at] for at in candidates]
        # Where all say the same, their order does not matter, and one match is enough.
        if len({shape.takes_back for shape in shapes}) == 1 and any(
            shape.surely_matches(path, names) for shape in shapes
        ):
            return not shapes[0].takes_back
        if candidates not in self._specs:
            self._specs[candidates] = _spec([self._lines[at] for at in candidates])
        return self._specs[candidates].check_file(path).include


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
