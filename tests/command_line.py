"""What tests of the command line share."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from pathlib import Path

APP = """\
import store


def lambda_handler(event, context):
    return store.save(event)
"""
STORE = """\
import boto3


def save(item):
    return boto3.client("s3").put_object(Bucket=item["bucket"], Key="a", Body=item)
"""
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.lambda_handler
      Runtime: python3.13
      Timeout: 5
      MemorySize: 256
      Role: !ImportValue OrdersRole
      Events:
        Queue:
          Type: SQS
          Properties: {Queue: !GetAtt OrderQueue.Arn}
"""
PROJECT = {"src/app.py": APP, "src/store.py": STORE, "template.yaml": TEMPLATE}
LOOKS = ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "GITLAB_CI", "LAMBDA_LINT_OUTPUT_FORMAT")


@dataclass(frozen=True, slots=True)
class Run:
    code: int
    out: str
    err: str


class LambdaLint(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None, stdout: TextIO | None = None) -> Run: ...


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def environment(**more: str) -> dict[str, str]:
    """The environment of a process of its own."""
    return {name: value for name, value in os.environ.items() if name not in LOOKS} | more
