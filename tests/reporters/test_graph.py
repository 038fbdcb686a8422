"""What a graph of functions has for nodes and edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from running import run

from lambda_lint.reporters.graph import Graph, graph_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = """
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  Dead: {Type: AWS::SQS::Queue}
  Take:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: .
      Handler: take.main
      FunctionName: taker
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Dead.Arn}
      Environment: {Variables: {QUEUE: !Ref Queue}}
      Events:
        A: {Type: Api, Properties: {Path: /jobs, Method: post}}
        B: {Type: Api, Properties: {Path: /jobs, Method: put}}
        C: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: "s3:ObjectCreated:*"}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: .
      Handler: work.main
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: Lambda, Destination: !GetAtt Take.Arn}}}
      Events:
        A: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
  Bucket: {Type: AWS::S3::Bucket}
"""
HEAD = "import os\nimport boto3\n\n\ndef main(event, context):\n"
QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"
FILES = {
    "take.py": f"{HEAD}    boto3.client('sqs').send_message(QueueUrl=os.environ['QUEUE'], MessageBody='x')\n"
    "    boto3.resource('dynamodb').Table('a')\n",
    "work.py": f"{HEAD}    boto3.client('s3').get_object(Bucket='else', Key='k')\n"
    "    boto3.client('ssm').get_parameter(Name='k')\n"
    "    boto3.client('lambda').invoke(FunctionName='taker', InvocationType='Event')\n"
    "    boto3.client('lambda').invoke(FunctionName=event['x'])\n",
    "alone.py": f"{HEAD}    boto3.client('sqs').purge_queue(QueueUrl='{QUEUE}')\n"
    "    boto3.client('lambda').invoke(FunctionName='elsewhere')\n",
}


def graph(
    files: Mapping[str, str] = FILES, template: str = TEMPLATE, targets: list[str] | None = None
) -> Graph:
    return graph_of(run(files, templates={"t.yaml": template}, describes=True, targets=targets))


def edges(graph: Graph) -> list[str]:
    return [f"{each.start} {each.kind} {each.end} ({', '.join(each.labels)})" for each in graph.edges]


def test_sources_functions_and_what_they_call() -> None:
    assert edges(graph()) == [
        "function:alone.py:main invokes resource:lambda:elsewhere (invokes and waits)",
        "function:alone.py:main calls resource:t.yaml:Queue (purge_queue)",
        "function:t.yaml:Take calls resource:dynamodb:a ()",
        "function:t.yaml:Take delivers resource:t.yaml:Dead (dead letters)",
        "function:t.yaml:Take calls resource:t.yaml:Queue (send_message)",
        "function:t.yaml:Work delivers function:t.yaml:Take (on failure)",
        "function:t.yaml:Work invokes function:t.yaml:Take (invokes)",
        "function:t.yaml:Work calls resource:s3:else (get_object)",
        "function:t.yaml:Work invokes service:lambda (invokes and waits)",
        "function:t.yaml:Work calls service:ssm (get_parameter)",
        "resource:t.yaml:Bucket triggers function:t.yaml:Take ()",
        "resource:t.yaml:Queue triggers function:t.yaml:Work ()",
        "source:rest-api triggers function:t.yaml:Take (post /jobs, put /jobs)",
    ]


def test_what_nodes_are() -> None:
    nodes = {node.id: node for node in graph().nodes}
    assert list(nodes) == sorted(nodes)
    kinds = {id_: (node.kind, node.label) for id_, node in nodes.items()}
    assert kinds["function:t.yaml:Take"] == ("function", "Take")
    assert kinds["function:alone.py:main"] == ("function", "alone.py:main")
    assert kinds["resource:t.yaml:Queue"] == ("resource", "sqs: Queue")
    assert kinds["resource:s3:else"] == ("resource", "s3: else")
    assert kinds["service:ssm"] == ("service", "ssm")
    assert kinds["source:rest-api"] == ("source", "rest-api")
    take, queue = nodes["function:t.yaml:Take"], nodes["resource:t.yaml:Queue"]
    assert take.location is not None
    assert (take.location.path, take.location.start.line) == ("t.yaml", 4)
    assert (queue.template, queue.location) == ("t.yaml", None)


def test_a_name_that_two_templates_give_is_neither() -> None:
    result = run(FILES, templates={"t.yaml": TEMPLATE, "u.yaml": TEMPLATE}, describes=True)
    found = edges(graph_of(result))
    assert "function:alone.py:main calls resource:sqs:jobs (purge_queue)" in found


def test_functions_of_the_files_that_are_asked_for_and_their_neighbors() -> None:
    """Those of a template, and those whose code is among them."""
    by_code = edges(graph(targets=["work.py"]))
    assert by_code == [each for each in edges(graph()) if "t.yaml:Work" in each]
    nodes = {node.id for node in graph(targets=["work.py"]).nodes}
    assert "function:t.yaml:Take" in nodes
    by_template = edges(graph(targets=["t.yaml"]))
    assert by_template == [each for each in edges(graph()) if "alone.py" not in each]
