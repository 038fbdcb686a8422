"""What rules about fetching and loading share: is the same thing got again at each invocation?"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Dependence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


def is_repeated(call: cst.Call, ctx: Context) -> bool:
    """Whether each invocation makes the same call with the same arguments, in the ordinary course."""
    if not ctx.runs_per_invocation(call) or ctx.is_one_off(call) or is_in_except(call, ctx):
        return False
    return all(ctx.dependence_of(part) == Dependence.NONE for part in parts_of(call))


def parts_of(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """All that goes into the call: the object whose method it is, and the arguments."""
    if isinstance(call.func, cst.Attribute):
        yield call.func.value
    for arg in call.args:
        yield arg.value


def is_in_except(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether it runs only when something has failed, as far as its own function tells."""
    functions = (cst.FunctionDef, cst.Lambda)
    around = takewhile(lambda above: not isinstance(above, functions), ctx.module.tree.ancestors(node))
    return any(isinstance(above, cst.ExceptHandler | cst.ExceptStarHandler) for above in around)


def given(call: cst.Call, keyword: str, position: int | None = None) -> cst.BaseExpression | None:
    """The argument with the keyword, or at the position; None if there is none, or it is behind a star."""
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == keyword:
            return arg.value
    if position is not None and position < len(call.args):
        before = call.args[: position + 1]
        if all(arg.keyword is None and not arg.star for arg in before):
            return call.args[position].value
    return None
