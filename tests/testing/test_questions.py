"""Questions of a page are put to the model, and wrong answers are told."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from lambda_lint.testing.cases import Case, parse_page
from lambda_lint.testing.questions import QUESTIONS, wrong_answers

PAGE = """
# A project

`src/app.py`

```python
import os

import boto3
import store

BUCKET = "b"  # value: 'b'
BUCKET  # value: 'b'  # phase: init  # inside: none
if BUCKET:  # value: 'b'
    pass
s3 = boto3.client("s3")  # sdk: client s3  # loop: none
boto3.client  # name: boto3.client
tables: object = boto3.resource("dynamodb").Table("t")  # sdk: part dynamodb Table
os.environ["X"]  # value: environment X
boto3  # sdk: none  # value: unknown


class Orders:  # phase: init
    def save(self, order):
        s3.put_object(Body=order)  # operation: s3 put_object  # depends: event  # inside: Orders.save


def tidy():  # handler: none  # source: none  # phase: invoke  # path: handler > tidy
    return s3  # phase: invoke


def main_of(value):
    return value  # depends: unknown


def handler(event, context):  # handler: template  # source: sqs  # phase: invoke
    for record in event["Records"]:  # depends: event
        with open(record) as file:  # name: unknown  # loop: for
            store.put(file)  # calls: put  # operation: none  # path: none
    while context:  # depends: context
        Orders().save(event["order"])
    match event:  # depends: event
        case _:
            tidy()  # calls: tidy
    # A remark.
    raise ValueError("no")  # phase: invoke


async def later():
    return await tidy()  # calls: tidy
```

`src/store.py`

```python
def put(file): return file
```

```yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Main:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      CodeUri: src
      Handler: app.handler
      Events:
        Queue:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:eu-west-1:123456789012:q
```
"""


def case_of(text: str) -> Case:
    (case,) = parse_page(Path("model.md"), dedent(text), frozenset({"error", *QUESTIONS}))
    return case


def test_right_answers() -> None:
    case = case_of(PAGE)
    assert sum(len(file.questions) for file in case.files) > 30
    assert not list(wrong_answers(case))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "import boto3\nboto3.client  # name: boto3.resource",
            "name is `boto3.client`, not",
        ),
        ("1  # value: 2", "app.py:1 (page 2): 1\n    value is `1`, not `2`"),
        (
            "try:  # phase: init\n    pass\nfinally:\n    pass",
            "nothing to ask about begins on this line",
        ),
        ("x = (\n    1)  # value: 1", "nothing to ask about begins on this line: 1)"),
        ("pass  # phase: init", "phase is `neither`, not `init`"),
    ],
)
def test_wrong_answers_are_told(code: str, told: str) -> None:
    (wrong,) = wrong_answers(case_of(f"```python\n{code}\n```\n"))
    assert told in wrong
