"""Which files a run reads, and on which of them it reports.

The arguments say what is reported on. What is read is the whole project around them, because a file's
handler, its callers and its template may stand elsewhere.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.deployment import cdk_folders, claims, manifests
from lambda_lint.discovery.content import content
from lambda_lint.discovery.found import Discovered
from lambda_lint.discovery.paths import is_below, relative
from lambda_lint.discovery.roots import git_root, project_root, templates_between
from lambda_lint.discovery.walk import TEMPLATE_ENDINGS, Walk, Walker
from lambda_lint.errors import UsageError
from lambda_lint.settings.load import common_folder
from lambda_lint.settings.patterns import Patterns, is_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lambda_lint.settings.load import ConfigFile
    from lambda_lint.settings.options import Settings

__all__ = ["Discovered", "discover", "git_root", "project_root", "shown"]

MAX_COMPANIONS = 500
"""Files that templates name; more is no longer followed."""
NEIGHBORHOOD = 5_000
"""Entries to look at around files of which no project is known: a script may lie in somebody's home."""


def discover(
    paths: Sequence[Path], settings: Settings, cwd: Path, config: ConfigFile | None = None
) -> Discovered:
    """The files for these arguments; without arguments, for the working folder."""
    cwd = Path(os.path.normpath(cwd))
    asked = [os.path.normpath(cwd / path) for path in paths] or [str(cwd)]
    for pattern in settings.all_excludes:
        if not is_pattern(pattern):
            raise UsageError(f"`{pattern}` is not a pattern of paths to exclude")
    for path in paths:
        _refuse_what_is_not_there(path, cwd / path)
    common = common_folder(paths, cwd)
    root = project_root(paths, cwd, config)
    repository = git_root(root)
    ignore_root = (repository or root) if settings.respect_gitignore else None
    walker = Walker(
        Patterns(settings.all_excludes), str(root), None if ignore_root is None else str(ignore_root)
    )

    known = repository is not None or (config is not None and config.root is not None)
    only_files = not any(Path(path).is_dir() for path in asked)
    scope = root if known else common
    whole = walker.walk(str(scope), NEIGHBORHOOD if only_files and not known else None)
    if not known:
        whole.templates.extend(templates_between(scope, root))
    found = _Collected(walker, whole, str(scope), settings)
    for absolute in asked:
        found.add(absolute)
    return found.result(asked, cwd, root)


def shown(path: str | Path, cwd: Path) -> str:
    """The path as users see it: POSIX, relative to the working folder if below it, else absolute."""
    text, folder = os.fspath(path), os.fspath(cwd)
    if is_below(text, folder):
        return relative(text, folder) or "."
    return text.replace(os.sep, "/")


class _Collected:
    """What was found, while the arguments are gone through."""

    def __init__(self, walker: Walker, whole: Walk, scope: str, settings: Settings) -> None:
        self.walker = walker
        self.whole = whole
        self.scope = scope
        self.settings = settings
        self.targets: set[str] = set()
        self.project = set(whole.python)
        self.candidates = set(whole.templates)
        self.target_templates: set[str] = set()
        self.named_templates: set[str] = set()
        self.vendored = set(whole.vendored)
        self.unreadable = set(whole.unreadable)
        self.folders = set(whole.folders)
        self.left_out = set(whole.left_out)
        self.contents: dict[str, bytes] = {}
        self.companions: set[str] = set()
        self.sought: set[str] = set()
        """Files that templates name, whether they are there or not."""
        self.entered: list[str] = []
        """Folders that are left out of the project, but were asked for by name."""

    def add(self, asked: str) -> None:
        """Take an argument: a folder's files, or the file."""
        if Path(asked).is_dir():
            self.add_folder(asked)
        elif not asked.endswith(".pyi") and not (self.settings.force_exclude and self.refuses(asked)):
            self.add_file(asked)

    def add_folder(self, folder: str) -> None:
        walk = self.whole
        if folder not in walk.folders:
            if self.settings.force_exclude and is_below(folder, self.scope):
                return
            walk = self.walker.walk(folder)
            self.entered.append(folder)
            self.project.update(walk.python)
            self.candidates.update(walk.templates)
            self.vendored.update(walk.vendored)
            self.unreadable.update(walk.unreadable)
            self.folders.update(walk.folders)
        self.targets.update(path for path in walk.python if is_below(path, folder))
        self.target_templates.update(path for path in walk.templates if is_below(path, folder))

    def add_file(self, file: str) -> None:
        if file.endswith(TEMPLATE_ENDINGS) or manifests.is_list(file):
            self.candidates.add(file)
            self.target_templates.add(file)
            self.named_templates.add(file)
        else:
            self.targets.add(file)
            self.project.add(file)

    def refuses(self, file: str) -> bool:
        """Whether a file that is named would be left out if it were not."""
        if any(is_below(file, tree) for tree in self.whole.vendored):
            return True
        return is_below(file, self.scope) and self.walker.left_out(file, folder=False)

    def result(self, asked: list[str], cwd: Path, root: Path) -> Discovered:
        templates = set(self.templates(str(root)))
        lists = set(self.included(str(root))) - templates
        templates |= lists
        self.target_templates.update(_within(lists, asked))
        return Discovered(
            targets=_sorted(self.targets),
            project=_sorted(self.project),
            templates=_sorted(templates),
            target_templates=_sorted(templates & self.target_templates),
            skipped_vendored=tuple(shown(path, cwd) for path in _sorted(self.vendored_within(asked))),
            unreadable=_sorted(_within(self.unreadable, asked)),
            left_out=_sorted(self.left_out),
            scope=self.scope,
            root=root,
            is_complete=not self.unreadable,
            folders=_sorted(self.folders),
            candidates=_sorted(self.candidates | self.sought),
            contents=self.contents,
            companions=_sorted(self.companions - templates),
        )

    def vendored_within(self, asked: list[str]) -> list[str]:
        """The packages of others that were left out of what was asked for."""
        left_out = _within(self.vendored, asked)
        return [path for path in left_out if not any(is_below(folder, path) for folder in self.entered)]

    def templates(self, root: str) -> Iterator[str]:
        """The candidates that are templates; what is named is taken at its word."""
        for path in sorted(self.candidates):
            beginning, data = b"", None
            try:
                beginning = content(path, self.settings.max_file_size)
                data = self.whole_file(beginning)
            except OSError:
                if path not in self.named_templates:
                    self.unreadable.add(path)
            if data is not None and manifests.is_manifest(path):
                self.contents[path] = data
                yield path
            elif path in self.named_templates or (
                data is not None and claims.looks_like_template(path, data)
            ):
                if data is not None:
                    self.contents[path] = data
                    self.find_companions(path, data, root)
                yield path
            elif data is None:
                # That it is not read is told, if it seems to be one.
                if claims.may_deploy_python(path, beginning):
                    yield path
            elif path.endswith(os.sep + cdk_folders.CDK_CONFIGURATION):
                # What it belongs to are Python files, which are not looked into here.
                self.companions.add(path)
                self.contents[path] = data

    def included(self, root: str) -> Iterator[str]:
        """The lists of requirements that the project's lists include."""
        pending = [path for path in self.contents if manifests.is_manifest(path)]
        while pending and len(self.sought) < MAX_COMPANIONS:
            path = pending.pop()
            for named in manifests.named_lists(path, self.contents[path]):
                if named not in self.sought and named not in self.contents and is_below(named, root):
                    self.sought.add(named)
                    with contextlib.suppress(OSError):
                        data = self.small(named)
                        if data is not None:
                            self.contents[named] = data
                            pending.append(named)
                            yield named

    def find_companions(self, path: str, data: bytes, root: str) -> None:
        """Take note of the project's files that a template may name, and of those that they name."""
        pending = [(path, data)]
        while pending and len(self.companions) < MAX_COMPANIONS:
            for named in claims.companions(*pending.pop()):
                if named in self.sought or not is_below(named, root):
                    continue
                self.sought.add(named)
                if not Path(named).is_file():
                    continue
                try:
                    inside = self.small(named)
                except OSError:
                    # A template does without it, as it does without one that is not there.
                    continue
                if inside is not None:
                    self.companions.add(named)
                    self.contents[named] = inside
                    pending.append((named, inside))

    def small(self, path: str) -> bytes | None:
        """The bytes of a file, unless it is larger than what is analyzed."""
        return self.whole_file(content(path, self.settings.max_file_size))

    def whole_file(self, data: bytes) -> bytes | None:
        """What was read of a file, unless that is only its beginning."""
        return data if len(data) <= self.settings.max_file_size else None


def _refuse_what_is_not_there(path: Path, absolute: Path) -> None:
    if not absolute.exists():
        raise UsageError(f"the path `{path}` does not exist")
    if not absolute.is_file() and not absolute.is_dir():
        raise UsageError(f"the path `{path}` is neither a file nor a folder")


def _within(paths: Iterable[str], asked: list[str]) -> list[str]:
    return [path for path in paths if any(is_below(path, place) for place in asked)]


def _sorted(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))
