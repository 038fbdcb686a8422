"""LL031: a call may wait for longer than the function may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    ATTEMPT_VARIABLES,
    INVOKED_PHASES,
    Confidence,
    Module,
    Reach,
    Related,
    Rule,
    Severity,
    client_wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import ClientWait, Context, DeployedFunction, Violation


class TimeoutExceedsFunction(Rule[Module]):
    """A call may wait for longer than the function may run, so that its timeout is never reached."""

    code = "LL031"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    message = (
        "`{name}` waits up to {seconds} seconds for an answer{attempts}{default}, and `{function}` is ended "
        "after {timeout}: it never sees the error"
    )
    help = "give the call a timeout that leaves the function time to deal with the error"

    def check(self, _: Module, ctx: Context, /) -> Iterator[Violation]:
        told: set[tuple[int, int]] = set()
        for call in ctx.nodes_in(INVOKED_PHASES, cst.Call):
            wait = client_wait(call, ctx)
            if wait is None or wait.client in told:
                continue
            function = _shortest(call, ctx)
            if function is None or _longest(wait, function) < (function.timeout.value or 0):
                continue
            if wait.client is not None:
                told.add(wait.client)
            attempts = wait.attempts if _heeds_attempts(function) else 1
            yield self.violation(
                call,
                confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
                path=ctx.path_to(call),
                related=(Related(function.timeout.place or function.place, "the function's timeout"),),
                name=wait.name,
                seconds=f"{wait.seconds:g}",
                attempts=f" and asks {attempts} times" if attempts > 1 else "",
                default=", as the SDK does by default" if wait.is_default else "",
                function=function.name,
                timeout=function.timeout.value,
            )


def _shortest(call: cst.Call, ctx: Context) -> DeployedFunction | None:
    """Of the functions that make the call, that with the shortest timeout in its template."""
    deployed = [
        function
        for handler in ctx.handlers_reaching(call)
        # What a decorator of many handlers calls may be any of them.
        if ctx.module.number in ctx.project.imported_from((handler.module,))
        for function in handler.deployed
    ]
    known = [function for function in deployed if function.timeout.value]
    return min(known, key=lambda function: function.timeout.value or 0, default=None)


def _longest(wait: ClientWait, function: DeployedFunction) -> float:
    """Seconds until the call gives up; of what nobody has configured, until it asks again."""
    is_certain = not wait.is_default and _heeds_attempts(function)
    return wait.longest if is_certain else wait.seconds


def _heeds_attempts(function: DeployedFunction) -> bool:
    """Whether nothing in its environment says how often the SDK asks."""
    return function.environment_known and not any(
        variable.name in ATTEMPT_VARIABLES for variable in function.environment
    )
