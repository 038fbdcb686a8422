"""LL038: work that is still running when the environment freezes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    STARTED_BY_START,
    STARTS,
    SUBMITS,
    TASKS,
    External,
    Reach,
    Returned,
    Rule,
    Severity,
    Violation,
    is_entered,
    is_waiting_around,
)

from ._dropped import is_dropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class BackgroundWork(Rule[cst.Call]):
    """Nothing waits for it before the handler returns."""

    code = "LL038"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "starts {what} that nothing waits for: it freezes when the handler returns"
    help = "wait for it before the handler returns, or send the work to a queue"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        found = _started(call, ctx)
        if found is None:
            return
        what, held = found
        if is_dropped(held, ctx) and not is_waiting_around(ctx, call):
            yield self.violation(call, path=ctx.path_to(call), what=what)


def _started(call: cst.Call, ctx: Context) -> tuple[str, cst.BaseExpression] | None:
    """What the call starts, in words, and the expression by which somebody could wait for it."""
    match call.func:
        case cst.Attribute(value=owner, attr=cst.Name(value=method)) if method == STARTS:
            made = ctx.object_of(owner)
            if isinstance(made, Returned) and made.callee in STARTED_BY_START:
                return STARTED_BY_START[made.callee], owner
            return None
    match ctx.object_of(call.func):
        case External(name) if name in TASKS:
            return TASKS[name], call
        case External(name) if name in SUBMITS and not _is_closed(call, ctx):
            return SUBMITS[name], call
    return None


def _is_closed(call: cst.Call, ctx: Context) -> bool:
    """Whether a `with` closes the executor to which the work is given, which waits for it."""
    if not isinstance(call.func, cst.Attribute):
        return True
    executor = ctx.object_of(call.func.value)
    return not isinstance(executor, Returned) or is_entered(ctx, executor)
