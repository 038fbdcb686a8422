"""Is there something before a call that may keep it from running for ever?"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Dependence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.api import Context, Step

ORDERINGS = (cst.LessThan, cst.LessThanEqual, cst.GreaterThan, cst.GreaterThanEqual)
BOUNDS = Dependence.EVENT | Dependence.CONTEXT
EXITS = (cst.Return, cst.Raise, cst.Continue, cst.Break)

REST = re.compile(
    r"next_?(?:token|marker|page|key|link)|continu|last_?evaluated|exclusive_?start|cursor|page_?token|"
    r"start_?after|resum|check_?point|is_?truncated|has_?more|remaining|depth|attempt|iteration|retr(?:y|ies)",
    re.IGNORECASE,
)
"""Names of what is left to do, or of how often it was tried."""


def is_checked_first(call: cst.Call, path: Sequence[Step], ctx: Context) -> bool:
    """Whether the call, or one on the way to it in the same file, stands behind a check that may end it."""
    nodes: list[cst.CSTNode] = [call]
    nodes.extend(ctx.module.tree.nodes[step.order] for step in path if step.module == ctx.module.number)
    return any(_may_stop(test, ctx) for node in nodes for test in _tests_before(node, ctx))


def _tests_before(node: cst.CSTNode, ctx: Context) -> Iterator[cst.BaseExpression]:
    """The tests around the node, and those of earlier exits of its function."""
    tree = ctx.module.tree
    function: cst.CSTNode = ctx.function_around(node) or node
    below = node
    for above in takewhile(lambda above: above is not function, tree.ancestors(node)):
        if isinstance(above, (cst.If, cst.While, cst.IfExp)) and above.test is not below:
            yield above.test
        elif isinstance(above, cst.BooleanOperation) and above.right is below:
            yield above.left
        below = above
    for each in takewhile(lambda each: tree.order[each] < tree.order[node], tree.subtree(function)):
        if isinstance(each, cst.Assert) or (
            isinstance(each, cst.If) and ctx.function_around(each) is function and _exits(each)
        ):
            yield each.test


def _exits(branch: cst.If) -> bool:
    """Whether the branch ends in leaving the function or the round of the loop."""
    last = branch.body.body[-1] if branch.body.body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    return isinstance(last, EXITS)


def _may_stop(test: cst.BaseExpression, ctx: Context) -> bool:
    return any(_bounds(node, ctx) for node in ctx.module.tree.subtree(test))


def _bounds(node: cst.CSTNode, ctx: Context) -> bool:
    match node:
        case cst.Comparison(left, comparisons):
            sides = [left, *(each.comparator for each in comparisons if isinstance(each.operator, ORDERINGS))]
            return len(sides) > 1 and any(ctx.dependence_of(side) & BOUNDS for side in sides)
        case cst.Name(word) | cst.SimpleString(word):
            return bool(REST.search(word))
        case cst.Call():
            return ctx.dependence_of(node) == Dependence.CONTEXT
    return False
