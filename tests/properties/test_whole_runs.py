"""What holds of every run, whatever the files hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lambda_code import EXPRESSIONS, IMPORTS, PROJECTS, TEMPLATE

from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import lint
from lambda_lint.model.labels import Category
from lambda_lint.registry import Registry, load_registry
from lambda_lint.settings.options import DEFAULT, Choices, Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.model.finding import Finding, Result

REGISTRY = load_registry()
CODES = [entry.info.code for entry in REGISTRY.entries if entry.info.category is not Category.TOOL]
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
EXAMPLES = settings(max_examples=25, suppress_health_check=SLOW)

PYTHON_PIECES = st.sampled_from(
    [
        "def f(event, context):",
        "\n",
        "\r",
        "    ",
        "\t",
        "\x0c",
        "import boto3",
        "boto3.client('s3')",
        "(",
        ")",
        "'",
        '"""',
        "f'",
        "{",
        "}",
        "[",
        "]",
        "# lambda-lint: ignore[LL001]",
        "# lambda-lint: handler",
        "\x00",
        "é",
        "# coding: latin-1",
        "\ufeff",
        "\N{MATHEMATICAL SCRIPT CAPITAL X}",
        "lambda: ",
        "x = ",
        "\\\n",
        "class A:",
        "@",
        "return ",
        "yield ",
        "await ",
        "match x:",
        "case _:",
        "*",
        "**",
        ":=",
        "=",
        ",",
        ";",
        ".",
        "...",
    ]
)
YAML_PIECES = st.sampled_from(
    [
        "Resources:\n",
        "  F:\n",
        "    Type: AWS::Serverless::Function\n",
        "    Properties:\n",
        "      Handler: app.f\n",
        "      Environment:\n",
        "        Variables:\n",
        "          AWS_REGION: x\n",
        "      Events:\n",
        "        E:\n",
        "          Type: SQS\n",
        "      InlineCode: |\n",
        "        import boto3\n",
        "        def f(e, c): boto3.client('s3')\n",
        "&a ",
        "*a ",
        "!Ref ",
        "!Sub ",
        "!GetAtt ",
        "<<: *a\n",
        "- ",
        "? ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        '"',
        "|",
        ">-",
        "%YAML 1.2\n",
        "---\n",
        "...\n",
        "# lambda-lint: ignore[LL066]\n",
        "\t",
        "\x00",
        "\x85",
        "\u2028",
        "é",
        "9" * 30,
        "~",
        "AWSTemplateFormatVersion: 2010-09-09\n",
        "Globals:\n",
        "  Function:\n",
        "    Timeout: 3\n",
        "  ",
        "\n",
        "\ufeff",
    ]
)
JSON_KEYS = st.sampled_from(
    [
        "Resources",
        "F",
        "Type",
        "Properties",
        "Handler",
        "Environment",
        "Variables",
        "Events",
        "Runtime",
        "CodeUri",
        "Ref",
        "Fn::Sub",
        "Fn::GetAtt",
        "Fn::If",
        "Fn::Join",
        "Code",
        "ZipFile",
        "Globals",
        "Function",
        "Timeout",
        "Layers",
    ]
)
JSON_LEAVES = st.sampled_from(
    [
        "AWS::Serverless::Function",
        "AWS::Lambda::Function",
        "app.lambda_handler",
        "python3.13",
        ".",
        "F",
        "${F}",
        "F.Arn",
        "import boto3\ndef f(e, c):\n  boto3.client('s3')",
        "SQS",
        None,
        True,
        3,
        -1.5,
        "",
        "\ud800",
    ]
)
JSON = st.recursive(
    JSON_LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JSON_KEYS, inner, max_size=5),
    max_leaves=30,
)


def texts(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Texts of these pieces and of any others."""
    drawn = st.lists(pieces | st.text(max_size=3), max_size=25)
    return drawn.map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


def run(
    files: dict[str, bytes], templates: dict[str, bytes] | None = None, rules: Iterable[str] = ("all",)
) -> Result:
    """Lint with these rules."""
    chosen = DEFAULT.apply(Options(choices=(Choices(select=tuple(rules)),)))
    return lint(Inputs(files, templates or {}), chosen, REGISTRY)


def check(result: Result) -> None:
    """Say what every result must hold to."""
    assert not result.crashed, [finding.message for finding in result.findings if finding.code == "LL901"]
    everything = [*result.findings, *(entry.finding for entry in result.suppressed)]
    for finding in everything:
        for location in (finding.location, *(note.location for note in (*finding.path, *finding.related))):
            if location.path in result.sources:
                assert 0 <= location.span.start <= location.span.end <= len(result.sources[location.path])
    assert list(result.findings) == sorted(result.findings, key=lambda finding: finding.order)


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def of_rules(findings: Iterable[Finding], codes: Iterable[str]) -> list[Finding]:
    wanted = set(codes)
    return [finding for finding in findings if finding.code in wanted]


@EXAMPLES
@given(st.binary(max_size=80) | texts(PYTHON_PIECES))
def test_any_bytes_as_a_module(data: bytes) -> None:
    check(run({"app.py": data}, {"template.yaml": TEMPLATE.encode()}))


@EXAMPLES
@given(st.binary(max_size=80) | texts(YAML_PIECES))
def test_any_bytes_as_a_template(data: bytes) -> None:
    check(run({"app.py": b"def lambda_handler(event, context): pass\n"}, {"template.yaml": data}))


@EXAMPLES
@given(JSON)
def test_any_json_as_a_template(value: object) -> None:
    for data in (
        value,
        {"Resources": {"F": value}},
        {"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": value}}},
    ):
        check(run({}, {"template.json": json.dumps(data).encode()}))


@EXAMPLES
@given(PROJECTS, st.booleans())
def test_any_program(project: dict[str, str], deployed: bool) -> None:
    check(run(encoded(project), {"template.yaml": TEMPLATE.encode()} if deployed else {}))


@EXAMPLES
@given(PROJECTS)
def test_the_order_of_files_is_irrelevant(project: dict[str, str]) -> None:
    files = encoded(project)
    backwards = dict(reversed(files.items()))
    assert run(files) == run(backwards)


@EXAMPLES
@given(PROJECTS, st.lists(st.sampled_from(CODES), min_size=1, max_size=4))
def test_a_rule_finds_the_same_whatever_else_runs(project: dict[str, str], codes: list[str]) -> None:
    files = encoded(project)
    everything = run(files)
    alone = run(files, rules=codes)
    assert of_rules(alone.findings, codes) == of_rules(everything.findings, codes)
    assert alone.handlers == everything.handlers


@EXAMPLES
@given(PROJECTS)
def test_the_order_of_rules_is_irrelevant(project: dict[str, str]) -> None:
    """What the model has worked out for one rule does not change what it answers to the next."""
    files = encoded(project)
    chosen = DEFAULT.apply(Options(choices=(Choices(select=("all",)),)))
    backwards = lint(Inputs(files), chosen, Registry(reversed(REGISTRY.entries)))
    assert backwards.findings == run(files).findings


@EXAMPLES
@given(PROJECTS)
def test_reporting_on_one_file_leaves_out_the_others_only(project: dict[str, str]) -> None:
    files = encoded(project)
    chosen = DEFAULT.apply(Options(choices=(Choices(select=("all",)),)))
    part = lint(Inputs(files, targets=frozenset({"app.py"})), chosen, REGISTRY)
    whole = [finding for finding in run(files).findings if finding.location.path == "app.py"]
    # In a run on a part of the project, whether a comment on a line is needed cannot be known.
    assert list(part.findings) == [finding for finding in whole if finding.code != "LL902"]


ONCE_CRASHED = {
    "an instance kept in what a call gives": "    registry()['job'] = registry().jobs['job'] = Job()\n",
}


@pytest.mark.parametrize("name", ONCE_CRASHED)
def test_what_once_crashed(name: str) -> None:
    start = (
        f"{IMPORTS}\ndef registry(): return {{}}\nclass Job:\n    def __init__(self): boto3.client('s3')\n"
    )
    text = f"{start}def lambda_handler(event, context):\n{ONCE_CRASHED[name]}"
    check(run({"app.py": text.encode()}))


DEEP = {
    "parentheses": "(" * 150 + "event" + ")" * 150,
    "brackets": "[" * 150 + "event" + "]" * 150,
    "calls": "save(" * 100 + "event" + ")" * 100,
    "calls of the SDK": "boto3.client(" * 100 + "'s3'" + ")" * 100,
    "methods": "client" + ".get(event)" * 600,
    "subscripts": "event" + "['a']" * 100,
    "attributes": "event" + ".a" * 300,
    "operators": " + ".join(["event['a']"] * 100),
    "texts": " ".join(["f'{event}'"] * 100),
    "lambdas": "lambda: " * 100 + "event",
    "conditions": "event if event else " * 100 + "event",
    "negations": "not " * 1000 + "event",
    "comparisons": " < ".join(["event"] * 1000),
    "a long list": "[" + "event['a'], " * 1000 + "]",
    "a long dict": "{" + "'a': event['a'], " * 1000 + "}",
    "a long text": "'" + "a" * 200_000 + "'",
    "comprehensions": "[" * 200 + "event" + " for x in event]" * 200,
    "walrus": "(x := " * 100 + "event" + ")" * 100,
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_and_long_expressions(name: str) -> None:
    save = "def save(a): return a\n"
    text = f"{IMPORTS}\n{save}def lambda_handler(event, context):\n    return {DEEP[name]}\n"
    check(run({"app.py": text.encode()}))


DEEP_CODE = {
    "blocks": "".join(f"{' ' * (depth + 1)}if event:\n" for depth in range(90))
    + " " * 92
    + "boto3.client('s3')\n",
    "functions": "".join(f"{' ' * (depth + 1)}def f(a):\n" for depth in range(90)) + " " * 92 + "return a\n",
    "statements": "    a = boto3.client('s3')\n" * 500,
    "variables": "".join(f"    a{n} = boto3.client('s3')\n" for n in range(1500)),
    "calls": "    a = client.get_object(Bucket=event['b'], Key=a)\n" * 300,
    "assignments": "    a = 1\n" + "".join(f"    a{n + 1} = a{n or ''}\n" for n in range(100)),
    "branches": "    if event: a = 0\n" + "".join(f"    elif event == {n}: a = {n}\n" for n in range(60)),
    "loops": "".join(f"{' ' * (depth + 1)}for a in event:\n" for depth in range(18))
    + " " * 20
    + "client.put_item(a)\n",
    "unpacking": "    " + ", ".join(f"a{n}" for n in range(300)) + " = event\n",
}


@pytest.mark.parametrize("name", DEEP_CODE)
def test_deep_and_long_code(name: str) -> None:
    text = f"{IMPORTS}\n\ndef lambda_handler(event, context):\n{DEEP_CODE[name]}"
    check(run({"app.py": text.encode()}))


def test_functions_that_call_each_other_in_every_way() -> None:
    number = 14
    lines = [IMPORTS]
    for each in range(number):
        others = ", ".join(f"f{other}(a, b)" for other in range(number) if other % 7 == each % 7)
        lines.append(
            f"def f{each}(a, b=None):\n    return [{others}, boto3.client(a), b or f{(each + 1) % number}]\n"
        )
    lines.append("def lambda_handler(event, context):\n    return f0(event, f1)\n")
    check(run({"app.py": "\n".join(lines).encode()}))


@EXAMPLES
@given(st.lists(EXPRESSIONS, min_size=1, max_size=8), st.integers(1, 40))
def test_what_is_repeated_gets_no_worse(expressions: list[str], times: int) -> None:
    lines = [f"    a = {expression}" for expression in expressions * times]
    text = "\n".join([IMPORTS, "def lambda_handler(event, context):", *lines]) + "\n"
    check(run({"app.py": text.encode()}))
