"""What operations need, what policies allow, and what patterns mean."""

from __future__ import annotations

import pytest

from lambda_lint.knowledge import iam_actions, iam_operations, iam_policies
from lambda_lint.knowledge.iam_policies import Allowed


@pytest.mark.parametrize(
    ("service", "operation", "actions"),
    [
        ("dynamodb", "put_item", ("dynamodb:PutItem",)),
        ("dynamodb", "transact_get_items", ("dynamodb:GetItem",)),
        ("s3", "list_objects_v2", ("s3:ListBucket",)),
        ("s3", "head_object", ("s3:GetObject",)),
        ("s3", "copy_object", ("s3:GetObject", "s3:PutObject")),
        ("s3", "upload_file", ("s3:PutObject",)),
        ("s3", "write_get_object_response", ("s3-object-lambda:WriteGetObjectResponse",)),
        ("lambda", "invoke", ("lambda:InvokeFunction",)),
        ("sqs", "send_message_batch", ("sqs:SendMessage",)),
        ("stepfunctions", "start_execution", ("states:StartExecution",)),
        ("iot-data", "publish", ("iot:Publish",)),
        ("apigatewaymanagementapi", "post_to_connection", ("execute-api:ManageConnections",)),
        ("cloudwatch", "put_metric_data", ("cloudwatch:PutMetricData",)),
        ("rds", "describe_db_instances", ("rds:DescribeDBInstances",)),
        ("rds", "generate_db_auth_token", ("rds-db:connect",)),
        ("sts", "get_caller_identity", ()),
        ("cognito-idp", "initiate_auth", ()),
        # Its actions are called by verbs of HTTP.
        ("apigateway", "get_rest_apis", None),
        # The request says what is needed.
        ("dynamodb", "execute_statement", None),
        ("of-the-future", "do_something", None),
    ],
)
def test_what_an_operation_needs(service: str, operation: str, actions: tuple[str, ...] | None) -> None:
    assert iam_operations.actions_of(service, operation) == actions


@pytest.mark.parametrize(
    ("service", "cls", "method", "operation"),
    [
        ("dynamodb", "Table", "put_item", "put_item"),
        ("dynamodb", "BatchWriter", "delete_item", "batch_write_item"),
        ("dynamodb", "", "batch_get_item", "batch_get_item"),
        ("s3", "Object", "put", "put_object"),
        ("s3", "Object", "upload_file", "upload_file"),
        ("s3", "Bucket", "objects.filter", "list_objects"),
        ("s3", "Bucket", "wait_until_exists", "wait:bucket_exists"),
        ("sqs", "Queue", "receive_messages", "receive_message"),
        ("sqs", "Queue", "url", None),
        ("sqs", "Queue", "colors.all", None),
        ("translate", "Text", "load", None),
    ],
)
def test_what_methods_of_resources_call(service: str, cls: str, method: str, operation: str | None) -> None:
    assert iam_operations.operation_behind(service, cls, method) == operation


def test_which_services_are_known() -> None:
    assert iam_operations.is_known_service("sqs")
    assert not iam_operations.is_known_service("of-the-future")
    assert iam_operations.prefix_of("of-the-future") == "of-the-future"


@pytest.mark.parametrize(
    ("action", "answer"),
    [
        ("dynamodb:PutItem", True),
        ("s3:GetObject", True),
        ("S3:listallmybuckets", False),
        ("cloudwatch:PutMetricData", False),
        ("of-the-future:DoSomething", None),
        # Operations, which other actions allow.
        ("s3:HeadBucket", None),
        ("bedrock:Converse", None),
        ("apigateway:GetTags", None),
        # Operations that need their own action, and another one.
        ("kms:ReEncryptFrom", True),
        ("s3:AbortMultipartUpload", True),
        ("sts:GetCallerIdentity", False),
    ],
)
def test_which_actions_take_a_resource(action: str, answer: bool | None) -> None:
    assert iam_actions.takes_resource(action) is answer


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("*", "s3:GetObject", True),
        ("s3:*", "s3:GetObject", True),
        ("s3:get*", "s3:GetObject", True),
        ("s3:Get?bject", "s3:GetObject", True),
        ("s3:Get**t", "s3:GetObject", True),
        ("s3:Get", "s3:GetObject", False),
        ("s3:Get.bject", "s3:GetObject", False),
        ("dynamodb:*Item", "dynamodb:BatchWriteItem", True),
        ("s3:GetObject", "S3:getobject", True),
        ("s3:Get?", "s3:GetObject", False),
        ("a*a", "a", False),
        ("*b?*d", "abcd", True),
        ("*b?d", "abcd", True),
        ("*?*x*d", "abcd", False),
        ("a*x?*d", "abcd", False),
        ("b*c?x*d", "abcd", False),
        ("table/a*", "table/a/index/b\nc", True),
        (f"{'*a' * 12}b", "a" * 60, False),
    ],
)
def test_what_a_pattern_means(pattern: str, text: str, answer: bool) -> None:
    assert iam_actions.matches(pattern, text) is answer


def test_patterns_of_whole_services() -> None:
    assert all(map(iam_actions.is_whole_service, ("*", "s3:*", "*:*")))
    assert not any(map(iam_actions.is_whole_service, ("s3:Get*", "s3:GetObject")))


def test_what_policies_of_aws_allow() -> None:
    whole = iam_policies.managed("arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole")
    assert whole == iam_policies.managed("service-role/AWSLambdaSQSQueueExecutionRole")
    assert whole is not None
    assert "sqs:ReceiveMessage" in whole[0].actions
    assert whole[0].resources == ("*",)
    assert iam_policies.managed("OurOwnPolicy") is None
    assert iam_policies.managed("SOURCE") is None


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ("AdministratorAccess", True),
        ("PowerUserAccess", True),
        ("arn:aws-cn:iam::aws:policy/AmazonDynamoDBFullAccess_v2", True),
        ("AWSLambda_FullAccess", True),
        ("service-role/AWSLambdaBasicExecutionRole", False),
        ("AmazonS3ReadOnlyAccess", False),
        ("arn:aws:iam::123456789012:policy/OrdersFullAccess", False),
    ],
)
def test_which_policies_allow_everything(policy: str, answer: bool) -> None:
    assert iam_policies.is_full_access(policy) is answer


def test_what_policy_templates_allow() -> None:
    (allowed,) = iam_policies.template("SQSSendMessagePolicy", {"QueueName": "${Orders.QueueName}"}) or ()
    queue = "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Orders.QueueName}"
    assert allowed == Allowed(("sqs:SendMessage*",), (queue,), is_conditional=False)
    (unnamed,) = iam_policies.template("SQSSendMessagePolicy", {}) or ()
    assert unnamed.resources[0].endswith(":${}")
    rotation = iam_policies.template("AWSSecretsManagerRotationPolicy", {"FunctionName": "f"}) or ()
    assert [each.is_conditional for each in rotation] == [True, False]
    assert iam_policies.template("OurPolicy", {}) is None
