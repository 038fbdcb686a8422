"""Errors that are caught and logged, so that the event counts as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    ASYNCHRONOUS_SOURCES,
    INVOKED_PHASES,
    SOURCE_TITLES,
    Confidence,
    Reach,
    Related,
    Rule,
    Severity,
    Violation,
    deliveries,
    is_broad,
)

from ._main_work import is_main_work
from ._reports import is_reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Place, SourceKind


STOPS_SHARD = (
    "send the record to a queue for failures, or report it in `batchItemFailures` and limit how often the "
    "mapping tries it: without a limit, a record that always fails stops its shard"
)
TEXTS = frozenset({"builtins.repr", "builtins.str", "json.dumps"})


class SwallowedEvent(Rule[cst.ExceptHandler]):
    """A broad `except` on the way of an asynchronous event that only logs."""

    code = "LL033"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = (
        "{catch} {does} and goes on: {source} takes the failed event as done and will not deliver it again"
    )
    help = (
        "raise the error again after logging it, report the record in `batchItemFailures`, or send it "
        "to a queue for failures"
    )

    def check(self, catch: cst.ExceptHandler, ctx: Context, /) -> Iterator[Violation]:
        if not is_broad(ctx, catch):
            return
        sources = asynchronous_sources(catch, ctx)
        if not sources or is_reported(catch, ctx) or not is_main_work(catch, ctx):
            return
        yield self.violation(
            catch,
            path=ctx.path_to(catch),
            confidence=Confidence.MEDIUM,
            catch="a bare `except`" if catch.type is None else f"`except {_text(catch.type)}`",
            related=tuple(_unused(catch, ctx)),
            help=STOPS_SHARD if _would_stop_shard(catch, ctx) else None,
            does="only logs the error" if _logs(catch, ctx) else "drops the error",
            source=" or ".join(sources),
        )


def asynchronous_sources(node: cst.CSTNode, ctx: Context) -> list[str]:
    """What the sources of all handlers that reach the node are called, if none waits for an answer."""
    reaching = ctx.handlers_reaching(node)
    kinds: dict[SourceKind, None] = {}
    for handler in reaching:
        if not handler.sources or not ASYNCHRONOUS_SOURCES.issuperset(handler.sources):
            return []
        kinds.update(dict.fromkeys(handler.sources))
    return sorted({SOURCE_TITLES[kind] for kind in kinds})


def _unused(node: cst.CSTNode, ctx: Context) -> Iterator[Related]:
    """What would keep the events that fail, and never gets one."""
    seen: dict[Place, None] = {}
    for handler in ctx.handlers_reaching(node):
        for function in handler.deployed:
            polled = [source for source in function.sources if source.polling is not None]
            ends = [source.polling.failure_destination for source in polled if source.polling is not None]
            ends += [source.queue.dead_letter for source in polled if source.queue is not None]
            if len(polled) < len(function.sources):
                ends += [function.delivery.dead_letter, function.delivery.on_failure]
            seen.update(dict.fromkeys(end.place for end in ends if end.place is not None))
    yield from (Related(place, "what fails should come here, and never does") for place in seen)


def _would_stop_shard(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether an error that is raised again would be tried again without end."""
    mappings = [
        source.polling
        for handler in ctx.handlers_reaching(node)
        for function in handler.deployed
        for source in function.sources
        if source.kind in deliveries.STREAMS and source.polling is not None
    ]
    return any(
        all(limit.is_absent or limit.value == deliveries.ENDLESS for limit in limits)
        for mapping in mappings
        for limits in [(mapping.maximum_retries, mapping.maximum_age)]
    )


def _logs(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether the `except` calls anything but what makes texts."""
    names = (
        ctx.name_of(node.func) for node in ctx.module.tree.subtree(catch.body) if isinstance(node, cst.Call)
    )
    return any(name not in TEXTS for name in names)


def _text(kind: cst.BaseExpression) -> str:
    return cst.Module([]).code_for_node(kind)
