"""Runs of the engine, and questions to the model, over files that are written in a test."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

from lambda_lint.deployment.reader import read_template
from lambda_lint.engine.lint import Inputs, Means, lint
from lambda_lint.engine.units import Units
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category
from lambda_lint.packs import RuleEntry
from lambda_lint.registry import Registry, own_entries
from lambda_lint.semantics.context import Context, Module
from lambda_lint.semantics.project import Project
from lambda_lint.settings.options import DEFAULT
from lambda_lint.settings.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import libcst as cst

    from lambda_lint.engine.found import Found
    from lambda_lint.model.finding import Finding, Result
    from lambda_lint.rule import Rule
    from lambda_lint.settings.options import Settings

SIZE_LIMIT = 1_000_000


def registry(*rules: type[Rule[Any]]) -> Registry:
    """The tool's own findings, and these rules under the names of their classes."""
    return Registry([*own_entries(), *map(_entry, rules)])


def _entry(rule: type[Rule[Any]]) -> RuleEntry:
    name = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in rule.__name__)
    info = RuleInfo(
        code=rule.code,
        name=name.strip("-"),
        category=Category.DESIGN,
        severity=rule.severity,
        on_by_default=rule.on_by_default,
        summary="A rule.",
        page="# Rule",
        url="",
    )
    return RuleEntry(info, rule)


def run(
    files: Mapping[str, str | bytes],
    *rules: type[Rule[Any]],
    templates: Mapping[str, str | bytes] | None = None,
    targets: Iterable[str] | None = None,
    unreadable: Mapping[str, str] | None = None,
    settings: Settings = DEFAULT,
    progress: Callable[[int, int], None] | None = None,
    known: dict[bytes, Found] | None = None,
    describes: bool = False,
) -> Result:
    """Lint the files with these rules alone."""
    inputs = Inputs(
        files={path: encoded(text) for path, text in files.items()},
        templates={path: encoded(text) for path, text in (templates or {}).items()},
        targets=None if targets is None else frozenset(targets),
        unreadable=unreadable or {},
    )
    means = Means(progress=progress, known={} if known is None else known, describes=describes)
    return lint(inputs, settings, registry(*rules), means)


def encoded(text: str | bytes) -> bytes:
    """A text as it stands in a test, without the indentation that all its lines have."""
    return text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()


def told(findings: Iterable[Finding]) -> list[str]:
    """Path, line, code and message of each."""
    return [f"{f.location.path}:{f.location.start.line} {f.code} {f.message}" for f in findings]


def linked(
    files: Mapping[str, str | bytes], templates: Mapping[str, str] | None = None
) -> tuple[Units, Project]:
    """The modules, and what is known across them."""
    written = {path: encoded(text) for path, text in sorted((templates or {}).items())}
    read = [read_template(path, data, written) for path, data in written.items()]
    units = Units(SIZE_LIMIT)
    units.load({path: encoded(text) for path, text in files.items()}, read)
    tests = Patterns(DEFAULT.test_paths)
    numbers = [number for number, source in enumerate(units.sources) if tests.match(source.path)]
    return units, Project(units.facts, templates=read, inline=units.inline, tests=numbers)


def context(
    files: Mapping[str, str] | str, path: str = "app.py", templates: Mapping[str, str] | None = None
) -> Context:
    """The questions about one file; a text alone is `app.py`."""
    units, project = linked({path: files} if isinstance(files, str) else files, templates)
    return context_of(units, project, [source.path for source in units.sources].index(path))


def context_of(units: Units, project: Project, number: int) -> Context:
    """The questions about the module of that number."""
    unit = units.unit(number)
    return Context(Module(number, unit.source, unit.lowered, number in project.tests), project)


def at(ctx: Context, kind: type[cst.CSTNode], which: int = 0) -> Any:
    """The node of a type that comes first in the source, or a later one."""
    return list(ctx.module.tree.of_type(kind))[which]
