from __future__ import annotations

from textwrap import dedent, indent

import pytest
from deploying import Deployed, read

from lambda_lint.model.labels import SourceKind

FUNCTION = """
F: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders, Runtime: python3.12}}
"""


def deployed(resources: str) -> Deployed:
    return read(FUNCTION + dedent(resources))


def kinds(resources: str, name: str = "F") -> list[SourceKind]:
    return [source.kind for source in deployed(resources)[name].sources]


@pytest.mark.parametrize(
    ("event", "kind", "target"),
    [
        ("{Type: AlexaSkill}", SourceKind.ALEXA, None),
        ("{Type: Api, Properties: {RestApiId: !Ref Api, Path: /}}", SourceKind.REST_API, "Api"),
        ("{Type: CloudWatchEvent, Properties: {EventBusName: bus}}", SourceKind.EVENTBRIDGE, "bus"),
        ("{Type: CloudWatchLogs, Properties: {LogGroupName: logs}}", SourceKind.CLOUDWATCH_LOGS, "logs"),
        ("{Type: Cognito, Properties: {UserPool: !Ref Pool}}", SourceKind.COGNITO, "Pool"),
        ("{Type: DocumentDB, Properties: {Cluster: !Ref Cluster}}", SourceKind.DOCUMENTDB, "Cluster"),
        ("{Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn}}", SourceKind.DYNAMODB, "Table"),
        ("{Type: EventBridgeRule, Properties: {Pattern: {source: [x]}}}", SourceKind.EVENTBRIDGE, None),
        ("{Type: HttpApi}", SourceKind.HTTP_API, None),
        ("{Type: IoTRule, Properties: {Sql: x}}", SourceKind.IOT, None),
        ("{Type: Kinesis, Properties: {Stream: !GetAtt Stream.Arn}}", SourceKind.KINESIS, "Stream"),
        ("{Type: MQ, Properties: {Broker: !GetAtt Broker.Arn}}", SourceKind.MQ, "Broker"),
        ("{Type: MSK, Properties: {Stream: !ImportValue x}}", SourceKind.KAFKA, None),
        ("{Type: S3, Properties: {Bucket: !Ref Bucket}}", SourceKind.S3, "Bucket"),
        ("{Type: SNS, Properties: {Topic: !Ref Topic}}", SourceKind.SNS, "Topic"),
        ("{Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}", SourceKind.SQS, "Topic"),
        (
            "{Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: {BatchSize: 1}}}",
            SourceKind.SQS,
            "Topic",
        ),
        ("{Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}", SourceKind.SQS, "Queue"),
        ("{Type: Schedule, Properties: {Schedule: rate(1 minute)}}", SourceKind.SCHEDULE, None),
        ("{Type: ScheduleV2}", SourceKind.SCHEDULE, None),
        ("{Type: SelfManagedKafka}", SourceKind.KAFKA, None),
    ],
)
def test_sam_events(event: str, kind: SourceKind, target: str | None) -> None:
    found = read(
        f"""
        Api: {{Type: AWS::Serverless::Api}}
        Pool: {{Type: AWS::Cognito::UserPool}}
        Cluster: {{Type: AWS::DocDB::DBCluster}}
        Table: {{Type: AWS::DynamoDB::Table}}
        Stream: {{Type: AWS::Kinesis::Stream}}
        Broker: {{Type: AWS::AmazonMQ::Broker}}
        Bucket: {{Type: AWS::S3::Bucket}}
        Topic: {{Type: AWS::SNS::Topic}}
        Queue: {{Type: AWS::SQS::Queue}}
        F: {{Type: AWS::Serverless::Function, Properties: {{Events: {{Source: {event}}}}}}}
        """
    )
    (source,) = found["F"].sources
    assert (source.kind, source.target) == (kind, target)
    assert found.shown(source.place) == "Source"


def test_what_is_no_sam_event_is_left_out() -> None:
    for events in ("{A: {Type: Unknown}, B: {Type: !Ref X}, C: , D: x}", "!Ref Events", "[]"):
        found = read(f"F: {{Type: AWS::Serverless::Function, Properties: {{Events: {events}}}}}")
        assert found["F"].sources == ()


def test_settings_of_a_source() -> None:
    found = read(
        """
        Queue: {Type: AWS::SQS::Queue}
        F:
          Type: AWS::Serverless::Function
          Properties:
            Events:
              A:
                Type: SQS
                Properties:
                  Queue: !GetAtt Queue.Arn
                  BatchSize: 10
                  Enabled: false
                  FunctionResponseTypes: [ReportBatchItemFailures]
                  MaximumBatchingWindowInSeconds: !Ref Window
                  ScalingConfig: {MaximumConcurrency: 5}
                  Topics: [a, b]
                  Queues: [a, !Ref B]
                  KmsKeyArn:
              B:
                Type: SQS
                Properties: !Ref X
        """,
        top="Parameters: {Window: {Type: Number}}",
    )
    first, second = found["F"].sources
    assert dict(first.settings) == {
        "Queue": "",
        "BatchSize": "10",
        "Enabled": "false",
        "FunctionResponseTypes": "ReportBatchItemFailures",
        "MaximumBatchingWindowInSeconds": "",
        "ScalingConfig": "",
        "Topics": "a,b",
        "Queues": "",
    }
    assert second.settings == ()


def test_function_urls_of_sam() -> None:
    found = read(
        """
        A: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: NONE}}}
        B: {Type: AWS::Serverless::Function}
        """,
        top="Globals: {Function: {FunctionUrlConfig: {AuthType: AWS_IAM}}}",
    )
    for name, auth in [("A", "NONE"), ("B", "AWS_IAM")]:
        (source,) = found[name].sources
        assert (source.kind, source.settings) == (SourceKind.FUNCTION_URL, (("AuthType", auth),))
        assert found.shown(source.place) == "FunctionUrlConfig"


MAPPED = [
    ("EventSourceArn: !GetAtt Queue.Arn", SourceKind.SQS),
    ("EventSourceArn: arn:aws:sqs:eu-west-1:123456789012:orders", SourceKind.SQS),
    (
        "EventSourceArn: !Sub 'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/x'",
        SourceKind.KINESIS,
    ),
    ("EventSourceArn: !Join [':', [arn, !Ref P, dynamodb, r, a, !ImportValue x]]", SourceKind.DYNAMODB),
    ("EventSourceArn: !GetAtt Consumer.ConsumerARN", SourceKind.KINESIS),
    ("EventSourceArn: !Ref X, AmazonManagedKafkaEventSourceConfig: {}", SourceKind.KAFKA),
    ("SelfManagedEventSource: {Endpoints: {}}, Topics: [x]", SourceKind.KAFKA),
    ("EventSourceArn: !Ref X, Queues: [x]", SourceKind.MQ),
    ("EventSourceArn: !Ref X, DocumentDBEventSourceConfig: {}", SourceKind.DOCUMENTDB),
    ("EventSourceArn: !Ref X, ScalingConfig: {}", SourceKind.SQS),
]


@pytest.mark.parametrize(("properties", "kind"), MAPPED)
def test_event_source_mappings(properties: str, kind: SourceKind) -> None:
    assert kinds(
        f"""
        Queue: {{Type: AWS::SQS::Queue}}
        Consumer: {{Type: AWS::Kinesis::StreamConsumer}}
        M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref F, {properties}}}}}
        """
    ) == [kind]


@pytest.mark.parametrize(
    "properties", ["FunctionName: !Ref F", "FunctionName: !Ref F, EventSourceArn: !Ref X", "Queues: [a]"]
)
def test_mappings_that_tell_too_little(properties: str) -> None:
    assert kinds(f"M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{{properties}}}}}") == []


@pytest.mark.parametrize(
    "reference",
    [
        "!Ref F",
        "!GetAtt F.Arn",
        "{'Fn::GetAtt': [F, Arn]}",
        "!Sub '${F}'",
        "!Sub '${F.Arn}:live'",
        "!Join [':', [!GetAtt F.Arn, live]]",
        "orders",
        "arn:aws:lambda:eu-west-1:123456789012:function:orders",
        "arn:aws:lambda:eu-west-1:123456789012:function:orders:live",
        "!Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:orders'",
        "!Ref Alias",
        "!Ref Version",
        "!If [C, !Ref F, !Ref AWS::NoValue]",
    ],
)
def test_ways_to_name_a_function(reference: str) -> None:
    found = deployed(
        f"""
        Alias: {{Type: AWS::Lambda::Alias, Properties: {{FunctionName: !Ref F, Name: live}}}}
        Version: {{Type: AWS::Lambda::Version, Properties: {{FunctionName: orders}}}}
        Nameless: {{Type: AWS::Lambda::Version}}
        Url: {{Type: AWS::Lambda::Url, Properties: {{TargetFunctionArn: {reference}, AuthType: NONE}}}}
        """
    )
    (source,) = found["F"].sources
    assert (source.kind, source.target) == (SourceKind.FUNCTION_URL, "Url")
    assert dict(source.settings)["AuthType"] == "NONE"
    assert found.shown(source.place) == "Url"


def test_functions_named_by_the_same_pattern() -> None:
    found = read(
        """
        A:
          Type: AWS::Serverless::Function
          Properties: {FunctionName: !Sub "${AWS::StackName}-a", AutoPublishAlias: live}
        B: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Sub "${AWS::StackName}-b"}}
        U1:
          Type: AWS::Lambda::Url
          Properties: {TargetFunctionArn: !Sub "arn:x:lambda:${AWS::Region}:a:function:${AWS::StackName}-a"}
        U2: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Sub "${AWS::StackName}-b"}}
        U3: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref AAliaslive}}
        U4: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref A.Alias}}
        U5: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref Other}}
        """
    )
    assert [source.target for source in found["A"].sources] == ["U1", "U3", "U4"]
    assert [source.target for source in found["B"].sources] == ["U2"]


def test_an_alias_that_all_functions_of_sam_get() -> None:
    found = read(
        """
        A: {Type: AWS::Serverless::Function}
        B: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: next}}
        C: {Type: AWS::Lambda::Function}
        M1: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref AAliaslive}}
        M2: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref BAliasnext}}
        M3: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref BAliaslive}}
        M4: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref CAliaslive}}
        """,
        top="Globals: {Function: {AutoPublishAlias: live}}",
    )
    assert {name: [source.target for source in found[name].sources] for name in "ABC"} == {
        "A": ["M1"],
        "B": ["M2"],
        "C": [],
    }


INVOKED = {
    "AWS::ApiGateway::Authorizer": ("{AuthorizerUri: REF}", SourceKind.AUTHORIZER),
    "AWS::ApiGateway::Method": ("{Integration: {Uri: REF}}", SourceKind.REST_API),
    "AWS::ApiGateway::RestApi": (
        "{Body: {paths: {/: {get: {x-amazon-apigateway-integration: {uri: REF}}}}}}",
        SourceKind.REST_API,
    ),
    "AWS::ApiGatewayV2::Api": ("{ProtocolType: HTTP, Target: REF}", SourceKind.HTTP_API),
    "AWS::ApiGatewayV2::Authorizer": ("{AuthorizerUri: REF}", SourceKind.AUTHORIZER),
    "AWS::ApiGatewayV2::Integration": ("{ApiId: !ImportValue x, IntegrationUri: REF}", SourceKind.API),
    "AWS::AppSync::DataSource": ("{LambdaConfig: {LambdaFunctionArn: REF}}", SourceKind.APPSYNC),
    "AWS::AppSync::GraphQLApi": ("{LambdaAuthorizerConfig: {AuthorizerUri: REF}}", SourceKind.AUTHORIZER),
    "AWS::Bedrock::Agent": (
        "{ActionGroups: [{ActionGroupExecutor: {Lambda: REF}}]}",
        SourceKind.BEDROCK_AGENT,
    ),
    "AWS::CloudFormation::CustomResource": ("{ServiceToken: REF}", SourceKind.CUSTOM_RESOURCE),
    "AWS::CloudFront::Distribution": (
        "{DistributionConfig: {CacheBehaviors: [{LambdaFunctionAssociations: [{LambdaFunctionARN: REF}]}]}}",
        SourceKind.EDGE,
    ),
    "AWS::CodePipeline::Pipeline": (
        "{Stages: [{Actions: [{Configuration: {FunctionName: orders}}]}]}",
        SourceKind.CODEPIPELINE,
    ),
    "AWS::Config::ConfigRule": ("{Source: {Owner: CUSTOM_LAMBDA, SourceIdentifier: REF}}", SourceKind.CONFIG),
    "AWS::Config::OrganizationConfigRule": (
        "{OrganizationCustomRuleMetadata: {LambdaFunctionArn: REF}}",
        SourceKind.CONFIG,
    ),
    "AWS::Connect::IntegrationAssociation": ("{InstanceId: x, IntegrationArn: REF}", SourceKind.CONNECT),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (
        "{TargetType: lambda, Targets: [{Id: REF}]}",
        SourceKind.ALB,
    ),
    "AWS::IoT::TopicRule": ("{TopicRulePayload: {Actions: [{Lambda: {FunctionArn: REF}}]}}", SourceKind.IOT),
    "AWS::KinesisFirehose::DeliveryStream": (
        "{S3Configuration: {ProcessingConfiguration: {Processors: [{Parameters: [{Value: REF}]}]}}}",
        SourceKind.FIREHOSE,
    ),
    "AWS::Lambda::Url": ("{TargetFunctionArn: REF}", SourceKind.FUNCTION_URL),
    "AWS::Lex::Bot": ("{TestBotAliasSettings: {X: [{LambdaCodeHook: {LambdaArn: REF}}]}}", SourceKind.LEX),
    "AWS::Lex::BotAlias": ("{BotAliasLocaleSettings: [{LambdaCodeHook: {LambdaArn: REF}}]}", SourceKind.LEX),
    "AWS::Logs::SubscriptionFilter": ("{LogGroupName: x, DestinationArn: REF}", SourceKind.CLOUDWATCH_LOGS),
    "AWS::S3::Bucket": (
        "{NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:ObjectCreated:*', Function: REF}]}}",
        SourceKind.S3,
    ),
    "AWS::SES::ReceiptRule": ("{Rule: {Actions: [{LambdaAction: {FunctionArn: REF}}]}}", SourceKind.SES),
    "AWS::SNS::Subscription": ("{Protocol: lambda, TopicArn: x, Endpoint: REF}", SourceKind.SNS),
    "AWS::SNS::Topic": ("{Subscription: [{Protocol: lambda, Endpoint: REF}]}", SourceKind.SNS),
    "AWS::Scheduler::Schedule": (
        "{ScheduleExpression: rate(1 hour), Target: {Arn: REF}}",
        SourceKind.SCHEDULE,
    ),
    "AWS::SecretsManager::RotationSchedule": (
        "{SecretId: x, RotationLambdaARN: REF}",
        SourceKind.SECRET_ROTATION,
    ),
    "AWS::Serverless::Api": ("{Auth: {Authorizers: {Own: {FunctionArn: REF}}}}", SourceKind.AUTHORIZER),
    "AWS::Serverless::GraphQLApi": ("{DataSources: {Lambda: {Own: {FunctionArn: REF}}}}", SourceKind.APPSYNC),
    "AWS::Serverless::HttpApi": (
        "{DefinitionBody: {paths: {/: {get: {x-amazon-apigateway-integration: {uri: REF}}}}}}",
        SourceKind.HTTP_API,
    ),
    "AWS::Serverless::StateMachine": (
        "{DefinitionSubstitutions: {FunctionArn: REF}}",
        SourceKind.STEP_FUNCTIONS,
    ),
    "AWS::Serverless::WebSocketApi": ("{Routes: {$connect: {FunctionArn: REF}}}", SourceKind.WEBSOCKET),
    "AWS::StepFunctions::StateMachine": (
        '{DefinitionString: !Sub \'{"States": {"A": {"Resource": "${F.Arn}"}}}\'}',
        SourceKind.STEP_FUNCTIONS,
    ),
    "Alexa::ASK::Skill": ("{SkillPackage: {Overrides: {Manifest: {uri: REF}}}}", SourceKind.ALEXA),
    "Custom::Anything": ("{ServiceToken: REF}", SourceKind.CUSTOM_RESOURCE),
    "Custom::S3BucketNotifications": (
        "{NotificationConfiguration: {LambdaFunctionConfigurations: [{LambdaFunctionArn: REF}]}}",
        SourceKind.S3,
    ),
}


@pytest.mark.parametrize("kind", INVOKED)
def test_resources_that_invoke_a_function(kind: str) -> None:
    properties, expected = INVOKED[kind]
    found = deployed(f"Source: {{Type: '{kind}', Properties: {properties.replace('REF', '!GetAtt F.Arn')}}}")
    (source,) = found["F"].sources
    assert source.kind is expected
    assert found.shown(source.place) == "Source"


@pytest.mark.parametrize("kind", INVOKED)
def test_resources_that_invoke_something_else(kind: str) -> None:
    properties, _ = INVOKED[kind]
    other = properties.replace("REF", "!GetAtt Other.Arn").replace("orders", "other").replace("${F.", "${G.")
    assert kinds(f"Source: {{Type: '{kind}', Properties: {other}}}") == []
    assert kinds(f"Source: {{Type: '{kind}'}}") == []


def test_openapi_authorizers_and_aliased_bodies() -> None:
    body = """
    Api:
      Type: AWS::ApiGateway::RestApi
      Properties:
        Body:
          components:
            securitySchemes: {own: {x-amazon-apigateway-authorizer: {authorizerUri: !GetAtt F.Arn}}}
    """
    assert kinds(body) == [SourceKind.AUTHORIZER]


def test_notifications_behind_a_condition() -> None:
    found = deployed(
        """
        Bucket:
          Type: AWS::S3::Bucket
          Properties:
            BucketName: my-bucket
            NotificationConfiguration: !If
              - C
              - LambdaConfigurations:
                  - !If [D, {Event: a, Function: !Ref F}, !Ref AWS::NoValue]
                  - {Event: b, Function: !Ref F}
              - !Ref AWS::NoValue
        """
    )
    sources = found["F"].sources
    assert [dict(source.settings)["Event"] for source in sources] == ["a", "b"]
    assert {(source.target, source.target_name) for source in sources} == {("Bucket", "my-bucket")}


def test_rules() -> None:
    found = deployed(
        """
        Nightly:
          Type: AWS::Events::Rule
          Properties: {ScheduleExpression: rate(1 day), Targets: [{Arn: !GetAtt F.Arn, Id: x}]}
        Changed:
          Type: AWS::Events::Rule
          Properties: {EventPattern: {source: [a]}, Targets: [{Arn: !GetAtt F.Arn}, {Arn: !Ref Other}]}
        Both:
          Type: AWS::Events::Rule
          Properties: {EventPattern: {}, ScheduleExpression: rate(1 day), Targets: [{Arn: !Sub "${F.Arn}"}]}
        """
    )
    nightly, changed, both = found["F"].sources
    assert (nightly.kind, nightly.target) == (SourceKind.SCHEDULE, "Nightly")
    assert dict(nightly.settings)["ScheduleExpression"] == "rate(1 day)"
    assert (changed.kind, both.kind) == (SourceKind.EVENTBRIDGE, SourceKind.EVENTBRIDGE)


def test_triggers_of_a_user_pool() -> None:
    found = deployed(
        """
        Pool:
          Type: AWS::Cognito::UserPool
          Properties:
            LambdaConfig:
              PreSignUp: !GetAtt F.Arn
              CustomEmailSender: {LambdaArn: !GetAtt F.Arn, LambdaVersion: V1_0}
              PostConfirmation: !GetAtt Other.Arn
        Bare: {Type: AWS::Cognito::UserPool}
        """
    )
    assert [(source.kind, dict(source.settings)) for source in found["F"].sources] == [
        (SourceKind.COGNITO, {"Trigger": "PreSignUp"}),
        (SourceKind.COGNITO, {"Trigger": "CustomEmailSender"}),
    ]


@pytest.mark.parametrize(
    ("api", "kind"),
    [
        ("{Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET}}", SourceKind.WEBSOCKET),
        ("{Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}", SourceKind.HTTP_API),
        ("{Type: AWS::ApiGatewayV2::Api, Properties: {Body: {a: b}}}", SourceKind.HTTP_API),
        ("{Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: !Ref X}}", SourceKind.API),
        ("{Type: AWS::Serverless::HttpApi}", SourceKind.HTTP_API),
        ("{Type: AWS::CloudFormation::WaitHandle}", SourceKind.API),
    ],
)
def test_kinds_of_api_are_told_apart_by_the_api(api: str, kind: SourceKind) -> None:
    uri = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations"
    found = deployed(
        f"""
        Api: {api}
        I:
          Type: AWS::ApiGatewayV2::Integration
          Properties: {{ApiId: !Ref Api, IntegrationUri: !Sub '{uri}'}}
        """
    )
    (source,) = found["F"].sources
    assert (source.kind, source.target) == (kind, "Api")


def permission(principal: str, more: str = "") -> str:
    properties = f"{{FunctionName: !Ref F, Principal: {principal}{more}}}"
    return f"P: {{Type: AWS::Lambda::Permission, Properties: {properties}}}\n"


@pytest.mark.parametrize(
    ("principal", "more", "expected"),
    [
        ("s3.amazonaws.com", "", [SourceKind.S3]),
        ("!Sub 'logs.${AWS::Region}.amazonaws.com'", "", [SourceKind.CLOUDWATCH_LOGS]),
        ("!Sub 'apigateway.${AWS::URLSuffix}'", "", [SourceKind.API]),
        ("'*'", ", FunctionUrlAuthType: NONE", [SourceKind.FUNCTION_URL]),
        ("'*'", "", []),
        ("'123456789012'", "", []),
        ("arn:aws:iam::123456789012:root", "", []),
        ("!Ref Unknown", "", []),
        (
            "apigateway.amazonaws.com",
            ", SourceArn: !Sub 'arn:x:execute-api:r:a:${Rest}/*/GET/x'",
            [SourceKind.REST_API],
        ),
        (
            "apigateway.amazonaws.com",
            ", SourceArn: !Sub 'arn:x:execute-api:r:a:${Socket}/*'",
            [SourceKind.WEBSOCKET],
        ),
    ],
)
def test_permissions_tell_the_source(principal: str, more: str, expected: list[SourceKind]) -> None:
    apis = (
        "Rest: {Type: AWS::ApiGateway::RestApi}\n"
        "Socket: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET}}\n"
    )
    assert kinds(apis + permission(principal, more)) == expected


def test_a_permission_says_nothing_beside_its_source() -> None:
    rule = "R: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: x, Targets: [{Arn: !Ref F}]}}\n"
    assert kinds(permission("events.amazonaws.com") + rule) == [SourceKind.SCHEDULE]
    authorizer = "A: {Type: AWS::ApiGateway::Authorizer, Properties: {AuthorizerUri: !GetAtt F.Arn}}\n"
    assert kinds(authorizer + permission("apigateway.amazonaws.com")) == [SourceKind.AUTHORIZER]
    assert kinds(authorizer + permission("s3.amazonaws.com")) == [SourceKind.AUTHORIZER, SourceKind.S3]
    twice = permission("sns.amazonaws.com") + permission("sns.amazonaws.com").replace("P:", "Q:")
    assert kinds(twice) == [SourceKind.SNS]


TABLES = """
Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
Mails: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${AWS::StackName}-mails"}}
Odd: {Type: AWS::SQS::Queue}
Simple: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: simple}}
"""


@pytest.mark.parametrize(
    ("arn", "target", "name"),
    [
        ("!GetAtt Orders.StreamArn", "Orders", "orders"),
        ("!GetAtt Mails.Arn", "Mails", None),
        ("!GetAtt Odd.Arn", "Odd", None),
        ("arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026", "Orders", "orders"),
        ("arn:aws:dynamodb:eu-west-1:1:table/simple/stream/2026", "Simple", "simple"),
        ("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-mails'", "Mails", None),
        ("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-other'", None, None),
        ("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:other'", "other", "other"),
        ("arn:aws:kinesis:eu-west-1:1:stream/clicks/consumer/x:1", "clicks", "clicks"),
        ("arn:aws:sqs:eu-west-1:1:orders", "orders", "orders"),
        ("!GetAtt Nested.Outputs.Arn", None, None),
    ],
)
def test_targets(arn: str, target: str | None, name: str | None) -> None:
    mapping = "{FunctionName: !Ref F, ScalingConfig: {}, EventSourceArn: %s}"
    nested = "Nested: {Type: AWS::CloudFormation::Stack}\n"
    found = deployed(
        f"{TABLES}{nested}M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {mapping % arn}}}"
    )
    (source,) = found["F"].sources
    assert (source.target, source.target_name) == (target, name)


@pytest.mark.parametrize(
    ("principal", "arn", "target"),
    [
        ("s3", "arn:aws:s3:::my-bucket", "my-bucket"),
        ("s3", "arn:aws:s3:::my-bucket/*", "my-bucket"),
        ("s3", "arn:aws:s3:::my-*", None),
        ("sns", "arn:aws:sns:eu-west-1:1:topic", "topic"),
        ("logs", "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/x:*", "/aws/lambda/x"),
        ("events", "arn:aws:events:eu-west-1:1:rule/bus/nightly", "nightly"),
        ("states", "not an arn", "not an arn"),
    ],
)
def test_targets_by_literal_arn(principal: str, arn: str, target: str | None) -> None:
    (source,) = deployed(permission(f"{principal}.amazonaws.com", f", SourceArn: '{arn}'"))["F"].sources
    assert (source.target, source.target_name) == (target, target)


def test_sources_stand_in_the_order_of_the_template() -> None:
    found = read(
        permission("sns.amazonaws.com")
        + "M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, Topics: [x]}}\n"
        + "F: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: Api}}}}\n"
        + "U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref F}}\n"
    )
    assert [source.kind for source in found["F"].sources] == [
        SourceKind.SNS,
        SourceKind.KAFKA,
        SourceKind.REST_API,
        SourceKind.FUNCTION_URL,
    ]


def test_definitions_written_out_in_a_state_machine() -> None:
    definition = indent("States:\n  A: {Type: Task, Parameters: {FunctionName: !GetAtt F.Arn}}", " " * 6)
    machine = f"M:\n  Type: AWS::Serverless::StateMachine\n  Properties:\n    Definition:\n{definition}\n"
    assert kinds(machine) == [SourceKind.STEP_FUNCTIONS]
