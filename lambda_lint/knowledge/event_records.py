"""What single records of an event hold, by which their service is known.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html (the event of each service), and the
data classes of Powertools for AWS Lambda (Python) 3; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html"

RECORD_KEYS = {
    "s3": SourceKind.S3,
    "glacierEventData": SourceKind.S3,
    "Sns": SourceKind.SNS,
    "EventSubscriptionArn": SourceKind.SNS,
    "kinesis": SourceKind.KINESIS,
    "dynamodb": SourceKind.DYNAMODB,
    "ses": SourceKind.SES,
    "cf": SourceKind.EDGE,
    "body": SourceKind.SQS,
    "receiptHandle": SourceKind.SQS,
    "messageId": SourceKind.SQS,
    "messageAttributes": SourceKind.SQS,
    "md5OfBody": SourceKind.SQS,
}
"""Keys of an element of `event["Records"]` that only one service writes there."""

KAFKA_KEYS = frozenset({"key", "value", "topic", "partition", "offset", "headers"})
"""Keys of a record of Kafka below `event["records"]`, where records of Firehose stand too."""

DATA_CLASS_ATTRIBUTES = {
    "records": "Records",
    "sns": "Sns",
    "raw_event": "raw_event",
    "message_id": "messageId",
    "receipt_handle": "receiptHandle",
    "message_attributes": "messageAttributes",
    "detail_type": "detail-type",
}
"""Attributes of Powertools data classes -> the key of the event, where it has another name."""

EVENTBRIDGE_KEYS = frozenset(
    {
        "account",
        "detail",
        "detail-type",
        "id",
        "region",
        "replay-name",
        "resources",
        "source",
        "time",
        "version",
    }
)
"""The keys of an event of EventBridge itself."""
