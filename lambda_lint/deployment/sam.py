"""What SAM adds to CloudFormation: defaults from `Globals`, and event sources inside the function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment import polling
from lambda_lint.deployment.document import Mapping, Value
from lambda_lint.deployment.function import EventSource
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.stack import Resource, Stack

# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
# Each type with the property that names what feeds the function, as of 2026-11.
_EVENTS: dict[str, tuple[SourceKind, str]] = {
    "AlexaSkill": (SourceKind.ALEXA, "SkillId"),
    "Api": (SourceKind.REST_API, "RestApiId"),
    "CloudWatchEvent": (SourceKind.EVENTBRIDGE, "EventBusName"),
    "CloudWatchLogs": (SourceKind.CLOUDWATCH_LOGS, "LogGroupName"),
    "Cognito": (SourceKind.COGNITO, "UserPool"),
    "DocumentDB": (SourceKind.DOCUMENTDB, "Cluster"),
    "DynamoDB": (SourceKind.DYNAMODB, "Stream"),
    "EventBridgeRule": (SourceKind.EVENTBRIDGE, "EventBusName"),
    "HttpApi": (SourceKind.HTTP_API, "ApiId"),
    "IoTRule": (SourceKind.IOT, ""),
    "Kinesis": (SourceKind.KINESIS, "Stream"),
    "MQ": (SourceKind.MQ, "Broker"),
    "MSK": (SourceKind.KAFKA, "Stream"),
    "S3": (SourceKind.S3, "Bucket"),
    "SNS": (SourceKind.SNS, "Topic"),
    "SQS": (SourceKind.SQS, "Queue"),
    "Schedule": (SourceKind.SCHEDULE, ""),
    "ScheduleV2": (SourceKind.SCHEDULE, ""),
    "SelfManagedKafka": (SourceKind.KAFKA, ""),
}


def defaults_of(stack: Stack, resource: Resource) -> Value | None:
    """What `Globals` says for all functions that SAM transforms."""
    is_transformed = resource.type == "AWS::Serverless::Function"
    return stack.document.get("Globals", "Function") if is_transformed else None


def sources_of(stack: Stack, resource: Resource) -> Iterator[EventSource]:
    """Yield the sources that the function itself declares."""
    events = resource.get("Events")
    for entry in events.entries.values() if isinstance(events, Mapping) else ():
        kind = stack.evaluator.literal(entry.value.get("Type"))
        if kind not in _EVENTS:
            continue
        source, feeder = _EVENTS[kind]
        if source is SourceKind.SNS and _goes_through_queue(stack, entry.value):
            source = SourceKind.SQS
        properties = entry.value.get("Properties")
        target = stack.target(entry.value.get("Properties", feeder))
        told = EventSource(source, stack.place(entry.key), stack.settings(properties), *target)
        if source is SourceKind.SQS and kind == "SNS":
            # SAM makes the queue, or takes that of the subscription.
            subscription = entry.value.get("Properties", "SqsSubscription")
            yield polling.through_queue(stack, told, subscription)
        else:
            yield polling.detailed(stack, told, properties)
    for properties in (resource.get(), defaults_of(stack, resource)):
        url = properties.entries.get("FunctionUrlConfig") if isinstance(properties, Mapping) else None
        if url is not None:
            target = stack.resource_target(resource.id)
            yield EventSource(
                SourceKind.FUNCTION_URL, stack.place(url.key), stack.settings(url.value), *target
            )
            return


def _goes_through_queue(stack: Stack, event: Value) -> bool:
    subscription = event.get("Properties", "SqsSubscription")
    return isinstance(subscription, Mapping) or stack.evaluator.literal(subscription) == "true"
