"""Does an `except` tell anyone but the log that something failed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import fails, own_nodes, work_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, FunctionKey

FAILURES_KEY = "batchItemFailures"
CHANGES = frozenset({"add", "append", "appendleft", "extend", "insert", "put", "setdefault", "update"})


def is_reported(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether the failure goes on from there: by an error, a call, a variable, or a return."""
    if fails(ctx, catch.body) or _fails_later(catch, ctx):
        return True
    work, module = work_of(ctx.project), ctx.module.number
    for node in own_nodes(ctx, catch.body):
        match node:
            case cst.Call() if _changed_by(node) is None and not work.is_note(module, ctx.call_facts(node)):
                return True
            case cst.Yield():
                return True
            case cst.Return() if _speaks_of_failures(node, ctx):
                return True
    return _is_remembered(catch, ctx) or _is_told_to_caller(catch, ctx)


def _fails_later(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether the function raises something after the `try`, be it under a condition."""
    tree = ctx.module.tree
    function = ctx.function_around(catch)
    end = ctx.module.lowered.layout.end[tree.order[tree.parents[catch]]]
    return function is not None and any(
        isinstance(node, cst.Raise) and tree.order[node] > end for node in own_nodes(ctx, function.body)
    )


def _speaks_of_failures(node: cst.CSTNode, ctx: Context) -> bool:
    return any(
        isinstance(each, cst.SimpleString) and FAILURES_KEY in each.value
        for each in ctx.module.tree.subtree(node)
    )


# -- variables


def _is_remembered(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether a variable that the `except` sets or fills is used elsewhere for more than the log."""
    nodes = list(own_nodes(ctx, catch.body))
    places = [place for node in nodes for place in _set_by(node)]
    if any(not isinstance(place, cst.Name) for place in places):
        return True  # an attribute or an item: anyone may look at it
    filled = {place.value for node in nodes for place in _filled_by(node) if isinstance(place, cst.Name)}
    names = {place.value for place in places if isinstance(place, cst.Name)}
    function = ctx.function_around(catch)
    inside = {id(node) for node in ctx.module.tree.subtree(catch)}
    return function is not None and any(
        isinstance(node, cst.Name)
        and node.value in names
        and id(node) not in inside
        and not _is_target(node, ctx)
        and not _is_noted(node, ctx)
        and not (node.value not in filled and _is_answered(node, ctx))
        for node in ctx.module.tree.subtree(function)
    )


def _is_answered(name: cst.Name, ctx: Context) -> bool:
    """Whether a use of a name only goes into the answer of a handler, which asynchronous sources drop."""
    statements = (cst.BaseSmallStatement, cst.BaseCompoundStatement)
    around = next((above for above in ctx.module.tree.ancestors(name) if isinstance(above, statements)), None)
    return isinstance(around, cst.Return) and _is_dropped(ctx.function_key(name), ctx)


def _filled_by(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The list or dict that a call puts something into."""
    changed = _changed_by(node) if isinstance(node, cst.Call) else None
    if changed is not None:
        yield changed


def _set_by(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The variables, attributes and objects that a statement sets or fills."""
    match node:
        case cst.AssignTarget(target) | cst.AugAssign(target=target) | cst.NamedExpr(target=target):
            yield target
        case cst.AnnAssign(target=target) if node.value is not None:
            yield target
        case _:
            yield from _filled_by(node)


def _changed_by(call: cst.Call) -> cst.BaseExpression | None:
    """The list or dict that a call puts something into."""
    match call.func:
        case cst.Attribute(value=base, attr=cst.Name(method)) if method in CHANGES:
            return base
    return None


def _is_target(name: cst.Name, ctx: Context) -> bool:
    match ctx.parent(name):
        case cst.AssignTarget() | cst.AnnAssign():
            return True
        case cst.AugAssign(target=target) | cst.NamedExpr(target=target):
            return target is name
    return False


def _is_noted(name: cst.Name, ctx: Context) -> bool:
    """Whether a use of a name only goes into a note."""
    work, module = work_of(ctx.project), ctx.module.number
    return any(
        isinstance(above, cst.Call)
        and isinstance(ctx.parent(above), cst.Expr)
        and work.is_note(module, ctx.call_facts(above))
        for above in ctx.module.tree.ancestors(name)
    )


# -- the caller


def _is_told_to_caller(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether what the function returns may tell the failure to a caller that looks at it."""
    function = ctx.function_around(catch)
    nodes = () if function is None else own_nodes(ctx, function.body)
    returns = (node for node in nodes if isinstance(node, cst.Return))
    return any(not _says_nothing(node) for node in returns) and not _is_dropped(ctx.function_key(catch), ctx)


def _says_nothing(node: cst.Return) -> bool:
    return node.value is None or (isinstance(node.value, cst.Name) and node.value.value == "None")


def _is_dropped(function: FunctionKey, ctx: Context) -> bool:
    """Whether nobody looks at what a function returns.

    It is the answer of a handler, which asynchronous sources drop; its calls stand alone; or it is handed on
    as the result of a function of which the same is true.
    """
    roots = {root for handler in ctx.project.handlers for root in handler.roots}
    pending, seen = [function], {function}
    while pending:
        current = pending.pop()
        if current in roots:
            continue
        for edges in ctx.project.graph.edges.values():
            for edge in edges:
                if edge.callee == current:
                    parent = _around_call(edge.order, ctx) if edge.caller[0] == ctx.module.number else None
                    if isinstance(parent, cst.Return):
                        pending.extend({edge.caller} - seen)
                        seen.add(edge.caller)
                    elif not isinstance(parent, cst.Expr):
                        return False
    return True


def _around_call(order: int, ctx: Context) -> cst.CSTNode | None:
    """What the result of a call goes into; `partial(save, record)()` and `await save(record)` are one."""
    tree = ctx.module.tree
    node = tree.nodes[order]
    while True:
        parent = tree.parents.get(node)
        is_called = isinstance(parent, cst.Call) and parent.func is node
        if parent is None or not (is_called or isinstance(parent, cst.Await)):
            return parent
        node = parent
