"""A run, from what was asked to the result. Nothing here prints, exits, or knows of a command line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.deployment.claims import unread_terraform
from lambda_lint.discovery import project_root
from lambda_lint.discovery.memory import Memory
from lambda_lint.engine.adopt import Scope
from lambda_lint.engine.day import dated
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.session import Session
from lambda_lint.engine.store import FOLDER, Store
from lambda_lint.engine.timing import timed
from lambda_lint.gathering import as_shown, find_files, gathered
from lambda_lint.registry import Registry, load_registry
from lambda_lint.reporters import FORMATS
from lambda_lint.reporters.run_notes import run_notes
from lambda_lint.request import STDIN_NAME, Request
from lambda_lint.rule_record import user_file
from lambda_lint.selection import Selection
from lambda_lint.settings.check import check
from lambda_lint.settings.load import ConfigFile, load
from lambda_lint.settings.options import DEFAULT, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambda_lint.engine.fix import Change, Lint
    from lambda_lint.model.finding import Result


@dataclass(frozen=True, slots=True)
class Configured:
    """The settings that hold for a request, and the rules they are about."""

    file: ConfigFile | None
    settings: Settings
    registry: Registry


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
    """Read the configuration and the rules, and refuse what names a rule, option or format that is not."""
    file = load(request.places, request.cwd, config=request.config, isolated=request.isolated)
    registry = load_registry(user_file())
    settings = DEFAULT
    if file is not None:
        check(file, registry.vocabulary_with(FORMATS))
        settings = settings.apply(file.options)
    configured = Configured(file, settings.apply(request.options), registry)
    selection(configured, request.cwd)
    return configured


def selection(configured: Configured, cwd: Path) -> Selection:
    """Which rules run where, with patterns relative to the configuration's folder."""
    root = configured.file.root if configured.file is not None else None
    return Selection(configured.settings, configured.registry, root, cwd)


def run(
    request: Request,
    configured: Configured | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    owns_process: bool = False,
) -> Outcome:
    """Analyze what is asked for. `owns_process` says that nobody else in this process uses libcst."""
    configured = configured or configure(request)
    settings = dated(configured.settings, configured.registry)
    request.adoption.refuse(stdin=request.stdin is not None, fixing=request.fixing is not None)
    sieve = request.adoption.sieve(scope_of(request, configured), settings.baseline)
    skipped: tuple[str, ...] = ()
    times: dict[str, float] = {}
    keeps = request.cache and request.stdin is None and not request.describes
    store = Store(cache_folder(request, configured)) if keeps else None
    version = configured.registry.fingerprint
    memory = None if store is None or version is None else Memory(store, version)
    with timed(times, "files"):
        if request.stdin is not None and request.stdin.path is None:
            inputs = Inputs({STDIN_NAME: request.stdin.data})
        else:
            discovered = find_files(request, settings, configured.file, memory)
            inputs = gathered(request, settings, discovered)
            settings = as_shown(settings, discovered.root, request.cwd)
            skipped = discovered.skipped_vendored
    # What fixes write is parsed by libcst as it is.
    lean = owns_process and request.fixing is None and request.adoption.reason is None
    session = Session(
        settings,
        configured.registry,
        store,
        progress,
        times,
        owns_process=lean,
        describes=request.describes,
    )

    def analyzed(inputs: Inputs) -> Result:
        return sieve(session.result(inputs), inputs)

    result, changes, failures = _carried_out(request, inputs, analyzed)
    told = run_notes(
        result,
        has_python=bool(inputs.files),
        skipped_vendored=skipped,
        is_whole=inputs.targets is None,
        unread=unread_terraform(inputs.templates),
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
