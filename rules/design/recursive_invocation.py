"""LL024: a function that comes back to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    Confidence,
    Environment,
    External,
    FromContext,
    Reach,
    Rule,
    Severity,
    Violation,
)

from ._stops import is_checked_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.api import Context, Invocation, Recursion, Step


class RecursiveInvocation(Rule[cst.Call]):
    """A function invokes itself, or functions invoke each other in a circle."""

    code = "LL024"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what}{stop}"
    help = (
        "let a queue, or a loop in Step Functions, bring the rest of the work back; a round that never ends "
        "runs, and costs, until someone stops it"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        invocation = ctx.invocation_of(call)
        if invocation is None:
            return
        recursion = ctx.project.invocations.recursion_of(invocation)
        if recursion is None:
            return
        path = ctx.project.phases.path_from(recursion.roots, ctx.function_key(call))
        stop = stop_of(call, invocation, path, ctx)
        yield self.violation(
            call,
            severity=Severity.WARNING if stop else None,
            confidence=Confidence.HIGH if recursion.is_certain else Confidence.MEDIUM,
            path=path,
            what=described(recursion),
            stop=f"; {stop} may end it" if stop else "",
        )


def stop_of(call: cst.Call, invocation: Invocation, path: Sequence[Step], ctx: Context) -> str | None:
    """What may keep the rounds from going on for ever."""
    if is_checked_first(call, path, ctx):
        return "a check before it"
    mark = ctx.project.invocations.mark_of(invocation)
    return f"`{mark}` in the payload" if mark is not None else None


def described(recursion: Recursion) -> str:
    """Who invokes whom."""
    names = [f"`{function.deployed_name or function.name}`" for function in recursion.functions]
    if len(names) > 1:
        return f"functions invoke each other in a circle: {' -> '.join([*names, names[0]])}"
    who = f"function {names[0]}" if names else "the function"
    match recursion.named_by:
        case FromContext(str(attribute)):
            return f"{who} invokes itself, by `context.{attribute.partition('.')[0]}`"
        case Environment(variable):
            return f"{who} invokes itself, by `{variable}`"
        case External():
            return f"{who} invokes itself, by the context"
    return f"{who} invokes itself"
