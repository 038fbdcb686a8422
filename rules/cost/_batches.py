"""Whether calls that a loop makes one by one could be made together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Dependence, Fate, loop_gives, uses_of

from ._loops import has_one_record, is_left_after, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Applied, Context, ItemLoop, Twin, Use

TESTS = frozenset({Fate.TESTED, Fate.SEARCHED, Fate.COUNTED})
WRITES = frozenset({"put_item", "update_item"})
FOUND = {(), ("Item",)}
"""The parts of an answer whose presence only says whether there is such an item."""


def could_be_batched(call: cst.Call, twin: Twin, loop: ItemLoop, applied: Applied, ctx: Context) -> bool:
    """Whether the calls of a loop could be made together, as far as the code tells."""
    if loop.step is not None and (twin.is_read or not loop.is_alone):
        return False
    if any(applied.argument(name) is not None for name in twin.conditions):
        return False
    if twin.entries is not None and not _gives_one(call, twin.entries):
        return False
    if any(_varies(part, loop, ctx) for part in _targets(call, twin)):
        return False
    if loop.over_records and has_one_record(call, ctx):
        return False
    if loop.node is not None and (
        is_left_after(call, loop.node, ctx) or _is_a_stage(call, twin, loop.node, ctx)
    ):
        return False
    return not any(_decides(use, ctx) for use in uses_of(ctx, call))


def _gives_one(call: cst.Call, entries: str) -> bool:
    """Whether an operation that takes several is given a list of one."""
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == entries:
            elements = arg.value.elements if isinstance(arg.value, cst.List) else ()
            return len(elements) == 1 and isinstance(elements[0], cst.Element)
    return False


def _targets(call: cst.Call, twin: Twin) -> Iterator[cst.BaseExpression]:
    """What all things of a batch must share: the client or the table, the queue, the bucket."""
    if isinstance(call.func, cst.Attribute) and not twin.is_method_of_thing:
        yield call.func.value
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value in twin.target:
            yield arg.value


def _varies(part: cst.BaseExpression, loop: ItemLoop, ctx: Context) -> bool:
    """Whether it may be another one in each round."""
    if loop.node is not None:
        return loop_gives(ctx, part)
    return ctx.dependence_of(part) != Dependence.NONE


def _is_a_stage(call: cst.Call, twin: Twin, loop: cst.CSTNode, ctx: Context) -> bool:
    """Whether the round writes the same thing twice, or reads it after it was written: then order matters."""
    order, owner = ctx.module.tree.order, _owner(call, ctx)
    writes = (
        node
        for node in ctx.module.tree.subtree(loop)
        if isinstance(node, cst.Call)
        and node is not call
        and _owner(node, ctx) == owner
        and _writes(node, ctx)
    )
    if twin.is_read:
        return any(order[write] < order[call] for write in writes)
    return any(_arguments(write, ctx) == _arguments(call, ctx) for write in writes)


def _writes(call: cst.Call, ctx: Context) -> bool:
    operation = ctx.operation_of(call)
    return operation is not None and operation.name in WRITES


def _owner(call: cst.Call, ctx: Context) -> object:
    """The object whose method is called, such that two that are written alike compare equal."""
    func = call.func
    return ctx.module.lowered.expressions.lower(func.value) if isinstance(func, cst.Attribute) else func


def _arguments(call: cst.Call, ctx: Context) -> list[object]:
    return [ctx.module.lowered.expressions.lower(arg.value) for arg in call.args]


def _decides(use: Use, ctx: Context) -> bool:
    """Whether what one call answers decides what happens next, other than that there is nothing."""
    if use.fate not in TESTS:
        return False
    return use.path not in FOUND or use.node is None or _leaves_by(use.node, ctx)


def _leaves_by(test: cst.CSTNode, ctx: Context) -> bool:
    """Whether the loop is left in a branch that the test chooses."""
    statements = (cst.BaseSmallStatement, cst.BaseCompoundStatement)
    around = next(above for above in ctx.module.tree.ancestors(test) if isinstance(above, statements))
    return isinstance(around, cst.If) and any(leaves(node) for node in ctx.module.tree.subtree(around.body))
