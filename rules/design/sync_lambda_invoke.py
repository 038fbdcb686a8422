"""LL022: a function that waits for another function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import INVOKED_PHASES, InvocationMode, Reach, Rule, Severity, Violation

from ._invokes import plain_invocation, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class SyncLambdaInvoke(Rule[cst.Call]):
    """A function is paid for while it waits for another function."""

    code = "LL022"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "invokes {target} and waits for its answer"
    help = (
        "let Step Functions run both in turn, hand the work to SQS or EventBridge if no answer is needed, "
        "or share the code and call it directly"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        invocation = plain_invocation(call, ctx)
        if invocation is not None and invocation.mode is InvocationMode.WAITING:
            yield self.violation(call, path=ctx.path_to(call), target=target_of(invocation, ctx))
