"""The functions whose result the runtime encodes: handlers, and what they return the result of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.analyses.runtime_entry import entry_of, is_only_a_handler
from lambda_lint.knowledge import json_values, wrappers
from lambda_lint.semantics.arguments import argument_at
from lambda_lint.semantics.facts import CallRef
from lambda_lint.semantics.values import External, FunctionValue, Method, Partial, Returned, Where, agreed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from lambda_lint.semantics.arguments import Absent
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey


def encoded_results(project: Project) -> dict[FunctionKey, str]:
    """Each such function, and the name of a handler that returns its result."""
    return project.once(_find)


def _find(project: Project) -> dict[FunctionKey, str]:
    ev = project.evaluator
    pending = [
        (entry.function.key, handler.name)
        for handler in project.handlers
        if (entry := entry_of(project, handler)) is not None
        and not ev.scope(entry.function.key).is_async
        and is_only_a_handler(project, handler)
    ]
    found: dict[FunctionKey, str] = {}
    while pending:
        key, name = pending.pop(0)
        if key not in found:
            found[key] = name
            scope = ev.scope(key)
            for value, order in scope.returns:
                called = _called(ev, Where(*key, order), value, awaits=scope.is_async)
                if called is not None:
                    pending.append((called, name))
    return found


def called_for_result(ctx: Context, expression: cst.BaseExpression) -> FunctionKey | None:
    """The function of the project whose result the expression is, if nothing changes it on the way."""
    lowered = ctx.module.lowered
    scope = lowered.scope_index(expression)
    where = Where(ctx.module.number, scope, lowered.tree.order[expression])
    awaits = ctx.project.evaluator.scope(ctx.function_key(expression)).is_async
    return _called(ctx.project.evaluator, where, lowered.expressions.lower(expression), awaits=awaits)


def _called(ev: Evaluator, where: Where, value: Expr | Absent, *, awaits: bool) -> FunctionKey | None:
    while isinstance(value, CallRef):
        call = ev.modules[where.module].calls[value.site]
        where = Where(where.module, call.scope, call.order, where.frame)
        callee = agreed(ev.values(where, call.func))
        while isinstance(callee, Partial):
            callee = callee.target
        match callee:
            case External(name) if name in wrappers.HAND_ON:
                value, awaits = argument_at(call, wrappers.HAND_ON[name], None), True
            case FunctionValue(key) | Method(key):
                scope = ev.scope(key)
                is_result = not scope.yields and (awaits or not scope.is_async)
                return key if is_result and is_transparent(ev, key) else None
            case _:
                return None
    return None


def is_transparent(ev: Evaluator, key: FunctionKey) -> bool:
    """Whether the decorators of a function leave its result as it is."""
    return all(name in json_values.TRANSPARENT for name in decorator_names(ev, key))


def decorator_names(ev: Evaluator, key: FunctionKey) -> Iterator[str]:
    """The full names of the decorators; empty for what is not known, or is of the project."""
    scope = ev.scope(key)
    where = Where(key[0], scope.parent or 0, scope.order)
    for decorator in scope.decorators:
        match agreed(ev.values(where, decorator)):
            case External(name) | Returned(name):
                yield name
            case _:
                yield ""
