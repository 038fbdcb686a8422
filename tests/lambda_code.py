"""Programs as they run in Lambda, made at random: handlers, helpers, classes, loops, calls of the SDK.

Most of what is drawn makes no sense. But it has the shapes that rules and the model look at, in combinations
that nobody would write down.
"""

from __future__ import annotations

from textwrap import indent

from hypothesis import strategies as st

VARIABLES = ("a", "b", "client", "table", "event", "context", "record", "item", "self", "CACHE", "LIMIT")
NAMES = st.sampled_from(VARIABLES)
FUNCTIONS = st.sampled_from(
    ["load", "save", "run", "main", "lambda_handler", "helpers.load", "self.run", "Job"]
)
LITERALS = st.sampled_from(
    [
        "None",
        "True",
        "0",
        "3.5",
        "'s3'",
        "'sqs'",
        "b'x'",
        "'us-east-1'",
        "''",
        "'arn:aws:lambda:eu-west-1:1:function:f'",
        "'https://example.com/'",
        "{}",
        "[]",
        "()",
        "'Records'",
        "'AKIA'",
    ]
)
SOURCES = st.sampled_from(
    [
        "event['Records']",
        "event['body']",
        "event.get('id')",
        "record['s3']['object']['key']",
        "record['body']",
        "event['Records'][0]['Sns']['Message']",
        "os.environ['TABLE']",
        "os.environ.get('AWS_REGION')",
        "os.getenv('STAGE', 'dev')",
        "context.function_name",
        "json.loads(event['body'])",
        "time.time()",
        "event['queryStringParameters']['q']",
        "datetime.now()",
        "uuid.uuid4()",
        "globals()",
        "sys.argv",
    ]
)
CALLS = st.sampled_from(
    [
        "boto3.client({0})",
        "boto3.resource('dynamodb').Table({0})",
        "boto3.Session().client('s3')",
        "boto3.client('s3').put_object(Bucket={0}, Key={1})",
        "client.get_object(Bucket={0}, Key={1})",
        "client.invoke(FunctionName={0}, Payload={1})",
        "client.send_message(QueueUrl={0}, MessageBody={1})",
        "table.put_item(Item={0})",
        "table.scan()",
        "table.query(KeyConditionExpression={0})",
        "client.get_paginator('list_objects_v2').paginate(Bucket={0})",
        "client.list_objects_v2(Bucket={0})",
        "client.get_parameter(Name={0})",
        "client.publish(TopicArn={0}, Message={1})",
        "client.put_record(**{0})",
        "requests.get({0})",
        "requests.post({0}, json={1}, timeout=3)",
        "urllib.request.urlopen({0})",
        "subprocess.run({0}, shell=True)",
        "os.system({0})",
        "eval({0})",
        "open({0}).read()",
        "pickle.loads({0})",
        "print({0})",
        "logger.info('%s', {0})",
        "time.sleep({0})",
        "asyncio.run({0})",
        "json.dumps({0})",
        "sys.exit({0})",
        "os.environ.update({0})",
        "functools.partial({0}, {1})",
        "list(map({0}, {1}))",
        "threading.Thread(target={0}, args=({1},)).start()",
        "pool.submit({0}, {1})",
        "cursor.execute({0})",
        "cursor.execute(f'select {{{0}}} where {{{1}}}')",
        "getattr({0}, 'run')({1})",
        "{0}.get({1})",
        "{0}({1})",
        "{0}.append({1})",
        "{0}.update(a={1})",
        "super().run({0})",
        "int({0})",
        "str({0}).strip()",
        "dict(a={0})",
    ]
)
AROUND = st.sampled_from(
    [
        "({0})",
        "[{0}, {1}]",
        "{{'a': {0}, **{1}}}",
        "{0} or {1}",
        "{0} if {1} else {0}",
        "{0} + {1}",
        "not {0}",
        "{0}['a']",
        "{0}.name",
        "[x for x in {0} if {1}]",
        "{{x: {1} for x in {0}}}",
        "(lambda x: {0})({1})",
        "f'{{{0}}}-{{{1}!r:>4}}'",
        "(x := {0})",
        "{0} == {1}",
        "(*{0}, {1})",
        "{0}[1:]",
        "-{0}",
        "{0} in {1}",
        "{0}.setdefault('k', {1})",
        "next(iter({0}), {1})",
        "sum(y for y in {0})",
    ]
)


def _filled(drawn: tuple[str, str, str]) -> str:
    form, first, second = drawn
    quiet = [part.replace("'", '"') if "f'" in form else part for part in (first, second)]
    return form.format(*quiet)


EXPRESSIONS = st.recursive(
    NAMES | LITERALS | SOURCES,
    lambda inner: (
        st.tuples(AROUND | CALLS, inner, inner).map(_filled)
        | st.tuples(FUNCTIONS, inner).map(lambda drawn: f"{drawn[0]}({drawn[1]})")
    ),
    max_leaves=6,
)
SIMPLE = st.one_of(
    EXPRESSIONS,
    st.tuples(NAMES, EXPRESSIONS).map(" = ".join),
    st.tuples(NAMES, EXPRESSIONS).map(lambda drawn: f"{drawn[0]}, *b = {drawn[1]}"),
    st.tuples(NAMES, EXPRESSIONS).map(lambda drawn: f"{drawn[0]}.state = {drawn[1]}"),
    st.tuples(NAMES, EXPRESSIONS).map(lambda drawn: f"{drawn[0]}['k'] += {drawn[1]}"),
    EXPRESSIONS.map("return {}".format),
    EXPRESSIONS.map("raise ValueError({})".format),
    EXPRESSIONS.map("yield {}".format),
    EXPRESSIONS.map("os.environ['AWS_REGION'] = {}".format),
    st.sampled_from(
        [
            "pass",
            "continue",
            "break",
            "global CACHE",
            "del a",
            "import helpers",
            "from helpers import load as run",
            "import pandas as pd",
            "return",
            "raise",
            "assert event",
            "# lambda-lint: ignore[LL001]",
        ]
    ),
)
HEADS = st.sampled_from(
    [
        "for record in {0}:",
        "for i, item in enumerate({0}):",
        "while {0}:",
        "if {0}:",
        "with {0} as a:",
        "try:|except Exception as error:",
        "try:|except KeyError:|finally:",
        "if {0}:|elif event:|else:",
        "for item in {0}:|else:",
        "def run(a, b=1, *c, d={0}, **e):",
        "@functools.cache|def load(a={0}):",
        "async def run(event):",
        "class Job(Base):",
        "if a is None:",
        "if not client:",
        "match {0}:",
        "if __name__ == '__main__':",
    ]
)


def _block(drawn: tuple[str, str, list[str]]) -> str:
    head, expression, body = drawn
    parts = head.format(expression).split("|") if "{0}" in head else head.split("|")
    text = indent("\n".join(body), "    ")
    lines = []
    for part in parts:
        if part.startswith("match "):
            lines += [part, "    case {'a': b}:", indent(text, "    "), "    case _:", "        pass"]
        elif part.startswith("@"):
            lines.append(part)
        else:
            lines += [part, text]
    return "\n".join(lines)


def _runs(statement: str) -> bool:
    return not statement.startswith("#")


def _with_code(body: list[str]) -> list[str]:
    return body if any(map(_runs, body)) else [*body, "pass"]


STATEMENTS = st.recursive(
    SIMPLE,
    lambda inner: st.tuples(HEADS, EXPRESSIONS, st.lists(inner, min_size=1, max_size=3).map(_with_code)).map(
        _block
    ),
    max_leaves=5,
)


BODIES = st.lists(STATEMENTS, min_size=1, max_size=4).map(_with_code)
IMPORTS = """\
import asyncio, functools, json, os, pickle, subprocess, sys, threading, time, urllib.request, uuid
from datetime import datetime
import boto3, requests
"""


def _function(drawn: tuple[str, list[str]]) -> str:
    head, body = drawn
    return head + "\n" + indent("\n".join(body), "    ")


def _method(drawn: tuple[str, list[str]]) -> str:
    return indent(_function(drawn), "    ")


APP_FUNCTIONS = (
    "def lambda_handler(event, context):",
    "def run(a, b=None):",
    "async def main(event, context):",
)
HELPER_FUNCTIONS = (
    "def load(a=1, *b):",
    "def save(item, client=boto3.client('s3')):",
    "@app.get('/')\ndef main(event):",
)
METHODS = ("def __init__(self, a=None):", "def run(self, item):", "@property\ndef state(self):")


def modules(start: str, functions: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Modules that begin with these imports and have some of these functions."""
    method = st.tuples(st.sampled_from(METHODS), BODIES).map(_method)
    job = st.lists(method, min_size=1, max_size=3).map(lambda drawn: "class Job(Base):\n" + "\n".join(drawn))
    function = st.tuples(st.sampled_from(functions), BODIES).map(_function)
    top = st.lists(STATEMENTS | job | function, min_size=1, max_size=5)
    return top.map(lambda drawn: "\n".join([IMPORTS + start, *drawn]) + "\n")


PROJECTS = st.fixed_dictionaries(
    {
        "app.py": modules("import helpers\nfrom helpers import *\n", APP_FUNCTIONS),
        "helpers.py": modules("from app import Job as Base, run\n", HELPER_FUNCTIONS),
    }
)
"""Two files that import each other."""
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.lambda_handler
      Runtime: python3.13
      Timeout: 3
      Environment: {Variables: {TABLE: orders}}
      Events:
        Q: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
"""
