"""A generated serverless monorepo: services of twenty functions, templates and layers, planted findings.

The same number of functions and the same seed give the same files. One function in five breaks one
practice, and everything else is sound: so it is known which findings a linter must report, and that there
are no others.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handler_texts import BREACHES, COMMON, EVENTS, HANDLERS, RULE_OF_BUSINESS, SERVICE

if TYPE_CHECKING:
    from pathlib import Path

PER_SERVICE = 20
BROKEN_EVERY = 5
NOUNS = ("order", "invoice", "parcel", "refund", "ticket", "booking", "account", "contract")
FIELDS = ("amount", "discount", "weight", "distance", "priority", "quantity", "balance", "duration")

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Description: The {service} service

Globals:
  Function:
    Runtime: python3.13
    Timeout: 20
    MemorySize: 512
    Layers: [!Ref CommonLayer, !Ref ServiceLayer]
    Role: !ImportValue {service}-role
    DeadLetterQueue: {{Type: SQS, TargetArn: !ImportValue {service}-lost}}
    Environment:
      Variables:
        TABLE: !Ref Items
        CATALOG_URL: https://catalog.example

Resources:
  CommonLayer:
    Type: AWS::Serverless::LayerVersion
    Properties: {{ContentUri: ../../layers/common/}}

  ServiceLayer:
    Type: AWS::Serverless::LayerVersion
    Properties: {{ContentUri: layer/}}

  Api:
    Type: AWS::Serverless::HttpApi

  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]

  Work:
    Type: AWS::SQS::Queue
    Properties: {{VisibilityTimeout: 120}}

  Uploads:
    Type: AWS::S3::Bucket

  Changes:
    Type: AWS::SNS::Topic
"""
FUNCTION = """
  {resource}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/{name}/
      Handler: app.lambda_handler
      Events:
        Source:
          Type: {event}
          Properties: {properties}
"""


@dataclass(slots=True)
class Monorepo:
    """What was written: how many Python files, the findings to expect, and files that are worth an edit."""

    files: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    handlers: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)


def write_monorepo(folder: Path, functions: int, seed: int = 0) -> Monorepo:
    """Write a monorepo of so many functions into a folder."""
    made = Monorepo()
    for name, text in COMMON.items():
        _write(folder, f"layers/common/python/common/{name}", text, made)
    for number in range(0, functions, PER_SERVICE):
        size = min(PER_SERVICE, functions - number)
        # A service does not depend on how many there are: a larger monorepo begins with the smaller one.
        _write_service(folder, number // PER_SERVICE, size, random.Random(f"{seed}/{number}"), made)  # noqa: S311
    return made


def _write_service(folder: Path, number: int, size: int, chance: random.Random, made: Monorepo) -> None:
    service = f"{chance.choice(NOUNS)}_{number:03}"
    home = f"services/{service}"
    template = TEMPLATE.format(service=service)
    for name, text in SERVICE.items():
        path = f"{home}/layer/python/{service}/{name}"
        _write(folder, path, text.replace("SERVICE", service), made)
        made.shared.append(path)
    for index in range(size):
        kind = list(HANDLERS)[index % len(HANDLERS)]
        name = f"{kind}_{index:02}"
        text = HANDLERS[kind].replace("SERVICE", service) + _rules_of_business(chance)
        if (index + index // len(HANDLERS) + number) % BROKEN_EVERY == 0:
            breach = chance.choice(BREACHES[kind])
            text = breach.apply(text)
            made.planted[breach.rule] += 1
        path = f"{home}/functions/{name}/app.py"
        _write(folder, path, text, made)
        made.handlers.append(path)
        event, properties = EVENTS[kind]
        template += FUNCTION.format(
            resource="".join(part.capitalize() for part in name.split("_")),
            name=name,
            event=event,
            properties=properties.replace("PATH", f"/{name}"),
        )
    (folder / home / "template.yaml").write_text(template, encoding="utf-8")


def _rules_of_business(chance: random.Random) -> str:
    """Plain functions that handlers call or not: most of a real code base is not about AWS."""
    fields = chance.sample(FIELDS, chance.randint(1, 5))
    limits = [chance.randint(2, 900) for _ in fields]
    return "".join(
        RULE_OF_BUSINESS.replace("FIELD", name).replace("LIMIT", str(limit))
        for name, limit in zip(fields, limits, strict=True)
    )


def _write(folder: Path, name: str, text: str, made: Monorepo) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    made.files += 1
