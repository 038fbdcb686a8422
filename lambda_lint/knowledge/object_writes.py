"""Calls that take the bucket or the key of an S3 object, and those that write to what may feed a function.

Source: boto3 1.44 reference (S3, SQS, SNS, DynamoDB and the services that read objects), and "The object key
name value is URL encoded" in
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html; as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass

from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html"

NOTIFIED = ("s3", "object", "key")
"""The end of the path to the key of an object in a notification, which is URL-encoded."""
NOTIFIED_BUCKET = ("s3", "bucket", "name")
"""The end of the path to the bucket of a notification."""
EVENT_BUCKET = ("detail", "bucket", "name")
"""The same in an event of EventBridge."""

DECODERS = frozenset({"unquote_plus"})
"""The last part of the names of callables that decode a key as S3 encodes it."""
HALF_DECODER = "unquote"
"""As that, but leaves the `+` that stand for spaces."""
PLUS = "str.replace"

KEY_KEYWORDS = frozenset({"CopySource", "Key", "MediaFileUri", "ObjectKey", "S3Key", "S3ObjectKey", "S3Uri"})
"""Arguments, and keys in them, that hold the key of an object."""
NAME_IN = ("Name", "S3Object")
"""`{"S3Object": {"Name": key}}` of the services that analyze images and documents."""
KEY_POSITIONS = {
    ("client", "copy"): (0, 2),
    ("client", "download_file"): (1,),
    ("client", "download_fileobj"): (1,),
    ("client", "upload_file"): (2,),
    ("client", "upload_fileobj"): (2,),
    ("part", "Object"): (0,),
    ("part", "copy"): (0, 1),
    ("part", "copy_from"): (0,),
    ("part", "download_file"): (0,),
    ("part", "download_fileobj"): (0,),
    ("part", "upload_file"): (1,),
    ("part", "upload_fileobj"): (1,),
    ("resource", "Object"): (1,),
    ("resource", "ObjectSummary"): (1,),
    ("resource", "ObjectVersion"): (1,),
}
"""Kind of SDK object and method -> where it takes a key by position."""


@dataclass(frozen=True, slots=True)
class Write:
    """Where an operation takes what it writes to, and the key under which it writes."""

    target: str
    position: int | None = None
    key: str | None = None
    key_position: int | None = None
    is_held: bool = False
    """The object on which it is called holds the target, as `s3.Bucket(name)` does."""


WRITES = {
    ("s3", "client", "complete_multipart_upload"): Write("Bucket", key="Key"),
    ("s3", "client", "copy"): Write("Bucket", 1, "Key", 2),
    ("s3", "client", "copy_object"): Write("Bucket", key="Key"),
    ("s3", "client", "create_multipart_upload"): Write("Bucket", key="Key"),
    ("s3", "client", "put_object"): Write("Bucket", key="Key"),
    ("s3", "client", "upload_file"): Write("Bucket", 1, "Key", 2),
    ("s3", "client", "upload_fileobj"): Write("Bucket", 1, "Key", 2),
    ("s3", "Bucket", "copy"): Write("Bucket", key="Key", key_position=1, is_held=True),
    ("s3", "Bucket", "put_object"): Write("Bucket", key="Key", is_held=True),
    ("s3", "Bucket", "upload_file"): Write("Bucket", key="Key", key_position=1, is_held=True),
    ("s3", "Bucket", "upload_fileobj"): Write("Bucket", key="Key", key_position=0, is_held=True),
    ("s3", "Object", "copy"): Write("Bucket", is_held=True),
    ("s3", "Object", "copy_from"): Write("Bucket", is_held=True),
    ("s3", "Object", "put"): Write("Bucket", is_held=True),
    ("s3", "Object", "upload_file"): Write("Bucket", is_held=True),
    ("s3", "Object", "upload_fileobj"): Write("Bucket", is_held=True),
    ("sqs", "client", "send_message"): Write("QueueUrl"),
    ("sqs", "client", "send_message_batch"): Write("QueueUrl"),
    ("sqs", "Queue", "send_message"): Write("QueueUrl", is_held=True),
    ("sqs", "Queue", "send_messages"): Write("QueueUrl", is_held=True),
    ("sns", "client", "publish"): Write("TopicArn"),
    ("sns", "client", "publish_batch"): Write("TopicArn"),
    ("sns", "Topic", "publish"): Write("TopicArn", is_held=True),
    ("dynamodb", "client", "put_item"): Write("TableName"),
    ("dynamodb", "client", "update_item"): Write("TableName"),
    ("dynamodb", "Table", "put_item"): Write("TableName", is_held=True),
    ("dynamodb", "Table", "update_item"): Write("TableName", is_held=True),
    ("kinesis", "client", "put_record"): Write("StreamName"),
    ("kinesis", "client", "put_records"): Write("StreamName"),
}
"""Service, kind (or the part of a resource) and method -> what it writes to."""

BUCKET_PARTS = frozenset(
    {("Bucket(0)",), ("Bucket(name)",), ("Object(0)",), ("Object(bucket_name)",), ("ObjectSummary(0)",)}
)
"""Where a resource's part holds the name of a bucket."""

FEEDS = {
    "s3": SourceKind.S3,
    "sqs": SourceKind.SQS,
    "sns": SourceKind.SNS,
    "dynamodb": SourceKind.DYNAMODB,
    "kinesis": SourceKind.KINESIS,
}
"""Service -> the source that it is for a function."""

FILTERS = ("FilterCriteria", "FilterPolicy")
"""The settings by which a queue, a stream or a topic leaves out some of what is written to it."""

WORDS = {
    "s3": ("bucket", "object"),
    "sqs": ("queue", "message"),
    "sns": ("topic", "message"),
    "dynamodb": ("table", "item"),
    "kinesis": ("stream", "record"),
}
"""Service -> what feeds a function, and what is written there."""
