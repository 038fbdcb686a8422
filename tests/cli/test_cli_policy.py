"""`policy`: what a function needs, as a policy; what is not known; and which function is meant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_line import write

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Queue: {Type: AWS::SQS::Queue}
  Files: {Type: AWS::S3::Bucket}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
      FunctionName: take-orders
      Environment:
        Variables: {TABLE: !Ref Table, QUEUE: !Ref Queue, FILES: !Ref Files}
  Lost: {Type: AWS::Serverless::Function, Properties: {CodeUri: src/, Handler: lost.f, Runtime: python3.13}}
"""
CODE = """\
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event, context):
    table.put_item(Item=event)
    table.query(IndexName="by_date")
    table.query()
    boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE"], MessageBody="a")
    boto3.client("s3").put_object(Bucket=os.environ["FILES"], Key="a", Tagging="b=c")
    boto3.client("secretsmanager").get_secret_value(SecretId="key")
    boto3.client("cloudwatch").put_metric_data(Namespace="a", MetricData=[])
"""
LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]


@pytest.fixture
def orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"template.yaml": TEMPLATE, "src/app.py": CODE})
    return tmp_path


def allowed(text: str) -> dict[str, object]:
    """The resources by the first action of each statement."""
    policy = json.loads(text)
    assert policy["Version"] == "2012-10-17"
    assert all(each["Effect"] == "Allow" for each in policy["Statement"])
    return {each["Action"][0]: each["Resource"] for each in policy["Statement"]}


@pytest.mark.usefixtures("orders")
@pytest.mark.parametrize("name", ["Orders", "take-orders", "app.handler", "template.yaml:Orders"])
def test_the_smallest_policy(lambda_lint: LambdaLint, name: str) -> None:
    run = lambda_lint("policy", name)
    assert run.code == 0
    assert allowed(run.out) == {
        "cloudwatch:PutMetricData": ["*"],
        "dynamodb:PutItem": ["arn:aws:dynamodb:*:*:table/*"],
        "dynamodb:Query": ["arn:aws:dynamodb:*:*:table/*", "arn:aws:dynamodb:*:*:table/*/index/by_date"],
        "logs:CreateLogGroup": ["*"],
        "s3:PutObject": ["arn:aws:s3:::*/*"],
        "secretsmanager:GetSecretValue": ["arn:aws:secretsmanager:*:*:secret:key-*"],
        "sqs:SendMessage": ["arn:aws:sqs:*:*:*"],
    }
    assert run.err == (
        "note: only the deployment knows the names of `Files`, `Queue`, `Table`: `*` stands for them\n"
    )


@pytest.mark.usefixtures("orders")
def test_a_policy_for_a_template_refers_to_resources(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("policy", "Orders", "--in-template")
    found = allowed(run.out)
    place = "${AWS::Region}:${AWS::AccountId}"
    assert found["dynamodb:PutItem"] == [
        {"Fn::Sub": f"arn:${{AWS::Partition}}:dynamodb:{place}:table/${{Table}}"}
    ]
    assert found["sqs:SendMessage"] == [
        {"Fn::Sub": f"arn:${{AWS::Partition}}:sqs:{place}:${{Queue.QueueName}}"}
    ]
    assert found["logs:CreateLogGroup"] == ["*"]
    assert run.err == ""


def test_what_is_not_known_is_told(orders: Path, lambda_lint: LambdaLint) -> None:
    code = """\
import boto3
import awswrangler


def handler(event, context):
    boto3.client("s3").put_object(Bucket=event["bucket"], Key="a")
    boto3.client("dynamodb").execute_statement(Statement=event["statement"])
    boto3.Session(profile_name="other").client("sqs").list_queues()
"""
    write(orders, {"src/app.py": code})
    run = lambda_lint("policy", "Orders")
    # Whoever is called with a session of another profile is not the function.
    assert allowed(run.out).keys() == {"logs:CreateLogGroup"}
    assert run.err.splitlines() == [
        "note: some of the code, or of what it imports, is not known: it may need more",
        "note: s3.put_object (src/app.py) may be called with other credentials: left out",
        "note: dynamodb.execute_statement (src/app.py) may be called with other credentials: left out",
        "note: sqs.list_queues (src/app.py) may be called with other credentials: left out",
    ]
    write(orders, {"src/app.py": code.replace('boto3.Session(profile_name="other")', "boto3")})
    run = lambda_lint("policy", "Orders")
    assert allowed(run.out) == {"logs:CreateLogGroup": ["*"], "s3:PutObject": ["*"], "sqs:ListQueues": ["*"]}
    assert run.err.splitlines()[1:] == [
        "note: the resource of s3.put_object (src/app.py) is not known: `s3:PutObject` is allowed on `*`",
        "note: it is not known what dynamodb.execute_statement (src/app.py) needs: left out",
    ]


@pytest.mark.usefixtures("orders")
def test_a_function_without_code_needs_to_write_its_log(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("policy", "Lost")
    assert json.loads(run.out)["Statement"] == [{"Effect": "Allow", "Action": LOGS, "Resource": ["*"]}]
    assert run.err == "note: its code was not found\n"


def test_what_lambda_does_for_a_function_is_needed(orders: Path, lambda_lint: LambdaLint) -> None:
    template = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Incoming: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue, Properties: {QueueName: failed}}
  Dead: {Type: AWS::SNS::Topic}
  Table: {Type: AWS::DynamoDB::Table}
  Reader: {Type: AWS::Kinesis::StreamConsumer}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
      Tracing: Active
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
      DeadLetterQueue: {Type: SNS, TargetArn: !Ref Dead}
      EventInvokeConfig:
        DestinationConfig: {OnSuccess: {Type: EventBridge, Destination: !ImportValue Bus}}
      Events:
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Incoming.Arn}}
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: LATEST
            DestinationConfig: {OnFailure: {Destination: !GetAtt Failed.Arn}}
        Other: {Type: Kinesis, Properties: {Stream: !Ref Reader, StartingPosition: LATEST}}
        Calls: {Type: HttpApi}
        Broker: {Type: MQ, Properties: {Broker: !ImportValue Broker, Queues: [orders]}}
"""
    code = "def handler(event, context):\n    return event\n"
    write(orders, {"template.yaml": template, "src/app.py": code})
    run = lambda_lint("policy", "Orders", "--in-template")
    place = "${AWS::Region}:${AWS::AccountId}"

    def arn(service: str, rest: str) -> list[object]:
        return [{"Fn::Sub": f"arn:${{AWS::Partition}}:{service}:{place}:{rest}"}]

    assert allowed(run.out) == {
        "dynamodb:DescribeStream": arn("dynamodb", "table/${Table}/stream/*"),
        "dynamodb:ListStreams": ["*"],
        "ec2:AssignPrivateIpAddresses": ["*"],
        "kinesis:DescribeStream": ["*"],
        "logs:CreateLogGroup": ["*"],
        "sns:Publish": arn("sns", "${Dead.TopicName}"),
        "sqs:DeleteMessage": arn("sqs", "${Incoming.QueueName}"),
        "sqs:SendMessage": arn("sqs", "${Failed.QueueName}"),
        "xray:PutTelemetryRecords": ["*"],
    }
    assert run.err == "note: what Lambda needs to read Amazon MQ is left out\n"


def test_sources_that_are_not_known_are_told(tmp_path: Path, lambda_lint: LambdaLint) -> None:
    stack = """\
from aws_cdk import aws_lambda

aws_lambda.Function(None, "Orders", handler="app.handler", code=aws_lambda.Code.from_asset("src"))
"""
    code = "def handler(event, context):\n    return event\n"
    write(tmp_path, {"stack.py": stack, "src/app.py": code, "cdk.json": "{}"})
    run = lambda_lint("policy", "Orders", str(tmp_path))
    assert allowed(run.out) == {"logs:CreateLogGroup": ["*"]}
    assert run.err == "note: not all of its sources are known: what Lambda needs to read others is left out\n"


@pytest.mark.usefixtures("orders")
def test_a_function_that_is_not_there(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("policy", "Bills")
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines() == [
        "error: there is no deployed function `Bills`; choose one of",
        "error:   template.yaml:Lost",
        "error:   template.yaml:Orders",
    ]


def test_a_name_that_means_several(orders: Path, lambda_lint: LambdaLint) -> None:
    more = "".join(
        f"  F{n:02}: {{Type: AWS::Serverless::Function,"
        " Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.13}}\n"
        for n in range(21)
    )
    write(orders, {"template.yaml": TEMPLATE + more})
    run = lambda_lint("policy", "app.handler")
    assert run.code == 2
    lines = run.err.splitlines()
    assert lines[0] == "error: `app.handler` means several functions; choose one of"
    assert lines[-1] == "error:   and 2 more"


def test_no_function_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint) -> None:
    monkeypatch.chdir(tmp_path)
    run = lambda_lint("policy", "Orders")
    assert (run.code, run.err) == (2, "error: no template declares a function\n")


def test_only_templates_of_cloudformation_refer_like_this(orders: Path, lambda_lint: LambdaLint) -> None:
    terraform = """\
data "archive_file" "code" {
  type = "zip"
  source_dir = "src"
  output_path = "code.zip"
}
resource "aws_lambda_function" "bills" {
  function_name = "bills"
  filename = data.archive_file.code.output_path
  handler = "app.handler"
  runtime = "python3.13"
}
"""
    write(orders, {"main.tf": terraform})
    assert lambda_lint("policy", "bills").code == 0
    run = lambda_lint("policy", "bills", "--in-template")
    assert run.code == 2
    assert run.err == "error: `main.tf` is no template of CloudFormation, for which `--in-template` is\n"
