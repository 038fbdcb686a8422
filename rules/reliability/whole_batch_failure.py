"""Handlers of batches whose one bad record fails all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    PARTIAL_SOURCES,
    Confidence,
    Handler,
    Reach,
    Rule,
    Severity,
    SourceKind,
    Violation,
    deliveries,
    loop_node,
    may_tell_failures,
    record_loops,
)

from ._batch_loops import can_fail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.api import Context, Polling

ENDINGS = {
    SourceKind.SQS: "makes SQS deliver the whole batch again",
    SourceKind.KINESIS: "blocks its shard, and Kinesis delivers the whole batch again",
    SourceKind.DYNAMODB: "blocks its shard, and the DynamoDB stream delivers the whole batch again",
}


class WholeBatchFailure(Rule[Handler]):
    """A handler of a queue or a stream that cannot fail for a single record."""

    code = "LL032"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    message = "an error in one record {ending}: `{name}` does not report `batchItemFailures`"
    help = (
        "catch errors per record, return the failed ones as `batchItemFailures`, and set "
        "`FunctionResponseTypes: [ReportBatchItemFailures]`"
    )

    def check(self, handler: Handler, ctx: Context, /) -> Iterator[Violation]:
        sources = handler.sources
        if not sources or not PARTIAL_SOURCES.issuperset(sources) or _is_settled(_mappings(handler)):
            return
        loops = list(record_loops(ctx.project, handler.facts))
        if not loops or not any(can_fail(loop, ctx) for loop in loops):
            return
        if may_tell_failures(ctx.project, handler.facts):
            return
        node = next((found for loop in loops if (found := loop_node(ctx, loop)) is not None), None)
        yield self.violation(
            handler.node.name if node is None else _head(node),
            confidence=Confidence.MEDIUM if handler.facts.inferred else Confidence.HIGH,
            ending=ENDINGS[sources[0]],
            name=handler.name,
        )


def _head(node: cst.For | cst.BaseComp) -> cst.CSTNode:
    return node.iter if isinstance(node, cst.For) else node.for_in.iter


# -- what the template says


def _mappings(handler: Handler) -> list[Polling]:
    return [
        source.polling
        for function in handler.deployed
        for source in function.sources
        if source.kind in PARTIAL_SOURCES and source.polling is not None
    ]


def _is_settled(mappings: Sequence[Polling]) -> bool:
    """Whether all mappings are such that there is nothing to say, or may be for all we know."""
    return bool(mappings) and all(
        mapping.is_enabled.value is False
        or not mapping.batch_size.is_known
        or mapping.batch_size.value == 1
        or not mapping.bisects.is_known
        or mapping.bisects.value is True
        or _is_declared(mapping)
        for mapping in mappings
    )


def _is_declared(mapping: Polling) -> bool:
    """Whether it asks for the failed records: that they are missing is the matter of another rule."""
    return deliveries.REPORTS_FAILURES in (mapping.response_types.value or ())
