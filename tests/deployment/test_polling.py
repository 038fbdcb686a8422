"""How sources feed functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from deploying import Deployed, read

from lambda_lint.deployment.fact import ABSENT, UNKNOWN
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.triggers import EventSource

SETTINGS = """
    BatchSize: 5
    MaximumBatchingWindowInSeconds: 3
    FunctionResponseTypes: [ReportBatchItemFailures]
    MaximumRetryAttempts: -1
    MaximumRecordAgeInSeconds: 60
    BisectBatchOnFunctionError: true
    ParallelizationFactor: 2
    StartingPosition: LATEST
    ScalingConfig: {MaximumConcurrency: 4}
    DestinationConfig: {OnFailure: {Destination: !GetAtt Letters.Arn}}
    FilterCriteria: {Filters: [{Pattern: '{}'}]}
    Enabled: false
"""
QUEUES = """
Letters: {Type: AWS::SQS::Queue}
Queue:
  Type: AWS::SQS::Queue
  Properties:
    VisibilityTimeout: 90
    FifoQueue: true
    RedrivePolicy: {deadLetterTargetArn: !GetAtt Letters.Arn, maxReceiveCount: 3}
"""


def source(text: str) -> tuple[Deployed, EventSource]:
    found = read(text)
    (one,) = found["F"].sources
    return found, one


@pytest.mark.parametrize(
    "text",
    [
        f"""
M:
  Type: AWS::Lambda::EventSourceMapping
  Properties:
    FunctionName: !Ref F
    EventSourceArn: !GetAtt Queue.Arn{SETTINGS}
F: {{Type: AWS::Lambda::Function}}
""",
        "F:\n  Type: AWS::Serverless::Function\n  Properties:\n    Events:\n      M:\n        Type: SQS\n"
        "        Properties:\n            Queue: !GetAtt Queue.Arn"
        + SETTINGS.replace("\n    ", "\n            "),
    ],
)
def test_all_settings_of_a_mapping(text: str) -> None:
    found, one = source(text + QUEUES)
    polling = one.polling
    assert polling is not None
    assert (polling.batch_size.value, polling.batch_window.value) == (5, 3)
    assert polling.response_types.value == ("ReportBatchItemFailures",)
    assert (polling.maximum_retries.value, polling.maximum_age.value) == (-1, 60)
    assert (polling.bisects.value, polling.is_enabled.value) == (True, False)
    assert (polling.parallelization.value, polling.maximum_concurrency.value) == (2, 4)
    assert polling.starting_position.value == "LATEST"
    assert polling.failure_destination.value is not None
    assert polling.failure_destination.value.id == "Letters"
    assert polling.filters.value == ("{}",)
    assert polling.batch_size.place is not None
    assert found.shown(polling.batch_size.place) == "5"
    queue = one.queue
    assert queue is not None
    assert (queue.id, queue.visibility_timeout.value, queue.maximum_receives.value) == ("Queue", 90, 3)
    assert (queue.is_fifo.value, found.shown(queue.place)) == (True, "Queue")
    assert queue.dead_letter.value is not None
    assert queue.dead_letter.value.id == "Letters"


def event(kind: str, properties: str, more: str = "") -> EventSource:
    events = f"{{E: {{Type: {kind}, Properties: {{{properties}}}}}}}"
    return source(f"F: {{Type: AWS::Serverless::Function, Properties: {{Events: {events}}}}}\n{more}")[1]


def test_what_a_mapping_leaves_out_is_absent() -> None:
    one = event("Kinesis", "Stream: arn:aws:kinesis:r:1:stream/s")
    assert one.polling is not None
    assert one.queue is None
    for name in ("batch_size", "response_types", "failure_destination", "filters", "maximum_concurrency"):
        assert getattr(one.polling, name) == ABSENT
    assert event("Api", "Path: /").polling is None


def test_filters_that_are_not_texts_are_not_known() -> None:
    filters = "Stream: x, FilterCriteria: {Filters: [{Pattern: !Ref X}]}"
    one = event("DynamoDB", filters)
    assert one.polling is not None
    assert (one.polling.filters.value, one.polling.filters.is_absent) == (None, False)


@pytest.mark.parametrize(
    ("policy", "expected"), [("!Ref X", UNKNOWN), ("!Ref AWS::NoValue", ABSENT), ("{a: b}", ABSENT)]
)
def test_a_redrive_policy_may_not_be_known(policy: str, expected: object) -> None:
    queue = f"Q: {{Type: AWS::SQS::Queue, Properties: {{RedrivePolicy: {policy}}}}}"
    told = event("SQS", "Queue: !GetAtt Q.Arn", queue).queue
    assert told is not None
    assert told.dead_letter == expected


def test_a_topic_through_a_queue() -> None:
    one = event("SNS", "Topic: t, SqsSubscription: {QueueArn: !GetAtt Queue.Arn, BatchSize: 2}", QUEUES)
    assert one.kind is SourceKind.SQS
    assert one.polling is not None
    assert one.polling.batch_size.value == 2
    assert one.queue is not None
    made = event("SNS", "Topic: t, SqsSubscription: true")
    assert made.polling is not None
    assert (made.polling.batch_size, made.queue) == (ABSENT, None)


RULES = "Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}, {Name: suffix, Value: .csv}]}}"


LAMBDA = f"{{Event: 's3:ObjectCreated:*', Function: !GetAtt F.Arn, {RULES}}}"
NOTIFICATION = f"{{NotificationConfiguration: {{LambdaConfigurations: [{LAMBDA}]}}}}"
NOTIFYING = f"B: {{Type: AWS::S3::Bucket, Properties: {NOTIFICATION}}}"
OWN = f"{{Type: S3, Properties: {{Bucket: !Ref B, Events: 's3:ObjectCreated:*', {RULES}}}}}"


@pytest.mark.parametrize(
    "text",
    [
        f"F: {{Type: AWS::Serverless::Function, Properties: {{Events: {{E: {OWN}}}}}}}",
        f"F: {{Type: AWS::Lambda::Function}}\n{NOTIFYING}",
    ],
    ids=["sam", "bucket"],
)
def test_events_and_keys_of_a_bucket(text: str) -> None:
    _, one = source(text)
    assert one.events.items == ("s3:ObjectCreated:*",)
    assert (one.key_prefix.value, one.key_suffix.value) == ("in/", ".csv")


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("Bucket: b", ABSENT),
        ("Bucket: b, Filter: {S3Key: {Rules: [{Name: suffix, Value: x}]}}", ABSENT),
        ("Bucket: b, Filter: !Ref X", UNKNOWN),
        ("Bucket: b, Filter: {S3Key: {Rules: !Ref X}}", UNKNOWN),
        ("Bucket: b, Filter: {S3Key: {Rules: [{Name: !Ref X, Value: x}]}}", UNKNOWN),
    ],
)
def test_a_prefix_may_be_absent_or_unknown(properties: str, expected: object) -> None:
    assert event("S3", properties).key_prefix == expected


INTEGRATIONS = {
    "AWS::ApiGateway::Method": "{Integration: {Uri: !GetAtt F.Arn, TimeoutInMillis: 9}}",
    "AWS::ApiGatewayV2::Integration": "{IntegrationUri: !Ref F, TimeoutInMillis: 9}",
    "AWS::Serverless::HttpApi": "{DefinitionBody: {paths: {/: {get: {x-amazon-apigateway-integration: "
    "{uri: !GetAtt F.Arn, timeoutInMillis: 9}}}}}}",
}


@pytest.mark.parametrize("kind", INTEGRATIONS)
def test_the_timeout_of_an_api(kind: str) -> None:
    api = f"I: {{Type: {kind}, Properties: {INTEGRATIONS[kind]}}}"
    assert source(f"F: {{Type: AWS::Serverless::Function}}\n{api}")[1].api_timeout.value == 9


def test_the_timeout_of_an_event_of_sam() -> None:
    assert event("HttpApi", "TimeoutInMillis: 8").api_timeout.value == 8
    assert event("HttpApi", "Path: /").api_timeout == ABSENT
