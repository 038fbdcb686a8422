"""What `try` statements do with errors: which one protects a node, what its `except` catches and lets out."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.knowledge.effects import BROAD_ERRORS, LEAVING_CALLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context

Attempt: TypeAlias = "cst.Try | cst.TryStar"
Catch: TypeAlias = "cst.ExceptHandler | cst.ExceptStarHandler"

SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


def attempts_around(ctx: Context, node: cst.CSTNode) -> Iterator[Attempt]:
    """The `try` statements of the same function in whose first block the node stands, innermost first."""
    around = takewhile(lambda above: not isinstance(above, SCOPES), ctx.module.tree.ancestors(node))
    for below, above in pairwise([node, *around]):
        if isinstance(above, (cst.Try, cst.TryStar)) and above.body is below:
            yield above


def is_broad(ctx: Context, catch: Catch) -> bool:
    """Whether an `except` catches every error: it names none, or `Exception`, or `BaseException`."""
    kind = catch.type
    if kind is None:
        return True
    kinds = [element.value for element in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
    return any(ctx.name_of(each) in BROAD_ERRORS for each in kinds)


def own_nodes(ctx: Context, block: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What runs when the block does: everything below it but the bodies of functions that it defines."""
    tree = ctx.module.tree
    skipped_until = -1
    for node in tree.subtree(block):
        order = tree.order[node]
        if order <= skipped_until:
            continue
        if isinstance(node, SCOPES):
            skipped_until = ctx.module.lowered.layout.end[order]
        else:
            yield node


def fails(ctx: Context, block: cst.CSTNode) -> bool:
    """Whether some way through the block lets an error out: it raises, or ends the process."""
    return any(
        isinstance(node, cst.Raise)
        or (isinstance(node, cst.Call) and ctx.name_of(node.func) in LEAVING_CALLS)
        for node in own_nodes(ctx, block)
    )


def swallower(ctx: Context, attempt: Attempt) -> Catch | None:
    """The `except` of a `try` that catches every error and lets none out."""
    found = next((catch for catch in attempt.handlers if is_broad(ctx, catch)), None)
    return None if found is None or fails(ctx, found.body) else found


def is_swallowed(ctx: Context, node: cst.CSTNode) -> bool:
    """Whether no error of the node leaves its function."""
    return any(swallower(ctx, attempt) is not None for attempt in attempts_around(ctx, node))
