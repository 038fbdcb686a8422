"""How Terraform's resources are called in CloudFormation, and their arguments where the names differ.

From the documentation of the provider `hashicorp/aws`, 2026-11:
https://registry.terraform.io/providers/hashicorp/aws/latest/docs. An argument that is not named here has the
same name in CloudFormation, but for its writing: `memory_size` is `MemorySize`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_PROVISIONED = "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"
_NO_BLOCKS: frozenset[str] = frozenset()
_POLICIES = frozenset({"assume_role_policy", "policy"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A type of resource."""

    type: str
    names: dict[str, str] = field(default_factory=dict)
    """What arguments and blocks are called; dots lead to what is below others."""
    lists: frozenset[str] = _NO_BLOCKS
    """Blocks of which there may be several."""
    jsons: frozenset[str] = _NO_BLOCKS
    """Arguments that are documents."""


_INVOKE_TARGETS = {"destination_arn": "Destination"}

SHAPES: dict[str, Shape] = {
    "aws_api_gateway_authorizer": Shape("AWS::ApiGateway::Authorizer"),
    "aws_api_gateway_integration": Shape(
        "AWS::ApiGateway::Method",
        {
            "timeout_milliseconds": "Integration.TimeoutInMillis",
            "type": "Integration.Type",
            "uri": "Integration.Uri",
        },
    ),
    "aws_api_gateway_rest_api": Shape("AWS::ApiGateway::RestApi", jsons=frozenset({"body"})),
    "aws_apigatewayv2_api": Shape("AWS::ApiGatewayV2::Api", jsons=frozenset({"body"})),
    "aws_apigatewayv2_authorizer": Shape("AWS::ApiGatewayV2::Authorizer"),
    "aws_apigatewayv2_integration": Shape(
        "AWS::ApiGatewayV2::Integration", {"timeout_milliseconds": "TimeoutInMillis"}
    ),
    "aws_appsync_datasource": Shape("AWS::AppSync::DataSource", {"function_arn": "LambdaFunctionArn"}),
    "aws_cloudfront_distribution": Shape(
        "AWS::CloudFront::Distribution",
        {
            "default_cache_behavior": "DistributionConfig.DefaultCacheBehavior",
            "lambda_arn": "LambdaFunctionARN",
            "ordered_cache_behavior": "DistributionConfig.CacheBehaviors",
        },
        frozenset({"lambda_function_association", "ordered_cache_behavior"}),
    ),
    "aws_cloudwatch_event_rule": Shape("AWS::Events::Rule", jsons=frozenset({"event_pattern"})),
    "aws_cloudwatch_log_group": Shape("AWS::Logs::LogGroup", {"name": "LogGroupName"}),
    "aws_cloudwatch_log_subscription_filter": Shape("AWS::Logs::SubscriptionFilter"),
    "aws_cognito_user_pool": Shape("AWS::Cognito::UserPool"),
    "aws_config_config_rule": Shape("AWS::Config::ConfigRule"),
    "aws_db_proxy": Shape("AWS::RDS::DBProxy"),
    "aws_docdb_cluster": Shape("AWS::DocDB::DBCluster"),
    "aws_dynamodb_table": Shape("AWS::DynamoDB::Table", {"name": "TableName"}, frozenset({"attribute"})),
    "aws_iam_policy": Shape(
        "AWS::IAM::ManagedPolicy", {"name": "ManagedPolicyName", "policy": "PolicyDocument"}, jsons=_POLICIES
    ),
    "aws_iam_role": Shape(
        "AWS::IAM::Role",
        {
            "assume_role_policy": "AssumeRolePolicyDocument",
            "inline_policy": "Policies",
            "name": "RoleName",
            "policy": "PolicyDocument",
        },
        frozenset({"inline_policy"}),
        _POLICIES,
    ),
    "aws_iam_role_policy": Shape(
        "AWS::IAM::Policy", {"name": "PolicyName", "policy": "PolicyDocument"}, jsons=_POLICIES
    ),
    "aws_iot_topic_rule": Shape("AWS::IoT::TopicRule", {"lambda": "TopicRulePayload.Actions.Item.Lambda"}),
    "aws_kinesis_firehose_delivery_stream": Shape(
        "AWS::KinesisFirehose::DeliveryStream", {"name": "DeliveryStreamName"}, frozenset({"processors"})
    ),
    "aws_kinesis_stream": Shape("AWS::Kinesis::Stream"),
    "aws_lambda_alias": Shape("AWS::Lambda::Alias"),
    "aws_lambda_event_source_mapping": Shape(
        "AWS::Lambda::EventSourceMapping",
        {**_INVOKE_TARGETS, "filter": "Filters"},
        frozenset({"filter", "source_access_configuration"}),
    ),
    "aws_lambda_function": Shape("AWS::Lambda::Function", {"image_uri": "Code.ImageUri"}),
    "aws_lambda_function_event_invoke_config": Shape(
        "AWS::Lambda::EventInvokeConfig", {"maximum_event_age_in_seconds": "MaximumEventAgeInSeconds"}
    ),
    "aws_lambda_function_url": Shape(
        "AWS::Lambda::Url", {"authorization_type": "AuthType", "function_name": "TargetFunctionArn"}
    ),
    "aws_lambda_layer_version": Shape("AWS::Lambda::LayerVersion"),
    "aws_lambda_permission": Shape("AWS::Lambda::Permission"),
    "aws_lambda_provisioned_concurrency_config": Shape(
        "AWS::Lambda::Alias",
        {
            "provisioned_concurrent_executions": _PROVISIONED,
            "qualifier": "Name",
        },
    ),
    "aws_lb_target_group_attachment": Shape(
        "AWS::ElasticLoadBalancingV2::TargetGroup", {"target_id": "Targets.Target.Id"}
    ),
    "aws_mq_broker": Shape("AWS::AmazonMQ::Broker"),
    "aws_msk_cluster": Shape("AWS::MSK::Cluster"),
    "aws_msk_serverless_cluster": Shape("AWS::MSK::ServerlessCluster"),
    "aws_nat_gateway": Shape("AWS::EC2::NatGateway"),
    "aws_rds_cluster": Shape("AWS::RDS::DBCluster"),
    "aws_db_instance": Shape("AWS::RDS::DBInstance"),
    "aws_s3_bucket": Shape("AWS::S3::Bucket", {"bucket": "BucketName"}),
    "aws_s3_bucket_notification": Shape(
        "Custom::S3BucketNotifications",
        {
            "bucket": "BucketName",
            "lambda_function": "NotificationConfiguration.LambdaFunctionConfigurations",
        },
        frozenset({"lambda_function", "queue", "topic"}),
    ),
    "aws_scheduler_schedule": Shape("AWS::Scheduler::Schedule"),
    "aws_secretsmanager_secret": Shape("AWS::SecretsManager::Secret"),
    "aws_secretsmanager_secret_rotation": Shape(
        "AWS::SecretsManager::RotationSchedule", {"rotation_lambda_arn": "RotationLambdaARN"}
    ),
    "aws_sfn_state_machine": Shape(
        "AWS::StepFunctions::StateMachine", {"definition": "DefinitionString", "name": "StateMachineName"}
    ),
    "aws_sns_topic": Shape("AWS::SNS::Topic", {"name": "TopicName"}),
    "aws_sns_topic_subscription": Shape("AWS::SNS::Subscription"),
    "aws_sqs_queue": Shape(
        "AWS::SQS::Queue",
        {"name": "QueueName", "visibility_timeout_seconds": "VisibilityTimeout"},
        jsons=frozenset({"redrive_policy"}),
    ),
    "aws_vpc_endpoint": Shape("AWS::EC2::VPCEndpoint"),
}
"""The resources that matter to functions. Others are only named by type."""

ATTACHMENTS = frozenset({"aws_iam_policy_attachment", "aws_iam_role_policy_attachment"})
EVENT_TARGET = "aws_cloudwatch_event_target"
OBJECTS = frozenset({"aws_s3_bucket_object", "aws_s3_object"})
ARCHIVE = "archive_file"
_LOOKED_INTO = {
    "resource": frozenset({*SHAPES, *ATTACHMENTS, *OBJECTS, EVENT_TARGET, ARCHIVE}),
    "data": frozenset({"aws_iam_policy_document", ARCHIVE}),
}


def looked_into(type_: str, labels: tuple[str, ...]) -> bool:
    """Whether it matters what a block of a file says, beside that it is there."""
    return type_ not in _LOOKED_INTO or not labels or labels[0] in _LOOKED_INTO[type_]


STATEMENT = {
    "actions": "Action",
    "not_actions": "NotAction",
    "not_resources": "NotResource",
    "resources": "Resource",
    "principals": "Principal",
}
INHERITING = frozenset(
    {"override_json", "override_policy_documents", "source_json", "source_policy_documents"}
)
"""Arguments by which a document takes over the statements of others."""
