"""Files that cannot be analyzed are reported, each by itself, and never skipped in silence."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from running import run, told

from lambda_lint.deployment.reader import read_template
from lambda_lint.engine import templates
from lambda_lint.engine.lint import Inputs, lint
from lambda_lint.registry import load_registry
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.function import Template


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("def f(:\n    pass\n", 1, "LL900 invalid syntax"),
        ("x = 1\nif x\n    y = 2\n", 2, "LL900 expected ':'"),
        ("print 'hello'\n", 1, "LL900 this looks like Python 2, which AWS Lambda no longer runs"),
        ("x = 1\0\n", 1, "LL900 source code cannot contain null bytes"),
        (b"x = '\xff'\n", 1, "LL904 "),
        (b"# coding: nonsense\n", 1, "LL904 "),
        (b"\xef\xbb\xbf# coding: latin-1\n", 1, "LL904 "),
        ("x = " + "[" * 300 + "]" * 300, 1, "LL904 line 1: more than 200 brackets within each other"),
        ("x = " + "+".join(["1"] * 20_000), 1, "LL904 line 1: the code up to here is too intricate to parse"),
        ("x = 1\n" * 200_000, 1, "LL904 the file has 1171 KiB, more than the limit of 1024 KiB"),
    ],
    ids=[
        "syntax", "colon", "python-2", "nul", "bytes", "cookie", "mark", "deep", "long", "large",
    ],
)  # fmt: skip
def test_one_finding_says_why(code: str | bytes, line: int, message: str) -> None:
    result = run({"app.py": code, "fine.py": "x = 1\n"})
    assert len(result.findings) == 1
    assert told(result.findings)[0].startswith(f"app.py:{line} {message}")
    assert result.files == ("app.py", "fine.py")
    assert not result.crashed


def test_the_limit_is_a_setting() -> None:
    settings = replace(DEFAULT, max_file_size=10)
    result = run({"app.py": "x = 100000\n"}, settings=settings)
    assert told(result.findings) == ["app.py:1 LL904 the file has 0 KiB, more than the limit of 0 KiB"]
    wide = run({"app.py": "# é\n"}, settings=replace(DEFAULT, max_file_size=4))
    assert [finding.code for finding in wide.findings] == ["LL904"]


def test_a_file_that_cannot_be_opened() -> None:
    result = run({"app.py": ""}, unreadable={"locked.py": "permission denied"})
    assert told(result.findings) == ["locked.py:1 LL904 the file cannot be read: permission denied"]
    assert result.files == ("app.py", "locked.py")
    assert result.sources == {"locked.py": ""}


def test_the_place_of_a_syntax_error_at_the_very_end() -> None:
    finding = run({"app.py": "x = ("}).findings[0]
    assert finding.code == "LL900"
    assert finding.location.start.line == 1


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("Resources:\n  A:\n    Type: AWS::Lambda::Function\n   bad: [\n", 4),
        (b"Resources:\n  A:\n    Type: AWS::Lambda::Function\n    \xff\n", 4),
        ("Resources:\n  A:\n    Type: AWS::Lambda::Function\n    é: \n".encode("utf-16")[:-1], 4),
    ],
    ids=["yaml", "bytes", "wide"],
)
def test_a_template_that_cannot_be_read(template: str | bytes, line: int) -> None:
    result = run({"app.py": ""}, templates={"template.yaml": template})
    assert [(f.code, f.location.path, f.location.start.line) for f in result.findings] == [
        ("LL905", "template.yaml", line)
    ]


def test_a_template_that_is_too_large() -> None:
    large = "Resources:\n  A:\n    Type: AWS::Lambda::Function\n"
    result = run(
        {"app.py": ""}, templates={"template.yaml": large}, settings=replace(DEFAULT, max_file_size=20)
    )
    assert told(result.findings) == [
        "template.yaml:1 LL905 larger than the limit of 0 KiB, which `max-file-size` sets"
    ]


@pytest.mark.parametrize("path", ["a.yaml", "stack.py"])
def test_a_reader_that_fails_loses_nothing_else(path: str, monkeypatch: pytest.MonkeyPatch) -> None:

    def failing(read_path: str, data: bytes, beside: Mapping[str, bytes]) -> Template:
        if read_path == path:
            raise KeyError(path)
        return read_template(read_path, data, beside)

    monkeypatch.setattr(templates, "read_template", failing)
    result = run(
        {"stack.py": "from aws_cdk import aws_lambda\n\naws_lambda.Function(None, 'F')\n"},
        templates={"a.yaml": "Resources: {A: {Type: AWS::Lambda::Function}}", "b.yaml": "Resources: ["},
    )
    bug = f"{path}:1 LL905 lambda-lint failed on it with KeyError: this is a bug, please report it"
    assert bug in told(result.findings)
    assert sorted(finding.location.path for finding in result.findings) == sorted([path, "b.yaml"])


def test_only_what_is_asked_for_is_reported() -> None:
    files = {"app.py": "def f(:\n", "other.py": "def g(:\n"}
    result = run(files, templates={"template.yaml": b"Resources: [\xff"}, targets=["other.py"])
    assert [finding.location.path for finding in result.findings] == ["other.py"]
    assert result.files == ("other.py",)


def test_comments_in_a_file_that_was_not_analyzed_are_not_called_unused() -> None:
    broken = "x = 1  # lambda-lint: ignore[rule-crashed]\ndef f(:\n"
    assert [finding.code for finding in run({"app.py": broken}).findings] == ["LL900"]
    wrong = "# lambda-lint: ignore[no-such-rule]\ndef f(:\n"
    assert sorted(finding.code for finding in run({"app.py": wrong}).findings) == ["LL900", "LL903"]


def test_a_comment_silences_also_what_could_not_be_parsed() -> None:
    result = run({"app.py": "# lambda-lint: ignore-file[syntax-error] generated\ndef f(:\n"})
    assert not result.findings
    assert [(entry.finding.code, entry.reason) for entry in result.suppressed] == [("LL900", "generated")]


def test_what_python_warns_of_is_not_told() -> None:
    """It is about the code that is linted: `lambda-lint` would be blamed for it."""
    text = "import re\n\ndef handler(event, context):\n    return bool(re.match('\\w+', event['a']))\n"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        lint(Inputs({"app.py": text.encode()}), DEFAULT, load_registry())
    assert not warned
