"""The calls of a function of the project, and of the invocations which reach a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.facts import Attr, Ref
from lambda_lint.semantics.values import Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    import libcst as cst

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.values import FunctionKey, Values


def calls_of_invocations(
    ctx: Context, node: cst.CSTNode, names: AbstractSet[str]
) -> Iterator[tuple[Call, Values]]:
    """The calls of methods and functions of these names by the same invocations, and what they may call."""
    project = ctx.project
    reached = project.phases.reached_from(project.phases.handlers_of(ctx.function_key(node)))
    for module in sorted({key[0] for key in reached}):
        for call in project.modules[module].calls:
            match call.func:
                case Attr(_, name) | Ref(name) if name in names:
                    if project.graph.function_of(module, call.scope) in reached and not call.in_main:
                        where = Where(module, call.scope, call.order)
                        yield call, project.evaluator.values(where, call.func)


def calls_in(ctx: Context, function: FunctionKey) -> Iterator[tuple[Call, Values]]:
    """The calls that a function of the project makes itself, and what they may call."""
    project, module = ctx.project, function[0]
    for call in project.modules[module].calls:
        if project.graph.function_of(module, call.scope) == function:
            yield call, project.evaluator.values(Where(module, call.scope, call.order), call.func)
