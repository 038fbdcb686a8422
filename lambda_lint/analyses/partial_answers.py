"""What the code of a function says about the records of a batch that failed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.analyses.answers import calls_decorated, makes_unknown_answer
from lambda_lint.analyses.speech import speaks_of
from lambda_lint.analyses.work import work_of
from lambda_lint.knowledge.deliveries import (
    BATCH_ANSWERS,
    BATCH_PACKAGE,
    DELETES,
    FAILURES_KEY,
    PLAIN_DECORATORS,
)
from lambda_lint.knowledge.event_shapes import HANDLER_DECORATORS
from lambda_lint.semantics.deployments import Spot
from lambda_lint.semantics.facts import Attr, CallRef, Const, Items, Pairs
from lambda_lint.semantics.partials import behind_partial
from lambda_lint.semantics.values import Constant, External, FunctionValue, Method, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.semantics.deployments import Deployment
    from lambda_lint.semantics.facts import Expr, ModuleFacts
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey, Values

_NAMED_ALIKE = "functools.wraps"
"""What decorators put on the function that they make."""


class Told(NamedTuple):
    """Where the code gives failed records a name, and which."""

    spot: Spot
    key: str
    """`batchItemFailures`, or what looks like it."""


def failures_told(deployment: Deployment) -> Iterator[Told]:
    """Yield where the code of an invocation names failed records in an answer that is not always empty."""
    project = deployment.project
    for call in deployment.calls:
        if call.repeats and any(_answers(value) for value in call.callee):
            yield Told(call.spot, FAILURES_KEY)
    for module in sorted({module for module, _ in deployment.repeated}):
        facts = project.modules[module]
        for scope, order, key, value in _entries(facts):
            if project.graph.function_of(module, scope) not in deployment.repeated or value == Items(()):
                continue
            where = Where(module, scope, order)
            values = (
                (Constant(key.value),) if isinstance(key, Const) else project.evaluator.values(where, key)
            )
            for each in values:
                if isinstance(each, Constant) and isinstance(each.value, str) and _is_like(each.value):
                    yield Told(Spot(module, order), each.value)


def does_work(deployment: Deployment) -> bool:
    """Whether an invocation does more than take notes.

    A call of the project's own code does as much as that does, whoever makes it: a method, a decorator.
    """
    project, work = deployment.project, work_of(deployment.project)
    return any(
        call.repeats
        and not work.is_note(call.module, call.call)
        and not _is_own(call.callee)
        and not calls_decorated(project, call.where, call.call.func)
        for call in deployment.calls
    )


def _is_own(callees: Values) -> bool:
    return bool(callees) and all(
        isinstance(behind_partial(callee), (FunctionValue, Method)) for callee in callees
    )


def may_tell_failures(project: Project, handler: HandlerFacts) -> bool:
    """Whether the handler may tell which records failed, or has its own way to keep apart what is done.

    It may if something that is not known makes its answer: a library, or a decorator.
    """
    reached = project.phases.reached_from(handler.roots)
    if speaks_of(project.graph, reached, lambda word: _is_like(word, within=True)):
        return True
    for module, _ in reached:
        if any(imported.module.startswith(BATCH_PACKAGE) for imported in project.modules[module].imports):
            return True
    return (
        _deletes(project, reached)
        or makes_unknown_answer(project, handler)
        or not _is_decorated_plainly(project, handler)
    )


def _is_decorated_plainly(project: Project, handler: HandlerFacts) -> bool:
    """Whether the decorators of the handler leave its answer as it is, as far as is known."""
    ev = project.evaluator
    own = [] if handler.scope is None else [(handler.module, handler.scope)]
    for module, scope in (*own, *handler.roots):
        facts = ev.scope((module, scope))
        where = Where(module, facts.parent or 0, facts.order)
        for decorator in facts.decorators:
            func = decorator
            if isinstance(decorator, CallRef):
                func = ev.modules[module].calls[decorator.site].func
            named = isinstance(func, Attr) and func.name in PLAIN_DECORATORS
            if not named and not all(_is_plain(value) for value in ev.values(where, func)):
                return False
    return True


def _is_plain(value: object) -> bool:
    known = isinstance(value, External) and (value.name in HANDLER_DECORATORS or value.name == _NAMED_ALIKE)
    return known or isinstance(value, (FunctionValue, Method))


def _answers(value: object) -> bool:
    """Whether a call answers with what the batch processors of Powertools have gathered."""
    return (
        isinstance(value, External)
        and value.name.startswith(BATCH_PACKAGE)
        and value.name.rpartition(".")[2] in BATCH_ANSWERS
    )


def _is_like(word: str, *, within: bool = False) -> bool:
    plain = word.replace("_", "").lower()
    return (
        FAILURES_KEY.lower() in plain
        if within
        else plain in {FAILURES_KEY.lower(), FAILURES_KEY.lower()[:-1]}
    )


def _deletes(project: Project, reached: Iterable[FunctionKey]) -> bool:
    known = set(reached)
    return any(
        isinstance(call.func, Attr)
        and call.func.name in DELETES
        and project.graph.function_of(module, call.scope) in known
        for module in sorted({module for module, _ in known})
        for call in project.modules[module].calls
    )


def _entries(facts: ModuleFacts) -> Iterator[tuple[int, int, Expr, Expr]]:
    """Yield scope, place, key and value of what dicts are given."""
    for store in facts.item_stores:
        yield store.scope, store.order, store.key, store.value
    for call in facts.calls:
        for arg in call.args:
            if arg.keyword is not None:
                yield call.scope, call.order, Const(arg.keyword), arg.value
            for key, value in _pairs(arg.value):
                yield call.scope, call.order, key, value
    for scope in facts.scopes:
        bindings = (binding for bindings in scope.bindings.values() for binding in bindings)
        told = [*scope.returns, *((binding.value, binding.order) for binding in bindings)]
        for expr, order in told:
            for key, value in _pairs(expr):
                yield scope.index, order, key, value


def _pairs(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Yield the entries of the dicts that are written in an expression."""
    pending: list[object] = [expr]
    while pending:
        current = pending.pop()
        if isinstance(current, Pairs):
            yield from ((key, value) for key, value in current.pairs if key is not None)
        if isinstance(current, tuple):
            pending.extend(current)
        elif is_dataclass(current):
            pending.extend(getattr(current, field.name) for field in fields(current))
