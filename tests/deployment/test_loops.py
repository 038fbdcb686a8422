"""Loops of `AWS::LanguageExtensions`, and macros that make resources: they leave open what else there is."""

from __future__ import annotations

import pytest
from deploying import read

from lambda_lint.deployment.fact import ABSENT

LOOP = """
Fn::ForEach::Handlers:
  - Name
  - [Orders, Payments]
  - ${Name}Function:
      Type: AWS::Lambda::Function
      Properties: {Handler: app.handler, Code: src, Runtime: python3.13, FunctionName: !Sub "${Name}-f"}
"""
ORDINARY = """
F:
  Type: AWS::Lambda::Function
  Properties: {Handler: app.main, Code: src, Runtime: python3.13, Role: !GetAtt R.Arn}
R: {Type: AWS::IAM::Role, Properties: {}}
"""


def test_a_loop_makes_functions_whose_names_are_not_known() -> None:
    (function,) = read(LOOP).values()
    assert (function.name, function.handler, function.folder) == ("${Name}Function", "app.handler", "app/src")
    assert function.deployed_name is None


def test_loops_in_loops() -> None:
    inner = "".join(f"        {line}\n" for line in LOOP.strip().splitlines())
    outer = "Fn::ForEach::Outer:\n  - Other\n  - [A, B]\n  -\n" + inner
    assert [function.handler for function in read(outer).values()] == ["app.handler"]


@pytest.mark.parametrize("value", ["[Name, [A]]", "{}", "text", "[Name, [A], text]"])
def test_broken_loops(value: str) -> None:
    assert list(read(f"Fn::ForEach::Handlers: {value}\n{ORDINARY}")) == ["F"]


def test_many_loops_in_loops() -> None:
    deep = "".join(
        f"{'  ' * n}Fn::ForEach::L{n}:\n{'  ' * n}- N\n{'  ' * n}- [A]\n{'  ' * n}-\n" for n in range(40)
    )
    assert list(read(deep + "  " * 40 + "F: {Type: AWS::Lambda::Function}")) == ["F"]


@pytest.mark.parametrize(
    "more",
    [
        LOOP,
        "Fn::Transform: {Name: Macro}",
        "Fn::ForEach::Maps: [N, [A], {'Map${N}': {Type: 'AWS::Lambda::X'}}]",
    ],
)
def test_what_loops_and_macros_may_add_is_not_known(more: str) -> None:
    told = read(f"{ORDINARY}\n{more}")["F"]
    assert not told.sources_known
    assert not told.access.statements.is_complete
    facts = (
        told.delivery.on_failure,
        told.delivery.maximum_age,
        told.provisioned_concurrency,
        told.log_retention,
    )
    assert not any(fact.is_known for fact in facts)
    assert told.delivery.dead_letter == ABSENT


def test_what_is_said_beside_a_loop_is_known() -> None:
    more = """
    Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${F}", RetentionInDays: 7}}
    Told: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref F, MaximumRetryAttempts: 1}}
    """
    told = read(f"{ORDINARY}\n{LOOP}\n" + "\n".join(line.strip() for line in more.splitlines()))["F"]
    assert (told.log_retention.value, told.delivery.maximum_retries.value) == (7, 1)


def test_without_a_loop() -> None:
    told = read(ORDINARY)["F"]
    assert told.sources_known
    assert told.access.statements.is_complete
    assert told.log_retention == ABSENT
