"""What the constructs of the CDK are in CloudFormation.

From the reference of `aws-cdk-lib` 2, 2026-11: https://docs.aws.amazon.com/cdk/api/v2/. Properties that are
not named here do not matter.
"""

from __future__ import annotations

FUNCTIONS = frozenset(
    {
        "aws_lambda.DockerImageFunction",
        "aws_lambda.Function",
        "aws_lambda.SingletonFunction",
        "aws_lambda_python.PythonFunction",
        "aws_lambda_python_alpha.PythonFunction",
    }
)

FUNCTION_NAMES = {
    "architecture": "Architectures",
    "dead_letter_queue": "DeadLetterConfig.TargetArn",
    "dead_letter_queue_enabled": "DeadLetterConfig.TargetArn",
    "dead_letter_topic": "DeadLetterConfig.TargetArn",
    "environment": "Environment.Variables",
    "ephemeral_storage_size": "EphemeralStorage.Size",
    "function_name": "FunctionName",
    "handler": "Handler",
    "layers": "Layers",
    "log_group": "LoggingConfig.LogGroup",
    "memory_size": "MemorySize",
    "reserved_concurrent_executions": "ReservedConcurrentExecutions",
    "runtime": "Runtime",
    "snap_start": "SnapStart.ApplyOn",
    "timeout": "Timeout",
    "tracing": "TracingConfig.Mode",
    "vpc": "VpcConfig",
}
DELIVERY_NAMES = {
    "max_event_age": "MaximumEventAgeInSeconds",
    "on_failure": "DestinationConfig.OnFailure.Destination",
    "on_success": "DestinationConfig.OnSuccess.Destination",
    "retry_attempts": "MaximumRetryAttempts",
}

RETENTION = {
    "ONE_DAY": 1,
    "THREE_DAYS": 3,
    "FIVE_DAYS": 5,
    "ONE_WEEK": 7,
    "TWO_WEEKS": 14,
    "ONE_MONTH": 30,
    "TWO_MONTHS": 60,
    "THREE_MONTHS": 90,
    "FOUR_MONTHS": 120,
    "FIVE_MONTHS": 150,
    "SIX_MONTHS": 180,
    "ONE_YEAR": 365,
    "THIRTEEN_MONTHS": 400,
    "EIGHTEEN_MONTHS": 545,
    "TWO_YEARS": 731,
    "THREE_YEARS": 1096,
    "FIVE_YEARS": 1827,
    "SIX_YEARS": 2192,
    "SEVEN_YEARS": 2557,
    "EIGHT_YEARS": 2922,
    "NINE_YEARS": 3288,
    "TEN_YEARS": 3653,
}
"""The days of the members of `RetentionDays`; `INFINITE` is not among them."""
DEFAULT_RETENTION = "TWO_YEARS"
"""Of a log group that says nothing."""

RESOURCES: dict[str, tuple[str, dict[str, str]]] = {
    "aws_dynamodb.Table": ("AWS::DynamoDB::Table", {"table_name": "TableName"}),
    "aws_dynamodb.TableV2": ("AWS::DynamoDB::GlobalTable", {"table_name": "TableName"}),
    "aws_kinesis.Stream": ("AWS::Kinesis::Stream", {"stream_name": "Name"}),
    "aws_lambda.LayerVersion": ("AWS::Lambda::LayerVersion", {}),
    "aws_lambda_python.PythonLayerVersion": ("AWS::Lambda::LayerVersion", {}),
    "aws_lambda_python_alpha.PythonLayerVersion": ("AWS::Lambda::LayerVersion", {}),
    "aws_logs.LogGroup": (
        "AWS::Logs::LogGroup",
        {"log_group_name": "LogGroupName", "retention": "RetentionInDays"},
    ),
    "aws_s3.Bucket": ("AWS::S3::Bucket", {"bucket_name": "BucketName"}),
    "aws_sns.Topic": ("AWS::SNS::Topic", {"topic_name": "TopicName"}),
    "aws_sqs.Queue": (
        "AWS::SQS::Queue",
        {
            "dead_letter_queue": "RedrivePolicy",
            "fifo": "FifoQueue",
            "queue_name": "QueueName",
            "visibility_timeout": "VisibilityTimeout",
        },
    ),
}
"""Type and properties of what feeds functions; other properties do not matter."""


POLLED = {
    "DynamoEventSource": "dynamodb",
    "KinesisConsumerEventSource": "kinesis",
    "KinesisEventSource": "kinesis",
    "ManagedKafkaEventSource": "kafka",
    "SqsEventSource": "sqs",
}
"""The classes of `aws_lambda_event_sources`, and the service in the ARN of what Lambda reads."""
FEEDERS = ("bucket", "queue", "stream", "table", "topic")
"""What their first argument is called: that which feeds the function."""
POLLED_NAMES = {
    "batch_size": "BatchSize",
    "bisect_batch_on_error": "BisectBatchOnFunctionError",
    "enabled": "Enabled",
    "filters": "FilterCriteria.Filters",
    "max_batching_window": "MaximumBatchingWindowInSeconds",
    "max_concurrency": "ScalingConfig.MaximumConcurrency",
    "max_record_age": "MaximumRecordAgeInSeconds",
    "on_failure": "DestinationConfig.OnFailure.Destination",
    "parallelization_factor": "ParallelizationFactor",
    "report_batch_item_failures": "FunctionResponseTypes",
    "retry_attempts": "MaximumRetryAttempts",
    "starting_position": "StartingPosition",
}

BUCKET_EVENTS = "Custom::S3BucketNotifications"
IOT_RULE, IOT_ACTION = "AWS::IoT::TopicRule", "TopicRulePayload.Actions.Item.Lambda.FunctionArn"
ROTATION = "AWS::SecretsManager::RotationSchedule"

USERS: dict[str, tuple[str, str]] = {
    "CustomResource": ("AWS::CloudFormation::CustomResource", "ServiceToken"),
    "aws_apigateway.LambdaIntegration": ("AWS::ApiGateway::Method", "Integration.Uri"),
    "aws_apigateway.LambdaRestApi": ("AWS::ApiGateway::Method", "Integration.Uri"),
    "aws_apigateway.RequestAuthorizer": ("AWS::ApiGateway::Authorizer", "AuthorizerUri"),
    "aws_apigateway.TokenAuthorizer": ("AWS::ApiGateway::Authorizer", "AuthorizerUri"),
    "aws_apigatewayv2_authorizers.HttpLambdaAuthorizer": ("AWS::ApiGatewayV2::Authorizer", "AuthorizerUri"),
    "aws_apigatewayv2_integrations.HttpLambdaIntegration": (
        "AWS::Serverless::HttpApi",
        "DefinitionBody.paths.x-amazon-apigateway-integration.uri",
    ),
    "aws_apigatewayv2_integrations.WebSocketLambdaIntegration": (
        "AWS::Serverless::WebSocketApi",
        "Routes.Route.FunctionArn",
    ),
    "aws_elasticloadbalancingv2_targets.LambdaTarget": (
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "Targets.Target.Id",
    ),
    "aws_iot_actions.LambdaFunctionAction": (IOT_RULE, IOT_ACTION),
    "aws_iot_actions_alpha.LambdaFunctionAction": (IOT_RULE, IOT_ACTION),
    "aws_lambda_event_sources.ApiEventSource": ("AWS::ApiGateway::Method", "Integration.Uri"),
    "aws_logs_destinations.LambdaDestination": ("AWS::Logs::SubscriptionFilter", "DestinationArn"),
    "aws_s3_notifications.LambdaDestination": (
        BUCKET_EVENTS,
        "NotificationConfiguration.LambdaFunctionConfigurations.Configuration.LambdaFunctionArn",
    ),
    "aws_scheduler_targets.LambdaInvoke": ("AWS::Scheduler::Schedule", "Target.Arn"),
    "aws_sns_subscriptions.LambdaSubscription": ("AWS::SNS::Subscription", "Endpoint"),
    "aws_secretsmanager.RotationSchedule": (ROTATION, "RotationLambdaARN"),
    "aws_stepfunctions_tasks.LambdaInvoke": ("AWS::StepFunctions::StateMachine", "Definition"),
    "custom_resources.Provider": ("AWS::CloudFormation::CustomResource", "ServiceToken"),
}
"""Classes that take a function: what they make of it, and where it stands in that."""

ATTRIBUTES = {
    "bucket_arn": "Arn",
    "bucket_name": "",
    "function_arn": "Arn",
    "function_name": "",
    "queue_arn": "Arn",
    "queue_name": "QueueName",
    "queue_url": "",
    "stream_arn": "Arn",
    "stream_name": "",
    "table_arn": "Arn",
    "table_name": "",
    "table_stream_arn": "StreamArn",
    "topic_arn": "",
    "topic_name": "TopicName",
}
"""What constructs say of themselves: the attributes of the resources; empty for what `Ref` gives."""
