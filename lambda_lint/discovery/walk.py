"""Walk a folder: Python files, possible templates, and what was left out. Iterative, safe on loops."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.deployment.manifests import NAMES as MANIFESTS
from lambda_lint.discovery.ignores import Level, above, below, ignored, with_file
from lambda_lint.discovery.paths import is_below, relative
from lambda_lint.discovery.vendored import METADATA_ENDINGS, SITE_FOLDERS, vendored_children

if TYPE_CHECKING:
    from lambda_lint.discovery.ignores import Ignores
    from lambda_lint.settings.patterns import Patterns

TEMPLATE_ENDINGS = (".yaml", ".yml", ".json", ".template", ".tf", ".ts")
ENDINGS = (".py", *TEMPLATE_ENDINGS)
NO_PACKAGES = frozenset({"__pycache__", "node_modules"})
COMPILED = (".pyc", ".pyd", ".so")
NAME = attrgetter("name")


@dataclass(slots=True)
class Walk:
    """What a walk found; every path is absolute."""

    python: list[str] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    """Files that by their ending may be templates, and lists of requirements."""
    vendored: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    """The folders that were entered."""
    left_out: list[str] = field(default_factory=list)
    """Modules and folders that are there, and of which nothing is told under this path: they are ignored,
    excluded, of others, compiled, links to what is told elsewhere, or behind the limit."""


class Walker:
    """Walks with one set of rules over what to leave out."""

    def __init__(self, excludes: Patterns, root: str, ignore_root: str | None) -> None:
        """`excludes` are relative to `root`; ignore files count from `ignore_root`, or not at all."""
        self.excludes = excludes
        self._root = root
        self._ignore_root = ignore_root

    def walk(self, start: str, limit: int | None = None) -> Walk:
        """Everything below `start` that is not left out, near folders first, up to `limit` entries."""
        return _Walking(self, start, limit).run()

    def leaves_out(self, path: str, levels: Ignores, *, folder: bool, base: str | None = None) -> bool:
        """Whether a path is excluded, by patterns that are relative to `base`, or ignored."""
        if self.excludes.match(relative(path, base or self._root) + "/" * folder):
            return True
        return ignored(levels, path, os.path.basename(path), folder=folder)  # noqa: PTH119 - see paths

    def levels_above(self, folder: str) -> Ignores:
        """The ignore files above a folder that count for what is in it."""
        if self._ignore_root is None or not is_below(folder, self._ignore_root):
            return ()
        return above(folder, self._ignore_root)

    def levels_in(self, folder: str, levels: Ignores) -> Ignores:
        """The same, with the folder's own."""
        return levels if self._ignore_root is None else with_file(levels, folder)

    def left_out(self, path: str, *, folder: bool) -> bool:
        """Whether a path below the root, or a folder above it, is excluded or ignored."""
        levels = self.levels_above(self._root)
        current = self._root
        for part in Path(path).relative_to(self._root).parts:
            levels = self.levels_in(current, levels)
            current = str(Path(current, part))
            if self.leaves_out(current, levels, folder=folder or current != path):
                return True
            levels = below(levels, part)
        return False

    def excluded_from(self, base: str, start: str) -> Ignores:
        """The patterns of what is excluded, relative to `base`, for the entries of `start`."""
        levels: Ignores = (Level(base, self.excludes),)
        for part in relative(start, base).split("/"):
            levels = below(levels, part)
        return levels

    def standing(self, start: str) -> tuple[str, Ignores]:
        """The folder to which patterns are relative below `start`, and the ignore files above it.

        What was asked for by name is walked though it is left out itself; the patterns that leave it out
        must then not leave out all that is in it.
        """
        if not is_below(start, self._root):
            return start, self.levels_above(start)
        if self.left_out(start, folder=True):
            return start, ()
        return self._root, self.levels_above(start)


Place = tuple[str, "Ignores", "Ignores"]
"""A folder to enter, the ignore files above what is in it, and what is excluded."""


class _Walking:
    """One walk in progress."""

    def __init__(self, walker: Walker, start: str, limit: int | None) -> None:
        self.walker = walker
        self.start = start
        self.left = limit
        base, levels = walker.standing(start)
        excludes = walker.excluded_from(base, start)
        self.found = Walk()
        self.pending: deque[Place] = deque([(start, levels, excludes)])
        self.links: deque[Place] = deque()
        self.linked_files: list[str] = []
        self.seen: set[tuple[int, int]] = set()
        self.inside_site = not SITE_FOLDERS.isdisjoint(Path(start).parts)
        """Packages of others that were asked for by name are not left out."""

    def run(self) -> Walk:
        # Links come last, so that a file is known by its own path and not by one that leads to it.
        while (self.pending or self.links) and (self.left is None or self.left > 0):
            if self.pending:
                self.enter(*self.pending.popleft())
            else:
                self.follow(*self.links.popleft())
        self.found.left_out.extend(place[0] for place in (*self.pending, *self.links))
        self.add_linked_files()
        return self.found

    def follow(self, folder: str, levels: Ignores, excludes: Ignores) -> None:
        target = os.path.realpath(folder)
        # A link to a folder around us would bring in the rest of the file system.
        if not is_below(os.path.realpath(self.start), target):
            self.enter(folder, levels, excludes)
        else:
            self.found.left_out.append(folder)

    def enter(self, folder: str, levels: Ignores, excludes: Ignores) -> None:
        try:
            status = os.stat(folder)  # noqa: PTH116 - see paths
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=NAME)
        except OSError:
            self.found.unreadable.append(folder)
            self.found.left_out.append(folder)
            return
        identity = (status.st_dev, status.st_ino)
        names = {entry.name for entry in entries}
        if identity in self.seen or (folder != self.start and "pyvenv.cfg" in names):
            self.found.left_out.append(folder)
            return
        self.seen.add(identity)
        if self.left is not None:
            self.left -= len(entries)
        self.found.folders.add(folder)
        if ".gitignore" in names:
            levels = self.walker.levels_in(folder, levels)
        others = frozenset[str]() if self.inside_site else vendored_children(folder, names)
        kept = False
        for entry in entries:
            if entry.name not in others and self.take(entry, levels, excludes):
                kept = True
        if others:
            self.found.left_out.extend(str(Path(folder, name)) for name in sorted(others))
            self.report(folder, others, kept=kept)

    def report(self, folder: str, others: frozenset[str], *, kept: bool) -> None:
        trees = [name for name in sorted(others) if not name.endswith(METADATA_ENDINGS)]
        if trees and not kept and folder != self.start:
            self.found.vendored.append(folder)
        else:
            self.found.vendored.extend(str(Path(folder, name)) for name in trees)

    def take(self, entry: os.DirEntry[str], levels: Ignores, excludes: Ignores) -> bool:
        """Note a file, or a folder to enter; whether it is anything of the project's own."""
        name = entry.name
        try:
            is_folder = entry.is_dir()
            if not is_folder and not ((name.endswith(ENDINGS) or name in MANIFESTS) and entry.is_file()):
                if name.endswith(COMPILED):
                    self.found.left_out.append(entry.path)
                return False
            is_link = entry.is_symlink()
        except OSError:
            self.found.unreadable.append(entry.path)
            return False
        path = entry.path
        if ignored(excludes, path, name, folder=is_folder) or ignored(levels, path, name, folder=is_folder):
            if (is_folder and name not in NO_PACKAGES and name[0] != ".") or name.endswith(".py"):
                self.found.left_out.append(path)
            return False
        if not is_folder:
            if is_link:
                self.linked_files.append(path)
            else:
                self.add_file(path)
            return name.endswith(".py")
        if name in SITE_FOLDERS:
            self.found.vendored.append(path)
            self.found.left_out.append(path)
            return False
        if name.endswith(METADATA_ENDINGS):
            return False
        place = (path, below(levels, name), below(excludes, name))
        (self.links if is_link else self.pending).append(place)
        return True

    def add_file(self, path: str) -> None:
        (self.found.python if path.endswith(".py") else self.found.templates).append(path)

    def add_linked_files(self) -> None:
        if not self.linked_files:
            return
        known = {os.path.realpath(path) for path in (*self.found.python, *self.found.templates)}
        for path in self.linked_files:
            target = os.path.realpath(path)
            if target not in known:
                known.add(target)
                self.add_file(path)
            elif path.endswith(".py"):
                self.found.left_out.append(path)
