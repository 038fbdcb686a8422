"""A run, from what was asked to the result. Nothing here prints, exits, or knows of a command line."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.discovery import Discovered, discover, git_root, project_root, shown
from lambda_lint.discovery.content import content
from lambda_lint.discovery.walk import TEMPLATE_ENDINGS
from lambda_lint.engine.adopt import Adoption, Scope
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.session import Session
from lambda_lint.engine.store import FOLDER, Store
from lambda_lint.engine.timing import timed
from lambda_lint.registry import Registry, load_registry
from lambda_lint.reporters import FORMATS
from lambda_lint.reporters.run_notes import run_notes
from lambda_lint.rule_record import user_file
from lambda_lint.selection import Selection
from lambda_lint.settings.check import check
from lambda_lint.settings.load import ConfigFile, load
from lambda_lint.settings.options import DEFAULT, Options, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lambda_lint.engine.fix import Change, Lint
    from lambda_lint.fixing import Fixing
    from lambda_lint.model.finding import Result

STDIN_NAME = "stdin.py"
"""What standard input is called when nobody says which file it is."""

NOTHING_SAID = Options()
EVERYTHING = Adoption()


@dataclass(frozen=True, slots=True)
class Stdin:
    """A text that stands for a file: what an editor has not saved yet."""

    data: bytes
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants analyzed, and how."""

    paths: tuple[Path, ...] = ()
    options: Options = NOTHING_SAID
    config: Path | None = None
    isolated: bool = False
    stdin: Stdin | None = None
    adoption: Adoption = EVERYTHING
    cache: bool = True
    """Whether results are taken from the cache, and put there."""
    cache_dir: Path | None = None
    fixing: Fixing | None = None
    """None leaves files as they are, and tells nothing of what would be fixed."""
    cwd: Path = field(default_factory=Path.cwd)

    @property
    def places(self) -> tuple[Path, ...]:
        """What decides where the configuration and the project's root are looked for."""
        if self.stdin is None:
            return self.paths
        return () if self.stdin.path is None else (self.stdin.path,)


# No slots: the registry is a cached property.
@dataclass(frozen=True)
class Configured:
    """The settings that hold for a request, and the rules they are about."""

    file: ConfigFile | None
    settings: Settings
    cwd: Path

    @cached_property
    def registry(self) -> Registry:
        """The rules. What names a rule, option or format that there is not is refused."""
        registry = load_registry(user_file())
        if self.file is not None:
            check(self.file, registry.vocabulary_with(FORMATS))
        Selection(self.settings, registry, None if self.file is None else self.file.root, self.cwd)
        return registry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request."""

    result: Result
    configured: Configured
    skipped_vendored: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    """What was fixed; or would be, if files are not to be changed."""
    failures: tuple[str, ...] = ()
    """Why files that should have been changed were not."""
    times: Mapping[str, float] = field(default_factory=dict)
    """Seconds by phase, and by the code of each rule, added up over all processes."""

    @property
    def fails(self) -> bool:
        """Whether there is a finding that the settings do not tolerate."""
        fail_on = self.configured.settings.fail_on
        return any(fail_on.reached_by(finding.severity) for finding in self.result.findings)


def configure(request: Request) -> Configured:
    """Read the configuration. The rules are loaded when something is asked of them."""
    file = load(request.places, request.cwd, config=request.config, isolated=request.isolated)
    settings = DEFAULT if file is None else DEFAULT.apply(file.options)
    return Configured(file, settings.apply(request.options), request.cwd)


def selection(configured: Configured) -> Selection:
    """Which rules run where, with patterns relative to the configuration's folder."""
    root = configured.file.root if configured.file is not None else None
    return Selection(configured.settings, configured.registry, root, configured.cwd)


def find_files(request: Request, configured: Configured) -> Discovered:
    """The files of a request, read by nobody yet."""
    paths = request.paths
    if edited := _edited(request):
        # A file that is not saved yet still has neighbors.
        known = (place for place in (edited, *edited.parents) if place.exists())
        paths = (next(known),)
    return discover(paths, configured.settings, request.cwd, configured.file)


def run(
    request: Request,
    configured: Configured | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Analyze what is asked for."""
    configured = configured or configure(request)
    settings = configured.settings
    request.adoption.refuse(stdin=request.stdin is not None, fixing=request.fixing is not None)
    sieve = request.adoption.sieve(scope_of(request, configured), settings.baseline)
    skipped: tuple[str, ...] = ()
    times: dict[str, float] = {}
    with timed(times, "files"):
        if request.stdin is not None and request.stdin.path is None:
            inputs = Inputs({STDIN_NAME: request.stdin.data})
        else:
            discovered = find_files(request, configured)
            inputs = _inputs(request, settings, discovered)
            settings = _as_shown(settings, discovered.root, request.cwd)
            skipped = discovered.skipped_vendored
    store = Store(cache_folder(request, configured)) if request.cache and request.stdin is None else None
    session = Session(settings, configured, store, progress, times)

    def analyzed(inputs: Inputs) -> Result:
        return sieve(session.result(inputs), inputs)

    result, changes, failures = _carried_out(request, inputs, analyzed)
    told = run_notes(
        result,
        has_python=bool(inputs.files),
        skipped_vendored=skipped,
        is_whole=inputs.targets is None,
    )
    notes = (*told, *result.notes, *session.close())
    return Outcome(replace(result, notes=notes), configured, skipped, changes, failures, times)


def _carried_out(
    request: Request, inputs: Inputs, analyzed: Lint
) -> tuple[Result, tuple[Change, ...], tuple[str, ...]]:
    """The result, what was changed on the way, and what could not be."""
    if request.adoption.reason is not None:
        from lambda_lint.engine.ignore import add_ignores  # noqa: PLC0415 - imports libcst

        added = add_ignores(inputs, analyzed, request.adoption.reason, request.cwd)
        return added.result, (), added.failures
    if request.fixing is None:
        return analyzed(inputs), (), ()
    from lambda_lint.fixing import attempt  # noqa: PLC0415 - imports libcst

    fixed = attempt(inputs, analyzed, request.fixing, request.cwd)
    return fixed.result, fixed.changes, fixed.failures


def cache_folder(request: Request, configured: Configured) -> Path:
    """Where results are kept for later runs: where somebody says so, or else in the project's root."""
    said = request.cache_dir or configured.settings.cache_dir
    if said is not None:
        base = configured.file.root if request.cache_dir is None and configured.file else None
        return (base or request.cwd) / said
    return project_root(request.places, request.cwd, configured.file) / FOLDER


def scope_of(request: Request, configured: Configured) -> Scope:
    """What a request looks at."""
    places = request.places if request.stdin is None or request.stdin.path else (Path(STDIN_NAME),)
    root = project_root(request.places, request.cwd, configured.file)
    return Scope(root, request.cwd, places, every_rule=not request.options.choices)


def files_shown(discovered: Discovered, cwd: Path) -> tuple[str, ...]:
    """The files that a run reports on, as users see them."""
    return tuple(sorted(shown(path, cwd) for path in (*discovered.targets, *discovered.target_templates)))


def _inputs(request: Request, settings: Settings, discovered: Discovered) -> Inputs:
    cwd = request.cwd
    targets = set(files_shown(discovered, cwd))
    edited = _edited(request)
    if edited is not None and not edited.is_file():
        targets = {shown(edited, cwd)}
    reader = _Reader(cwd, settings.max_file_size)
    files: dict[str, bytes] = {}
    templates: dict[str, bytes] = {}
    # Without a file to report on there is nothing to read the project for.
    if targets:
        files = reader.read(discovered.project)
        templates = reader.read(discovered.templates, discovered.contents)
    if request.stdin is not None and edited is not None and (name := shown(edited, cwd)) in targets:
        (templates if name.endswith(TEMPLATE_ENDINGS) else files)[name] = request.stdin.data
    # What discovery could not open is tried once more, to learn the reason.
    reader.read(discovered.unreadable)
    targets.update(shown(path, cwd) for path in discovered.unreadable)
    is_whole = targets.issuperset((*files, *templates))
    return Inputs(
        files=files,
        templates=templates,
        targets=None if is_whole else frozenset(targets),
        root=_relative(git_root(discovered.root) or cwd, cwd),
        settings_root=_relative(discovered.root, cwd),
        unreadable=reader.unreadable,
    )


def _edited(request: Request) -> Path | None:
    """The file that standard input stands for, absolute."""
    if request.stdin is None or request.stdin.path is None:
        return None
    return Path(os.path.normpath(request.cwd / request.stdin.path))


def _relative(folder: Path, cwd: Path) -> str:
    return Path(os.path.relpath(folder, cwd)).as_posix()


def _as_shown(settings: Settings, root: Path, cwd: Path) -> Settings:
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
