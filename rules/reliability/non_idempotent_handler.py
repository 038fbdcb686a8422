"""Handlers that have their effect twice when an event comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    ASYNCHRONOUS_SOURCES,
    INVOKED_PHASES,
    SOURCE_TITLES,
    Confidence,
    Reach,
    Rule,
    Severity,
    SourceKind,
    Violation,
    deliveries,
    first_repeated_effect,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, EventSource, HandlerFacts

AT_LEAST_ONCE = ASYNCHRONOUS_SOURCES - {SourceKind.SCHEDULE, SourceKind.CLOUDWATCH_LOGS}
"""A schedule's event is told apart by nothing but its time, and logs are seldom worth the effort."""


class NonIdempotentHandler(Rule[cst.Call]):
    """An effect that a second delivery of the same event repeats."""

    code = "LL034"
    severity = Severity.INFO
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what}, and does so again whenever {source} delivers the same event once more"
    help = (
        "make the repeat harmless: a key from the event's own id, a condition on the write, or the "
        "idempotency utility of Powertools"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        here = (ctx.module.number, ctx.module.tree.order[call])
        for handler in ctx.handlers_reaching(call):
            if not handler.sources or not AT_LEAST_ONCE.issuperset(handler.sources):
                continue
            if _is_tried_once(handler):
                continue
            effect = first_repeated_effect(ctx.project, handler)
            if effect is not None and effect[:2] == here:
                yield self.violation(
                    call,
                    path=ctx.project.phases.path_from(handler.roots, ctx.function_key(call)),
                    confidence=Confidence.MEDIUM,
                    what=effect.what,
                    source=" or ".join(SOURCE_TITLES[kind] for kind in handler.sources),
                )
                return


def _is_tried_once(handler: HandlerFacts) -> bool:
    """Whether the templates have no event tried again, which shows that someone has thought of it."""
    told = [(function, source) for function in handler.deployed for source in function.sources]
    return bool(told) and all(_never_repeats(function, source) for function, source in told)


def _never_repeats(function: DeployedFunction, source: EventSource) -> bool:
    if source.kind is SourceKind.SQS:
        # A standard queue may deliver a message twice although nothing failed.
        queue = source.queue
        return queue is not None and queue.is_fifo.value is True and queue.maximum_receives.value == 1
    if source.polling is not None:
        return source.kind in deliveries.STREAMS and source.polling.maximum_retries.value == 0
    return function.delivery.maximum_retries.value == 0
