from __future__ import annotations

import pytest
from deploying import read

from lambda_lint.deployment.fact import ABSENT


def test_a_function_with_everything() -> None:
    deployed = read(
        """
        Orders:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: orders
            Handler: src/app.main
            Runtime: python3.12
            Timeout: '30'
            MemorySize: 512
            Code: ../code
            DurableConfig: {ExecutionTimeout: 60}
            Environment:
              Variables: {STAGE: dev}
        """
    )
    function = deployed["Orders"]
    assert (function.handler, function.runtime.value, function.folder) == (
        "src/app.main",
        "python3.12",
        "code",
    )
    assert (function.timeout.value, function.memory.value, function.deployed_name) == (30, 512, "orders")
    assert function.durable
    assert deployed.shown(function.place) == "Orders"
    assert function.handler_place is not None
    assert deployed.shown(function.handler_place) == "src/app.main"
    (variable,) = function.environment
    assert (variable.name, variable.value, variable.target) == ("STAGE", "dev", None)
    assert deployed.shown(variable.place) == "dev"


def test_what_the_template_does_not_say_is_unknown() -> None:
    function = read("F: {Type: AWS::Lambda::Function}")["F"]
    assert (function.handler, function.handler_place) == (None, None)
    assert (function.runtime, function.timeout, function.memory) == (ABSENT,) * 3
    assert (function.deployed_name, function.inline, function.durable) == (
        None,
        None,
        False,
    )
    assert (function.environment, function.environment_known, function.layers, function.sources) == (
        (),
        True,
        (),
        (),
    )
    # `aws cloudformation package` takes the template's folder then.
    assert function.folder == "app"


@pytest.mark.parametrize(
    ("runtime", "is_kept"),
    [
        ("python3.14", True),
        ("!Ref Runtime", True),
        ("!Ref Unknown", True),
        ("nodejs22.x", False),
        ("provided.al2023", False),
        ("!Ref Node", False),
    ],
)
def test_only_what_may_be_python_is_kept(runtime: str, is_kept: bool) -> None:
    top = "Parameters: {Runtime: {Default: python3.13}, Node: {Default: nodejs22.x}, Unknown: {Type: String}}"
    deployed = read(f"F: {{Type: AWS::Lambda::Function, Properties: {{Runtime: {runtime}}}}}", top=top)
    assert list(deployed) == (["F"] if is_kept else [])


@pytest.mark.parametrize(
    ("code", "is_kept"),
    [
        ("def handler(e, c):pass", True),
        ("exports.handler = 1", False),
        ("const a = require('x')", False),
        ("export const handler = 1", False),
    ],
)
def test_inline_javascript_of_an_unknown_runtime_is_left_out(code: str, is_kept: bool) -> None:
    deployed = read(f'F: {{Type: AWS::Lambda::Function, Properties: {{Code: {{ZipFile: "{code}"}}}}}}')
    assert list(deployed) == (["F"] if is_kept else [])


@pytest.mark.parametrize(
    ("path", "code", "folder"),
    [
        ("template.yaml", "src/", "src"),
        ("template.yaml", ".", "."),
        ("template.yaml", "..", ".."),
        ("a/b/template.yaml", "./src", "a/b/src"),
        ("a/b/template.yaml", "../../src", "src"),
        ("a/b/template.yaml", ".\\src\\x", "a/b/src/x"),
        ("a/template.yaml", "src/app.py", "a/src"),
        ("a/template.yaml", "!Sub 'src/${Name}'", "a/src/orders"),
        ("/x/a/template.yaml", "../src", "/x/src"),
        ("a/template.yaml", "!Sub 'src/${Unknown}'", None),
        ("a/template.yaml", "s3://bucket/key", None),
        ("a/template.yaml", "build/app.zip", None),
    ],
)
@pytest.mark.parametrize(
    "kind", ["AWS::Lambda::Function, Properties: {Code", "AWS::Serverless::Function, Properties: {CodeUri"]
)
def test_folders_are_relative_like_the_template(path: str, code: str, folder: str | None, kind: str) -> None:
    top = "Parameters: {Name: {Default: orders}}"
    assert read(f"F: {{Type: {kind}: {code}}}}}", top=top, path=path)["F"].folder == folder


@pytest.mark.parametrize(
    ("properties", "folder"),
    [
        ("Code: {S3Bucket: b, S3Key: k}", None),
        ("Code: {ImageUri: x}, PackageType: Image", None),
        ("Code: {ZipFile: 'x = 1'}", None),
        ("Code: {ZipFile: !Ref X}", None),
        ("ImageUri: x", None),
    ],
)
def test_code_elsewhere_has_no_folder(properties: str, folder: str | None) -> None:
    assert read(f"F: {{Type: AWS::Lambda::Function, Properties: {{{properties}}}}}")["F"].folder == folder


def test_code_of_a_cdk_asset() -> None:
    deployed = read(
        """
        F:
          Type: AWS::Lambda::Function
          Properties: {Code: {S3Bucket: !Sub x, S3Key: y}}
          Metadata: {"aws:asset:path": asset.1a2b}
        """,
        path="cdk.out/App.template.json",
    )
    assert deployed["F"].folder == "cdk.out/asset.1a2b"


@pytest.mark.parametrize(
    ("properties", "metadata", "handler", "folder"),
    [
        ("ImageConfig: {Command: [app.handler, x]}", "DockerContext: ./orders", "app.handler", "app/orders"),
        ("ImageConfig: {Command: []}", "Dockerfile: x", None, None),
        ("Handler: ignored.handler", "DockerContext: !Ref X", None, None),
        ("ImageConfig: {Command: app.handler}", "Dockerfile: x", None, None),
    ],
)
def test_images(properties: str, metadata: str, handler: str | None, folder: str | None) -> None:
    deployed = read(
        f"""
        F:
          Type: AWS::Serverless::Function
          Properties: {{PackageType: Image, {properties}}}
          Metadata: {{{metadata}}}
        """
    )
    assert (deployed["F"].handler, deployed["F"].folder) == (handler, folder)


def test_inline_code() -> None:
    deployed = read(
        """
        A:
          Type: AWS::Lambda::Function
          Properties: {Handler: index.handler, Code: {ZipFile: "x = 1"}}
        B:
          Type: AWS::Serverless::Function
          Properties: {Handler: index.handler, InlineCode: "x = 2"}
        """
    )
    for name, code in [("A", "x = 1"), ("B", "x = 2")]:
        inline = deployed[name].inline
        assert inline is not None
        assert inline.text == code
        assert deployed[name].folder is None
        assert deployed.shown(inline.place) == f'"{code}"'


@pytest.mark.parametrize(
    ("wrapper", "variable"),
    [
        ("datadog_lambda.handler.handler", "DD_LAMBDA_HANDLER"),
        ("newrelic_lambda_wrapper.handler", "NEW_RELIC_LAMBDA_HANDLER"),
        ("sentry_sdk.integrations.init_serverless_sdk.sentry_lambda_handler", "SENTRY_INITIAL_HANDLER"),
    ],
)
def test_a_wrapper_names_the_handler_in_a_variable(wrapper: str, variable: str) -> None:
    deployed = read(
        f"""
        F:
          Type: AWS::Lambda::Function
          Properties: {{Handler: {wrapper}, Environment: {{Variables: {{A: b.c, {variable}: app.main}}}}}}
        G:
          Type: AWS::Lambda::Function
          Properties: {{Handler: {wrapper}}}
        """
    )
    function = deployed["F"]
    assert function.handler == "app.main"
    assert function.handler_place is not None
    assert deployed.shown(function.handler_place) == "app.main"
    assert deployed["G"].handler == wrapper


def test_variables() -> None:
    deployed = read(
        """
        Queue: {Type: AWS::SQS::Queue}
        Nested: {Type: AWS::CloudFormation::Stack}
        F:
          Type: AWS::Lambda::Function
          Properties:
            Environment:
              Variables:
                TEXT: plain
                NUMBER: 8080
                FLAG: true
                NOTHING:
                DEFAULT: !Ref Stage
                MIXED: !Sub "a-${Stage}"
                SECRET: !Ref Secret
                URL: !Ref Queue
                ARN: !GetAtt Queue.Arn
                SUB: !Sub "${Queue.QueueName}"
                PART: !Sub "https://${Queue}"
                REGION: !Ref AWS::Region
                OUTPUT: !GetAtt Nested.Outputs.Url
                IMPORTED: !ImportValue x
        """,
        top="Parameters: {Stage: {Default: dev}, Secret: {Type: String}}",
    )
    function = deployed["F"]
    found = {variable.name: (variable.value, variable.target) for variable in function.environment}
    assert found == {
        "TEXT": ("plain", None),
        "NUMBER": ("8080", None),
        "FLAG": ("true", None),
        "NOTHING": (None, None),
        "DEFAULT": ("dev", None),
        "MIXED": ("a-dev", None),
        "SECRET": (None, None),
        "URL": (None, "Queue"),
        "ARN": (None, "Queue"),
        "SUB": (None, "Queue"),
        "PART": (None, None),
        "REGION": (None, None),
        "OUTPUT": (None, None),
        "IMPORTED": (None, None),
    }
    assert function.environment_known
    places = {variable.name: deployed.shown(variable.place) for variable in function.environment}
    assert (places["TEXT"], places["DEFAULT"], places["MIXED"]) == ("plain", "dev", '!Sub "a-${Stage}"')
    assert deployed.template.text.index("dev") == function.environment[4].place.span.start


@pytest.mark.parametrize(
    ("environment", "is_known"),
    [
        ("{Variables: {A: b}}", True),
        ("{}", True),
        ("{Variables: {}}", True),
        ("{Variables: !If [C, {A: b}, {}]}", False),
        ("{Variables: {'Fn::If': [C, {A: b}, {}]}}", False),
        ("{Variables: !Ref X}", False),
        ("!If [C, {Variables: {A: b}}, !Ref AWS::NoValue]", False),
        ("{'Fn::Transform': {Name: x}}", False),
    ],
)
def test_an_environment_may_not_be_all_known(environment: str, is_known: bool) -> None:
    deployed = read(f"F: {{Type: AWS::Lambda::Function, Properties: {{Environment: {environment}}}}}")
    assert deployed["F"].environment_known == is_known


def test_layers_of_the_same_template() -> None:
    deployed = read(
        """
        Shared: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layers/shared/}}
        Plain: {Type: AWS::Lambda::LayerVersion, Properties: {Content: ../plain}}
        Uploaded: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: b, S3Key: k}}}
        Bare: {Type: AWS::Lambda::LayerVersion}
        Role: {Type: AWS::IAM::Role}
        F:
          Type: AWS::Lambda::Function
          Properties:
            Layers:
              - !Ref Shared
              - !Ref Shared
              - !If [C, !Ref Plain, !Ref AWS::NoValue]
              - !Ref Uploaded
              - !Ref Bare
              - !Ref Role
              - arn:aws:lambda:eu-west-1:123456789012:layer:x:1
              - !Ref Missing
        G:
          Type: AWS::Lambda::Function
          Properties: {Layers: !If [C, [!Ref Plain], !Ref AWS::NoValue]}
        """
    )
    assert deployed["F"].layers == ("app/layers/shared", "plain")
    assert deployed["G"].layers == ("plain",)


def test_globals_are_defaults_of_sam_functions() -> None:
    deployed = read(
        """
        Shared: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: shared}}
        Own: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: own}}
        A:
          Type: AWS::Serverless::Function
          Properties:
            Timeout: 5
            Layers: [!Ref Own]
            Environment: {Variables: {B: own, C: own}}
        B: {Type: AWS::Serverless::Function}
        C: {Type: AWS::Lambda::Function}
        """,
        top="""
        Globals:
          Function:
            Handler: app.main
            Runtime: python3.12
            CodeUri: src
            Timeout: 10
            MemorySize: 256
            Layers: [!Ref Shared]
            Environment: {Variables: {A: all, B: all}}
        """,
    )
    a, b, c = deployed["A"], deployed["B"], deployed["C"]
    assert (a.handler, a.runtime.value, a.folder, a.timeout.value, a.memory.value) == (
        "app.main",
        "python3.12",
        "app/src",
        5,
        256,
    )
    assert a.layers == ("app/shared", "app/own")
    assert {variable.name: variable.value for variable in a.environment} == {
        "A": "all",
        "B": "own",
        "C": "own",
    }
    assert (b.timeout.value, b.layers) == (10, ("app/shared",))
    assert (c.handler, c.timeout.value, c.layers, c.environment) == (None, None, (), ())


def test_a_global_runtime_of_another_language_is_overridden() -> None:
    deployed = read(
        """
        A: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.12}}
        B: {Type: AWS::Serverless::Function}
        """,
        top="Globals: {Function: {Runtime: nodejs22.x}}",
    )
    assert list(deployed) == ["A"]


def test_variables_that_name_functions() -> None:
    function = read(
        """
        Caller:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.13
            Handler: app.handler
            FunctionName: !Sub "${AWS::StackName}-caller"
            Environment:
              Variables:
                REF: !Ref Worker
                ARN: !GetAtt Worker.Arn
                NAME: worker
                OWN: !Sub "${AWS::StackName}-caller"
                WRITTEN: arn:aws:lambda:eu-west-1:123456789012:function:worker:live
                BUILT: !Sub "arn:aws:lambda:${AWS::Region}:123456789012:function:${AWS::StackName}-caller"
                ALIAS: !Ref WorkerLive
                PUBLISHED: !Ref WorkerAliasprod
                OTHER: !Sub "${AWS::StackName}-other"
                LONGER: !Sub "https://example.com/${Worker}"
                ROLE: !GetAtt Worker.Role
        Worker:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.13
            Handler: worker.handler
            FunctionName: worker
            AutoPublishAlias: prod
        WorkerLive:
          Type: AWS::Lambda::Alias
          Properties:
            FunctionName: !Ref Worker
            FunctionVersion: "1"
            Name: live
        """
    )["Caller"]
    targets = {variable.name: variable.target for variable in function.environment}
    assert targets == {
        "REF": "Worker",
        "ARN": "Worker",
        "NAME": "Worker",
        "OWN": "Caller",
        "WRITTEN": "Worker",
        "BUILT": "Caller",
        "ALIAS": "Worker",
        "PUBLISHED": "Worker",
        "OTHER": None,
        "LONGER": None,
        "ROLE": "Worker",
    }


def test_variables_that_are_attributes() -> None:
    function = read(
        """
        Caller:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.13
            Handler: app.handler
            Environment:
              Variables:
                URL: !GetAtt WorkerUrl.FunctionUrl
                PATH_BELOW: !Sub "${WorkerUrl.FunctionUrl}orders"
                PLAIN: !Ref Worker
                LITERAL: worker
                LATER: !Sub "x-${Worker.Arn}"
        Worker:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.13
            Handler: worker.handler
            FunctionUrlConfig:
              AuthType: NONE
        """
    )["Caller"]
    attributes = {variable.name: variable.attribute for variable in function.environment}
    assert attributes == {
        "URL": "FunctionUrl",
        "PATH_BELOW": "FunctionUrl",
        "PLAIN": None,
        "LITERAL": None,
        "LATER": None,
    }
