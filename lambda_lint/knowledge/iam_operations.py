"""Which IAM actions the operations of the SDK need.

Most operations need the action of their own name: `dynamodb.put_item` needs `dynamodb:PutItem`. The table
`iam_operations.json` says, for each service, the prefix of its actions, which names are spelled in an unusual
way, which operations need no permission, and of which it is not known what they need. It is written by
`tests/generate_iam_tables.py`, and so is `sdk_resources.json`, which says what methods of resources call.

Source: the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html), the API reference of each
service, and for S3 https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html;
as of 2026-11.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from lambda_lint.knowledge.tables import names_in, part_of

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html"

RENAMED = {
    "apigatewaymanagementapi": "execute-api",
    "cloudcontrol": "cloudformation",
    "cloudwatch": "cloudwatch",
    "dynamodbstreams": "dynamodb",
    "iot-data": "iot",
    "resourcegroupstaggingapi": "tag",
}
"""Services whose actions have a prefix that their model does not tell."""

BY_HAND: dict[str, dict[str, str]] = {
    "apigatewaymanagementapi": {
        "delete_connection": "ManageConnections",
        "get_connection": "ManageConnections",
        "post_to_connection": "ManageConnections",
    },
    "bedrock-runtime": {
        "converse": "InvokeModel",
        "converse_stream": "InvokeModelWithResponseStream",
        "invoke_model_with_bidirectional_stream": "InvokeModelWithResponseStream",
        "start_async_invoke": "InvokeModel",
    },
    "bedrock-agent-runtime": {"retrieve_and_generate_stream": "RetrieveAndGenerate"},
    "dynamodb": {
        "batch_execute_statement": "",
        "execute_statement": "",
        "execute_transaction": "",
        "transact_get_items": "GetItem",
        "transact_write_items": "",
    },
    "dsql": {
        "generate_db_connect_admin_auth_token": "DbConnectAdmin",
        "generate_db_connect_auth_token": "DbConnect",
    },
    "kms": {"re_encrypt": "ReEncryptFrom ReEncryptTo"},
    "lambda": {"invoke": "InvokeFunction", "invoke_with_response_stream": "InvokeFunction"},
    "rds": {"generate_db_auth_token": "rds-db:connect"},
    "s3": {
        "abort_multipart_upload": "AbortMultipartUpload",
        "complete_multipart_upload": "PutObject",
        "copy": "GetObject PutObject",
        "copy_object": "GetObject PutObject",
        "create_multipart_upload": "PutObject",
        "delete_bucket_cors": "PutBucketCORS",
        "delete_bucket_encryption": "PutEncryptionConfiguration",
        "delete_bucket_lifecycle": "PutLifecycleConfiguration",
        "delete_bucket_ownership_controls": "PutBucketOwnershipControls",
        "delete_bucket_replication": "PutReplicationConfiguration",
        "delete_bucket_tagging": "PutBucketTagging",
        "delete_objects": "DeleteObject",
        "delete_public_access_block": "PutBucketPublicAccessBlock",
        "download_file": "GetObject",
        "download_fileobj": "GetObject",
        "get_bucket_accelerate_configuration": "GetAccelerateConfiguration",
        "get_bucket_encryption": "GetEncryptionConfiguration",
        "get_bucket_lifecycle": "GetLifecycleConfiguration",
        "get_bucket_lifecycle_configuration": "GetLifecycleConfiguration",
        "get_bucket_notification_configuration": "GetBucketNotification",
        "get_bucket_replication": "GetReplicationConfiguration",
        "get_object_lock_configuration": "GetBucketObjectLockConfiguration",
        "get_public_access_block": "GetBucketPublicAccessBlock",
        "head_bucket": "ListBucket",
        "head_object": "GetObject",
        "list_buckets": "ListAllMyBuckets",
        "list_multipart_uploads": "ListBucketMultipartUploads",
        "list_object_versions": "ListBucketVersions",
        "list_objects": "ListBucket",
        "list_objects_v2": "ListBucket",
        "list_parts": "ListMultipartUploadParts",
        "put_bucket_accelerate_configuration": "PutAccelerateConfiguration",
        "put_bucket_encryption": "PutEncryptionConfiguration",
        "put_bucket_lifecycle": "PutLifecycleConfiguration",
        "put_bucket_lifecycle_configuration": "PutLifecycleConfiguration",
        "put_bucket_notification_configuration": "PutBucketNotification",
        "put_bucket_replication": "PutReplicationConfiguration",
        "put_object_lock_configuration": "PutBucketObjectLockConfiguration",
        "put_public_access_block": "PutBucketPublicAccessBlock",
        "select_object_content": "GetObject",
        "upload_file": "PutObject",
        "upload_fileobj": "PutObject",
        "upload_part": "PutObject",
        "upload_part_copy": "GetObject PutObject",
        "write_get_object_response": "s3-object-lambda:WriteGetObjectResponse",
    },
    "sesv2": {"send_email": "", "send_bulk_email": ""},
    "sns": {"publish_batch": "Publish"},
    "sqs": {
        "change_message_visibility_batch": "ChangeMessageVisibility",
        "delete_message_batch": "DeleteMessage",
        "send_message_batch": "SendMessage",
    },
    "sts": {"get_caller_identity": ""},
}
"""Service and operation -> the actions that it needs, without the service's own prefix.

Nothing means that no action is needed (`sts.get_caller_identity`), or that what is needed depends on what is
in the request: see `DEPENDS`.
"""

DEPENDS = frozenset(
    {
        ("dynamodb", "batch_execute_statement"),
        ("dynamodb", "execute_statement"),
        ("dynamodb", "execute_transaction"),
        ("dynamodb", "transact_write_items"),
        ("s3", "copy"),
        ("sesv2", "send_bulk_email"),
        ("sesv2", "send_email"),
    }
)
"""Operations of which the request tells what they need: the verbs of a statement, the parts of a transaction,
a raw message or a simple one."""

PARTIQL = {
    "delete": "PartiQLDelete",
    "exists": "PartiQLSelect",
    "insert": "PartiQLInsert",
    "select": "PartiQLSelect",
    "update": "PartiQLUpdate",
}
"""How a statement of PartiQL begins -> what it needs
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html)."""

TRANSACTION = {
    "ConditionCheck": "ConditionCheckItem",
    "Delete": "DeleteItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
}
"""Parts of `TransactItems` -> what they need
(https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html)."""

INJECTED = {
    ("dynamodb", "BatchWriter", "delete_item"): "batch_write_item",
    ("dynamodb", "BatchWriter", "put_item"): "batch_write_item",
    ("ec2", "", "create_tags"): "create_tags",
    ("ec2", "Instance", "delete_tags"): "delete_tags",
    ("s3", "Bucket", "copy"): "copy",
    ("s3", "Bucket", "download_file"): "download_file",
    ("s3", "Bucket", "download_fileobj"): "download_fileobj",
    ("s3", "Bucket", "upload_file"): "upload_file",
    ("s3", "Bucket", "upload_fileobj"): "upload_fileobj",
    ("s3", "Object", "copy"): "copy",
    ("s3", "Object", "download_file"): "download_file",
    ("s3", "Object", "download_fileobj"): "download_fileobj",
    ("s3", "Object", "upload_file"): "upload_file",
    ("s3", "Object", "upload_fileobj"): "upload_fileobj",
    ("s3", "Bucket", "load"): "list_buckets",
}
"""Methods of resources that are not in boto3's models -> what they call
(https://boto3.amazonaws.com/v1/documentation/api/latest/guide/resources.html)."""

PRESIGNED = {"generate_presigned_post": "put_object", "generate_presigned_url": None}
"""Methods of clients that make a URL -> the operation that it is for; None if they are told."""

LOCAL = frozenset(
    {
        "can_paginate",
        "close",
        "exceptions",
        "get_available_subresources",
        "get_paginator",
        "get_waiter",
        "meta",
        "waiter_names",
    }
)
"""Methods of clients and resources that send nothing."""


def plain_name(operation: str) -> str:
    """`ListObjectsV2` of `list_objects_v2`: how most operations are called."""
    return "".join(word[:1].upper() + word[1:] for word in operation.split("_"))


def is_known_service(service: str) -> bool:
    """Whether anything is known of what the service's operations need."""
    return bool(part_of("iam_operations", service))


def prefix_of(service: str) -> str:
    """What the service's actions begin with, such as `states` of `stepfunctions`."""
    return str(part_of("iam_operations", service).get("prefix", service))


def actions_of(service: str, operation: str) -> tuple[str, ...] | None:
    """The actions that every request for an operation of a client needs; None if that is not known.

    Empty if none is needed. For what depends on the request, see `DEPENDS`.
    """
    known = part_of("iam_operations", service)
    if not known or (service, operation) in DEPENDS:
        return None
    by_hand = actions_by_hand(service, operation)
    if by_hand is not None:
        return by_hand
    if operation in _words(service, "free"):
        return ()
    if operation in _words(service, "unknown"):
        return None
    return (action_of(service, _spelled(service).get(operation.replace("_", ""), plain_name(operation))),)


def actions_by_hand(service: str, operation: str) -> tuple[str, ...] | None:
    """What `BY_HAND` says, with whole names."""
    found = BY_HAND.get(service, {}).get(operation)
    return None if found is None else tuple(action_of(service, each) for each in found.split())


def action_of(service: str, name: str) -> str:
    """The whole name of an action of a service's own; `iam:PassRole` has one already."""
    return name if ":" in name else f"{prefix_of(service)}:{name}"


@cache
def names_of_no_action(prefix: str) -> frozenset[str]:
    """Names of operations, in lower case, for which there is no action of the same name under a prefix.

    Policies name them all the same, and allow nothing by it: `s3:HeadBucket`, `bedrock:Converse`.
    """
    found: set[str] = set()
    for service in names_in("iam_operations"):
        if prefix_of(service) == prefix:
            found |= _words(service, "unknown")
            found |= {
                operation
                for operation, needed in BY_HAND.get(service, {}).items()
                if needed and plain_name(operation) not in needed.split()
            }
    return frozenset(each.replace("_", "") for each in found)


def operation_behind(service: str, cls: str, method: str) -> str | None:
    """The operation that a method of a resource calls; `cls` is empty for the service's own resource.

    `objects.filter` is a method of a collection; `wait:…` is a waiter.
    """
    injected = INJECTED.get((service, cls, method))
    if injected is not None:
        return injected
    methods: dict[str, str] = part_of("sdk_resources", service).get(cls, {})
    found = methods.get(method)
    if found is None and "." in method:
        found = methods.get(method.partition(".")[0] + ".")
    return found


@cache
def _words(service: str, kind: str) -> frozenset[str]:
    return frozenset(str(part_of("iam_operations", service).get(kind, "")).split())


@cache
def _spelled(service: str) -> dict[str, Any]:
    return {name.lower(): name for name in _words(service, "names")}
