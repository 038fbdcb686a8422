"""What a run knows of functions: where their code is, what they are given, and what is found in them."""

# ruff: noqa: ARG002 - the rules of these tests do not look at all that they are given
from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
import pytest
from running import run

from lambda_lint.deployment.function import DeployedFunction
from lambda_lint.model.deployed import CodeKind, Resource, Setting, Trigger
from lambda_lint.model.labels import Severity, SourceKind
from lambda_lint.rule import Related, Rule, Violation
from lambda_lint.semantics.context import Handler
from lambda_lint.semantics.deployments import Deployment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambda_lint.model.deployed import FunctionInfo
    from lambda_lint.model.finding import Result
    from lambda_lint.semantics.context import Context


def described(files: Mapping[str, str], templates: Mapping[str, str]) -> dict[str, FunctionInfo]:
    return {each.name: each for each in run(files, templates=templates, describes=True).functions}


def only(properties: str, files: Mapping[str, str] | None = None) -> FunctionInfo:
    """The function of a template that has these properties."""
    template = f"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {{{properties}}}\n"
    return described(files or {}, {"t.yaml": template})["F"]


HANDLER = "def main(event, context):\n    return 1\n"
PYTHON = "Runtime: python3.13"


@pytest.mark.parametrize(
    ("properties", "files", "kind"),
    [
        (f"{PYTHON}, CodeUri: src, Handler: a.main", {"src/a.py": HANDLER}, CodeKind.FOUND),
        (f"{PYTHON}, CodeUri: src, Handler: a.other", {"src/a.py": HANDLER}, CodeKind.NOT_FOUND),
        (f"{PYTHON}, CodeUri: src, Handler: b.main", {"src/a.py": HANDLER}, CodeKind.NOT_FOUND),
        (f"{PYTHON}, CodeUri: src, Handler: a.main", {"src/a.py": "def main(:\n"}, CodeKind.NOT_ANALYSED),
        (f'{PYTHON}, Handler: index.main, InlineCode: "def main(a, b): pass"', {}, CodeKind.INLINE),
        (f'{PYTHON}, Handler: index.main, InlineCode: "def main(:"', {}, CodeKind.NOT_ANALYSED),
        (f"{PYTHON}, CodeUri: s3://bucket/key, Handler: a.main", {}, CodeKind.ELSEWHERE),
        (f"{PYTHON}, CodeUri: src, Handler: !Ref Handler", {}, CodeKind.ELSEWHERE),
        ("PackageType: Image, ImageUri: x, Handler: a.b, Runtime: python3.13", {}, CodeKind.IMAGE),
    ],
)
def test_where_the_code_is(properties: str, files: dict[str, str], kind: CodeKind) -> None:
    function = only(properties, files)
    assert (function.code, function.is_deployed) == (kind, True)
    assert function.handlers == (("src/a.py:main",) if kind is CodeKind.FOUND else function.handlers)


def test_code_in_the_template_has_the_name_of_the_function() -> None:
    function = only(f'{PYTHON}, Handler: index.main, InlineCode: "def main(event, context): pass"')
    assert function.handlers == ("t.yaml#F:main",)


def test_what_is_said_left_out_and_not_known() -> None:
    said = only(f"{PYTHON}, Handler: a.b, MemorySize: 512, Timeout: 9, FunctionName: orders")
    assert (said.runtime, said.memory, said.timeout) == (Setting("python3.13"), Setting(512), Setting(9))
    assert (said.deployed_name, said.handler) == ("orders", "a.b")
    assert (said.location.path, said.location.start.line) == ("t.yaml", 2)
    silent = only("Handler: a.b")
    assert (silent.runtime, silent.deployed_name) == (Setting(), None)
    assert (silent.memory, silent.timeout) == (Setting(128, is_default=True), Setting(3, is_default=True))
    hidden = only("Handler: a.b, Runtime: !Ref A, MemorySize: !Ref B, Timeout: !Ref C")
    assert (hidden.runtime, hidden.memory, hidden.timeout) == (Setting(), Setting(), Setting())


def test_the_defaults_of_a_framework() -> None:
    service = "service: s\nprovider: {name: aws, runtime: python3.13}\nfunctions: {f: {handler: a.b}}\n"
    (function,) = described({}, {"serverless.yml": service}).values()
    assert function.runtime == Setting("python3.13")
    assert function.memory == Setting(1024, is_default=True)
    assert function.timeout == Setting(6, is_default=True)


# -- triggers

EVENTS = """
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: a.main
      CodeUri: .
      Events:
        A: {Type: Api, Properties: {Path: /orders, Method: get}}
        B: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
        C: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}
        D: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}
        E: {Type: SNS, Properties: {Topic: "arn:aws:sns:eu-west-1:123456789012:news"}}
        G: {Type: Kinesis, Properties: {Stream: !ImportValue Stream}}
"""


def test_what_triggers_a_function() -> None:
    function = described({"a.py": HANDLER}, {"t.yaml": EVENTS})["F"]
    assert function.triggers == (
        Trigger(SourceKind.REST_API, None, "get /orders"),
        Trigger(SourceKind.SQS, Resource("sqs", "Queue", "t.yaml", "orders")),
        Trigger(SourceKind.SCHEDULE, None, "rate(5 minutes)"),
        Trigger(SourceKind.SNS, Resource("sns", name="news")),
        Trigger(SourceKind.KINESIS),
    )
    assert not function.inferred


QUEUE_HANDLER = (
    "def main(event, context):\n    return [each['messageAttributes'] for each in event['Records']]\n"
)


def test_what_triggers_a_function_may_be_known_from_its_code() -> None:
    deployed = only(f"{PYTHON}, CodeUri: ., Handler: a.main", {"a.py": QUEUE_HANDLER})
    (alone,) = described({"a.py": QUEUE_HANDLER}, {}).values()
    for function in (deployed, alone):
        assert ([trigger.kind for trigger in function.triggers], function.inferred) == (
            [SourceKind.SQS],
            True,
        )
    assert (alone.name, alone.is_deployed, alone.code) == ("a.py:main", False, CodeKind.FOUND)
    assert (alone.location.path, alone.location.start.line) == ("a.py", 1)


def test_being_durable_is_no_trigger() -> None:
    function = only(
        f"{PYTHON}, CodeUri: ., Handler: a.main, DurableConfig: {{ExecutionTimeout: 9}}", {"a.py": HANDLER}
    )
    assert function.triggers == ()


def test_functions_are_told_once_and_in_order() -> None:
    """Those whose code is in several parts, too: here what `b` imports is a handler of its own."""
    template = TWO.replace("app.one", "b.main").replace("app.two", "a.main")
    files = {"src/a.py": HANDLER, "src/b.py": f"import a\n{HANDLER}", "src/c.py": f"import a\n{HANDLER}"}
    functions = run(files, Defined, templates={"t.yaml": template}, describes=True).functions
    assert [(each.name, len(each.about)) for each in functions] == [
        ("One", 1),
        ("Two", 1),
        ("src/c.py:main", 1),
    ]


def test_nobody_is_told_who_did_not_ask() -> None:
    assert run({"a.py": HANDLER}).functions == ()


# -- what is found in them


class Prints(Rule[cst.Call]):
    code = "AA001"
    severity = Severity.WARNING
    message = "prints"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        if ctx.name_of(subject.func) == "builtins.print":
            yield self.violation(subject)


class Handles(Rule[Handler]):
    code = "AA002"
    severity = Severity.WARNING
    message = "handles"

    def check(self, subject: Handler, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(subject.node.name)


class Defined(Rule[cst.FunctionDef]):
    code = "AA003"
    severity = Severity.WARNING
    message = "is defined"

    def check(self, subject: cst.FunctionDef, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(subject)


class Declared(Rule[DeployedFunction]):
    code = "AA004"
    severity = Severity.WARNING
    message = "is declared"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(subject.place)


class Joined(Rule[Deployment]):
    code = "AA005"
    severity = Severity.WARNING
    message = "is joined"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:
        if subject.calls:
            yield self.violation(subject.calls[0].spot, related=(Related(subject.function.place, "here"),))


TWO = """
Resources:
  One:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: src, Handler: app.one}
  Two:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: src, Handler: app.two}
"""
FILES = {
    "src/app.py": """
        import shared

        print("init")

        def one(event, context):
            shared.tell()

        def two(event, context):
            shared.tell()
            only_two()

        def only_two():
            print(2)

        def nobody():
            print(0)
    """,
    "src/shared.py": "def tell():\n    print(1)  # noqa: AA001\n",
}


def about(result: Result, name: str) -> list[str]:
    """Path, code and line of what a function is told to have."""
    function = next(each for each in result.functions if each.name == name)
    lines = {(f.location.path, f.location.span): f.location.start.line for f in result.findings}
    return sorted(
        f"{code} {path}:{lines.get((path, span), 'silenced')}" for path, span, code in function.about
    )


@pytest.mark.parametrize(
    ("rule", "one", "two"),
    [
        (
            Prints,
            ["AA001 src/app.py:3", "AA001 src/shared.py:silenced"],
            ["AA001 src/app.py:13", "AA001 src/app.py:3", "AA001 src/shared.py:silenced"],
        ),
        (Handles, ["AA002 src/app.py:5"], ["AA002 src/app.py:8"]),
        (
            Defined,
            ["AA003 src/app.py:5", "AA003 src/shared.py:1"],
            ["AA003 src/app.py:12", "AA003 src/app.py:8", "AA003 src/shared.py:1"],
        ),
        (Declared, ["AA004 t.yaml:2"], ["AA004 t.yaml:5"]),
        (Joined, ["AA005 src/app.py:3"], ["AA005 src/app.py:3"]),
    ],
)
def test_what_is_found_is_about_each_function_that_runs_it(
    rule: type[Rule[object]], one: list[str], two: list[str]
) -> None:
    result = run(FILES, rule, templates={"t.yaml": TWO}, describes=True)
    assert (about(result, "One"), about(result, "Two")) == (one, two)


def test_what_a_rule_says_of_one_function_is_not_about_others_that_run_the_code() -> None:
    files = {"src/app.py": FILES["src/app.py"].replace('print("init")', "")} | {
        "src/shared.py": "def tell():\n    return 1\n"
    }
    result = run(files, Joined, templates={"t.yaml": TWO}, describes=True)
    assert (about(result, "One"), about(result, "Two")) == (["AA005 src/app.py:6"], ["AA005 src/app.py:9"])
