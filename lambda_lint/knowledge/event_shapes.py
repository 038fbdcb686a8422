"""How events look, so that a handler's source can be told from the keys that it reads.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html (the event of each service), and
the Powertools for AWS Lambda (Python) 3 documentation for resolvers and data classes; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html"

SHAPES: tuple[tuple[frozenset[str], SourceKind], ...] = (
    (frozenset({"RequestType", "ResourceProperties"}), SourceKind.CUSTOM_RESOURCE),
    (frozenset({"RequestType", "ResponseURL"}), SourceKind.CUSTOM_RESOURCE),
    (frozenset({"RequestType", "PhysicalResourceId"}), SourceKind.CUSTOM_RESOURCE),
    (frozenset({"SecretId", "ClientRequestToken", "Step"}), SourceKind.SECRET_ROTATION),
    (frozenset({"invocationSchemaVersion"}), SourceKind.S3_BATCH),
    (frozenset({"invocationId", "tasks"}), SourceKind.S3_BATCH),
    (frozenset({"Records", "s3"}), SourceKind.S3),
    (frozenset({"Records", "Sns"}), SourceKind.SNS),
    (frozenset({"Records", "kinesis"}), SourceKind.KINESIS),
    (frozenset({"Records", "dynamodb"}), SourceKind.DYNAMODB),
    (frozenset({"Records", "ses"}), SourceKind.SES),
    (frozenset({"Records", "cf"}), SourceKind.EDGE),
    (frozenset({"Records", "body"}), SourceKind.SQS),
    (frozenset({"Records", "receiptHandle"}), SourceKind.SQS),
    (frozenset({"Records", "messageId"}), SourceKind.SQS),
    (frozenset({"records", "recordId"}), SourceKind.FIREHOSE),
    (frozenset({"eventSource", "bootstrapServers"}), SourceKind.KAFKA),
    (frozenset({"records", "topic", "offset"}), SourceKind.KAFKA),
    (frozenset({"rmqMessagesByQueue"}), SourceKind.MQ),
    (frozenset({"awslogs"}), SourceKind.CLOUDWATCH_LOGS),
    (frozenset({"CodePipeline.job"}), SourceKind.CODEPIPELINE),
    (frozenset({"authorizationToken"}), SourceKind.AUTHORIZER),
    (frozenset({"methodArn"}), SourceKind.AUTHORIZER),
    (frozenset({"routeArn"}), SourceKind.AUTHORIZER),
    (frozenset({"triggerSource"}), SourceKind.COGNITO),
    (frozenset({"userPoolId", "userName"}), SourceKind.COGNITO),
    (frozenset({"invokingEvent"}), SourceKind.CONFIG),
    (frozenset({"currentIntent"}), SourceKind.LEX),
    (frozenset({"sessionState", "intent"}), SourceKind.LEX),
    (frozenset({"actionGroup"}), SourceKind.BEDROCK_AGENT),
    (frozenset({"Details", "ContactData"}), SourceKind.CONNECT),
    (frozenset({"requestContext", "connectionId"}), SourceKind.WEBSOCKET),
    (frozenset({"requestContext", "elb"}), SourceKind.ALB),
    (frozenset({"rawPath"}), SourceKind.HTTP_API),
    (frozenset({"routeKey"}), SourceKind.HTTP_API),
    (frozenset({"httpMethod"}), SourceKind.API),
    (frozenset({"pathParameters"}), SourceKind.API),
    (frozenset({"queryStringParameters"}), SourceKind.API),
    (frozenset({"requestContext", "authorizer"}), SourceKind.API),
    (frozenset({"body", "headers"}), SourceKind.API),
    (frozenset({"arguments", "info"}), SourceKind.APPSYNC),
    (frozenset({"arguments", "identity"}), SourceKind.APPSYNC),
    (frozenset({"detail-type"}), SourceKind.EVENTBRIDGE),
    (frozenset({"detail"}), SourceKind.EVENTBRIDGE),
    (frozenset({"session", "request", "version"}), SourceKind.ALEXA),
)
"""Keys that are all read from the event -> its source; the first shape that fits counts."""

APPLICATIONS = {
    "CfnResource": SourceKind.CUSTOM_RESOURCE,
    "APIGatewayRestResolver": SourceKind.REST_API,
    "ApiGatewayResolver": SourceKind.API,
    "APIGatewayHttpResolver": SourceKind.HTTP_API,
    "APIGatewayWebSocketResolver": SourceKind.WEBSOCKET,
    "ALBResolver": SourceKind.ALB,
    "LambdaFunctionUrlResolver": SourceKind.FUNCTION_URL,
    "VPCLatticeResolver": SourceKind.API,
    "VPCLatticeV2Resolver": SourceKind.API,
    "AppSyncResolver": SourceKind.APPSYNC,
    "AppSyncEventsResolver": SourceKind.APPSYNC,
    "BedrockAgentResolver": SourceKind.BEDROCK_AGENT,
    "BedrockAgentFunctionResolver": SourceKind.BEDROCK_AGENT,
}
"""The last part of a class's name (of Powertools or crhelper) -> the source that its application answers."""

DATA_CLASSES = {
    "ALBEvent": SourceKind.ALB,
    "APIGatewayProxyEvent": SourceKind.REST_API,
    "APIGatewayProxyEventV2": SourceKind.HTTP_API,
    "APIGatewayAuthorizerRequestEvent": SourceKind.AUTHORIZER,
    "APIGatewayAuthorizerTokenEvent": SourceKind.AUTHORIZER,
    "AppSyncResolverEvent": SourceKind.APPSYNC,
    "AppSyncAuthorizerEvent": SourceKind.AUTHORIZER,
    "CloudFormationCustomResourceEvent": SourceKind.CUSTOM_RESOURCE,
    "CloudWatchLogsEvent": SourceKind.CLOUDWATCH_LOGS,
    "CodePipelineJobEvent": SourceKind.CODEPIPELINE,
    "ConnectContactFlowEvent": SourceKind.CONNECT,
    "DynamoDBStreamEvent": SourceKind.DYNAMODB,
    "EventBridgeEvent": SourceKind.EVENTBRIDGE,
    "KafkaEvent": SourceKind.KAFKA,
    "KinesisFirehoseEvent": SourceKind.FIREHOSE,
    "KinesisStreamEvent": SourceKind.KINESIS,
    "LambdaFunctionUrlEvent": SourceKind.FUNCTION_URL,
    "S3Event": SourceKind.S3,
    "S3EventBridgeNotificationEvent": SourceKind.EVENTBRIDGE,
    "S3BatchOperationEvent": SourceKind.S3_BATCH,
    "SecretsManagerEvent": SourceKind.SECRET_ROTATION,
    "SESEvent": SourceKind.SES,
    "SNSEvent": SourceKind.SNS,
    "SQSEvent": SourceKind.SQS,
}
"""The last part of a Powertools data class's (or its parser model's) name -> the source of its event."""

PARSER_MODELS = {
    "AlbModel": SourceKind.ALB,
    "APIGatewayProxyEventModel": SourceKind.REST_API,
    "APIGatewayProxyEventV2Model": SourceKind.HTTP_API,
    "CloudFormationCustomResourceBaseModel": SourceKind.CUSTOM_RESOURCE,
    "CloudWatchLogsModel": SourceKind.CLOUDWATCH_LOGS,
    "DynamoDBStreamModel": SourceKind.DYNAMODB,
    "EventBridgeModel": SourceKind.EVENTBRIDGE,
    "KafkaMskEventModel": SourceKind.KAFKA,
    "KafkaSelfManagedEventModel": SourceKind.KAFKA,
    "KinesisDataStreamModel": SourceKind.KINESIS,
    "KinesisFirehoseModel": SourceKind.FIREHOSE,
    "KinesisFirehoseSqsModel": SourceKind.FIREHOSE,
    "LambdaFunctionUrlModel": SourceKind.FUNCTION_URL,
    "S3EventNotificationEventBridgeModel": SourceKind.EVENTBRIDGE,
    "S3Model": SourceKind.S3,
    "S3SqsEventNotificationModel": SourceKind.SQS,
    "SesModel": SourceKind.SES,
    "SnsModel": SourceKind.SNS,
    "SnsSqsNotificationModel": SourceKind.SQS,
    "SqsModel": SourceKind.SQS,
}
"""The last part of the name of a Powertools parser model of a whole event -> its source."""

TYPED_PACKAGES = ("aws_lambda_powertools.", "aws_lambda_typing.")
"""Packages whose types of events say what triggers the function."""

BATCH_EVENT_TYPES = {
    "DynamoDBStreams": SourceKind.DYNAMODB,
    "KinesisDataStreams": SourceKind.KINESIS,
    "SQS": SourceKind.SQS,
}
"""Members of Powertools' `EventType`, which its batch processors take."""

BATCH_PROCESSORS: dict[str, SourceKind | None] = {
    "AsyncBatchProcessor": None,
    "BatchProcessor": None,
    "SqsFifoPartialProcessor": SourceKind.SQS,
}
"""Powertools' batch processors -> the source, where the class says it."""


CHALICE_DECORATORS = {
    "route": SourceKind.REST_API,
    "lambda_function": None,
    "authorizer": SourceKind.AUTHORIZER,
    "schedule": SourceKind.SCHEDULE,
    "on_cw_event": SourceKind.EVENTBRIDGE,
    "on_dynamodb_record": SourceKind.DYNAMODB,
    "on_kinesis_record": SourceKind.KINESIS,
    "on_s3_event": SourceKind.S3,
    "on_sns_message": SourceKind.SNS,
    "on_sqs_message": SourceKind.SQS,
    "on_ws_connect": SourceKind.WEBSOCKET,
    "on_ws_disconnect": SourceKind.WEBSOCKET,
    "on_ws_message": SourceKind.WEBSOCKET,
}
"""Methods of a Chalice application that make a function of what they decorate -> its source."""

HANDLER_DECORATORS: dict[str, SourceKind | None] = {
    "aws_lambda_powertools.Logger().inject_lambda_context": None,
    "aws_lambda_powertools.logging.Logger().inject_lambda_context": None,
    "aws_lambda_powertools.Tracer().capture_lambda_handler": None,
    "aws_lambda_powertools.tracing.Tracer().capture_lambda_handler": None,
    "aws_lambda_powertools.Metrics().log_metrics": None,
    "aws_lambda_powertools.metrics.Metrics().log_metrics": None,
    "aws_lambda_powertools.utilities.data_classes.event_source": None,
    "aws_lambda_powertools.utilities.parser.event_parser": None,
    "aws_lambda_powertools.utilities.validation.validator": None,
    "aws_lambda_powertools.utilities.idempotency.idempotent": None,
    "aws_lambda_powertools.utilities.batch.batch_processor": None,
    "aws_durable_execution_sdk_python.durable_execution": SourceKind.DURABLE,
    "aws_durable_execution_sdk_python.execution.durable_execution": SourceKind.DURABLE,
    "aws_durable_functions.durable_execution": SourceKind.DURABLE,
    "datadog_lambda.wrapper.datadog_lambda_wrapper": None,
    "epsagon.lambda_wrapper": None,
    "lumigo_tracer.lumigo_tracer": None,
    "sentry_sdk.integrations.aws_lambda.AwsLambdaIntegration": None,
    "thundra.thundra_agent.Thundra": None,
}
"""Full names of decorators that only handlers wear -> the source, where the decorator says it."""
