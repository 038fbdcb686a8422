"""Does a `try` hold what the invocation is for, or a side matter such as a metric or a cleanup?"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import STARTING_CALLS, Dependence, own_nodes, work_of

if TYPE_CHECKING:
    from lambda_lint.api import Context, Step

LEAVING = (cst.Return, cst.Raise, cst.Continue, cst.Break)
ASIDE = (cst.ExceptHandler, cst.ExceptStarHandler, cst.Finally)


def is_main_work(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether all that the invocation changes outside of the function is changed in the `try` of `catch`.

    If something else is changed besides, on the same way, it is not known which of the two matters.
    """
    tree = ctx.module.tree
    attempt = tree.parents[catch]
    if not isinstance(attempt, cst.Try) or any(isinstance(above, ASIDE) for above in tree.ancestors(attempt)):
        return False
    if _runs_handler(attempt.body, ctx):
        return True
    if not any(_waits_for(node, ctx) for node in _changes(attempt.body, ctx)):
        return False
    steps = ctx.path_to(catch)
    own = [tree.nodes[step.order] for step in steps if step.module == ctx.module.number]
    if any(_is_fan_out(node, ctx) for node in (attempt, *own)):
        return False
    return not _changes_besides(attempt.body, attempt, ctx) and not any(
        _changes_besides_call(step, ctx) for step in steps
    )


def _runs_handler(block: cst.CSTNode, ctx: Context) -> bool:
    """Whether the block is that of a decorator, and calls the function that was decorated."""
    above = (
        each for each in ctx.module.tree.ancestors(block) if isinstance(each, (cst.FunctionDef, cst.Lambda))
    )
    given = {param.name.value for each in list(above)[1:] for param in each.params.params}
    return any(
        isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in given
        for node in own_nodes(ctx, block)
    )


def _waits_for(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether a call is done when it returns: a pool or a thread fails on its own."""
    return not isinstance(node, cst.Call) or ctx.name_of(node.func) not in STARTING_CALLS


def _is_fan_out(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether a loop repeats the node for things that are not of the event: subscribers, regions, pages."""
    functions = (cst.FunctionDef, cst.Lambda)
    around = takewhile(lambda above: not isinstance(above, functions), ctx.module.tree.ancestors(node))
    loops = (above for above in around if isinstance(above, cst.For))
    return any(not ctx.dependence_of(loop.iter) & Dependence.EVENT for loop in loops)


def _changes(block: cst.CSTNode, ctx: Context) -> list[cst.CSTNode]:
    """The places in a block that change something outside."""
    tree = ctx.module.tree
    first = tree.order[block]
    last = ctx.module.lowered.layout.end[first]
    found = work_of(ctx.project).changes_in(ctx.function_key(block))
    return [tree.nodes[at] for at in found if first <= at <= last]


def _changes_besides(block: cst.CSTNode, at: cst.CSTNode, ctx: Context) -> bool:
    """Whether the function changes something that is not in the block, on a way that also passes `at`."""
    tree = ctx.module.tree
    inside = {id(node) for node in _changes(block, ctx)}
    found = (tree.nodes[order] for order in work_of(ctx.project).changes_in(ctx.function_key(at)))
    return any(
        id(node) not in inside
        and not any(isinstance(above, ASIDE) for above in tree.ancestors(node))
        and not _exclude_each_other(node, at, ctx)
        for node in found
    )


def _changes_besides_call(step: Step, ctx: Context) -> bool:
    if step.module == ctx.module.number:
        call = ctx.module.tree.nodes[step.order]
        return _changes_besides(call, call, ctx)
    work, project = work_of(ctx.project), ctx.project
    facts = project.modules[step.module]
    scope = next(s for s in facts.scopes if s.qualname == step.caller and s.order <= step.order <= s.end)
    return any(order != step.order for order in work.changes_in((step.module, scope.index)))


def _exclude_each_other(one: cst.CSTNode, other: cst.CSTNode, ctx: Context) -> bool:
    """Whether an invocation that comes to one of two places does not come to the other, as far as is seen."""
    tree = ctx.module.tree
    around = {id(node) for node in (other, *tree.ancestors(other))}
    apart = [one, *takewhile(lambda node: id(node) not in around, tree.ancestors(one))]
    leaves = tree.order[one] < tree.order[other] and any(
        isinstance(above, cst.If) and below is above.body and _leaves(below)
        for below, above in pairwise(apart)
    )
    return leaves or isinstance(ctx.parent(apart[-1]), (cst.If, cst.Match))


def _leaves(block: cst.CSTNode) -> bool:
    last: object = block
    while isinstance(last, (cst.BaseSuite, cst.SimpleStatementLine)) and last.body:
        last = last.body[-1]
    return isinstance(last, LEAVING)
