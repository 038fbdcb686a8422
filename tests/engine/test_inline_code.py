"""Code in templates: exact places there, and one finding however many functions share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
from running import run, told

from lambda_lint.deployment.function import DeployedFunction
from lambda_lint.model.labels import Severity
from lambda_lint.rule import Rule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context


class Prints(Rule[cst.Call]):
    code = "AA001"
    severity = Severity.WARNING
    message = "prints in {phase}"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        if ctx.name_of(subject.func) == "builtins.print":
            yield self.violation(subject, path=ctx.path_to(subject), phase=ctx.phase_of(subject).value)


class Variables(Rule[DeployedFunction]):
    code = "AA002"
    severity = Severity.WARNING
    message = "`{name}` is set"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        for variable in subject.environment:
            yield self.violation(variable.place, name=variable.name)


TEMPLATE = """
    Resources:
      Orders:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: python3.13
          Handler: index.handler
          InlineCode: |
            def handler(event, context):
                print(1)
                deep()

            def deep():
                print(2)  # noqa: AA001
                print(3)
"""


def test_places_are_those_of_the_template() -> None:
    result = run({}, Prints, templates={"template.yaml": TEMPLATE})
    assert told(result.findings) == [
        "template.yaml:9 AA001 prints in invoke",
        "template.yaml:14 AA001 prints in invoke",
    ]
    first, last = result.findings
    assert (first.location.start.column, first.location.end.column) == (13, 21)
    assert [(note.location.start.line, note.location.start.column) for note in last.path] == [(10, 13)]
    assert [entry.finding.location.start.line for entry in result.suppressed] == [13]
    (handler,) = result.handlers
    assert (handler.name, handler.function) == ("template.yaml#Orders:handler", "Orders")
    assert (handler.location.path, handler.location.start.line) == ("template.yaml", 8)


def test_code_that_cannot_be_parsed_is_reported_in_the_template() -> None:
    text = TEMPLATE.replace("print(1)", "print(1")
    result = run({}, Prints, templates={"template.yaml": text})
    assert [(f.code, f.location.path, f.location.start.line) for f in result.findings] == [
        ("LL900", "template.yaml", 9)
    ]


GLOBALS = """
    Globals:
      Function:
        Environment: {Variables: {STAGE: prod}}
    Resources:
      One:
        Type: AWS::Serverless::Function
        Properties: {Runtime: python3.13, Handler: index.handler, InlineCode: "print(1)"}
      Two:
        Type: AWS::Serverless::Function
        Properties: {Runtime: python3.13, Handler: index.handler, InlineCode: "print(1)"}
"""


def test_what_functions_share_is_found_once() -> None:
    result = run({}, Variables, templates={"template.yaml": GLOBALS})
    assert told(result.findings) == ["template.yaml:3 AA002 `STAGE` is set"]


ANCHORED = """
    Resources:
      One:
        Type: AWS::Serverless::Function
        Properties: &shared
          Runtime: python3.13
          Handler: index.handler
          InlineCode: |
            print(1)
      Two:
        Type: AWS::Serverless::Function
        Properties: *shared
"""


def test_code_that_functions_share_is_found_once() -> None:
    result = run({}, Prints, templates={"template.yaml": ANCHORED})
    assert told(result.findings) == ["template.yaml:8 AA001 prints in neither"]


def test_templates_that_are_not_asked_for_are_not_reported() -> None:
    result = run({"app.py": ""}, Prints, Variables, templates={"template.yaml": TEMPLATE}, targets=["app.py"])
    assert not result.findings
