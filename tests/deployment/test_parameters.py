"""Values that parameters are given, and the conditions that rest on them."""

from __future__ import annotations

import pytest

from lambda_lint.deployment.conditions import MAX_NESTED
from lambda_lint.deployment.files import Files
from lambda_lint.deployment.reader import companions, read_template

TEMPLATE = """
Parameters:
  Stage: {Type: String, Default: dev}
  Region: {Type: String, AllowedValues: [eu]}
  Odd: {Type: String, AllowedValues: [[x]]}
  List: {Type: CommaDelimitedList, Default: "a,b"}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: !If [Prod, 10, 20]
      Environment: {Variables: {STAGE: !Ref Stage, FIRST: !Select [0, !Ref List]}}
"""


def told(text: str, path: str = "app/template.yaml") -> tuple[int | None, dict[str, str | None]]:
    (function,) = read_template(path, TEMPLATE.encode(), {"app/samconfig.toml": text.encode()}).functions
    return function.timeout.value, {each.name: each.value for each in function.environment}


def test_a_default_is_a_value_but_decides_no_condition() -> None:
    assert told("") == (None, {"STAGE": "dev", "FIRST": "a"})


@pytest.mark.parametrize(
    "text",
    [
        '[default.deploy.parameters]\nparameter_overrides = "Stage=prod List=x,y"',
        '[default.deploy.parameters]\nparameter_overrides = "Stage=\'prod\' List=\\"x,y\\""',
        '[default.global.parameters]\nparameter_overrides = ["Stage=prod", "List=x,y", 1]',
        (
            "[default.deploy.parameters]\nparameter_overrides = "
            "'ParameterKey=Stage,ParameterValue=prod ParameterKey=List,ParameterValue=\"x,y\"'"
        ),
        (
            '[default.global.parameters]\nparameter_overrides = "Stage=dev"\n'
            '[default.deploy.parameters]\nparameter_overrides = "Stage=prod List=x"'
        ),
        (
            '[default.build.parameters]\ntemplate_file = "./template.yaml"\n'
            '[default.deploy.parameters]\nparameter_overrides = "Stage=prod List=x"'
        ),
    ],
)
def test_overrides_of_the_default_environment(text: str) -> None:
    assert told(text) == (10, {"STAGE": "prod", "FIRST": "x"})


@pytest.mark.parametrize(
    "text",
    [
        '[prod.deploy.parameters]\nparameter_overrides = "Stage=prod"',
        '[default.deploy.parameters]\ntemplate_file = "other.yaml"\nparameter_overrides = "Stage=prod"',
        "[default.deploy.parameters]\nparameter_overrides = 1",
        '[default.deploy.parameters]\nparameter_overrides = "Stage=\'prod"',
        "default = 1",
        "[default.deploy]\nparameters = 1",
        "not TOML",
    ],
)
def test_what_overrides_nothing(text: str) -> None:
    assert told(text) == (None, {"STAGE": "dev", "FIRST": "a"})


def test_the_configuration_is_about_the_usual_names() -> None:
    text = '[default.deploy.parameters]\nparameter_overrides = "Stage=prod"'
    assert told(text, "app/other.yaml")[0] is None
    assert companions("app/template.yaml", b"Resources:\n  F:\n    Type: AWS::Serverless::Function") == (
        "app/samconfig.toml",
    )


def parent(location: str, parameters: str, kind: str = "AWS::Serverless::Application: Location") -> bytes:
    type_, _, where = kind.rpartition(": ")
    properties = f"{{{where}: {location}, Parameters: {parameters}}}"
    return f"Resources:\n  N: {{Type: {type_}, Properties: {properties}}}\n".encode()


def nested(*parents: bytes) -> tuple[int | None, str | None]:
    files = {f"{number}.yaml": data for number, data in enumerate(parents)}
    (function,) = read_template("app/template.yaml", TEMPLATE.encode(), files).functions
    return function.timeout.value, function.environment[0].value


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ([parent("app/template.yaml", "{Stage: prod}")], (10, "prod")),
        (
            [parent("./app/template.yaml", "{Stage: test}", "AWS::CloudFormation::Stack: TemplateURL")],
            (20, "test"),
        ),
        ([parent("app/template.yaml", "{Stage: !Ref Unknown}")], (None, None)),
        (
            [parent("app/template.yaml", "{Stage: a}"), parent("app/template.yaml", "{Stage: b}")],
            (None, None),
        ),
        ([parent("other/template.yaml", "{Stage: prod}")], (None, "dev")),
        ([parent("app/template.yaml", "!Ref X")], (None, "dev")),
        ([parent("!Ref X", "{Stage: prod}")], (None, "dev")),
        ([b"AWS::Serverless::Application: ["], (None, "dev")),
        ([b"AWS::Serverless::Application"], (None, "dev")),
        ([b"\xff AWS::Serverless::Application"], (None, "dev")),
    ],
)
def test_values_from_the_stack_around(parents: list[bytes], expected: tuple[int | None, str | None]) -> None:
    assert nested(*parents) == expected


def test_the_stacks_around_are_read_once() -> None:
    files = Files({"a.yaml": parent("app/template.yaml", "{Stage: prod}")})
    for _ in range(2):
        (function,) = read_template("app/template.yaml", TEMPLATE.encode(), files).functions
        assert function.timeout.value == 10
    assert files.passed == {"app/template.yaml": [("Stage", "prod")]}


def test_a_hostile_stack_around_gives_nothing() -> None:
    text = "x" * 400_000
    location = f"!Join ['', ['{text}', '{text}', !Join ['', ['{text}', '{text}']]]]"
    data = parent(location, "{Stage: prod}")
    assert nested(data) == (None, "dev")


def holds(condition: str, more: str = "") -> int | None:
    text = TEMPLATE.replace("!Equals [!Ref Stage, prod]", condition).replace(
        "Conditions:", f"Conditions:\n{more}"
    )
    (function,) = read_template("template.yaml", text.encode()).functions
    return function.timeout.value


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("!Equals [a, a]", 10),
        ("!Equals [a, b]", 20),
        ("!Equals [!Ref Region, eu]", 10),
        ("!Equals [!Ref Odd, x]", None),
        ("!Equals [!Ref Stage, dev]", None),
        ("!Equals [!Ref AWS::Region, eu]", None),
        ("!Equals [!Sub a, a]", None),
        ("!Equals [[a], a]", None),
        ("!Not [!Equals [a, b]]", 10),
        ("!Not [!Equals [!Ref Stage, b]]", None),
        ("!And [!Equals [a, a], !Equals [b, b]]", 10),
        ("!And [!Equals [!Ref Stage, a], !Equals [a, b]]", 20),
        ("!And [!Equals [!Ref Stage, a], !Equals [a, a]]", None),
        ("!Or [!Equals [!Ref Stage, a], !Equals [a, a]]", 10),
        ("!Or [!Equals [a, b], !Equals [b, c]]", 20),
        ("!Or [!Equals [!Ref Stage, a], !Equals [b, c]]", None),
        ("{Condition: Other}", 10),
        ("!Condition Other", 10),
        ("!Condition Prod", None),
        ("!Condition Absent", None),
        ("text", None),
    ],
)
def test_conditions(condition: str, expected: int | None) -> None:
    assert holds(condition, "  Other: !Equals [a, a]") == expected


def test_conditions_are_followed_so_far_and_no_farther() -> None:
    chain = "".join(f"  C{n}: !Condition C{n + 1}\n" for n in range(2 * MAX_NESTED))
    last = f"  C{2 * MAX_NESTED}: !Equals [a, a]\n"
    assert holds("!Condition C0", chain + last) is None
    assert holds(f"!Condition C{2 * MAX_NESTED - 5}", chain + last) == 10
    inward = "!Not [" * (MAX_NESTED + 1) + "!Equals [a, a]" + "]" * (MAX_NESTED + 1)
    assert holds(inward) is None
