"""What functions work with: services and resources that code calls, functions that it runs."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest
from running import run

from lambda_lint.analyses.deployed_uses import name_in

if TYPE_CHECKING:
    from lambda_lint.model.deployed import FunctionInfo

TEMPLATE = """
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Dead: {Type: AWS::SQS::Queue, Properties: {QueueName: dead}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: .
      Handler: app.main
      Environment:
        Variables:
          TABLE: !Ref Table
          BUCKET: orders
          HIDDEN: !ImportValue Hidden
          OTHER: !Ref G
          URL: !GetAtt GUrl.FunctionUrl
      MORE
  G:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: .
      Handler: other.main
      FunctionName: gee
      FunctionUrlConfig: {AuthType: NONE}
"""


def function(body: str, more: str = "", *, template: str = TEMPLATE) -> FunctionInfo:
    """The function whose handler has this body."""
    code = "import os\nimport boto3\nimport requests\n\ndef main(event, context):\n" + indent(
        dedent(body).strip(), "    "
    )
    files = {"app.py": code, "other.py": "def main(event, context): pass\n"}
    templates = {"t.yaml": template.replace("MORE", more)} if template else {}
    result = run(files, templates=templates, describes=True)
    return next(each for each in result.functions if each.name in {"F", "app.py:main"})


def uses(body: str, more: str = "", *, template: str = TEMPLATE) -> list[str]:
    """Service, resource and operations."""
    return [
        " ".join(
            filter(
                None,
                (
                    use.resource.service,
                    use.resource.id and f"{use.resource.template}:{use.resource.id}",
                    use.resource.name,
                    ",".join(use.what),
                ),
            )
        )
        for use in function(body, more, template=template).uses
    ]


QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"
S3, DYNAMODB = "s3 = boto3.client('s3')\n", "dynamodb = boto3.resource('dynamodb')\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{S3}s3.get_object(Bucket='a', Key='b')", ["s3 a get_object"]),
        (f"{S3}s3.get_object(Bucket='arn:aws:s3:::a/b', Key='b')", ["s3 a get_object"]),
        (f"{S3}s3.get_object(Bucket=os.environ['BUCKET'], Key='b')", ["s3 orders get_object"]),
        (f"{S3}s3.get_object(Bucket=os.environ['HIDDEN'], Key='b')", ["s3 get_object"]),
        (f"{S3}s3.get_object(Bucket=os.environ['NOWHERE'], Key='b')", ["s3 get_object"]),
        (f"{S3}s3.get_object(Bucket=event['bucket'], Key='b')", ["s3 get_object"]),
        (f"{S3}s3.get_object(Bucket='a-' + os.environ['BUCKET'], Key='b')", ["s3 a-orders get_object"]),
        (f"{S3}s3.get_object(Bucket='a-' + event['bucket'], Key='b')", ["s3 get_object"]),
        (f"{S3}s3.get_object(**{{'Bucket': 'a'}}, Key='b')", ["s3 a get_object"]),
        (f"{S3}s3.upload_file('/tmp/x', 'a', 'b')", ["s3 a upload_file"]),
        (f"{S3}s3.upload_file('/tmp/x', Bucket='a', Key='b')", ["s3 a upload_file"]),
        (f"{S3}s3.list_buckets()", ["s3 list_buckets"]),
        (
            f"{S3}s3.get_object(Bucket='a', Key='b')\ns3.put_object(Bucket='a', Key='b')",
            ["s3 a get_object,put_object"],
        ),
        (f"{S3}s3.get_paginator('list_objects_v2').paginate(Bucket='a')", ["s3 a list_objects_v2"]),
        (f"{S3}s3.get_waiter('object_exists').wait(Bucket='a', Key='b')", ["s3 a object_exists"]),
        (f"{S3}s3.close()", []),
        ("boto3.client(event['service']).get_object(Bucket='a')", []),
        ("boto3.Session().client('sts').get_caller_identity()", ["sts get_caller_identity"]),
        (
            f"{DYNAMODB}dynamodb.Table(os.environ['TABLE']).put_item(Item=event)",
            ["dynamodb t.yaml:Table put_item"],
        ),
        (f"{DYNAMODB}dynamodb.Table('a')", ["dynamodb a Table"]),
        (
            f"{DYNAMODB}dynamodb.Table('a').scan()\ndynamodb.Table('b').scan()",
            ["dynamodb a Table", "dynamodb b Table"],
        ),
        (f"{DYNAMODB}dynamodb.create_table(TableName='a')", ["dynamodb a create_table"]),
        ("def f(table):\n    table.put_item()\nf(boto3.resource('s3').meta.x)", []),
        (
            f"boto3.client('sqs').send_message(QueueUrl='{QUEUE}')",
            ["sqs jobs send_message"],
        ),
        (
            "from aws_lambda_powertools.utilities.parameters import get_secret\nget_secret('key')",
            ["secretsmanager key get_secret"],
        ),
        ("boto3.client('lambda').list_functions()", ["lambda list_functions"]),
    ],
)
def test_services_and_resources(body: str, expected: list[str]) -> None:
    assert uses(body) == expected


def test_code_that_no_template_deploys() -> None:
    body = f"{S3}s3.get_object(Bucket=os.environ['BUCKET'], Key='b')"
    assert uses(body, template="") == ["s3 get_object"]


def test_where_lambda_hands_events_on() -> None:
    queue, topic = "!GetAtt Dead.Arn", "'arn:aws:sns:eu-west-1:123456789012:news'"
    more = (
        f"DeadLetterQueue: {{Type: SQS, TargetArn: {queue}}}\n"
        f"      EventInvokeConfig: {{DestinationConfig: {{OnFailure: {{Type: SNS, Destination: {topic}}},"
        " OnSuccess: {Type: EventBridge, Destination: !ImportValue Bus}}}\n"
        "      Events:\n"
        "        S:\n"
        "          Type: Kinesis\n"
        "          Properties:\n"
        "            Stream: !ImportValue Stream\n"
        f"            DestinationConfig: {{OnFailure: {{Destination: {queue}}}}}"
    )
    assert uses("return 1", more) == [
        "sns news on failure",
        "sqs t.yaml:Dead dead dead letters,on failure",
    ]


def invokes(
    body: str, more: str = "", *, template: str = TEMPLATE
) -> list[tuple[str | None, str | None, str]]:
    return [
        (each.name, each.function and ":".join(each.function), ",".join(each.how))
        for each in function(body, more, template=template).invokes
    ]


def invoke(name: str, more: str = "") -> str:
    return f"boto3.client('lambda').invoke(FunctionName={name}{more})"


EVENT = ", InvocationType='Event'"
G = ("gee", "t.yaml:G")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (invoke("os.environ['OTHER']"), [(*G, "waiting")]),
        (invoke("'gee'", EVENT), [(*G, "asynchronous")]),
        (
            "\n".join((invoke("os.environ['OTHER']", EVENT), invoke("'gee'"))),
            [(*G, "asynchronous,waiting")],
        ),
        (invoke("'gee'", ", InvocationType='DryRun'"), []),
        (invoke("'gee'", ", InvocationType=event['type']"), [(*G, "unknown")]),
        (invoke("'else'"), [("else", None, "waiting")]),
        (invoke("event['name']"), [(None, None, "waiting")]),
        (invoke("context.function_name", EVENT), [("F", "t.yaml:F", "asynchronous")]),
        ("requests.post(os.environ['URL'])", [(None, None, "waiting")]),
        ("requests.post('https://abc.lambda-url.eu-west-1.on.aws/')", [(None, None, "waiting")]),
    ],
)
def test_functions_that_are_run(body: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert invokes(body) == expected
    assert uses(body) == []


def test_a_function_that_no_template_deploys_runs_others() -> None:
    body = f"{invoke('context.function_name')}\n{invoke(repr('else'))}"
    assert invokes(body, template="") == [(None, None, "waiting"), ("else", None, "waiting")]
    assert invokes("requests.post(os.environ['URL'])", template="") == []


def test_events_may_be_handed_on_to_a_function() -> None:
    more = "EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: Lambda, Destination: !GetAtt G.Arn}}}"
    assert invokes("return 1", more) == [(*G, "on success")]
    assert uses("return 1", more) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("orders", "orders"),
        ("arn:aws:dynamodb:eu-west-1:123456789012:table/Orders/stream/1", "Orders"),
        ("arn:aws:dynamodb:eu-west-1:123456789012:Orders", "Orders"),
        ("arn:aws:states:eu-west-1:123456789012:stateMachine:Pay", "Pay"),
        ("arn:aws:x:::a/", "arn:aws:x:::a/"),
        ("https://sqs.eu-west-1.amazonaws.com/123456789012/jobs", "jobs"),
        ("https://example.com/", "https://example.com/"),
    ],
)
def test_names_in_texts(text: str, name: str) -> None:
    assert name_in(text) == name
