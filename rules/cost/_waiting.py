"""How long a sleep takes, and what its loop is for: to try again, or to ask until something is done."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    URL_POSITION,
    Constant,
    External,
    SdkKind,
    SdkMethod,
    calls_in,
    pagination_of,
    waiting,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_lint.api import Context, Value

ARITHMETIC: dict[type[cst.BaseBinaryOp], Callable[[float, float], float]] = {
    cst.Add: operator.add,
    cst.Multiply: operator.mul,
    cst.Subtract: operator.sub,
}
FUNCTIONS = (cst.FunctionDef, cst.Lambda)
HANDLERS = (cst.ExceptHandler, cst.ExceptStarHandler)


@dataclass(frozen=True, slots=True)
class Question:
    """What a loop asks again and again."""

    name: str
    is_of_sdk: bool


def seconds_of(expression: cst.BaseExpression, ctx: Context) -> float | None:
    """The least that a number may be, if all that it may be is known."""
    found = _numbers(expression, ctx)
    return min(found) if found else None


def _numbers(expression: cst.BaseExpression, ctx: Context) -> list[float]:
    if isinstance(expression, cst.BinaryOperation):
        left, right = (_plain_numbers(side, ctx) for side in (expression.left, expression.right))
        if len(left) != 1 or len(right) != 1:
            return []
        if isinstance(expression.operator, cst.Divide):
            return [left[0] / right[0]] if right[0] else []
        compute = ARITHMETIC.get(type(expression.operator))
        return [] if compute is None else [compute(left[0], right[0])]
    return _plain_numbers(expression, ctx)


def _plain_numbers(expression: cst.BaseExpression, ctx: Context) -> list[float]:
    values = ctx.values_of(expression)
    numbers = [v.value for v in values if isinstance(v, Constant) and isinstance(v.value, int | float)]
    return list(numbers) if len(numbers) == len(values) else []


def loop_of(node: cst.CSTNode, ctx: Context) -> cst.For | cst.While | None:
    """The innermost loop of the same function in whose rounds the node stands."""
    for below, above in pairwise([node, *_within_function(node, ctx)]):
        if isinstance(above, (cst.For, cst.While)) and below is above.body:
            return above
    return None


def _within_function(node: cst.CSTNode, ctx: Context) -> Iterator[cst.CSTNode]:
    """What is around a node, up to the function that it is in."""
    return takewhile(lambda above: not isinstance(above, FUNCTIONS), ctx.module.tree.ancestors(node))


def rounds_of(loop: cst.For | cst.While, ctx: Context) -> float | None:
    """How many rounds a loop makes at most, if a `range` says so."""
    match loop:
        case cst.For(iter=cst.Call(func=func, args=[cst.Arg(value=count)])) if (
            ctx.name_of(func) == "builtins.range"
        ):
            return seconds_of(count, ctx)
    return None


def follows_failure(node: cst.CSTNode, loop: cst.For | cst.While | None, ctx: Context) -> bool:
    """Whether it runs only after something failed: in an `except`, or in a loop that would else be over."""
    for above in _within_function(node, ctx):
        if isinstance(above, HANDLERS):
            return True
        if above is loop:
            return any(map(_tries, loop.body.body))
    return False


def _tries(statement: cst.CSTNode) -> bool:
    """`try: return attempt()`, and the like with `break`."""
    if not isinstance(statement, (cst.Try, cst.TryStar)) or not statement.handlers:
        return False
    body = statement.orelse.body if statement.orelse is not None else statement.body
    last = body.body[-1]
    small = last.body if isinstance(last, cst.SimpleStatementLine) else ()
    return any(isinstance(each, (cst.Return, cst.Break)) for each in small)


def grows(expression: cst.BaseExpression, loop: cst.For | cst.While, ctx: Context) -> bool:
    """Whether a length that is not known is computed in the loop, as that of a back-off is."""
    if not isinstance(expression, (cst.Name, cst.Attribute)):
        return True
    return isinstance(expression, cst.Name) and any(
        isinstance(node, cst.Name) and node.value == expression.value
        for target in _targets(loop, ctx)
        for node in ctx.module.tree.subtree(target)
    )


def _targets(loop: cst.For | cst.While, ctx: Context) -> Iterator[cst.CSTNode]:
    for node in ctx.module.tree.subtree(loop):
        if isinstance(node, cst.AssignTarget | cst.AugAssign | cst.For):
            yield node.target


def question_in(loop: cst.For | cst.While, ctx: Context) -> Question | None:
    """What the loop asks in each round, if it is always the same."""
    if isinstance(loop, cst.For) and not _counts(loop, ctx):
        return None
    parts = (loop.test, loop.body) if isinstance(loop, cst.While) else (loop.body,)
    for node in (node for part in parts for node in ctx.module.tree.subtree(part)):
        if isinstance(node, cst.Call):
            found = _question(ctx.values_of(node.func), node)
            if found is not None:
                return found
            for function in ctx.functions_of(node.func):
                for _, values in calls_in(ctx, function):
                    # A helper that calls whatever it is given asks nothing by itself.
                    asked = [_question((value,), None) for value in values]
                    if asked and None not in asked:
                        return asked[0]
    return None


def _counts(loop: cst.For | cst.While, ctx: Context) -> bool:
    """Whether a loop only counts its rounds."""
    match loop:
        case cst.For(iter=cst.Call(func=func)):
            return ctx.name_of(func) in {"builtins.range", "itertools.count"}
    return False


def tries_again(loop: cst.For | cst.While, ctx: Context) -> bool:
    """Whether a loop counts how often it tries something that may fail."""
    return _counts(loop, ctx) and any(
        isinstance(node, cst.Try | cst.TryStar) for node in ctx.module.tree.subtree(loop.body)
    )


def _question(values: tuple[Value, ...], call: cst.Call | None) -> Question | None:
    for value in values:
        match value:
            case SdkMethod(owner, name) if _asks(name):
                if owner.kind is SdkKind.CLIENT and not _turns_pages(call, owner.service or "", name):
                    return Question(name, is_of_sdk=True)
            case External(name) if name in URL_POSITION:
                last = name.rpartition(".")[2]
                if last in waiting.POLLING_VERBS:
                    return Question(name.replace("()", ""), is_of_sdk=False)
    return None


def _asks(operation: str) -> bool:
    return operation.startswith(waiting.STATUS_REQUESTS) and operation not in waiting.NO_REQUESTS


def _turns_pages(call: cst.Call | None, service: str, operation: str) -> bool:
    """Whether the call asks for the next page each time."""
    pages = pagination_of(service, operation)
    if call is None or pages is None:
        return False
    return any(arg.star or (arg.keyword and arg.keyword.value in pages.inputs) for arg in call.args)
