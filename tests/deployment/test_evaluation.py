from __future__ import annotations

from textwrap import dedent

import pytest

from lambda_lint.deployment.document import parse
from lambda_lint.deployment.evaluation import Evaluator
from lambda_lint.deployment.intrinsics import Reference
from lambda_lint.errors import TemplateError

TOP = """
Parameters:
  Stage: {Type: String, Default: dev}
  Empty: {Type: String, Default: ""}
  Null: {Type: String, Default: }
  Bare: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
  Ids: {Type: "List<Number>", Default: "1,2"}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /path}
  Typeless: {Default: x}
  Tagged: {Default: !Ref Stage}
  Loop: {Type: !Ref Loop, Default: !Ref Loop}
Mappings:
  Sizes:
    dev: {Memory: 128, Names: [x, y], Odd: [[z]]}
"""


def asked(value: str) -> Evaluator:
    (document,) = parse(f"{dedent(TOP)}\nValue: {value}\n")
    return Evaluator(document)


def text(value: str) -> str:
    evaluator = asked(value)
    return str(evaluator.text(evaluator.document.get("Value")))


def literal(value: str) -> str | None:
    evaluator = asked(value)
    return evaluator.literal(evaluator.document.get("Value"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("30", "30"),
        ("!!str 30", "30"),
        ("! 30", "30"),
        ("''", ""),
        ("!Ref Stage", "dev"),
        ("{Ref: Stage}", "dev"),
        ("!Ref Empty", ""),
        ("!Ref Typeless", "x"),
        ("!Sub 'a-${Stage}-${ Stage }'", "a-dev-dev"),
        ("{'Fn::Sub': '${Stage}'}", "dev"),
        ("!Sub '${!Stage}'", "${Stage}"),
        ("!Sub ['${a}-${Stage}', {a: !Ref Stage, Stage: own}]", "dev-own"),
        ("!Join ['-', [a, !Ref Stage, b]]", "a-dev-b"),
        ("!Join ['', [a, b]]", "ab"),
        ("{'Fn::Join': [',', !Ref Zones]}", "a,b"),
        ("!Join ['', []]", ""),
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['0', !Ref Ids]", "1"),
        ("!Select [1, !Split ['-', a-b-c]]", "b"),
        ("!FindInMap [Sizes, !Ref Stage, Memory]", "128"),
        ("!Select [1, !FindInMap [Sizes, dev, Names]]", "y"),
        ("!If [Fast, same, !Sub same]", "same"),
    ],
)
def test_known(value: str, expected: str) -> None:
    assert literal(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[a]",
        "{a: b}",
        "!Ref Bare",
        "!Ref Null",
        "!Ref Stored",
        "!Ref 'AWS::Region'",
        "!Ref [a]",
        "!GetAtt Queue.Arn",
        "!ImportValue x",
        "!Sub '${Stage}-${Bare}'",
        "!Sub '${Zones}'",
        "!Sub ['${a}', {a: [b]}]",
        "!Sub [a, b]",
        "!Ref Tagged",
        "!Ref Loop",
        "!Sub [!Ref Stage, {}]",
        "!Join [!Ref Stage, [a]]",
        "!Join ['-', x]",
        "!Join ['-', [[x]]]",
        "!Join ['-', [!ImportValue x]]",
        "!Select [2, [a, b]]",
        "!Select [!Ref Bare, [a, b]]",
        "!Select [x, [a, b]]",
        "!Select [0, a]",
        "!Select [0, !FindInMap [Sizes, dev, Odd]]",
        "!Select [0, !Split ['-', !Ref Bare]]",
        "!Select [0, !Split ['', a]]",
        "!FindInMap [Sizes, !Ref 'AWS::Region', Memory]",
        "!FindInMap [Sizes, dev, None]",
        "!FindInMap [Sizes, dev]",
        "!If [Fast, a, b]",
        "!If [Fast, !ImportValue x, !ImportValue x]",
        "!If [Fast, [a], [a]]",
        "!If [Fast, a]",
        "{'Fn::Base64': a}",
        "!Condition Fast",
        "{'Fn::GetAtt': [Queue]}",
    ],
)
def test_unknown(value: str) -> None:
    assert literal(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("!Ref Queue", "${Queue}"),
        ("!Ref Function.Alias", "${Function.Alias}"),
        ("!GetAtt Queue.Arn", "${Queue.Arn}"),
        ("!GetAtt Stack.Outputs.Arn", "${Stack.Outputs.Arn}"),
        ("{'Fn::GetAtt': [Queue, Arn]}", "${Queue.Arn}"),
        ("!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${Queue.QueueName}-${Stage}'", None),
        ("!Join [':', [arn, !Ref 'AWS::Partition', !ImportValue x]]", "arn:${AWS.Partition}:?"),
        ("!If [Fast, !Ref Queue, !Ref Queue]", "${Queue}"),
    ],
)
def test_what_is_known_of_an_unknown_text(value: str, expected: str | None) -> None:
    assert text(value) == (expected or "arn:${AWS.Partition}:sqs:${AWS.Region}:${Queue.QueueName}-dev")


def test_a_shape_has_no_unknown_parts() -> None:
    for value, shape in [("!Sub '${AWS::StackName}-x'", "${AWS.StackName}-x"), ("!ImportValue x", None)]:
        evaluator = asked(value)
        assert evaluator.text(evaluator.document.get("Value")).shape == shape


def test_references_in_order() -> None:
    evaluator = asked("!Sub '${A}-${B.Arn}-${Stage}'")
    found = evaluator.text(evaluator.document.get("Value")).references
    assert found == (Reference("A"), Reference("B", "Arn"))


@pytest.mark.parametrize(
    ("value", "number"),
    [("30", 30), ("'30'", 30), ("x", None), ("-1", None), ("1.5", None), ("9999999999", None), ("٣", None)],
)
def test_numbers(value: str, number: int | None) -> None:
    evaluator = asked(value)
    assert evaluator.number(evaluator.document.get("Value")) == number


def test_lists() -> None:
    for value, expected in [
        ("[a, !Ref Bare, !Ref Stage]", ["a", None, "dev"]),
        ("a", []),
        ("!Ref Zones", ["a", "b"]),
    ]:
        evaluator = asked(value)
        assert [item.literal for item in evaluator.texts(evaluator.document.get("Value"))] == expected
    assert asked("a").texts(None) == ()


def test_branches() -> None:
    evaluator = asked("!If [A, !If [B, x, y], {'Fn::If': [C, z, &n n]}]")
    value = evaluator.document.get("Value")
    assert value is not None
    assert [evaluator.literal(branch) for branch in evaluator.branches(value)] == ["x", "y", "z", "n"]


def test_shared_branches_come_once() -> None:
    lines = ["v0: &v0 x", *(f"v{n}: &v{n} !If [C, *v{n - 1}, *v{n - 1}]" for n in range(1, 100))]
    (document,) = parse("\n".join(lines))
    evaluator = Evaluator(document)
    value = document.get("v99")
    assert value is not None
    assert [evaluator.literal(branch) for branch in evaluator.branches(value)] == ["x"]
    assert evaluator.literal(value) == "x"


def test_a_long_chain_of_aliases_is_no_deep_recursion() -> None:
    lines = ["v0: &v0 x", *(f"v{n}: &v{n} !Join ['', [*v{n - 1}]]" for n in range(1, 5000))]
    (document,) = parse("\n".join(lines))
    assert Evaluator(document).literal(document.get("v4999")) == "x"


def test_work_is_bounded() -> None:
    lines = ["v0: &v0 x", *(f"v{n}: &v{n} !Join ['', [{f'*v{n - 1}, ' * 9}]]" for n in range(1, 60))]
    (document,) = parse("\n".join(lines))
    with pytest.raises(TemplateError, match="far more of this template"):
        Evaluator(document).literal(document.get("v59"))


def test_the_origin_of_a_reference_is_the_default() -> None:
    evaluator = asked("[!Ref Stage, !Ref Bare, !Sub '${Stage}', x, !Ref [a]]")
    value = evaluator.document.get("Value")
    assert value is not None
    reference, *others = value.children
    assert evaluator.origin(reference) is evaluator.document.get("Parameters", "Stage", "Default")
    assert [evaluator.origin(other) for other in others] == others
