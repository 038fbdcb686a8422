"""Whether the functions around a call wait for something that runs beside them.

A thread can be waited for in many ways: through itself, a queue, an event, a list that it fills. Any sign of
that in the function, in its class, in what it calls, or in a function on the way from the handler counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.knowledge import background
from lambda_lint.semantics.facts import Attr, Const, ScopeKind
from lambda_lint.semantics.values import (
    Constant,
    External,
    FunctionValue,
    Method,
    Returned,
    Sdk,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.project import Project

STARTERS = frozenset({*background.STARTED, *background.TASKS, *background.SUBMITS})


def is_waiting_around(ctx: Context, node: cst.CSTNode) -> bool:
    """Whether a function on the way to the node, what it calls, or a method of its class waits for work."""
    places = set(_places(ctx, node))
    return any(
        _waits(ctx.project, module, call)
        for module in sorted({module for module, _, _ in places})
        for call in ctx.project.modules[module].calls
        if any(at == module and first <= call.order <= last for at, first, last in places)
    )


def is_entered(ctx: Context, made: Returned) -> bool:
    """Whether a `with` closes what a call returned."""
    return any(
        made in ctx.project.evaluator.values(Where(module, load.scope, load.order), load.base)
        for module in {made.call[0], ctx.module.number}
        for load in ctx.project.modules[module].loads
        if load.name == "__enter__"
    )


def _places(ctx: Context, node: cst.CSTNode) -> Iterator[tuple[int, int, int]]:
    """The ranges of nodes in which somebody may wait: module, first, last."""
    number, tree = ctx.module.number, ctx.module.tree
    yield _range(ctx.project, number, tree.order[node])
    for step in ctx.path_to(node):
        yield _range(ctx.project, step.module, step.order)
    edges = ctx.project.graph.edges.get(ctx.function_key(node), ())
    called = (edge.callee for edge in edges if not _is_handed_over(ctx, tree.nodes[edge.order]))
    for function in ctx.project.phases.reached_from(called):
        scope = ctx.project.evaluator.scope(function)
        yield function[0], scope.order, scope.end


def _is_handed_over(ctx: Context, node: cst.CSTNode) -> bool:
    """Whether a call is, or makes, what is to run beside the function."""
    calls = (each for each in (node, *ctx.module.tree.ancestors(node)) if isinstance(each, cst.Call))
    return any(ctx.name_of(call.func) in STARTERS for call in calls)


def _range(project: Project, module: int, order: int) -> tuple[int, int, int]:
    """The outermost class or function around a node; the node alone at module level."""
    scopes = project.modules[module].scopes
    for scope in scopes[1:]:
        is_body = scope.kind in {ScopeKind.CLASS, ScopeKind.FUNCTION}
        if is_body and scope.order <= order <= scope.end:
            return module, scope.order, scope.end
    return module, order, order


def _waits(project: Project, module: int, call: Call) -> bool:
    where = Where(module, call.scope, call.order)
    found = agreed(project.evaluator.values(where, call.func))
    if isinstance(found, External) and found.name in background.WAITING:
        return True
    if isinstance(found, (FunctionValue, Method)) or not isinstance(call.func, Attr):
        return False
    method, base = call.func.name, call.func.base
    if method not in background.WAITS and not (method in background.BARE_WAITS and not call.args):
        return False
    if any(arg.keyword == "wait" and arg.value == Const(value=False) for arg in call.args):
        return False
    owner = agreed(project.evaluator.values(where, base))
    is_text = isinstance(owner, Constant) or found == External("os.path.join")
    return not is_text and not isinstance(owner, Sdk)
