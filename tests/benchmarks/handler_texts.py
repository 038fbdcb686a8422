"""Texts of the generated monorepo: shared layers, a sound handler of each event source, ways to break it.

`SERVICE` stands for the name of the service's own layer.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A practice broken: the rule that must say so, and what is written in the place of what."""

    rule: str
    swaps: tuple[tuple[str, str], ...]

    def apply(self, text: str) -> str:
        """The handler with the practice broken; each sound text stands in it once."""
        for sound, broken in self.swaps:
            if text.count(sound) != 1:
                raise ValueError(f"{self.rule} cannot be planted here")
            text = text.replace(sound, broken)
        return text


COMMON = {
    "__init__.py": "",
    "web.py": '''\
"""Answers of an HTTP API."""

import json

HEADERS = {"Content-Type": "application/json"}


def respond(status, body):
    return {"statusCode": status, "headers": HEADERS, "body": json.dumps(body)}
''',
    "storage.py": '''\
"""The table of a service: one item for each thing."""

import os

import boto3

_table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def find(identifier):
    return _table.get_item(Key={"id": identifier}).get("Item")


def store(identifier, item):
    _table.put_item(Item={"id": identifier, **item})
''',
}

SERVICE = {
    "__init__.py": "",
    "model.py": '''\
"""What the SERVICE service knows about its things."""

OPEN_STATES = frozenset({"new", "accepted", "waiting"})


def is_open(item):
    return item.get("state", "new") in OPEN_STATES


def summary(item):
    """What others may see of a thing."""
    shown = {key: item[key] for key in ("id", "state", "total") if key in item}
    shown["open"] = is_open(item)
    return shown


def merged(old, new):
    result = dict(old or {})
    for key, value in new.items():
        if value is not None:
            result[key] = value
    return result
''',
}

HANDLERS = {
    "api": '''\
"""GET: what is known about one thing, with its price from the catalog."""

import logging
import os

import requests
from common import storage
from common.web import respond
from SERVICE.model import summary

logger = logging.getLogger(__name__)
session = requests.Session()


def lambda_handler(event, context):
    identifier = event["pathParameters"]["id"]
    logger.info("asked for %s", identifier)
    item = storage.find(identifier)
    if item is None:
        return respond(404, {"error": "unknown"})
    return respond(200, {**summary(item), "price": price_of(identifier)})


def price_of(identifier):
    answer = session.get(os.environ["CATALOG_URL"], params={"id": identifier}, timeout=5)
    answer.raise_for_status()
    return answer.json()["price"]
''',
    "queue": '''\
"""A message for each thing that changed: store its new state."""

import json
import logging

from common import storage
from SERVICE.model import merged

logger = logging.getLogger(__name__)


def lambda_handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            handle(json.loads(record["body"]))
        except Exception:
            logger.exception("message %s failed", record["messageId"])
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def handle(change):
    storage.store(change["id"], merged(storage.find(change["id"]), change))
''',
    "upload": '''\
"""A file was uploaded: store what stands in it."""

import json
from urllib.parse import unquote_plus

import boto3
from common import storage
from SERVICE.model import merged

s3 = boto3.client("s3")


def lambda_handler(event, context):
    for record in event["Records"]:
        key = unquote_plus(record["s3"]["object"]["key"])
        load(record["s3"]["bucket"]["name"], key)


def load(bucket, key):
    answer = s3.get_object(Bucket=bucket, Key=key)
    thing = json.load(answer["Body"])
    storage.store(thing["id"], merged(None, thing))
''',
    "nightly": '''\
"""Each night: count the open things, and tell the dashboard."""

import os

import boto3
from SERVICE.model import is_open

dynamodb = boto3.client("dynamodb")
cloudwatch = boto3.client("cloudwatch")


def lambda_handler(event, context):
    count = sum(1 for item in items() if is_open(item))
    cloudwatch.put_metric_data(
        Namespace="SERVICE",
        MetricData=[{"MetricName": "Open", "Value": count}],
    )


def items():
    pages = dynamodb.get_paginator("query").paginate(
        TableName=os.environ["TABLE"],
        KeyConditionExpression="id = :id",
        ExpressionAttributeValues={":id": {"S": "open"}},
        ProjectionExpression="id, #state",
        ExpressionAttributeNames={"#state": "state"},
    )
    for page in pages:
        yield from page["Items"]
''',
    "topic": '''\
"""Something happened elsewhere: note it with the thing."""

import json
import logging

from common import storage
from SERVICE.model import merged

logger = logging.getLogger(__name__)


def lambda_handler(event, context):
    for record in event["Records"]:
        note(json.loads(record["Sns"]["Message"]))


def note(message):
    known = storage.find(message["id"])
    if known is None:
        logger.warning("nothing is known about %s", message["id"])
        return
    storage.store(message["id"], merged(known, {"note": message.get("note")}))
''',
}

EVENTS = {
    "api": ("HttpApi", "{ApiId: !Ref Api, Path: PATH, Method: get}"),
    "queue": ("SQS", "{Queue: !GetAtt Work.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}"),
    "upload": ("S3", '{Bucket: !Ref Uploads, Events: "s3:ObjectCreated:*"}'),
    "nightly": ("Schedule", "{Schedule: rate(1 day)}"),
    "topic": ("SNS", "{Topic: !Ref Changes}"),
}

TRIED = """\
        try:
            note(json.loads(record["Sns"]["Message"]))
        except Exception:
            logger.exception("not noted")
"""

BREACHES = {
    "api": (
        Breach("missing-timeout", ((", timeout=5)", ")"),)),
        Breach("logged-event", (('"asked for %s", identifier', '"asked: %s", event'),)),
        Breach("connection-in-handler", (("answer = session.get(", "answer = requests.Session().get("),)),
    ),
    "queue": (
        Breach(
            "idle-wait",
            (
                ("import logging\n", "import logging\nimport time\n"),
                ("    storage.store(", "    time.sleep(2)\n    storage.store("),
            ),
        ),
        Breach(
            "process-exit",
            (
                ("import logging\n", "import logging\nimport sys\n"),
                ("    storage.store(", "    if not change:\n        sys.exit(1)\n    storage.store("),
            ),
        ),
    ),
    "upload": (
        Breach(
            "encoded-object-key",
            (
                ("from urllib.parse import unquote_plus\n", ""),
                ('unquote_plus(record["s3"]["object"]["key"])', 'record["s3"]["object"]["key"]'),
            ),
        ),
        Breach("client-in-handler", (("    answer = s3.", '    answer = boto3.client("s3").'),)),
    ),
    "nightly": (
        Breach(
            "hardcoded-region", (('client("cloudwatch"', 'client("cloudwatch", region_name="eu-west-1"'),)
        ),
        Breach("hardcoded-resource", (('TableName=os.environ["TABLE"]', 'TableName="prod-open-things"'),)),
    ),
    "topic": (
        Breach(
            "swallowed-event",
            (
                (
                    '        note(json.loads(record["Sns"]["Message"]))\n',
                    TRIED,
                ),
            ),
        ),
        Breach(
            "leaked-state",
            (
                ("logger = ", "seen = []\nlogger = "),
                ("    known = storage.find(", "    seen.append(message)\n    known = storage.find("),
            ),
        ),
    ),
}
"""For each kind of handler, what may be broken in it."""

RULE_OF_BUSINESS = '''

def checked_FIELD(thing):
    """The FIELD of a thing, within what is allowed."""
    value = thing.get("FIELD", 0)
    if isinstance(value, str):
        value = int(value.strip() or 0)
    if value < 0:
        raise ValueError(f"FIELD of {thing['id']} is negative: {value}")
    if value > LIMIT:
        return {"value": LIMIT, "cut": value - LIMIT}
    return {"value": value, "cut": 0}
'''
