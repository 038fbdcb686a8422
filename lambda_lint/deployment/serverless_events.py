"""Events of the Serverless Framework as event sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import polling
from lambda_lint.deployment.building import mapping, scalar, sequence, wrapped
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.fact import Fact
from lambda_lint.deployment.function import EventSource
from lambda_lint.deployment.stack import Target
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.stack import Stack

# https://www.serverless.com/framework/docs/providers/aws/guide/events
# Each type with the property that names what feeds the function, as of 2026-11.
_EVENTS: dict[str, tuple[SourceKind, str]] = {
    "activemq": (SourceKind.MQ, "arn"),
    "alb": (SourceKind.ALB, "listenerArn"),
    "alexaSkill": (SourceKind.ALEXA, "appId"),
    "alexaSmartHome": (SourceKind.ALEXA, "appId"),
    "cloudFront": (SourceKind.EDGE, ""),
    "cloudwatchEvent": (SourceKind.EVENTBRIDGE, ""),
    "cloudwatchLog": (SourceKind.CLOUDWATCH_LOGS, "logGroup"),
    "cognitoUserPool": (SourceKind.COGNITO, "pool"),
    "eventBridge": (SourceKind.EVENTBRIDGE, "eventBus"),
    "http": (SourceKind.REST_API, ""),
    "httpApi": (SourceKind.HTTP_API, "id"),
    "iot": (SourceKind.IOT, ""),
    "iotFleetProvisioning": (SourceKind.IOT, ""),
    "kafka": (SourceKind.KAFKA, ""),
    "msk": (SourceKind.KAFKA, "arn"),
    "rabbitmq": (SourceKind.MQ, "arn"),
    "s3": (SourceKind.S3, "bucket"),
    "schedule": (SourceKind.SCHEDULE, ""),
    "sns": (SourceKind.SNS, "arn"),
    "sqs": (SourceKind.SQS, "arn"),
    "stream": (SourceKind.KINESIS, "arn"),
    "websocket": (SourceKind.WEBSOCKET, ""),
}
STREAM_BATCH_SIZE = 10
"""Where Lambda itself has 100."""
_STREAMS = {"dynamodb": SourceKind.DYNAMODB, "kinesis": SourceKind.KINESIS}

_SETTINGS = {
    "batchSize": "BatchSize",
    "batchWindow": "MaximumBatchingWindowInSeconds",
    "bisectBatchOnFunctionError": "BisectBatchOnFunctionError",
    "consumer": "Consumer",
    "enabled": "Enabled",
    "event": "Events",
    "functionResponseType": "FunctionResponseTypes",
    "maximumBatchingWindow": "MaximumBatchingWindowInSeconds",
    "maximumRecordAgeInSeconds": "MaximumRecordAgeInSeconds",
    "maximumRetryAttempts": "MaximumRetryAttempts",
    "method": "Method",
    "parallelizationFactor": "ParallelizationFactor",
    "path": "Path",
    "rate": "ScheduleExpression",
    "route": "RouteKey",
    "schedule": "ScheduleExpression",
    "startingPosition": "StartingPosition",
    "trigger": "Trigger",
}
"""Settings by the names that CloudFormation gives them; none for a consumer that the framework makes."""


def sources_of(stack: Stack, events: Value | None) -> Iterator[EventSource]:
    """Yield the sources in a function's `events`."""
    for event in events.items if isinstance(events, Sequence) else ():
        match event:
            case Scalar(text=str(name)) as at:
                yield from _source(stack, name, at, event)
            case Mapping(entries=entries):
                for name, entry in entries.items():
                    yield from _source(stack, name, entry.key, entry.value)


def url(stack: Stack, function: str, value: Value | None) -> Iterator[EventSource]:
    """Yield the source of a function with a URL."""
    if isinstance(value, Mapping) or (value is not None and stack.evaluator.literal(value) == "true"):
        yield EventSource(SourceKind.FUNCTION_URL, stack.place(value), (), *stack.resource_target(function))


def invoke_config(function: Mapping) -> Value | None:
    """What becomes of events that a function does not get done, as SAM says it."""
    destinations = function.get("destinations")
    ends: dict[str, Value | None] = {}
    for name, key in (("onSuccess", "OnSuccess"), ("onFailure", "OnFailure")):
        end = destinations.get(name) if destinations else None
        end = (end.get("arn") or end) if end is not None else None
        ends[key] = wrapped("Destination", end)
    told: dict[str, Value | None] = {
        "DestinationConfig": None if destinations is None else mapping(destinations.span, ends),
        "MaximumRetryAttempts": function.get("maximumRetryAttempts"),
        "MaximumEventAgeInSeconds": function.get("maximumEventAge"),
    }
    return mapping(function.span, told) if any(value is not None for value in told.values()) else None


def _source(stack: Stack, name: str, at: Value, value: Value) -> Iterator[EventSource]:
    if name not in _EVENTS:
        return
    kind, feeder = _EVENTS[name]
    fed_by = value.get(feeder) if isinstance(value, Mapping) and feeder else None
    if fed_by is None and isinstance(value, Scalar) and feeder:
        fed_by = value
    if name == "sns" and fed_by is None:
        fed_by = value.get("topicName")
    if name == "stream":
        kind = _stream(stack, value, fed_by)
    elif name == "eventBridge" and value.get("schedule") is not None and value.get("pattern") is None:
        kind = SourceKind.SCHEDULE
    settings = _settings(name, value)
    target = stack.target(fed_by) if fed_by is not None else Target(None, None)
    source = EventSource(kind, stack.place(at), stack.settings(settings), *target)
    yield _with_default(name, polling.detailed(stack, source, settings))


def _with_default(name: str, source: EventSource) -> EventSource:
    """The source with the batch size that the framework gives to streams, if it is left out."""
    polled = source.polling
    if name != "stream" or polled is None or not polled.batch_size.is_absent:
        return source
    return replace(source, polling=replace(polled, batch_size=Fact(STREAM_BATCH_SIZE)))


def _stream(stack: Stack, value: Value, arn: Value | None) -> SourceKind:
    """Kinesis or DynamoDB: by the type, by the service in the ARN, or by the resource."""
    told = [stack.evaluator.literal(value.get("type")), stack.service(arn)]
    resource = stack.resources.get(stack.target(arn).id or "")
    if resource is not None:
        told.append("dynamodb" if "DynamoDB" in resource.type else "kinesis")
    return next((_STREAMS[each] for each in told if each in _STREAMS), SourceKind.KINESIS)


def _settings(name: str, value: Value) -> Mapping:
    """The settings in the words of CloudFormation."""
    at = value.span
    if not isinstance(value, Mapping):
        return _short(name, value)
    found: dict[str, Value | None] = {
        _SETTINGS[key]: entry.value for key, entry in value.entries.items() if key in _SETTINGS
    }
    concurrency = value.get("maximumConcurrency")
    if concurrency is not None:
        found["ScalingConfig"] = mapping(at, {"MaximumConcurrency": concurrency})
    failure = value.get("destinations", "onFailure") or value.get("destinations", "arn")
    if failure is not None:
        failure = failure.get("arn") or failure
        destination = mapping(failure.span, {"Destination": failure})
        found["DestinationConfig"] = mapping(failure.span, {"OnFailure": destination})
    patterns = value.get("filterPatterns")
    if patterns is not None:
        items = patterns.items if isinstance(patterns, Sequence) else ()
        filters = sequence(patterns.span, (mapping(item.span, {"Pattern": item}) for item in items))
        found["FilterCriteria"] = mapping(patterns.span, {"Filters": filters})
    rules = value.get("rules")
    if isinstance(rules, Sequence):
        made = [
            mapping(rule.span, {"Name": scalar(rule.span, key), "Value": entry.value})
            for rule in rules.items
            if isinstance(rule, Mapping)
            for key, entry in rule.entries.items()
        ]
        key = mapping(rules.span, {"S3Key": mapping(rules.span, {"Rules": sequence(rules.span, made)})})
        found["Filter"] = key
    timeout = value.get("timeoutInMs")
    if timeout is not None:
        found["TimeoutInMillis"] = timeout
    return mapping(at, found)


def _short(name: str, value: Value) -> Mapping:
    """An event that is one text, such as `schedule: rate(1 hour)` or `http: GET /orders`."""
    text = value.text if isinstance(value, Scalar) else None
    found: dict[str, Value | None] = {}
    if name in {"http", "httpApi"} and text and len(words := text.split()) == 2:
        found = {"Method": scalar(value.span, words[0]), "Path": scalar(value.span, words[1])}
    elif name == "schedule":
        found = {"ScheduleExpression": value}
    elif name == "websocket":
        found = {"RouteKey": value}
    return mapping(value.span, found)
