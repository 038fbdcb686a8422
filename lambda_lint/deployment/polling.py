"""How a source feeds its function: the settings of what Lambda reads itself, of buckets, and of APIs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import facts
from lambda_lint.deployment.fact import ABSENT, NOT_LISTED, UNKNOWN, Fact
from lambda_lint.deployment.triggers import Polling, Queue
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.document import Value
    from lambda_lint.deployment.stack import Stack
    from lambda_lint.deployment.triggers import EventSource

POLLED = frozenset(
    {
        SourceKind.DOCUMENTDB,
        SourceKind.DYNAMODB,
        SourceKind.KAFKA,
        SourceKind.KINESIS,
        SourceKind.MQ,
        SourceKind.SQS,
    }
)
"""What Lambda reads itself."""
_APIS = frozenset({SourceKind.API, SourceKind.HTTP_API, SourceKind.REST_API, SourceKind.WEBSOCKET})


def detailed(stack: Stack, source: EventSource, settings: Value | None) -> EventSource:
    """The source with what `settings`, a mapping with CloudFormation's or SAM's names, say about it."""
    if source.kind in POLLED and settings is not None:
        return replace(source, polling=_polling(stack, settings), queue=queue(stack, source.target))
    if source.kind is SourceKind.S3 and settings is not None:
        return _bucket(stack, source, settings)
    if source.kind in _APIS and settings is not None:
        return replace(source, api_timeout=_api_timeout(stack, settings))
    return source


def through_queue(stack: Stack, source: EventSource, subscription: Value | None) -> EventSource:
    """A topic's source whose messages come through a queue, of which `subscription` may tell."""
    settings = subscription if dict(facts.parts(stack, subscription)) else None
    if settings is None:
        # SAM makes a queue of its own, and all but the batch has defaults.
        return replace(source, polling=Polling(batch_size=ABSENT, response_types=ABSENT))
    arn = stack.target(settings.get("QueueArn")).id
    return replace(source, polling=_polling(stack, settings), queue=queue(stack, arn))


def queue(stack: Stack, id_: str | None) -> Queue | None:
    """A queue of the stack."""
    resource = stack.resources.get(id_ or "")
    if resource is None or resource.type != "AWS::SQS::Queue":
        return None
    redrive = stack.evaluator.chosen(resource.get("RedrivePolicy"))
    return Queue(
        id=resource.id,
        place=stack.place(resource.key),
        visibility_timeout=facts.number(stack, resource.get("VisibilityTimeout")),
        dead_letter=_below(
            stack, redrive, facts.named(stack, redrive and redrive.get("deadLetterTargetArn"))
        ),
        maximum_receives=_below(
            stack, redrive, facts.number(stack, redrive and redrive.get("maxReceiveCount"))
        ),
        is_fifo=facts.flag(stack, resource.get("FifoQueue")),
    )


def _below(stack: Stack, container: Value | None, fact: Fact) -> Fact:  # type: ignore[type-arg]
    """A fact that is left out of something that is there, but not written out, is not known."""
    is_open = container is not None and not dict(facts.parts(stack, container))
    return UNKNOWN if is_open and fact.is_absent else fact


def _polling(stack: Stack, settings: Value) -> Polling:
    failure = stack.evaluator.chosen(settings.get("DestinationConfig"))
    failure = stack.evaluator.chosen(failure.get("OnFailure")) if failure else None
    scaling = stack.evaluator.chosen(settings.get("ScalingConfig"))
    enabled = settings.get("Enabled")
    return Polling(
        batch_size=facts.number(stack, settings.get("BatchSize")),
        batch_window=facts.number(stack, settings.get("MaximumBatchingWindowInSeconds")),
        response_types=facts.texts(stack, settings.get("FunctionResponseTypes")),
        maximum_retries=facts.number(stack, settings.get("MaximumRetryAttempts")),
        maximum_age=facts.number(stack, settings.get("MaximumRecordAgeInSeconds")),
        bisects=facts.flag(stack, settings.get("BisectBatchOnFunctionError")),
        parallelization=facts.number(stack, settings.get("ParallelizationFactor")),
        starting_position=facts.text(stack, settings.get("StartingPosition")),
        maximum_concurrency=facts.number(stack, scaling and scaling.get("MaximumConcurrency")),
        failure_destination=facts.destination(stack, failure),
        filters=_filters(stack, settings.get("FilterCriteria")),
        is_enabled=facts.flag(stack, enabled),
    )


def _filters(stack: Stack, criteria: Value | None) -> Fact[tuple[str, ...]]:
    criteria = stack.evaluator.chosen(criteria)
    if criteria is None:
        return ABSENT
    listed, all_there = facts.items(stack, criteria.get("Filters"))
    patterns = [stack.evaluator.literal(item.get("Pattern")) for item in listed]
    known = tuple(pattern for pattern in patterns if pattern is not None)
    is_known = all_there and bool(listed) and len(known) == len(patterns)
    return Fact(known if is_known else None, stack.place(criteria))


def _bucket(stack: Stack, source: EventSource, settings: Value) -> EventSource:
    events = settings.get("Events") or settings.get("Event")
    chosen = stack.evaluator.chosen(settings.get("Filter"))
    key = stack.evaluator.chosen(chosen.get("S3Key")) if chosen else None
    rules, all_there = facts.items(stack, key.get("Rules") if key else None)
    absent: Fact[str] = ABSENT if all_there and (chosen is None or rules) else UNKNOWN
    named = {(stack.evaluator.literal(rule.get("Name")) or "").lower(): rule.get("Value") for rule in rules}
    if "" in named:
        absent = UNKNOWN
    # As Terraform says it.
    prefix = named.get("prefix") or settings.get("FilterPrefix")
    suffix = named.get("suffix") or settings.get("FilterSuffix")
    return replace(
        source,
        events=NOT_LISTED if events is None else facts.listed(stack, events),
        key_prefix=facts.text(stack, prefix) if prefix else absent,
        key_suffix=facts.text(stack, suffix) if suffix else absent,
    )


def _api_timeout(stack: Stack, settings: Value) -> Fact[int]:
    found = settings.get("TimeoutInMillis") or settings.get("timeoutInMillis")
    return facts.number(stack, found)
