"""What Git ignores: `.gitignore` files of every folder, and `.git/info/exclude`."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from lambda_lint.discovery.paths import relative
from lambda_lint.settings.patterns import Patterns


@dataclass(frozen=True, slots=True)
class Level:
    """The patterns of one file, which are relative to its folder."""

    folder: str
    patterns: Patterns
    heard: bool = False
    """Whether they have to do with a folder on the way from theirs to the one that is looked at."""


Ignores = tuple[Level, ...]
"""The files that speak of a folder's entries, outermost first; the innermost that says anything decides."""


def ignored(levels: Ignores, path: str, name: str, *, folder: bool) -> bool:
    """Whether Git ignores the absolute path, which ends in `name`. The folders above it are not ignored."""
    for level in reversed(levels):
        if level.heard or level.patterns.concern(name):
            verdict = level.patterns.verdict(relative(path, level.folder) + "/" * folder)
            if verdict is not None:
                return verdict
    return False


def below(levels: Ignores, name: str) -> Ignores:
    """The same files, for the entries of the folder of that name."""
    for level in levels:
        if not level.heard and level.patterns.concern(name):
            return tuple(
                replace(level, heard=level.heard or level.patterns.concern(name)) for level in levels
            )
    return levels


def with_file(levels: Ignores, folder: str, file: str = ".gitignore") -> Ignores:
    """The same, with the patterns of a file of this folder, if it can be read."""
    try:
        with open(os.path.join(folder, file), encoding="utf-8", errors="replace") as stream:  # noqa: PTH118, PTH123 - see paths
            text = stream.read()
    except OSError:
        return levels
    return (*levels, Level(folder, _patterns(text)))


@lru_cache(maxsize=256)
def _patterns(text: str) -> Patterns:
    """One for all the files that are copies of each other, as they are in a repository of many projects."""
    return Patterns(text.splitlines())


def above(folder: str, root: str) -> Ignores:
    """The files that speak of a folder and stand above it: from `root`, which is Git's or the project's."""
    levels = with_file((), root, ".git/info/exclude")
    current = root
    for step in Path(folder).relative_to(root).parts:
        levels = below(with_file(levels, current), step)
        current = str(Path(current, step))
    return levels
