"""Could a loop do its rounds side by side, or does one need what another has done?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import SourceKind, origins_of, waiting

from ._loops import has_one_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, HandlerFacts, ItemLoop

CHANGES = frozenset({"add", "append", "extend", "insert", "pop", "put", "setdefault", "update"})
"""Methods by which something is changed that a later round may look at."""
UNORDERED = frozenset({SourceKind.SQS})
"""Sources whose records come in batches, and in no order."""
ORDERED_QUEUE = ".fifo"


def is_free(call: cst.Call, loop: ItemLoop, ctx: Context) -> bool:
    """Whether the rounds of the loop do not depend on each other, as far as can be seen."""
    if loop.over_records and not _comes_in_batches(call, ctx):
        return False
    if loop.node is None:
        return True
    around = loop.node.for_in.iter if isinstance(loop.node, cst.BaseComp) else loop.node.iter
    if origins_of(ctx, around).is_static:
        return False
    return not any(_ties(node, ctx) for node in _within(loop.node, ctx)) and not _is_carried(
        call, loop.node, ctx
    )


def _comes_in_batches(call: cst.Call, ctx: Context) -> bool:
    """Whether all events that reach the call hold several records, which may be handled in any order."""
    reaching = ctx.handlers_reaching(call)
    if not reaching or has_one_record(call, ctx):
        return False
    return all(handler.sources and UNORDERED.issuperset(handler.sources) for handler in reaching) and not any(
        map(_is_in_order, reaching)
    )


def _is_in_order(handler: HandlerFacts) -> bool:
    return any(
        (source.target_name or "").endswith(ORDERED_QUEUE)
        for function in handler.deployed
        for source in function.sources
    )


def _within(loop: cst.CSTNode, ctx: Context) -> list[cst.CSTNode]:
    """What a loop holds, in source order."""
    return ctx.module.tree.subtree(loop)


def _ties(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether a statement leaves the loop, or sleeps, so that the rounds have to be one after another."""
    if isinstance(node, cst.Break | cst.Return):
        return True
    return isinstance(node, cst.Call) and ctx.name_of(node.func) in waiting.SLEEPS


# -- what goes from one round to the next


def _is_carried(call: cst.Call, loop: cst.For | cst.BaseComp, ctx: Context) -> bool:
    """Whether something that goes into the call is changed after it, for the next round."""
    order = ctx.module.tree.order
    renewed = {name for name, at in _bound(loop, ctx) if at < order[call]}
    changed = {name for name, at in (*_bound(loop, ctx), *_changed(loop, ctx)) if at > order[call]}
    return not _names_behind(call, loop, ctx).isdisjoint(changed - renewed)


def _names_behind(call: cst.Call, loop: cst.CSTNode, ctx: Context) -> set[str]:
    """The names in the call's arguments, and in what they are bound to in the loop before."""
    known: set[str] = set()
    pending = [name for arg in call.args for name in _names(arg.value, ctx)]
    values = list(_values(loop, ctx))
    while pending:
        name = pending.pop()
        if name not in known:
            known.add(name)
            pending.extend(each for bound, value in values if bound == name for each in _names(value, ctx))
    return known


def _names(node: cst.CSTNode, ctx: Context) -> Iterator[str]:
    return (each.value for each in ctx.module.tree.subtree(node) if isinstance(each, cst.Name))


def _values(loop: cst.CSTNode, ctx: Context) -> Iterator[tuple[str, cst.BaseExpression]]:
    """The names that get a new value in the loop, and the value."""
    for node in _within(loop, ctx):
        if isinstance(node, cst.Assign):
            for target in node.targets:
                yield from ((name, node.value) for name in _names(target.target, ctx))
        elif isinstance(node, cst.AnnAssign) and node.value is not None:
            yield from ((name, node.value) for name in _names(node.target, ctx))


def _bound(loop: cst.CSTNode, ctx: Context) -> Iterator[tuple[str, int]]:
    """The names that get a new value in the loop, and where they have it."""
    order, end = ctx.module.tree.order, ctx.module.lowered.layout.end
    for node in _within(loop, ctx):
        targets: list[cst.BaseExpression] = []
        if isinstance(node, cst.Assign):
            targets = [target.target for target in node.targets]
        elif isinstance(node, cst.AugAssign | cst.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, cst.Name):
                yield target.value, end[order[node]]


def _changed(loop: cst.CSTNode, ctx: Context) -> Iterator[tuple[str, int]]:
    """The names of things that are changed in the loop, and where."""
    order = ctx.module.tree.order
    for node in _within(loop, ctx):
        match node:
            case cst.Call(func=cst.Attribute(value=base, attr=cst.Name(value=method))) if method in CHANGES:
                yield from ((name, order[node]) for name in _names(base, ctx))
            case cst.AssignTarget(target=cst.Subscript(value=base)):
                yield from ((name, order[node]) for name in _names(base, ctx))
