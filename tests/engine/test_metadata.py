"""Suppressions in the data of templates: of a resource, or of the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import libcst as cst
import pytest
from running import run, told

from lambda_lint.deployment import claims
from lambda_lint.deployment.function import DeployedFunction
from lambda_lint.deployment.metadata import metadata_directives
from lambda_lint.model.labels import Severity
from lambda_lint.rule import Rule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.model.finding import Result
    from lambda_lint.semantics.context import Context


class Variables(Rule[DeployedFunction]):
    code = "AA001"
    severity = Severity.WARNING
    message = "`{name}` is set"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        for variable in subject.environment:
            yield self.violation(variable.place, name=variable.name)


class Named(Rule[DeployedFunction]):
    code = "AA002"
    severity = Severity.WARNING
    message = "`{name}` is a function"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        yield self.violation(subject.place, name=subject.name)


class Prints(Rule[cst.Call]):
    code = "AA003"
    severity = Severity.WARNING
    message = "prints"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        yield self.violation(subject)


def function(ignore: object = None, **more: Any) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Handler": "a.b",
            "Runtime": "python3.13",
            "Environment": {"Variables": {"A": "1"}},
            **more,
        },
    }
    if ignore is not None:
        resource["Metadata"] = {"lambda-lint": ignore}
    return resource


def document(resources: dict[str, Any], **more: Any) -> str:
    return json.dumps({"Resources": resources, **more}, indent=2)


def linted(text: str, name: str = "template.json") -> Result:
    return run({}, Variables, Named, Prints, templates={name: text})


def left(result: Result) -> list[str]:
    return [line.partition(" ")[2] for line in told(result.findings)]


ALL = ["AA002 `F` is a function", "AA001 `A` is set", "AA002 `G` is a function", "AA001 `A` is set"]


@pytest.mark.parametrize("indent", [2, None])
def test_a_resource_silences_what_is_found_in_it(indent: int | None) -> None:
    """Also where a whole template is one line."""
    ignore = {"ignore": ["AA001", {"rule": "named", "reason": "why not"}]}
    template = json.loads(document({"F": function(ignore), "G": function()}))
    result = linted(json.dumps(template, indent=indent))
    assert left(result) == ALL[2:]
    assert [(each.finding.code, each.reason) for each in result.suppressed] == [
        ("AA002", "why not"),
        ("AA001", None),
    ]


def test_a_template_silences_what_is_found_in_the_file() -> None:
    metadata = {"lambda-lint": {"ignore": ["variables"]}}
    result = linted(document({"F": function(), "G": function()}, Metadata=metadata))
    assert left(result) == [ALL[0], ALL[2]]


def test_categories_count_and_one_rule_needs_no_list() -> None:
    result = linted(document({"F": function({"ignore": "design"}), "G": function()}))
    assert left(result) == ALL[2:]


def test_code_in_a_resource_belongs_to_it() -> None:
    code = "def handler(event, context):\n    print(1)\n"
    resource = function({"ignore": ["design"]}, InlineCode=code, Handler="index.handler")
    assert left(linted(document({"F": resource}))) == []
    resource = function({"ignore": ["AA001", "AA002"]}, InlineCode=code, Handler="index.handler")
    assert left(linted(document({"F": resource}))) == ["AA003 prints"]


def test_what_silences_nothing_and_what_is_unknown_is_told_at_its_name() -> None:
    metadata = {"lambda-lint": {"ignore": ["AA002", "AA003"]}}
    text = document(
        {"F": function({"ignore": ["AA001", "variabels", "Prints", "prints"]})}, Metadata=metadata
    )
    result = linted(text)
    assert left(result) == [
        "LL903 `variabels` is no rule and no category, did you mean `variables`?",
        "LL903 `Prints` is no rule and no category, did you mean `prints`?",
        "LL902 `prints` silences nothing in this resource",
        "LL902 `AA003` silences nothing in this file",
    ]
    at = [finding.location.span for finding in result.findings]
    assert [text[span.start : span.end] for span in at] == ["variabels", "Prints", "prints", "AA003"]


def test_what_is_said_of_the_file_covers_what_is_wrong_with_suppressions() -> None:
    metadata = {"lambda-lint": {"ignore": ["LL902", {"rule": "unknown-suppression"}]}}
    result = linted(document({"F": function({"ignore": ["AA003", "nope"]})}, Metadata=metadata))
    assert left(result) == ALL[:2]


SHAPE = "`lambda-lint` holds `ignore`, a list of rules"
ITEM = "what is listed in `ignore` is a rule's name, or `rule` with a `reason`"


@pytest.mark.parametrize(
    ("said", "message", "at"),
    [
        ("AA001", SHAPE, "AA001"),
        (["AA001"], SHAPE, '["AA001"]'),
        ({"ignores": ["AA001"]}, f"`ignores` means nothing here: {SHAPE}", "ignores"),
        ({"ignore": {"AA001": "why"}}, SHAPE, "ignore"),
        ({"ignore": [["AA001"]]}, ITEM, '["AA001"]'),
        ({"ignore": [""]}, ITEM, ""),
        ({"ignore": [None]}, ITEM, "null"),
        ({"ignore": [{"reason": "why"}]}, ITEM, '{"reason": "why"}'),
        ({"ignore": [{"rule": ["AA001"]}]}, ITEM, '{"rule": ["AA001"]}'),
        ({"ignore": [{"rule": "AA001", "why": "x"}]}, ITEM, '{"rule": "AA001", "why": "x"}'),
    ],
)
def test_what_cannot_be_understood_is_told(said: object, message: str, at: str) -> None:
    text = json.dumps(json.loads(document({"F": function(said)})))
    result = linted(text)
    assert left(result) == [*ALL[:2], f"LL903 {message}"]
    span = result.findings[-1].location.span
    assert text[span.start : span.end] == at


def test_yaml_has_it_too() -> None:
    text = """
        Metadata:
          lambda-lint:
            ignore: [AA003]
        Resources:
          F: &f
            Type: AWS::Serverless::Function
            Metadata:
              lambda-lint:
                ignore:
                  - 'AA001'
                  - rule: AA002
                    reason: a job
            Properties: &properties
              Handler: a.b
              Runtime: python3.13
              Environment: {Variables: {A: 1}}
          G:
            Type: AWS::Serverless::Function
            Properties: *properties
    """
    assert left(linted(text, "template.yaml")) == [
        "LL902 `AA003` silences nothing in this file",
        "AA002 `G` is a function",
    ]


def test_what_several_resources_say_with_one_text_is_used_if_one_uses_it() -> None:
    text = """
        Common: &common
          Metadata: {lambda-lint: {ignore: [AA001, AA002]}}
          Type: AWS::Serverless::Function
        Resources:
          F:
            <<: *common
            Properties: {Handler: a.b, Runtime: python3.13, Environment: {Variables: {A: 1}}}
          G:
            <<: *common
            Properties: {Handler: a.b, Runtime: python3.13}
    """
    result = linted(text, "template.yaml")
    assert (left(result), len(result.suppressed)) == ([], 3)


def test_a_resource_that_is_an_alias() -> None:
    text = """
        Common: &common
          Metadata: {lambda-lint: {ignore: [AA001, AA002]}}
          Type: AWS::Serverless::Function
          Properties: {Handler: a.b, Runtime: python3.13, Environment: {Variables: {A: 1}}}
        Resources:
          F: *common
          G: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.13}}
    """
    assert left(linted(text, "template.yaml")) == ["AA002 `G` is a function"]


SERVICE = """
    service: orders
    custom: {lambda-lint: {ignore: [AA002]}}
    provider: {name: aws, runtime: python3.13, environment: {A: 1}}
    functions: {f: {handler: a.b}}
    resources:
      - Resources: 1
      - Resources:
          Queue: {Type: "AWS::SQS::Queue", Metadata: {lambda-lint: {ignore: [AA001]}}}
      - 1
"""


def test_a_service_of_the_serverless_framework() -> None:
    assert left(linted(SERVICE, "serverless.yml")) == [
        "AA001 `A` is set",
        "LL902 `AA001` silences nothing in this resource",
    ]
    one = SERVICE.replace("- Resources: 1\n      - Resources:", "Resources:").replace("      - 1\n", "")
    assert left(linted(one, "serverless.yml"))[-1] == "LL902 `AA001` silences nothing in this resource"


def test_a_template_that_is_broken_says_nothing() -> None:
    text = (
        '{"Resources": {"F": {"Metadata": {"lambda-lint": {"ignore": "a"}}, "Type": "AWS::Lambda::Function"'
    )
    assert [finding.code for finding in linted(text).findings] == ["LL905"]
    assert metadata_directives("template.json", text) == ()


TERRAFORM = """
    resource "aws_lambda_function" "f" {
      handler = "a.b" # lambda-lint: ignore[AA001]
      runtime = "python3.13"
    }
"""


@pytest.mark.parametrize(("is_read", "expected"), [(True, ["AA002", "LL902"]), (False, [])])
def test_what_is_not_read_has_nothing_to_silence(
    monkeypatch: pytest.MonkeyPatch, is_read: bool, expected: list[str]
) -> None:
    monkeypatch.setattr(claims, "reads_terraform", lambda: is_read)
    monkeypatch.setattr("lambda_lint.engine.lint.reads_terraform", lambda: is_read)
    assert [finding.code for finding in linted(TERRAFORM, "main.tf").findings] == expected
