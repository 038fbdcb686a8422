"""How the sources of events deliver them: whether they wait for an answer, and what they do after a failure.

Source: the developer guide of Lambda ("Understanding Lambda function invocation methods", "Understanding
retry behavior in Lambda") and the API reference of event source mappings; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html"

ASYNCHRONOUS = frozenset(
    {
        SourceKind.CLOUDWATCH_LOGS,
        SourceKind.DOCUMENTDB,
        SourceKind.DYNAMODB,
        SourceKind.EVENTBRIDGE,
        SourceKind.IOT,
        SourceKind.KAFKA,
        SourceKind.KINESIS,
        SourceKind.MQ,
        SourceKind.S3,
        SourceKind.SCHEDULE,
        SourceKind.SES,
        SourceKind.SNS,
        SourceKind.SQS,
    }
)
"""Sources that wait for no answer but for success: what a handler returns to them is dropped (except
`batchItemFailures`), and an event whose invocation fails is tried again or kept elsewhere."""

TITLES = {
    SourceKind.CLOUDWATCH_LOGS: "CloudWatch Logs",
    SourceKind.DOCUMENTDB: "DocumentDB",
    SourceKind.DYNAMODB: "the DynamoDB stream",
    SourceKind.EVENTBRIDGE: "EventBridge",
    SourceKind.IOT: "IoT",
    SourceKind.KAFKA: "Kafka",
    SourceKind.KINESIS: "Kinesis",
    SourceKind.MQ: "Amazon MQ",
    SourceKind.S3: "S3",
    SourceKind.SCHEDULE: "the schedule",
    SourceKind.SES: "SES",
    SourceKind.SNS: "SNS",
    SourceKind.SQS: "SQS",
}
"""What to call a source in a message."""

PARTIAL = frozenset({SourceKind.DYNAMODB, SourceKind.KINESIS, SourceKind.SQS})
"""Sources of batches to which a handler can report single records by `batchItemFailures`.

Those of Kafka can too, but only with provisioned pollers, which no code shows: they are left out.
"""

FAILURES_KEY = "batchItemFailures"
RESPONSE_TYPES, REPORTS_FAILURES = "FunctionResponseTypes", "ReportBatchItemFailures"
"""The setting of an event source mapping, and its value, without which the answer is not looked at."""

BATCH_SIZE = "BatchSize"
BISECTS = "BisectBatchOnFunctionError"
"""The setting by which a batch of a stream is halved until only the bad record is left."""

BATCH_PACKAGE = "aws_lambda_powertools.utilities.batch"
"""Powertools' batch processors, which catch errors per record and answer with `batchItemFailures`."""
