"""What Git ignores: `.gitignore` files of every folder, and `.git/info/exclude`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lambda_lint.discovery.paths import relative
from lambda_lint.settings.patterns import Patterns


@dataclass(frozen=True, slots=True)
class Level:
    """The patterns of one file, which are relative to its folder."""

    folder: str
    patterns: Patterns


Ignores = tuple[Level, ...]
"""The files that speak of a folder's entries, outermost first; the innermost that says anything decides."""


def ignored(levels: Ignores, path: str, *, folder: bool) -> bool:
    """Whether Git ignores the absolute path. The folders above it are known not to be ignored."""
    for level in reversed(levels):
        verdict = level.patterns.verdict(relative(path, level.folder) + "/" * folder)
        if verdict is not None:
            return verdict
    return False


def with_file(levels: Ignores, folder: str, file: str = ".gitignore") -> Ignores:
    """The same, with the patterns of a file of this folder, if it can be read."""
    try:
        text = Path(folder, file).read_text("utf-8", errors="replace")
    except OSError:
        return levels
    return (*levels, Level(folder, Patterns(text.splitlines())))


def above(folder: str, root: str) -> Ignores:
    """The files that speak of a folder and stand above it: from `root`, which is Git's or the project's."""
    levels = with_file((), root, ".git/info/exclude")
    current = Path(root)
    for step in Path(folder).relative_to(root).parts:
        levels = with_file(levels, str(current))
        current /= step
    return levels
