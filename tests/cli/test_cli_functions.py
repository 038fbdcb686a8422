"""`functions` and `graph`: what templates and code tell together."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import fakepacks
import pytest
from command_line import TEMPLATE as SETTLED
from command_line import Terminal, write

from lambda_lint.deployment import claims
from lambda_lint.reporters import graph_formats

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint

TEMPLATE = SETTLED.replace("      Timeout: 5\n", "").replace("      MemorySize: 256\n", "")
TABLE = """\
name    handler             source      runtime     memory MB      timeout s    findings  template
Orders  app.lambda_handler  src/app.py  python3.13  128 (default)  3 (default)  {}         template.yaml:3
"""
CONFIGURATION = "select = ['LL001', 'LL066']\n"
QUEUE = "  OrderQueue: {Type: AWS::SQS::Queue}\n"


@pytest.fixture
def project(project: Path) -> Path:
    """The project, in which other rules than the tests are about may find what they like."""
    return write(project, {"lambda-lint.toml": CONFIGURATION, "template.yaml": TEMPLATE})


# -- functions


@pytest.mark.usefixtures("project")
def test_lists_functions_with_what_the_platform_does(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("functions")
    assert (run.code, run.out) == (0, TABLE.format(1))
    assert run.err == "note: 1 handler found: 1 by template\n"


@pytest.mark.parametrize("path", ["src/app.py", "template.yaml", "."])
def test_a_function_is_listed_for_its_code_and_for_its_template(
    project: Path, lambda_lint: LambdaLint, path: str
) -> None:
    write(project, {"other/template.yaml": TEMPLATE.replace("Orders", "Others").replace("app.", "no.")})
    names = [line.split()[0] for line in lambda_lint("functions", path).out.splitlines()[1:]]
    assert names == (["Others", "Orders"] if path == "." else ["Orders"])


def test_findings_are_those_that_count(project: Path, lambda_lint: LambdaLint) -> None:
    """Rules, suppressions and the baseline are as for a check."""
    assert lambda_lint("functions", "--ignore", "LL001").out == TABLE.format(0)
    assert lambda_lint("baseline", "create").code == 0
    write(project, {"lambda-lint.toml": f"{CONFIGURATION}baseline = 'lambda-lint-baseline.json'\n"})
    assert lambda_lint("functions").out == TABLE.format(0)
    write(project, {"template.yaml": f"{TEMPLATE}      Environment: {{Variables: {{AWS_REGION: a}}}}\n"})
    assert lambda_lint("functions").out == TABLE.format(1)
    store = (project / "src/store.py").read_text()
    write(
        project,
        {
            "template.yaml": TEMPLATE,
            "lambda-lint.toml": CONFIGURATION,
            "src/store.py": f"# lambda-lint: ignore-file[LL001]\n{store}",
        },
    )
    assert lambda_lint("functions").out == TABLE.format(0)


def test_json_has_all_that_is_known(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"template.yaml": TEMPLATE + QUEUE})
    run = lambda_lint("functions", "--output-format", "json")
    (function,) = json.loads(run.out)
    assert function.pop("location")["start"] == {"line": 3, "column": 3, "utf16_column": 3, "offset": 51}
    queue = {"service": "sqs", "id": "OrderQueue", "template": "template.yaml", "name": None}
    assert function == {
        "name": "Orders",
        "function_name": None,
        "handler": "app.lambda_handler",
        "code": "found",
        "handlers": ["src/app.py:lambda_handler"],
        "runtime": {"value": "python3.13", "default": False},
        "memory": {"value": 128, "default": True},
        "timeout": {"value": 3, "default": True},
        "sources": ["sqs"],
        "inferred": False,
        "triggers": [{"kind": "sqs", "resource": queue, "detail": None}],
        "uses": [
            {
                "resource": {"service": "s3", "id": None, "template": None, "name": None},
                "operations": ["put_object"],
            }
        ],
        "invokes": [],
        "findings": 1,
    }


def test_json_tells_which_functions_are_run(project: Path, lambda_lint: LambdaLint) -> None:
    call = "    boto3.client('lambda').invoke(FunctionName={})\n"
    code = "import boto3\n\n\ndef lambda_handler(event, context):\n"
    code += call.format("context.function_name") + call.format("'other'")
    write(project, {"src/app.py": code})
    (function,) = json.loads(lambda_lint("functions", "--output-format", "json").out)
    assert function["invokes"] == [
        {"name": "Orders", "template": "template.yaml", "id": "Orders", "modes": ["waiting"]},
        {"name": "other", "template": None, "id": None, "modes": ["waiting"]},
    ]


FUNCTION = "  {}:\n    Type: AWS::Serverless::Function\n    Properties: {{{}}}\n"
BROKEN_CODE = "Runtime: python3.13, Handler: broken.f, CodeUri: src"
KINDS = {
    "A": "Runtime: python3.13, Handler: index.f, InlineCode: 'def f(a, b): pass'",
    "B": "PackageType: Image, ImageUri: x, Runtime: python3.13, MemorySize: 512",
    "C": "Runtime: !Ref Runtime, Handler: a.b, CodeUri: s3://a/b, Timeout: !Ref Timeout",
    "D": "Runtime: python3.13, Handler: no.f, CodeUri: src, MemorySize: 512, Timeout: 30",
    "E": BROKEN_CODE,
}


WITHOUT_FILE = """\
name  handler   source              runtime     memory MB      timeout s    findings  template
A     index.f   in the template     python3.13  128 (default)  3 (default)  0         template.yaml:2
B     ?         in an image         python3.13  512            3 (default)  0         template.yaml:5
C     a.b       elsewhere           ?           128 (default)  ?            0         template.yaml:8
D     no.f      not found           python3.13  512            30           0         template.yaml:11
E     broken.f  cannot be analyzed  python3.13  128 (default)  3 (default)  0         template.yaml:14
"""


def test_why_there_is_no_file_and_what_is_not_known(project: Path, lambda_lint: LambdaLint) -> None:
    resources = "".join(FUNCTION.format(name, properties) for name, properties in KINDS.items())
    write(project, {"template.yaml": f"Resources:\n{resources}", "src/broken.py": "def f(:\n"})
    run = lambda_lint("functions", "template.yaml")
    assert run.out == WITHOUT_FILE


HOSTILE = {
    "Resources": {
        name: {
            "Type": "AWS::Serverless::Function",
            "Properties": {"Runtime": "python3.13", "Handler": f"{name}.f", "FunctionName": name},
        }
        for name in ("[red]x[/red]", "[/nope]", "a\x1b[31mb\nc", '"],a', "\u202eevil")
    }
}


def test_names_are_only_shown(
    project: Path, lambda_lint: LambdaLint, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"template.yaml": "", "template.json": json.dumps(HOSTILE)})
    found = json.loads(lambda_lint("functions", "--output-format", "json", "template.json").out)
    assert [function["name"] for function in found] == list(HOSTILE["Resources"])
    plain = lambda_lint("functions", "template.json").out
    monkeypatch.setenv("COLUMNS", "200")
    lambda_lint("functions", "template.json", stdout=terminal)
    for text in (plain, terminal.getvalue()):
        assert "[red]x[/red]" in text
        assert "[/nope]" in text
        assert "a\\x1b[31mb\\nc" in text
        assert "\x1b[31m" not in text
        assert "\u202e" not in text
    assert len(plain.splitlines()) == 6


@pytest.mark.usefixtures("project")
def test_a_terminal_gets_a_table_of_its_width(
    lambda_lint: LambdaLint, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    lambda_lint("functions", "--color", "never", stdout=terminal)
    head, first, second, *_ = terminal.getvalue().splitlines()
    assert head.split()[3:6] == ["runtime", "memory", "MB"]
    assert "python3.13  128        3          1         templa" in first
    assert "(default)  (default)" in second
    assert max(map(len, terminal.getvalue().splitlines())) <= 80
    wide = Terminal()
    monkeypatch.setenv("COLUMNS", "200")
    lambda_lint("functions", "--color", "never", stdout=wide)
    assert wide.getvalue() == TABLE.format(1)


def test_a_project_without_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    monkeypatch.chdir(tmp_path)
    run = lambda_lint("functions")
    assert (run.code, run.out) == (0, "")
    assert run.err == "note: no Python file to analyze\nnote: no template that was read declares a function\n"
    assert lambda_lint("functions", "--output-format", "json").out == "[]\n"
    run = lambda_lint("graph")
    assert (run.code, run.out) == (0, "flowchart LR\n")
    assert run.err == "note: no Python file to analyze\nnote: there is no function to draw\n"


@pytest.mark.parametrize("command", ["functions", "graph"])
def test_what_could_not_be_read_is_told(project: Path, lambda_lint: LambdaLint, command: str) -> None:
    broken = "Resources:\n  A: {Type: AWS::Lambda::Function\nB: ]\n"
    write(project, {"other.yaml": broken, "src/broken.py": "def f(:\n"})
    run = lambda_lint(command)
    assert run.code == 0
    assert "Orders" in run.out
    assert "note: other.yaml:3: " in run.err
    assert "note: src/broken.py:1: " in run.err
    assert "LL001" not in run.err


TERRAFORM = 'resource "aws_lambda_function" "orders" {\n  handler = "a.b"\n  runtime = "python3.13"\n}\n'


@pytest.mark.parametrize("command", ["functions", "graph"])
def test_terraform_that_is_not_read_is_told(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(claims, "reads_terraform", lambda: False)
    write(project, {"main.tf": TERRAFORM})
    note = "functions of Terraform are not read (main.tf): install `lambda-lint[terraform]`"
    assert f"note: {note} to have them read\n" in lambda_lint(command).err


@pytest.mark.parametrize("command", ["functions", "graph"])
def test_a_rule_that_crashes(
    project: Path,
    tmp_path: Path,
    lambda_lint: LambdaLint,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    """`functions` counts what rules find; `graph` runs none."""
    rule = fakepacks.rule("XX001").replace("yield", "raise ValueError; yield")
    files = fakepacks.rules(("security", "odd-rule", "XX001", "")) | {"security/odd_rule.py": rule}
    fakepacks.install(tmp_path / "packs", files)
    monkeypatch.syspath_prepend(tmp_path / "packs")
    write(project, {"lambda-lint.toml": ""})
    run = lambda_lint(command)
    assert run.code == (2 if command == "functions" else 0)
    assert ("crashed" in run.err) == (command == "functions")


@pytest.mark.parametrize("command", ["functions", "graph"])
def test_nothing_is_kept(project: Path, lambda_lint: LambdaLint, command: str) -> None:
    lambda_lint(command)
    assert not (project / ".lambda_lint_cache").exists()
    lambda_lint()
    assert "Orders" in lambda_lint(command).out


def test_every_finding_in_a_json_template_can_be_suppressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    monkeypatch.chdir(tmp_path)
    variables = {"Variables": {"AWS_REGION": "eu-west-1"}}
    resource = {
        "Type": "AWS::Lambda::Function",
        "Properties": {"Handler": "a.b", "Runtime": "python3.13", "Environment": variables},
    }
    silent = {"lambda-lint": {"ignore": [{"rule": "reserved-environment-variable", "reason": "ours"}]}}
    check = ("--select", "LL066,LL902,LL903", "--no-cache")
    for template, code in (
        ({"Resources": {"F": resource}}, 1),
        ({"Resources": {"F": {**resource, "Metadata": silent}}}, 0),
        ({"Metadata": silent, "Resources": {"F": resource}}, 0),
    ):
        write(tmp_path, {"template.json": json.dumps(template)})
        assert lambda_lint(*check).code == code
        (function,) = json.loads(lambda_lint("functions", *check, "--output-format", "json").out)
        assert function["findings"] == code


# -- graph


GRAPH = """\
flowchart LR
  f_Orders["Orders"]
  r_OrderQueue[("sqs: OrderQueue")]
  s_s3{{"s3"}}
  f_Orders -->|"put_object"| s_s3
  r_OrderQueue --> f_Orders
"""


def test_draws_sources_functions_and_services(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"template.yaml": TEMPLATE + QUEUE})
    run = lambda_lint("graph")
    assert (run.code, run.err) == (0, "note: 1 handler found: 1 by template\n")
    assert re.sub(r"_[0-9a-f]{8}\b", "", run.out) == GRAPH


@pytest.mark.usefixtures("project")
def test_other_formats(lambda_lint: LambdaLint) -> None:
    assert lambda_lint("graph", "--format", "dot").out.startswith("digraph functions {\n")
    found = json.loads(lambda_lint("graph", "--format", "json").out)
    assert found["nodes"][0]["id"] == "function:template.yaml:Orders"
    assert found["nodes"][0]["location"]["path"] == "template.yaml"
    run = lambda_lint("graph", "--format", "png")
    assert (run.code, run.out) == (2, "")


@pytest.mark.usefixtures("project")
def test_a_graph_that_mermaid_would_not_draw(
    lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_formats, "MERMAID_CHARACTERS", 10)
    note = "note: Mermaid draws no graph of this size unless it is told to: give fewer paths, or take `dot`\n"
    assert note in lambda_lint("graph").err
    assert note not in lambda_lint("graph", "--format", "dot").err
