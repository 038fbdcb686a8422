"""Can an error in one round of a loop over records leave the handler?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import is_swallowed, loop_node, own_nodes, work_of

if TYPE_CHECKING:
    from lambda_lint.api import Context, FunctionKey, RecordLoop

PARSERS = frozenset({"json.loads", "builtins.int", "builtins.float", "decimal.Decimal"})
"""Calls that only compute, and fail for what is not well formed."""
COLLECTING = frozenset({"add", "append", "extend", "setdefault", "update"})
"""Methods that only collect, whatever object has them."""


def can_fail(loop: RecordLoop, ctx: Context) -> bool:
    """Whether an error in the loop can leave the handler, as far as this module shows."""
    node = loop_node(ctx, loop)
    if node is None:
        work = work_of(ctx.project)
        return not all(work.is_note(loop.module, call) for call in work.calls_of(loop.function))
    steps = (ctx.module.tree.nodes[s.order] for s in ctx.path_to(node) if s.module == ctx.module.number)
    if any(is_swallowed(ctx, each) for each in (node, *steps)):
        return False
    return _lets_out(node.body if isinstance(node, cst.For) else node, ctx)


def _lets_out(block: cst.CSTNode, ctx: Context) -> bool:
    """Whether the block does something that may fail outside of a `try` that catches every error.

    If there is such a `try` around the work, what is beside it counts only if it is work too.
    """
    failing = [
        node
        for node in own_nodes(ctx, block)
        if isinstance(node, cst.Raise) or (isinstance(node, cst.Call) and _may_fail(node, ctx))
    ]
    outside = [node for node in failing if not is_swallowed(ctx, node)]
    if len(outside) == len(failing):
        return bool(outside)
    return any(isinstance(node, cst.Raise) or _is_work(node, ctx) for node in outside)


def _is_work(node: cst.CSTNode, ctx: Context) -> bool:
    return ctx.module.tree.order[node] in work_of(ctx.project).changes_in(ctx.function_key(node))


def _may_fail(call: cst.Call, ctx: Context) -> bool:
    if ctx.name_of(call.func) in PARSERS:
        return True
    if isinstance(call.func, cst.Attribute) and call.func.attr.value in COLLECTING:
        return False
    if work_of(ctx.project).is_note(ctx.module.number, ctx.call_facts(call)):
        return False
    callees = _callees(ctx.function_key(call), ctx.module.tree.order[call], ctx)
    return not callees or not all(_is_safe(function, ctx) for function in callees)


def _callees(function: FunctionKey, order: int, ctx: Context) -> set[FunctionKey]:
    """The functions of the project that a call runs."""
    return {edge.callee for edge in ctx.project.graph.edges.get(function, ()) if edge.order == order}


def _is_safe(function: FunctionKey, ctx: Context) -> bool:
    """Whether a function, with all that it calls, catches all that may fail in it, as far as is seen."""
    work, tree = work_of(ctx.project), ctx.module.tree
    pending, seen = [function], {function}
    while pending:
        current = pending.pop()
        is_own = current[0] == ctx.module.number
        for call in work.calls_of(current):
            if work.is_note(current[0], call) or (is_own and is_swallowed(ctx, tree.nodes[call.order])):
                continue
            callees = _callees(current, call.order, ctx)
            if not callees:
                return False
            pending.extend(callees - seen)
            seen |= callees
    return True
