"""Handlers of batches whose one bad record fails all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    BATCH_PACKAGE,
    BATCH_SIZE,
    BISECTS,
    FAILURES_KEY,
    HANDLER_DECORATORS,
    PARTIAL_SOURCES,
    REPORTS_FAILURES,
    RESPONSE_TYPES,
    Confidence,
    Handler,
    Reach,
    Rule,
    Severity,
    SourceKind,
    Violation,
    loop_node,
    makes_unknown_answer,
    record_loops,
    speaks_of,
    work_of,
)

from ._batch_loops import can_fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

PLAIN_DECORATORS = frozenset({"capture_lambda_handler", "inject_lambda_context", "log_metrics"})
"""Methods of Powertools that decorate a handler and leave its answer alone, whatever object has them."""
DELETES = frozenset({"delete_message", "delete_message_batch"})
ENDINGS = {
    SourceKind.SQS: "makes SQS deliver the whole batch again",
    SourceKind.KINESIS: "blocks its shard, and Kinesis delivers the whole batch again",
    SourceKind.DYNAMODB: "blocks its shard, and the DynamoDB stream delivers the whole batch again",
}
DECLARED = (
    "return the failed records as `batchItemFailures`, as the template announces with "
    "`ReportBatchItemFailures`: an answer without it counts as full success"
)


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
        if not sources or not PARTIAL_SOURCES.issuperset(sources) or _takes_one(handler):
            return
        loops = list(record_loops(ctx, handler))
        if not loops or not any(can_fail(loop, ctx) for loop in loops):
            return
        if _reports(handler, ctx) or _answers_unknown(handler, ctx):
            return
        node = next((found for loop in loops if (found := loop_node(ctx, loop)) is not None), None)
        yield self.violation(
            handler.node.name if node is None else _head(node),
            confidence=Confidence.MEDIUM if handler.facts.inferred else Confidence.HIGH,
            help=DECLARED if _is_declared(handler) else None,
            ending=ENDINGS[sources[0]],
            name=handler.name,
        )


def _head(node: cst.For | cst.BaseComp) -> cst.CSTNode:
    return node.iter if isinstance(node, cst.For) else node.for_in.iter


# -- what the template says


def _takes_one(handler: Handler) -> bool:
    """Whether each batch holds a single record, may do so for all we know, or is split when it fails."""
    settings = [
        dict(source.settings)
        for function in handler.deployed
        for source in function.sources
        if source.kind in PARTIAL_SOURCES
    ]
    return bool(settings) and all(
        each.get(BATCH_SIZE) in {"", "1"} or each.get(BISECTS) == "true" for each in settings
    )


def _is_declared(handler: Handler) -> bool:
    return any(
        REPORTS_FAILURES in dict(source.settings).get(RESPONSE_TYPES, "")
        for function in handler.deployed
        for source in function.sources
    )


# -- what the code says


def _reports(handler: Handler, ctx: Context) -> bool:
    """Whether the handler tells which records failed, or has its own way to keep apart what is done."""
    project = ctx.project
    reached = project.phases.reached_from(handler.facts.roots)
    if speaks_of(project.graph, reached, _is_failures_key):
        return True
    for module in {function[0] for function in reached}:
        if any(imported.module.startswith(BATCH_PACKAGE) for imported in project.modules[module].imports):
            return True
    work = work_of(project)
    names = {getattr(call.func, "name", "") for function in reached for call in work.calls_of(function)}
    return bool(names & DELETES)


def _is_failures_key(word: str) -> bool:
    return FAILURES_KEY.lower() in word.replace("_", "").lower()


def _answers_unknown(handler: Handler, ctx: Context) -> bool:
    """Whether something that is not known makes the answer: a library, or a decorator."""
    decorators = (each.decorator for each in handler.node.decorators)
    return not all(_is_plain(each, ctx) for each in decorators) or makes_unknown_answer(
        ctx.project, handler.facts
    )


def _is_plain(decorator: cst.BaseExpression, ctx: Context) -> bool:
    """Whether a decorator leaves the answer as it is, as far as is known."""
    func = decorator.func if isinstance(decorator, cst.Call) else decorator
    if ctx.name_of(func) in HANDLER_DECORATORS or ctx.functions_of(func):
        return True
    return isinstance(func, cst.Attribute) and func.attr.value in PLAIN_DECORATORS
