"""Services of the Serverless Framework."""

from __future__ import annotations

from textwrap import dedent

import pytest
from deploying import Deployed

from lambda_lint.deployment.fact import ABSENT
from lambda_lint.deployment.reader import companions, looks_like_template, read_template
from lambda_lint.model.labels import SourceKind

HEAD = "service: orders\nprovider: {name: aws, runtime: python3.13}\n"


def read(text: str, *, path: str = "api/serverless.yml", **files: str) -> Deployed:
    beside = {f"api/{name}.yml": dedent(content).encode() for name, content in files.items()}
    return Deployed(read_template(path, dedent(text).encode(), beside))


def one(properties: str, more: str = "", **files: str) -> Deployed:
    return read(f"{HEAD}functions: {{f: {{{properties}}}}}\n{more}", **files)


@pytest.mark.parametrize(
    ("path", "text", "is_one"),
    [
        ("serverless.yml", HEAD, True),
        ("a/serverless.yaml", HEAD, True),
        ("serverless.dev.yml", HEAD, True),
        ("serverless.json", '{"service": "a", "provider": {"name": "aws"}}', True),
        ("serverless.json", '{\n  "service": "a",\n  "provider": {"name": "aws"}}', True),
        ("serverless.yml", "service: a\nfunctions: {}\n", False),
        ("other.yml", HEAD, False),
        ("serverless.ts", HEAD, False),
    ],
)
def test_a_service_is_known_by_its_name_and_keys(path: str, text: str, is_one: bool) -> None:
    assert looks_like_template(path, text.encode()) == is_one
    assert looks_like_template(path, text.encode("utf-8-sig")) == is_one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#{service:\n#,provider:",
        "- a",
        "service: a",
        "service: a\nprovider: {name: google}\nfunctions: {f: {handler: a.b}}",
        "service: a\nprovider: [aws]\nfunctions: {f: {handler: a.b}}",
        f"{HEAD}functions: {{f: {{handler: a.b, runtime: nodejs22.x}}}}",
        "service: a\nprovider: aws\nfunctions: {f: {handler: a.b}}",
        f"{HEAD}functions: {{f: text}}",
        f"{HEAD}functions: text",
    ],
)
def test_what_has_no_function_in_python(text: str) -> None:
    assert dict(read(text)) == {}


def test_a_function_with_everything() -> None:
    found = read(
        """
        service: {name: orders}
        provider:
          name: aws
          runtime: python3.12
          stage: prod
          memorySize: 512
          logRetentionInDays: 14
          tracing: {lambda: true}
          environment: {STAGE: "${sls:stage}", SHARED: a}
          vpc: {securityGroupIds: [sg-1], subnetIds: [!Ref Subnet]}
        functions:
          my-function:
            handler: src/app.main
            runtime: python3.13
            timeout: 29
            reservedConcurrency: 3
            provisionedConcurrency: 2
            ephemeralStorageSize: 1024
            architecture: arm64
            snapStart: true
            onError: !GetAtt Letters.Arn
            maximumRetryAttempts: 1
            maximumEventAge: 60
            destinations:
              onFailure: arn:aws:sqs:r:1:failed
              onSuccess: {type: sqs, arn: !GetAtt Letters.Arn}
            environment: {SHARED: b, QUEUE: !Ref Letters}
            layers: [{Ref: CommonLambdaLayer}]
        layers:
          common: {path: layers/common}
        resources:
          Resources:
            Letters: {Type: AWS::SQS::Queue}
        """
    )
    told = found["my-function"]
    assert (told.handler, told.folder, told.deployed_name) == (
        "src/app.main",
        "api",
        "orders-prod-my-function",
    )
    assert found.shown(told.place) == "my-function"
    values = {
        "runtime": "python3.13",
        "timeout": 29,
        "memory": 512,
        "reserved_concurrency": 3,
        "provisioned_concurrency": 2,
        "ephemeral_storage": 1024,
        "architectures": ("arm64",),
        "snap_start": "PublishedVersions",
        "tracing": "Active",
        "log_retention": 14,
    }
    assert {name: getattr(told, name).value for name in values} == values
    assert told.memory.place is not None
    assert found.shown(told.memory.place) == "512"
    assert {each.name: (each.value, each.target) for each in told.environment} == {
        "STAGE": ("prod", None),
        "SHARED": ("b", None),
        "QUEUE": (None, "Letters"),
    }
    assert told.layers == ("api/layers/common",)
    network = told.network.value
    assert network is not None
    assert (network.subnets.items, network.security_groups.items) == (("${Subnet}",), ("sg-1",))
    delivery = told.delivery
    ends = [delivery.dead_letter, delivery.on_failure, delivery.on_success]
    assert [end.value and (end.value.id, end.value.name) for end in ends] == [
        ("Letters", None),
        (None, "failed"),
        ("Letters", None),
    ]
    assert (delivery.maximum_retries.value, delivery.maximum_age.value) == (1, 60)
    assert [each.id for each in found.template.resources] == ["Letters", "CommonLambdaLayer", "my-function"]


def test_what_is_left_out_has_the_defaults_of_the_framework() -> None:
    told = one("handler: a.b")["f"]
    assert (told.memory.value, told.timeout.value, told.deployed_name) == (1024, 6, "orders-dev-f")
    assert (told.tracing, told.network, told.log_retention, told.package_type) == (ABSENT,) * 4
    assert told.access.role.value is not None
    assert told.access.role.value.id == "IamRoleLambdaExecution"
    assert told.access.statements.items == ()


def test_a_function_may_keep_its_logs_for_another_time() -> None:
    text = "service: s\nprovider: {name: aws, runtime: python3.13, logRetentionInDays: 14}\nfunctions:\n"
    found = read(text + "  f: {handler: a.b, logRetentionInDays: 3}\n  g: {handler: a.b}\n")
    assert {name: told.log_retention.value for name, told in found.items()} == {"f": 3, "g": 14}


def test_functions_in_lists_and_files() -> None:
    found = read(
        HEAD + "functions:\n  - ${file(a.yml)}\n  - ${file(./b.yml):inner}\n  - c: {handler: c.main}\n",
        a="one: {handler: a.main}",
        b="inner: {two: {handler: b.main}}",
    )
    assert {name: told.handler for name, told in found.items()} == {
        "one": "a.main",
        "two": "b.main",
        "c": "c.main",
    }
    assert found.shown(found["two"].place) == "${file(./b.yml):inner}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${self:custom.a}", "one"),
        ("x-${self:custom.a}-y", "x-one-y"),
        ("${self:custom.absent, 'default'}", "default"),
        ("${self:custom.absent, self:custom.a}", "one"),
        ("${self:custom.by.${self:custom.a}}", "first"),
        ("${self:custom.list.1}", "two"),
        ("${self:custom.list.9, 'none'}", "none"),
        ("${opt:stage, 'dev'}", "dev"),
        ('${env:NAME, "n"}', "n"),
        ("${sls:stage}", "dev"),
        ("${param:size}", "small"),
        ("${param:of_stage}", "own"),
        ("${strToBool(true)}", "true"),
        ("${file(v.yml):key}", "filed"),
        ("${file(v.yml):key}-${self:custom.a}", "filed-one"),
        ("${self:custom.chain}", "one"),
        ("${AWS::Region}", "${AWS::Region}"),
        ("${self:custom.nothing, 'd'}", "d"),
        ("${ssm:/path}", None),
        ("a-${ssm:/path}", None),
        ("${env:NAME}", None),
        ("${self:custom.loop}", None),
        ("${self:custom.a.b}", None),
        ("${self:custom.by.${env:X}}", None),
        ("a-${self:custom.by.${env:X}}", None),
        ("${file(absent.yml):key}", None),
        ("${file(code.js):key}", None),
        ("${file(broken.yml):key}", None),
        ("${self:custom.map}", None),
        ("a ${self:custom.map}", None),
        ("${NAME}", None),
        ("${sls:instanceId}", None),
        ("${self:custom.in_file.key}", "filed"),
        ("${self:custom.${self:custom.${self:custom.list.0}_name}}", "one"),
        ("${a:" * 12 + "}" * 12, None),
        ("\ue0007\ue001${self:custom.a}", "\ue0007\ue001${self:custom.a}"),
    ],
)
def test_variables(text: str, expected: str | None) -> None:
    custom = """
        a: one
        by: {one: first}
        list: [one, two]
        chain: "${self:custom.chained}"
        chained: "${self:custom.a}"
        loop: "${self:custom.looped}"
        looped: "x${self:custom.loop}"
        nothing:
        map: {k: v}
        in_file: "${file(v.yml)}"
        one_name: a
    """
    params = "params: {default: {size: small}, dev: {of_stage: own}}\n"
    more = f"{params}custom:{dedent(custom).replace(chr(10), chr(10) + '  ')}"
    quoted = text.replace("'", "''")
    found = one(f"handler: a.b, environment: {{V: '{quoted}'}}", more, v="key: filed", broken="{")
    assert {each.name: each.value for each in found["f"].environment} == {"V": expected}


def test_two_texts_with_the_same_unknown_part_are_the_same() -> None:
    text = f"""{HEAD}functions:
  f: {{handler: a.b, name: "x-${{ssm:/n}}"}}
  g: {{handler: a.b, environment: {{OTHER: "x-${{ssm:/n}}"}}}}
"""
    assert read(text)["g"].environment[0].target == "f"


def test_what_is_not_known_stays_in_a_substitution() -> None:
    found = one("handler: a.b, name: !Sub 'x-${ssm:/n}-${AWS::Region}'")
    assert found["f"].deployed_name is None
    found = one("handler: a.b, name: !Sub 'x-${self:service}'")
    assert found["f"].deployed_name == "x-orders"


def test_a_stage_that_is_no_text_has_no_parameters() -> None:
    text = "service: s\nprovider: {name: aws, runtime: python3.13, stage: {a: b}}\n"
    found = read(text + "functions: {f: {handler: '${param:x, \"a.b\"}'}}\nparams: {a: {x: y}}\n")
    assert found["f"].handler == "a.b"


@pytest.mark.parametrize("environment", ["${ssm:/all}", "${file(absent.yml)}"])
def test_an_environment_may_not_be_known(environment: str) -> None:
    assert not one(f"handler: a.b, environment: '{environment}'")["f"].environment_known


@pytest.mark.parametrize(
    ("provider", "properties", "actions", "complete"),
    [
        ("iam: {role: {statements: [{Effect: Allow, Action: a:B, Resource: x}]}}", "", ["a:B"], True),
        ("iamRoleStatements: [{Effect: Allow, Action: [a:B, a:C], Resource: x}]", "", ["a:B", "a:C"], True),
        ("iam: {role: 'arn:aws:iam::1:role/x'}", "", [], False),
        ("iam: {role: !GetAtt R.Arn}", "", ["r:A"], True),
        ("role: R", "", ["r:A"], True),
        ("stage: x", "role: R", ["r:A"], True),
        ("stage: x", "role: !GetAtt R.Arn", ["r:A"], True),
        (
            "iamRoleStatements: [{Effect: Allow, Action: a:B, Resource: x}]",
            "iamRoleStatements: [{Effect: Allow, Action: o:N, Resource: x}]",
            ["o:N"],
            True,
        ),
        (
            "iamRoleStatements: [{Effect: Allow, Action: a:B, Resource: x}]",
            "iamRoleStatementsInherit: true, iamRoleStatements: [{Effect: Allow, Action: o:N, Resource: x}]",
            ["o:N", "a:B"],
            True,
        ),
        ("iamRoleStatements: '${ssm:x}'", "", [], False),
        (
            "stage: x",
            "iamRoleStatementsInherit: true, iamRoleStatements: [{Effect: Allow, Action: o:N, Resource: x}]",
            ["o:N"],
            True,
        ),
        ("iam: {role: {managedPolicies: ['arn:aws:iam::aws:policy/Some']}}", "", [], True),
        ("iam: {role: {managedPolicies: '${ssm:x}'}}", "", [], False),
        ("stage: x", "events: [schedule, {sqs: x}]", [], True),
        ("stage: x", "events: [{websocket: $connect}]", [], False),
    ],
)
def test_permissions(provider: str, properties: str, actions: list[str], complete: bool) -> None:
    role = "{Statement: [{Effect: Allow, Action: r:A, Resource: x}]}"
    found = read(
        f"service: s\nprovider: {{name: aws, runtime: python3.13, {provider}}}\n"
        f"functions: {{f: {{handler: a.b, {properties}}}}}\n"
        f"resources: [{{Resources: {{R: {{Type: AWS::IAM::Role, Properties: {{Policies: "
        f"[{{PolicyDocument: {role}}}]}}}}}}}}]\n"
    )
    statements = found["f"].access.statements
    assert [action for each in statements.items for action in each.actions.items] == actions
    assert statements.is_complete == complete


@pytest.mark.parametrize(
    ("plugins", "complete"),
    [("[serverless-offline]", True), ("[serverless-lift]", False), ("'${file(absent.yml)}'", False)],
)
def test_plug_ins_may_add_permissions(plugins: str, *, complete: bool) -> None:
    assert one("handler: a.b", f"plugins: {plugins}\n")["f"].access.statements.is_complete == complete


@pytest.mark.parametrize(
    ("event", "kind", "settings", "target"),
    [
        ("http: GET /orders", SourceKind.REST_API, {"Method": "GET", "Path": "/orders"}, None),
        ("http: {path: o, method: get}", SourceKind.REST_API, {"Path": "o", "Method": "get"}, None),
        ("httpApi: '*'", SourceKind.HTTP_API, {}, "*"),
        ("schedule: rate(1 day)", SourceKind.SCHEDULE, {"ScheduleExpression": "rate(1 day)"}, None),
        ("schedule: {rate: [rate(1 day)]}", SourceKind.SCHEDULE, {"ScheduleExpression": "rate(1 day)"}, None),
        ("websocket: $connect", SourceKind.WEBSOCKET, {"RouteKey": "$connect"}, None),
        ("sns: topic", SourceKind.SNS, {}, "topic"),
        ("sns: {topicName: t}", SourceKind.SNS, {}, "t"),
        ("sqs: !GetAtt Queue.Arn", SourceKind.SQS, {}, "Queue"),
        ("sqs: {arn: !GetAtt Queue.Arn, batchSize: 5}", SourceKind.SQS, {"BatchSize": "5"}, "Queue"),
        ("stream: arn:aws:dynamodb:r:1:table/t/stream/x", SourceKind.DYNAMODB, {}, "t"),
        ("stream: {type: kinesis, arn: !GetAtt S.Arn}", SourceKind.KINESIS, {}, None),
        ("stream: {arn: !GetAtt Table.StreamArn}", SourceKind.DYNAMODB, {}, "Table"),
        ("s3: bucket", SourceKind.S3, {}, "bucket"),
        (
            "eventBridge: {schedule: rate(1 day)}",
            SourceKind.SCHEDULE,
            {"ScheduleExpression": "rate(1 day)"},
            None,
        ),
        ("eventBridge: {pattern: {source: [a]}}", SourceKind.EVENTBRIDGE, {}, None),
        ("alb: {listenerArn: l}", SourceKind.ALB, {}, "l"),
        ("cloudwatchLog: /aws/x", SourceKind.CLOUDWATCH_LOGS, {}, "/aws/x"),
    ],
)
def test_events(event: str, kind: SourceKind, settings: dict[str, str], target: str | None) -> None:
    resources = "{Queue: {Type: AWS::SQS::Queue}, Table: {Type: AWS::DynamoDB::Table}}"
    found = one(f"handler: a.b, events: [{{{event}}}]", f"resources: {{Resources: {resources}}}")
    (source,) = found["f"].sources
    assert (source.kind, dict(source.settings), source.target) == (kind, settings, target)
    assert found.shown(source.place) == event.partition(":")[0]


def test_events_that_are_none() -> None:
    assert one("handler: a.b, events: [unheard, {unheard: x}, alexaSkill, [x]]")["f"].sources[0].kind is (
        SourceKind.ALEXA
    )
    assert one("handler: a.b, events: text")["f"].sources == ()


def test_settings_of_a_queue_and_a_bucket() -> None:
    found = read(
        HEAD
        + """
functions:
  f:
    handler: a.b
    events:
      - sqs:
          arn: !GetAtt Queue.Arn
          functionResponseType: ReportBatchItemFailures
          maximumConcurrency: 4
          filterPatterns: [{a: [b]}]
          destinations: {onFailure: !GetAtt Letters.Arn}
      - s3: {bucket: b, event: "s3:ObjectCreated:*", rules: [{prefix: in/}, {suffix: .csv}]}
      - http: {path: o, method: get, timeoutInMs: 5000}
resources:
  Resources:
    Letters: {Type: AWS::SQS::Queue}
    Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
"""
    )
    sqs, bucket, http = found["f"].sources
    assert sqs.polling is not None
    assert sqs.polling.response_types.value == ("ReportBatchItemFailures",)
    assert sqs.polling.maximum_concurrency.value == 4
    assert (sqs.polling.filters.value, sqs.polling.filters.is_absent) == (None, False)
    assert sqs.polling.failure_destination.value is not None
    assert sqs.polling.failure_destination.value.id == "Letters"
    assert sqs.queue is not None
    assert sqs.queue.visibility_timeout.value == 60
    assert (bucket.key_prefix.value, bucket.key_suffix.value) == ("in/", ".csv")
    assert bucket.events.items == ("s3:ObjectCreated:*",)
    assert http.api_timeout.value == 5000


def test_authorizers_urls_and_resources_that_name_a_function() -> None:
    found = read(
        HEAD
        + """
functions:
  my-auth: {handler: a.auth}
  f:
    handler: a.b
    url: true
    events:
      - http: {path: a, method: get, authorizer: my-auth}
      - http: {path: b, method: get, authorizer: {name: my-auth}}
  g: {handler: a.c, url: {cors: true}}
  h: {handler: a.d, url: false}
resources:
  Resources:
    S:
      Type: AWS::SNS::Subscription
      Properties: {TopicArn: t, Endpoint: !GetAtt MyDashauthLambdaFunction.Arn}
"""
    )
    kinds = {name: [source.kind for source in told.sources] for name, told in found.items()}
    assert kinds == {
        "my-auth": [SourceKind.AUTHORIZER, SourceKind.SNS],
        "f": [SourceKind.FUNCTION_URL, SourceKind.REST_API, SourceKind.REST_API],
        "g": [SourceKind.FUNCTION_URL],
        "h": [],
    }


@pytest.mark.parametrize(
    ("properties", "more", "handler", "folder"),
    [
        ("handler: a.b, package: {artifact: x.zip}", "", "a.b", None),
        ("handler: a.b", "package: {artifact: x.zip}\n", "a.b", None),
        ("handler: a.b, module: part", "", "a.b", "api/part"),
        ("handler: wsgi_handler.handler", "custom: {wsgi: {app: web.app}}\n", "web.app", "api"),
        ("handler: wsgi_handler.handler", "", "wsgi_handler.handler", "api"),
        ("image: {name: own, command: [a.b]}", "", "a.b", None),
        ("image: {path: ./docker, command: [a.b]}", "", "a.b", "api/docker"),
        ("image: own", "", None, None),
    ],
)
def test_where_the_code_is(properties: str, more: str, handler: str | None, folder: str | None) -> None:
    told = one(properties, more)["f"]
    assert (told.handler, told.folder) == (handler, folder)


@pytest.mark.parametrize(
    ("image", "folder"), [("{own: {path: ./docker}}", "docker"), ("{own: ./docker}", "docker"), ("{}", None)]
)
def test_images_that_the_provider_builds(image: str, folder: str | None) -> None:
    text = (
        f"service: s\nprovider: {{name: aws, ecr: {{images: {image}}}}}\nfunctions: {{f: {{image: own}}}}\n"
    )
    told = read(text, path="serverless.yml")["f"]
    assert (told.folder, told.package_type.value) == (folder, "Image")


@pytest.mark.parametrize(
    ("properties", "name"),
    [("tracing: false", "tracing"), ("snapStart: false", "snap_start"), ("vpc: false", "network")],
)
def test_what_is_switched_off_is_absent(properties: str, name: str) -> None:
    assert getattr(one(f"handler: a.b, {properties}")["f"], name) == ABSENT


def test_a_vpc_that_is_not_written_out() -> None:
    network = one("handler: a.b, vpc: '${ssm:/vpc}'")["f"].network
    assert (network.value, network.is_absent) == (None, False)


def test_without_a_service_name_the_deployed_name_is_not_known() -> None:
    text = "service: {}\nprovider: {name: aws, runtime: python3.13}\nfunctions: {f: {handler: a.b}}\n"
    assert read(text)["f"].deployed_name is None
    assert one("handler: a.b, name: own")["f"].deployed_name == "own"


def test_companions() -> None:
    text = "${file(a.yml):x} ${file(./b/c.${opt:stage, 'dev'}.json)} ${file(d.${self:x}.yml)} ${file(a.yml)}"
    named = companions("api/serverless.yml", f"{HEAD}custom: {text}".encode())
    assert named == ("api/a.yml", "api/b/c.dev.json", "api/d.dev.yml")
    assert companions("api/a.yml", b"${file(e.yml)}")[-1:] != ()
    assert "api/e.yml" in companions("api/a.yml", b"${file(e.yml)}")
