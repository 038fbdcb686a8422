"""How the sources of events deliver them: whether they wait for an answer, and what they do after a failure.

Source: the developer guide of Lambda ("Understanding Lambda function invocation methods", "Understanding
retry behavior in Lambda") and the API reference of event source mappings; as of 2026-11.
"""

from __future__ import annotations

import re

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

QUEUED = frozenset(
    {
        SourceKind.CLOUDWATCH_LOGS,
        SourceKind.EVENTBRIDGE,
        SourceKind.IOT,
        SourceKind.S3,
        SourceKind.SCHEDULE,
        SourceKind.SES,
        SourceKind.SNS,
    }
)
"""Sources that invoke a function asynchronously: Lambda puts the event into a queue of its own, says to the
source that it has it, and drops it if every attempt fails and the function does not say where else to put it.

AWS Config, CodePipeline and CloudFormation invoke in this way, too, but wait for an answer by other means,
and report it themselves if none comes.
"""

STREAMS = frozenset({SourceKind.DYNAMODB, SourceKind.KINESIS})
"""Sources with shards, of which Lambda reads each in order: what fails is tried again before anything later.

By default without end, until the record expires ("Lambda parameters for Amazon Kinesis Data Streams event
source mappings", `MaximumRetryAttempts` and `MaximumRecordAgeInSeconds`: -1). A failure destination gets what
was given up; `BisectBatchOnFunctionError` and `batchItemFailures` only make less of the batch wait.
"""

ENDLESS = -1
"""The value of these two that means without end, as it does if they are left out."""

LIFE = {SourceKind.DYNAMODB: "24 hours", SourceKind.KINESIS: "24 hours or what the stream retains"}
"""When the records of a stream expire."""

READERS = 2
"""How many mappings can read a shard side by side and still keep up with all that may be written to it.

A shard of Kinesis takes 1 MB a second, and gives 2 MB a second and 5 reads a second to all that share it
("Quotas and limits" of Kinesis Data Streams); of a stream of DynamoDB no more than two processes should read
a shard ("Change data capture for DynamoDB Streams"), else they are throttled.
"""

CONSUMER_TYPE, CONSUMER_MARK = "AWS::Kinesis::StreamConsumer", "/consumer/"
"""What has read throughput of its own (enhanced fan-out): the type of the resource, what its ARN holds."""

CONSUMER = "Consumer"
"""The setting by which the Serverless Framework makes one."""

AGAIN_SOON = re.compile(
    r"rate\(\s*(?:1\s+hours?|60\s+minutes|[1-5]?[0-9]\s+minutes?)\s*\)|cron\(\s*\S+\s+(?:\*|[*0]/1)\s.*\)"
)
"""Schedules by which the same event comes again within an hour: to lose one does no harm.

From the references of rate and cron expressions of EventBridge, 2026-11: `cron` has the hour second.
"""

RETRIES = 2
"""How often Lambda tries an asynchronous event again if the function does not say it."""

INVOCATION_TYPE, WAITS = "InvocationType", "RequestResponse"
"""The setting of a receipt rule of SES, and its value, with which SES waits for the function."""

OWN_LETTERS = ("DeadLetterConfig", "RedrivePolicy")
"""Settings of targets of EventBridge and subscriptions to SNS: where they put what Lambda does not take."""

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

BATCH_ANSWERS = frozenset({"async_process_partial_response", "process_partial_response", "response"})
"""Its functions and methods that make the answer."""

TAKES_RECORD_HANDLER = "process_partial_response"
"""That of them which calls a function for one record after another; the asynchronous one does so at once."""

DELETES = frozenset({"delete_message", "delete_message_batch"})
"""Operations by which a function tells a queue itself what is done."""

PLAIN_DECORATORS = frozenset({"capture_lambda_handler", "inject_lambda_context", "log_metrics"})
"""Methods of Powertools that decorate a handler and leave its answer alone, whatever object has them."""
