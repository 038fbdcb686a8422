"""Where resources name the functions that they invoke.

From the CloudFormation and SAM resource references, 2026-11:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ and
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/.
Types that need more than a path (event source mappings, rules, user pools, custom resources, permissions) are
in `sources`.
"""

from typing import NamedTuple

from lambda_lint.model.labels import SourceKind


class Hook(NamedTuple):
    """A property that names a function."""

    path: str
    """Below `Properties`; `*` is each item or entry, `**` anything below."""
    kind: SourceKind
    feeder: str | None = None
    """The property that names what feeds the function; empty for the resource itself."""


_OPENAPI_INTEGRATION = "**.x-amazon-apigateway-integration"
_OPENAPI_AUTHORIZER = "**.x-amazon-apigateway-authorizer"

HOOKS: dict[str, tuple[Hook, ...]] = {
    "AWS::ApiGateway::Authorizer": (Hook("AuthorizerUri", SourceKind.AUTHORIZER, "RestApiId"),),
    "AWS::ApiGateway::Method": (Hook("Integration.Uri", SourceKind.REST_API, "RestApiId"),),
    "AWS::ApiGateway::RestApi": (
        Hook(f"Body.{_OPENAPI_INTEGRATION}", SourceKind.REST_API, ""),
        Hook(f"Body.{_OPENAPI_AUTHORIZER}", SourceKind.AUTHORIZER, ""),
    ),
    "AWS::ApiGatewayV2::Api": (
        Hook("Target", SourceKind.API, ""),
        Hook(f"Body.{_OPENAPI_INTEGRATION}", SourceKind.API, ""),
        Hook(f"Body.{_OPENAPI_AUTHORIZER}", SourceKind.AUTHORIZER, ""),
    ),
    "AWS::ApiGatewayV2::Authorizer": (Hook("AuthorizerUri", SourceKind.AUTHORIZER, "ApiId"),),
    "AWS::ApiGatewayV2::Integration": (Hook("IntegrationUri", SourceKind.API, "ApiId"),),
    "AWS::AppSync::DataSource": (Hook("LambdaConfig.LambdaFunctionArn", SourceKind.APPSYNC, "ApiId"),),
    "AWS::AppSync::GraphQLApi": (
        Hook("LambdaAuthorizerConfig.AuthorizerUri", SourceKind.AUTHORIZER, ""),
        Hook(
            "AdditionalAuthenticationProviders.*.LambdaAuthorizerConfig.AuthorizerUri",
            SourceKind.AUTHORIZER,
            "",
        ),
    ),
    "AWS::Bedrock::Agent": (Hook("ActionGroups.*.ActionGroupExecutor.Lambda", SourceKind.BEDROCK_AGENT, ""),),
    "AWS::CloudFront::Distribution": (Hook("DistributionConfig.**.LambdaFunctionARN", SourceKind.EDGE, ""),),
    "AWS::CodePipeline::Pipeline": (
        Hook("Stages.*.Actions.*.Configuration.FunctionName", SourceKind.CODEPIPELINE, ""),
    ),
    "AWS::Config::ConfigRule": (Hook("Source.SourceIdentifier", SourceKind.CONFIG, ""),),
    "AWS::Config::OrganizationConfigRule": (
        Hook("OrganizationCustomRuleMetadata.LambdaFunctionArn", SourceKind.CONFIG, ""),
    ),
    "AWS::Connect::IntegrationAssociation": (Hook("IntegrationArn", SourceKind.CONNECT, "InstanceId"),),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (Hook("Targets.*.Id", SourceKind.ALB, ""),),
    "AWS::IoT::TopicRule": (Hook("TopicRulePayload.Actions.*.Lambda.FunctionArn", SourceKind.IOT, ""),),
    "AWS::KinesisFirehose::DeliveryStream": (Hook("**.ProcessingConfiguration", SourceKind.FIREHOSE, ""),),
    "AWS::Lambda::Url": (Hook("TargetFunctionArn", SourceKind.FUNCTION_URL, ""),),
    "AWS::Lex::Bot": (Hook("**.LambdaArn", SourceKind.LEX, ""),),
    "AWS::Lex::BotAlias": (Hook("**.LambdaArn", SourceKind.LEX, "BotId"),),
    "AWS::Logs::SubscriptionFilter": (Hook("DestinationArn", SourceKind.CLOUDWATCH_LOGS, "LogGroupName"),),
    "AWS::S3::Bucket": (
        Hook("NotificationConfiguration.LambdaConfigurations.*.Function", SourceKind.S3, ""),
    ),
    "AWS::SES::ReceiptRule": (Hook("Rule.Actions.*.LambdaAction.FunctionArn", SourceKind.SES, ""),),
    "AWS::SNS::Subscription": (Hook("Endpoint", SourceKind.SNS, "TopicArn"),),
    "AWS::SNS::Topic": (Hook("Subscription.*.Endpoint", SourceKind.SNS, ""),),
    "AWS::Scheduler::Schedule": (Hook("Target.Arn", SourceKind.SCHEDULE, ""),),
    "AWS::SecretsManager::RotationSchedule": (
        Hook("RotationLambdaARN", SourceKind.SECRET_ROTATION, "SecretId"),
    ),
    "AWS::Serverless::Api": (
        Hook(f"DefinitionBody.{_OPENAPI_INTEGRATION}", SourceKind.REST_API, ""),
        Hook(f"DefinitionBody.{_OPENAPI_AUTHORIZER}", SourceKind.AUTHORIZER, ""),
        Hook("Auth.Authorizers.*.FunctionArn", SourceKind.AUTHORIZER, ""),
    ),
    "AWS::Serverless::GraphQLApi": (
        Hook("DataSources.Lambda.*.FunctionArn", SourceKind.APPSYNC, ""),
        Hook("Auth.LambdaAuthorizer.AuthorizerUri", SourceKind.AUTHORIZER, ""),
        Hook("Auth.Additional.*.LambdaAuthorizer.AuthorizerUri", SourceKind.AUTHORIZER, ""),
    ),
    "AWS::Serverless::HttpApi": (
        Hook(f"DefinitionBody.{_OPENAPI_INTEGRATION}", SourceKind.HTTP_API, ""),
        Hook(f"DefinitionBody.{_OPENAPI_AUTHORIZER}", SourceKind.AUTHORIZER, ""),
        Hook("Auth.Authorizers.*.FunctionArn", SourceKind.AUTHORIZER, ""),
    ),
    "AWS::Serverless::StateMachine": (
        Hook("Definition", SourceKind.STEP_FUNCTIONS, ""),
        Hook("DefinitionSubstitutions", SourceKind.STEP_FUNCTIONS, ""),
    ),
    "AWS::Serverless::WebSocketApi": (
        Hook("Routes.*.FunctionArn", SourceKind.WEBSOCKET, ""),
        Hook("Auth.AuthArn", SourceKind.AUTHORIZER, ""),
    ),
    "AWS::StepFunctions::StateMachine": (
        Hook("Definition", SourceKind.STEP_FUNCTIONS, ""),
        Hook("DefinitionString", SourceKind.STEP_FUNCTIONS, ""),
        Hook("DefinitionSubstitutions", SourceKind.STEP_FUNCTIONS, ""),
    ),
    "Alexa::ASK::Skill": (Hook("SkillPackage", SourceKind.ALEXA, ""),),
    "Custom::S3BucketNotifications": (
        # What the CDK deploys in place of the bucket's own property.
        Hook(
            "NotificationConfiguration.LambdaFunctionConfigurations.*.LambdaFunctionArn",
            SourceKind.S3,
            "BucketName",
        ),
    ),
}

PRINCIPALS: dict[str, SourceKind] = {
    "alexa-appkit": SourceKind.ALEXA,
    "alexa-connectedhome": SourceKind.ALEXA,
    "apigateway": SourceKind.API,
    "bedrock": SourceKind.BEDROCK_AGENT,
    "codepipeline": SourceKind.CODEPIPELINE,
    "cognito-idp": SourceKind.COGNITO,
    "config": SourceKind.CONFIG,
    "connect": SourceKind.CONNECT,
    "edgelambda": SourceKind.EDGE,
    "elasticloadbalancing": SourceKind.ALB,
    "events": SourceKind.EVENTBRIDGE,
    "firehose": SourceKind.FIREHOSE,
    "iot": SourceKind.IOT,
    "lex": SourceKind.LEX,
    "lexv2": SourceKind.LEX,
    "logs": SourceKind.CLOUDWATCH_LOGS,
    "s3": SourceKind.S3,
    "scheduler": SourceKind.SCHEDULE,
    "secretsmanager": SourceKind.SECRET_ROTATION,
    "ses": SourceKind.SES,
    "sns": SourceKind.SNS,
    "states": SourceKind.STEP_FUNCTIONS,
}
"""Kinds by the first label of the principal of an `AWS::Lambda::Permission`."""

IMPLIED: dict[SourceKind, frozenset[SourceKind]] = {
    SourceKind.API: frozenset(
        {SourceKind.REST_API, SourceKind.HTTP_API, SourceKind.WEBSOCKET, SourceKind.AUTHORIZER}
    ),
    SourceKind.EVENTBRIDGE: frozenset({SourceKind.SCHEDULE}),
}
"""Further kinds whose sources need the permission that looks like the key."""

API_TYPES: dict[str, SourceKind] = {
    "AWS::ApiGateway::RestApi": SourceKind.REST_API,
    "AWS::Serverless::Api": SourceKind.REST_API,
    "AWS::Serverless::HttpApi": SourceKind.HTTP_API,
    "AWS::Serverless::WebSocketApi": SourceKind.WEBSOCKET,
}
"""Kinds by the type of the API; `AWS::ApiGatewayV2::Api` is either of two."""

STREAMS: dict[str, SourceKind] = {
    "dynamodb": SourceKind.DYNAMODB,
    "kafka": SourceKind.KAFKA,
    "kinesis": SourceKind.KINESIS,
    "mq": SourceKind.MQ,
    "rds": SourceKind.DOCUMENTDB,
    "sqs": SourceKind.SQS,
}
"""Kinds by the service in the ARN of an event source mapping."""

STREAM_TYPES: dict[str, SourceKind] = {
    "AWS::AmazonMQ::Broker": SourceKind.MQ,
    "AWS::DocDB::DBCluster": SourceKind.DOCUMENTDB,
    "AWS::DynamoDB::GlobalTable": SourceKind.DYNAMODB,
    "AWS::DynamoDB::Table": SourceKind.DYNAMODB,
    "AWS::Kinesis::Stream": SourceKind.KINESIS,
    "AWS::Kinesis::StreamConsumer": SourceKind.KINESIS,
    "AWS::MSK::Cluster": SourceKind.KAFKA,
    "AWS::MSK::ServerlessCluster": SourceKind.KAFKA,
    "AWS::SQS::Queue": SourceKind.SQS,
    "AWS::Serverless::SimpleTable": SourceKind.DYNAMODB,
}
"""Kinds by the type of the resource that an event source mapping reads."""

MAPPING_MARKS: dict[str, SourceKind] = {
    "AmazonManagedKafkaEventSourceConfig": SourceKind.KAFKA,
    "DocumentDBEventSourceConfig": SourceKind.DOCUMENTDB,
    "Queues": SourceKind.MQ,
    "ScalingConfig": SourceKind.SQS,
    "SelfManagedEventSource": SourceKind.KAFKA,
    "SelfManagedKafkaEventSourceConfig": SourceKind.KAFKA,
    "Topics": SourceKind.KAFKA,
}
"""Properties of an event source mapping that only one kind has."""
