"""Operations on one thing that have a twin for many, and how many the twin takes.

The models of the SDK hold the limits of some twins only, and say of none which operation it replaces; so this
table is made by hand. `tests/knowledge/test_operations.py` compares it with the models where they speak.

Source: the API references of the services, such as
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html (10 messages,
1 MiB in all), https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html (10 messages, 256 KiB) and
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html (25 puts or deletes);
as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"


@dataclass(frozen=True, slots=True)
class Twin:
    """How many calls of an operation become few."""

    batch: str
    """What to call instead."""
    limit: int
    """How many things a call of it takes at most."""
    things: str
    """What they are, in the plural."""
    target: tuple[str, ...] = ()
    """The arguments that must be the same for all things of a batch, such as the queue's URL."""
    conditions: tuple[str, ...] = ()
    """The arguments that no batch has: with one of them, the operation has no twin."""
    entries: str | None = None
    """The argument of an operation that takes several anyway, if it is its own twin."""
    is_read: bool = False
    """Whether it is called for what it answers."""
    is_method_of_thing: bool = False
    """Whether it is a method of the thing itself: `message.delete()`."""


CONDITIONAL = ("ConditionExpression", "Expected", "ConditionalOperator", "ReturnValues")
OBJECT_CONDITIONS = ("IfMatch", "IfMatchLastModifiedTime", "IfMatchSize", "MFA")

TWINS = {
    ("dynamodb", "put_item"): Twin("batch_write_item", 25, "items", (), CONDITIONAL),
    ("dynamodb", "delete_item"): Twin("batch_write_item", 25, "items", (), CONDITIONAL),
    ("dynamodb", "get_item"): Twin("batch_get_item", 100, "items", is_read=True),
    ("events", "put_events"): Twin("put_events", 10, "events", entries="Entries"),
    ("firehose", "put_record"): Twin("put_record_batch", 500, "records", ("DeliveryStreamName",)),
    ("kinesis", "put_record"): Twin(
        "put_records", 500, "records", ("StreamName", "StreamARN"), ("SequenceNumberForOrdering",)
    ),
    ("cloudwatch", "put_metric_data"): Twin(
        "put_metric_data", 1000, "metrics", ("Namespace",), entries="MetricData"
    ),
    ("s3", "delete_object"): Twin("delete_objects", 1000, "objects", ("Bucket",), OBJECT_CONDITIONS),
    ("secretsmanager", "get_secret_value"): Twin(
        "batch_get_secret_value", 20, "secrets", (), ("VersionId", "VersionStage"), is_read=True
    ),
    ("sns", "publish"): Twin("publish_batch", 10, "messages", ("TopicArn",), ("PhoneNumber", "TargetArn")),
    ("sqs", "send_message"): Twin("send_message_batch", 10, "messages", ("QueueUrl",)),
    ("sqs", "delete_message"): Twin("delete_message_batch", 10, "messages", ("QueueUrl",)),
    ("sqs", "change_message_visibility"): Twin(
        "change_message_visibility_batch", 10, "messages", ("QueueUrl",)
    ),
    ("ssm", "get_parameter"): Twin("get_parameters", 10, "parameters", is_read=True),
}
"""Service and operation of a client -> its twin."""

TABLE_TWINS = {
    "put_item": Twin("batch_writer", 25, "items", (), CONDITIONAL),
    "delete_item": Twin("batch_writer", 25, "items", (), CONDITIONAL),
    "get_item": Twin("batch_get_item", 100, "items", is_read=True),
}
PART_TWINS = {
    ("dynamodb", "Table"): TABLE_TWINS,
    ("sqs", "Queue"): {"send_message": Twin("send_messages", 10, "messages")},
    ("sqs", "Message"): {"delete": Twin("delete_messages", 10, "messages", is_method_of_thing=True)},
    ("sns", "Topic"): {"publish": Twin("publish_batch", 10, "messages", (), ("PhoneNumber", "TargetArn"))},
    ("s3", "Object"): {
        "delete": Twin("delete_objects", 1000, "objects", (), OBJECT_CONDITIONS, is_method_of_thing=True)
    },
}
"""Service and class of a resource -> method -> its twin."""

PART_BATCHES = {
    ("s3", "Bucket", "delete_objects"): "delete_objects",
    ("sqs", "Queue", "send_messages"): "send_message_batch",
    ("sqs", "Queue", "delete_messages"): "delete_message_batch",
    ("sqs", "Queue", "change_message_visibility_batch"): "change_message_visibility_batch",
}
"""Service, class of a resource and method -> the client's operation on a batch that it calls."""
