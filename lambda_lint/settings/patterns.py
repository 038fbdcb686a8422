"""Patterns as in a `.gitignore`, over POSIX paths that are relative to some folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

SPECIAL = frozenset("/*?[]!#\\ ")


class Patterns:
    """Some patterns; the last one that matches decides, `!pattern` takes back."""

    def __init__(self, patterns: Iterable[str]) -> None:
        patterns = tuple(patterns)
        # Most patterns are plain names, which a set answers at a tenth of the cost; but order matters once
        # anything is taken back.
        plain = (pattern for pattern in patterns if pattern and SPECIAL.isdisjoint(pattern))
        taken_back = any(pattern.startswith("!") for pattern in patterns)
        self._names = frozenset(() if taken_back else plain)
        rest = [pattern for pattern in patterns if pattern not in self._names]
        self._spec = _compiled(rest) or GitIgnoreSpec.from_lines(filter(is_pattern, rest))

    def verdict(self, path: str) -> bool | None:
        """Whether a path, or a folder above it, matches; None when no pattern speaks of it.

        A folder's path ends in `/`.
        """
        if not self._names.isdisjoint(path.split("/")):
            return True
        return self._spec.check_file(path).include

    def match(self, path: str) -> bool:
        """Whether a path, or a folder above it, matches."""
        return self.verdict(path) is True


def is_pattern(text: str) -> bool:
    """Whether this is a pattern at all. What is none matches nothing, as Git does it."""
    return _compiled([text]) is not None


def _compiled(patterns: list[str]) -> GitIgnoreSpec | None:
    try:
        return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error):
        return None
