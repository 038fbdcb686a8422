"""Which argument of an operation names the resource that a policy must allow, and how its ARN is written.

Source: the tables of resource types in the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html) and the service models of
botocore 1.44; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html"

_BY_SERVICE = """
athena: WorkGroup=workgroup/{}
batch: jobQueue=job-queue/{}
codebuild: projectName=project/{}
codepipeline: name={} pipelineName={}
cognito-idp: UserPoolId=userpool/{}
dynamodb: TableName=table/{}
ecr: repositoryName=repository/{}
ecs: taskDefinition=task-definition/{}
firehose: DeliveryStreamName=deliverystream/{}
glue: JobName=job/{}
iot-data: thingName=thing/{}
kinesis: StreamName=stream/{} StreamARN=stream/{}
lambda: FunctionName=function:{}
logs: logGroupName=log-group:{}
rekognition: CollectionId=collection/{}
s3: Bucket={}
sagemaker-runtime: EndpointName=endpoint/{}
secretsmanager: SecretId=secret:{}
sns: TopicArn={} TargetArn={}
sqs: QueueUrl={} QueueName={}
ssm: Name=parameter/{} Path=parameter/{}
stepfunctions: stateMachineArn=stateMachine:{}
"""


def _parameters() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _BY_SERVICE.strip().splitlines():
        service, _, pairs = line.partition(": ")
        found[service] = dict(pair.split("=", 1) for pair in pairs.split())
    return found


PARAMETERS = _parameters()
"""Service -> argument that names the resource -> the last part of its ARN; the first that is given counts."""

EVENT_BUS = "event-bus/{}"
DEFAULT_EVENT_BUS = "default"
"""What `events.put_events` names in each entry, and where an entry goes that names none."""

GLOBAL = frozenset({"s3"})
"""Prefixes whose ARNs have neither region nor account."""

POLICY_TYPES = {
    "s3": frozenset({"AWS::S3::BucketPolicy", "aws_s3_bucket_policy"}),
    "secretsmanager": frozenset({"AWS::SecretsManager::ResourcePolicy", "aws_secretsmanager_secret_policy"}),
    "sns": frozenset({"AWS::SNS::TopicPolicy", "AWS::SNS::TopicInlinePolicy", "aws_sns_topic_policy"}),
    "sqs": frozenset({"AWS::SQS::QueuePolicy", "AWS::SQS::QueueInlinePolicy", "aws_sqs_queue_policy"}),
}
"""Prefix -> resources of a template that may allow a function something from the other side
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)."""

WITH_OWN_POLICY = frozenset({"kms", "sts"})
"""Prefixes of which each resource has a policy of its own that may allow it: keys, and roles to assume."""

OF_INITIATOR = frozenset({"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"})
"""Actions that who began something may do without being allowed to
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions)."""

PLAIN_TYPES = {
    "AWS::DynamoDB::GlobalTable": "dynamodb",
    "AWS::DynamoDB::Table": "dynamodb",
    "AWS::Events::EventBus": "events",
    "AWS::Kinesis::Stream": "kinesis",
    "AWS::KinesisFirehose::DeliveryStream": "firehose",
    "AWS::Lambda::Function": "lambda",
    "AWS::Logs::LogGroup": "logs",
    "AWS::S3::Bucket": "s3",
    "AWS::SNS::Topic": "sns",
    "AWS::SQS::Queue": "sqs",
    "AWS::SSM::Parameter": "ssm",
    "AWS::SecretsManager::Secret": "secretsmanager",
    "AWS::Serverless::Function": "lambda",
    "AWS::Serverless::SimpleTable": "dynamodb",
    "AWS::Serverless::StateMachine": "states",
    "AWS::StepFunctions::StateMachine": "states",
}
"""Resources of templates whose ARN means themselves -> the prefix of the actions on them."""

NAME_ATTRIBUTES = {
    "AWS::SNS::Topic": ".TopicName",
    "AWS::SQS::Queue": ".QueueName",
    "AWS::Serverless::StateMachine": ".Name",
    "AWS::StepFunctions::StateMachine": ".Name",
}
"""Resources of which a reference is not the name -> the attribute that is."""

WITH_VERSION = {
    ("s3", "delete_object"): "DeleteObjectVersion",
    ("s3", "get_object"): "GetObjectVersion",
    ("s3", "get_object_acl"): "GetObjectVersionAcl",
    ("s3", "get_object_tagging"): "GetObjectVersionTagging",
    ("s3", "head_object"): "GetObjectVersion",
}
VERSION = "VersionId"
"""Operations that need another action if a version is asked for."""

INDEX = "IndexName"
"""The argument of `query` and `scan` that makes the index the resource, and not the table."""

ALSO = {
    ("ecs", "run_task", ""): "iam:PassRole",
    ("events", "put_targets", "RoleArn"): "iam:PassRole",
    ("glue", "create_job", ""): "iam:PassRole",
    ("lambda", "create_function", ""): "iam:PassRole",
    ("s3", "put_object", "ACL"): "s3:PutObjectAcl",
    ("s3", "put_object", "Tagging"): "s3:PutObjectTagging",
    ("scheduler", "create_schedule", ""): "iam:PassRole",
    ("scheduler", "update_schedule", ""): "iam:PassRole",
    ("stepfunctions", "create_state_machine", ""): "iam:PassRole",
}
"""Operation and an argument of it (or none) -> what is needed besides, and not always."""

CONSTRUCTORS = {
    ("dynamodb", "Table"): ("name", "TableName"),
    ("s3", "Bucket"): ("name", "Bucket"),
    ("s3", "BucketNotification"): ("bucket_name", "Bucket"),
    ("s3", "Object"): ("bucket_name", "Bucket"),
    ("s3", "ObjectSummary"): ("bucket_name", "Bucket"),
    ("sns", "Topic"): ("arn", "TopicArn"),
    ("sqs", "Queue"): ("url", "QueueUrl"),
}
"""Service and class of a boto3 resource -> its first parameter, and the argument that it stands for."""

CREDENTIALS = frozenset(
    {"aws_access_key_id", "aws_secret_access_key", "aws_session_token", "botocore_session", "profile_name"}
)
"""Arguments of clients, resources and sessions by which they act as another than the function's role."""

ENDPOINT = "endpoint_url"
OWN_ENDPOINTS = frozenset({"apigatewaymanagementapi", "iot-data", "mediaconvert"})
"""Services that are only reached at an endpoint that the code gives; of all others it is somebody else's."""

LIBRARIES: dict[str, tuple[str, tuple[str, ...], int | None, str]] = {
    "aws_lambda_powertools.utilities.idempotency.DynamoDBPersistenceLayer": (
        "dynamodb",
        ("get_item", "put_item", "update_item", "delete_item"),
        0,
        "table_name",
    ),
    "aws_lambda_powertools.utilities.parameters.get_parameter": ("ssm", ("get_parameter",), 0, "name"),
    "aws_lambda_powertools.utilities.parameters.get_parameters": (
        "ssm",
        ("get_parameters_by_path",),
        0,
        "path",
    ),
    "aws_lambda_powertools.utilities.parameters.get_secret": (
        "secretsmanager",
        ("get_secret_value",),
        0,
        "name",
    ),
}
"""Callables of other packages that call an operation -> service, operations, and the argument that names the
resource
(https://docs.aws.amazon.com/powertools/python/latest/utilities/parameters/#iam-permissions)."""
