"""Runs rules over one module or template; what they see leaves as drafts, which hold no node."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from functools import cached_property
from time import process_time
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambda_lint.deployment.function import DeployedFunction, Place
from lambda_lint.edits import NoEditError
from lambda_lint.errors import SourceError
from lambda_lint.model.labels import Confidence
from lambda_lint.rule import EVERY_PHASE, Reach, Violation
from lambda_lint.semantics.context import Context, Handler, Module
from lambda_lint.semantics.deployments import Deployment, Spot
from lambda_lint.semantics.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, MutableMapping, Sequence

    from lambda_lint.edits import Edits
    from lambda_lint.model.fix import Fix
    from lambda_lint.model.labels import Phase, Severity
    from lambda_lint.packs import RuleEntry
    from lambda_lint.rule import Rule
    from lambda_lint.semantics.phases import Step
    from lambda_lint.semantics.values import FunctionKey

CRASHED = "LL901"


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding whose places are not known yet."""

    code: str
    at: Spot | Place
    message: str
    severity: Severity | None
    confidence: Confidence
    function: str | None = None
    path: tuple[Step, ...] = ()
    related: tuple[tuple[Spot | Place, str], ...] = ()
    help: str | None = None
    fix: Fix | None = None
    secrets: tuple[str, ...] = ()
    within: FunctionKey | None = None
    """The function or module that runs what it is about."""
    deployed: tuple[str, str] | None = None
    """Template and logical id of the deployed function that it is about."""


@dataclass(frozen=True)
class Active:
    """A rule that runs. What is asked for each module is kept."""

    entry: RuleEntry
    rule: Rule[Any]

    @cached_property
    def reach(self) -> Reach:
        return self.entry.reach

    @cached_property
    def phases(self) -> frozenset[Phase]:
        return self.entry.phases


def check_module(
    module: Module,
    project: Project,
    rules: Sequence[Active],
    times: MutableMapping[str, float],
    edits: Edits | None = None,
) -> list[Draft]:
    """What the rules see in a module: in its nodes, its handlers and in itself. Without `edits` no fixes.

    The seconds that each rule takes are added to `times` under its code: an answer that several rules ask for
    is on the account of the first.
    """
    ctx = Context(module, project)
    is_deployed = module.number in project.phases.modules
    drafts: list[Draft] = []
    started = process_time()
    for active in rules:
        if is_deployed or active.reach is Reach.ANYWHERE:
            for kind in active.entry.subjects:
                drafts += _run(active, _subjects(kind, active.phases, ctx), ctx, edits)
            ended, code = process_time(), active.entry.info.code
            times[code] = times.get(code, 0.0) + ended - started
            started = ended
    return drafts


def _subjects(
    kind: type, phases: frozenset[Phase], ctx: Context
) -> Iterable[tuple[object, cst.CSTNode | Place]]:
    if issubclass(kind, cst.CSTNode):
        is_any = phases == EVERY_PHASE
        nodes = ctx.module.tree.of_type(kind) if is_any else ctx.nodes_in(phases, kind)
        return zip(nodes, nodes, strict=True)
    if kind is Handler:
        return ((handler, handler.node.name) for handler in ctx.handlers)
    if kind is Module:
        return ((ctx.module, ctx.module.tree.module),)
    return ()


def check_deployments(
    deployments: Sequence[Deployment], rules: Sequence[Active], times: MutableMapping[str, float]
) -> list[Draft]:
    """What the rules see in the deployed functions of a template; for `times` see `check_module`."""
    drafts: list[Draft] = []
    started = process_time()
    for active in rules:
        for each in deployments:
            place = each.function.place
            found: list[Draft] = []
            if DeployedFunction in active.entry.subjects:
                found += _run(active, ((each.function, place),), None)
            if Deployment in active.entry.subjects:
                found += _run(active, ((each, place),), None)
            drafts += [replace(draft, deployed=each.key) for draft in found]
        ended, code = process_time(), active.entry.info.code
        times[code] = times.get(code, 0.0) + ended - started
        started = ended
    return drafts


def check_project(project: Project, rules: Sequence[Active], anchor: Place) -> Iterator[Draft]:
    """What the rules see in the project as a whole; a crash is reported at the anchor."""
    for active in rules:
        if Project in active.entry.subjects:
            yield from _run(active, ((project, anchor),), None)


def _run(
    active: Active,
    subjects: Iterable[tuple[object, cst.CSTNode | Place]],
    ctx: Context | None,
    edits: Edits | None = None,
) -> list[Draft]:
    """What `check` says of each subject. An exception in it becomes a finding, and the next one follows."""
    code, check = active.entry.info.code, active.rule.check
    drafts: list[Draft] = []
    for subject, at in subjects:
        try:
            found = list(check(subject, ctx))  # type: ignore[arg-type]
            if found:
                drafts += [_draft(code, violation, ctx, edits) for violation in found]
        except (Exception, SystemExit) as error:  # noqa: BLE001, PERF203 - whatever it raises is its crash
            drafts.append(_crash(active, error, ctx, at))
    return drafts


def _draft(code: str, violation: Violation, ctx: Context | None, edits: Edits | None = None) -> Draft:
    node = violation.at if isinstance(violation.at, cst.CSTNode) else None
    return Draft(
        code=code,
        at=_spot(violation.at, ctx),
        message=violation.message,
        severity=violation.severity,
        confidence=violation.confidence,
        function=None if node is None or ctx is None else ctx.qualname_around(node),
        path=violation.path,
        related=tuple((_spot(each.at, ctx), each.text) for each in violation.related),
        help=violation.help,
        fix=_fix(violation, edits),
        secrets=tuple(secret.text for secret in violation.secrets),
        within=None if node is None or ctx is None else _function_of(node, ctx),
    )


def _function_of(node: cst.CSTNode, ctx: Context) -> FunctionKey:
    """The function that runs the node; of a definition or its name, the function that is defined."""
    above = ctx.parent(node)
    if isinstance(above, cst.FunctionDef) and above.name is node:
        node = above
    return ctx.function_key(node.body if isinstance(node, cst.FunctionDef) else node)


def _fix(violation: Violation, edits: Edits | None) -> Fix | None:
    """The fix, if it can be made without doubt; never of another file than the finding's."""
    if violation.fix is None or edits is None or not isinstance(violation.at, cst.CSTNode):
        return None
    try:
        return violation.fix(edits)
    except (NoEditError, SourceError):
        return None


def _spot(at: cst.CSTNode | Place | Spot, ctx: Context | None) -> Spot | Place:
    if isinstance(at, (Place, Spot)):
        return at
    if ctx is None:
        raise TypeError("a rule about templates must point at a place of the template")
    return Spot(ctx.module.number, ctx.module.tree.order[at])


def _crash(active: Active, error: BaseException, ctx: Context | None, at: cst.CSTNode | Place) -> Draft:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.name}, line {frame.lineno}"
    text = str(error).splitlines()[0] if str(error) else ""
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    crash = Violation(at, f"rule `{active.entry.info.name}` crashed here with {what} (in {where})")
    return replace(_draft(CRASHED, crash, ctx), confidence=Confidence.HIGH)
