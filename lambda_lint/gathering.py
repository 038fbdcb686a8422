"""The files of a request: found, read, and named as the user sees them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.deployment.manifests import is_list
from lambda_lint.discovery import Discovered, discover, git_root, shown
from lambda_lint.discovery.companions import contents_of
from lambda_lint.discovery.content import content
from lambda_lint.discovery.walk import TEMPLATE_ENDINGS
from lambda_lint.engine.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lambda_lint.discovery.memory import Memory
    from lambda_lint.request import Request
    from lambda_lint.settings.load import ConfigFile
    from lambda_lint.settings.options import Settings


def find_files(
    request: Request, settings: Settings, config: ConfigFile | None, memory: Memory | None = None
) -> Discovered:
    """The files of a request, read by nobody yet; what `memory` knows is not looked for again."""
    paths = request.paths
    if edited := edited_file(request):
        # A file that is not saved yet still has neighbors.
        known = (place for place in (edited, *edited.parents) if place.exists())
        paths = (next(known),)
    asked = (
        paths,
        request.cwd,
        config and config.root,
        settings.all_excludes,
        settings.force_exclude,
        settings.respect_gitignore,
        settings.max_file_size,
    )
    found = memory.recall(asked) if memory is not None else None
    if found is None:
        found = discover(paths, settings, request.cwd, config)
        if memory is not None:
            memory.keep(asked, found)
    return found


def files_shown(discovered: Discovered, cwd: Path) -> tuple[str, ...]:
    """The files that a run reports on, as users see them."""
    return tuple(sorted(shown(path, cwd) for path in (*discovered.targets, *discovered.target_templates)))


def gathered(request: Request, settings: Settings, discovered: Discovered) -> Inputs:
    """The bytes of the files."""
    cwd = request.cwd
    targets = set(files_shown(discovered, cwd))
    edited = edited_file(request)
    if edited is not None and not edited.is_file():
        targets = {shown(edited, cwd)}
    reader = _Reader(cwd, settings.max_file_size)
    files: dict[str, bytes] = {}
    templates: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}
    # Without a file to report on there is nothing to read the project for.
    if targets:
        files = reader.read(discovered.project)
        templates = reader.read(discovered.templates, discovered.contents)
        beside = contents_of(discovered.companions, discovered.contents, cwd, settings.max_file_size)
    if request.stdin is not None and edited is not None and (name := shown(edited, cwd)) in targets:
        is_template = name.endswith(TEMPLATE_ENDINGS) or is_list(name)
        (templates if is_template else files)[name] = request.stdin.data
    # What discovery could not open is tried once more, to learn the reason.
    reader.read(discovered.unreadable)
    targets.update(shown(path, cwd) for path in discovered.unreadable)
    # Lists of requirements elsewhere do not make a part of what is asked for, and nothing is said of them.
    needed = {path: data for path, data in templates.items() if path in targets or not is_list(path)}
    is_whole = targets.issuperset((*files, *needed))
    return Inputs(
        files=files,
        templates=needed if is_whole else templates,
        beside=beside,
        targets=None if is_whole else frozenset(targets),
        left_out=frozenset(shown(path, cwd) for path in discovered.left_out),
        scope=shown(discovered.scope, cwd),
        root=_relative(git_root(discovered.root) or cwd, cwd),
        settings_root=_relative(discovered.root, cwd),
        unreadable=reader.unreadable,
    )


def edited_file(request: Request) -> Path | None:
    """The file that standard input stands for, absolute."""
    if request.stdin is None or request.stdin.path is None:
        return None
    return Path(os.path.normpath(request.cwd / request.stdin.path))


def _relative(folder: Path, cwd: Path) -> str:
    return Path(os.path.relpath(folder, cwd)).as_posix()


def as_shown(settings: Settings, root: Path, cwd: Path) -> Settings:
    """The settings with paths in the form that paths have in the inputs, instead of relative to the root."""

    def moved(path: str) -> str:
        return shown(Path(os.path.normpath(root / path)), cwd)

    handlers = [handler.rpartition(":") for handler in settings.handlers]
    return replace(
        settings,
        src=tuple(moved(folder) for folder in settings.src),
        handlers=tuple(f"{moved(path)}:{name}" for path, _, name in handlers),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads files; why one could not be read is remembered for a finding."""

    cwd: Path
    size_limit: int
    unreadable: dict[str, str] = field(default_factory=dict)

    def read(self, paths: Iterable[str], known: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
        """The bytes of each file that can be read, by the path as shown; what is known is not read."""
        contents: dict[str, bytes] = {}
        for path in paths:
            name = shown(path, self.cwd)
            if known is not None and path in known:
                contents[name] = known[path]
                continue
            try:
                # One byte more than is parsed tells that a file is too large; the rest is not needed.
                contents[name] = content(path, self.size_limit)
            except OSError as error:
                self.unreadable[name] = (error.strerror or type(error).__name__).lower()
        return contents
