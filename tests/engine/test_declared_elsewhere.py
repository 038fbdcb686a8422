"""Runs over projects whose functions are declared by Terraform, or by programs of the CDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import registry, run

from lambda_lint.app import run as run_app
from lambda_lint.deployment import claims
from lambda_lint.deployment.function import DeployedFunction
from lambda_lint.engine.lint import Inputs, lint
from lambda_lint.model.labels import Origin, Severity
from lambda_lint.request import Request
from lambda_lint.rule import Rule, Violation
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lambda_lint.semantics.context import Context

HANDLER = "def main(event, context):\n    return 1\n"
FUNCTION = """
resource "aws_lambda_function" "orders" {
  handler  = "app.main"
  filename = data.archive_file.z.output_path
}
data "archive_file" "z" {
  source_dir = "${path.module}/../src"
}
"""
PYTHON = """
from aws_cdk import aws_lambda
fn = aws_lambda.Function(self, "Orders", handler="app.main", code=aws_lambda.Code.from_asset("src"))
"""
TYPESCRIPT = """
import * as lambda from 'aws-cdk-lib/aws-lambda';
new lambda.Function(this, 'Orders', { handler: 'app.main', code: lambda.Code.fromAsset('src') });
"""


class EachFunction(Rule[DeployedFunction]):
    """Reports every function at its place."""

    code = "AA001"
    severity = Severity.WARNING
    message = "a function"
    help = "none"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        yield self.violation(subject.place)


@pytest.mark.parametrize(
    ("files", "templates", "place"),
    [
        ({}, {"infra/main.tf": FUNCTION}, ("infra/main.tf", 1)),
        ({"app.py": PYTHON}, {}, ("app.py", 2)),
        ({}, {"app.ts": TYPESCRIPT}, ("app.ts", 2)),
    ],
)
def test_functions_are_joined_with_their_code(
    files: dict[str, str], templates: dict[str, str], place: tuple[str, int]
) -> None:
    result = run({"src/app.py": HANDLER, **files}, EachFunction, templates=templates)
    assert [(each.location.path, each.location.start.line) for each in result.findings] == [place]
    (handler,) = result.handlers
    assert handler.name == "src/app.py:main"
    assert Origin.TEMPLATE in handler.origins


@pytest.mark.parametrize(
    ("path", "text", "comment"),
    [
        ("main.tf", FUNCTION, "# lambda-lint: ignore[each-function] known"),
        ("main.tf", FUNCTION, "// lambda-lint: ignore[each-function] known"),
        ("app.ts", TYPESCRIPT, "// lambda-lint: ignore[each-function] known"),
    ],
)
def test_comments_silence_findings(path: str, text: str, comment: str) -> None:
    lines = [
        f"{line}  {comment}" if "aws_lambda_function" in line or "new lambda" in line else line
        for line in text.splitlines()
    ]
    result = run({}, EachFunction, templates={path: "\n".join(lines)})
    assert result.findings == ()
    assert [each.finding.code for each in result.suppressed] == ["AA001"]


def test_comments_silence_findings_in_programs() -> None:
    text = PYTHON.replace('src"))', 'src"))  # lambda-lint: ignore[each-function] known')
    result = run({"app.py": text}, EachFunction)
    assert result.findings == ()
    assert len(result.suppressed) == 1


def test_programs_of_tests_declare_nothing() -> None:
    assert run({"tests/test_stack.py": PYTHON}, EachFunction).findings == ()


def test_broken_files_of_terraform_are_told() -> None:
    result = run({}, EachFunction, templates={"main.tf": FUNCTION.replace("}", "", 1)})
    assert [each.code for each in result.findings] == ["LL905"]


@pytest.mark.parametrize(
    "data", ["# coding: latin-1\n# \xe9".encode("latin-1") + PYTHON.encode(), b"import aws_cdk; Function ("]
)
def test_broken_programs_are_told_of_as_modules(data: bytes) -> None:
    assert "LL905" not in [each.code for each in run({"app.py": data}, EachFunction).findings]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for path, text in {
        "infra/main.tf": FUNCTION,
        "infra/more.tf": FUNCTION.replace("orders", "more"),
        "infra/terraform.tfvars": "",
        "cdk/cdk.json": "{}",
        "cdk/stacks/app.py": PYTHON,
        "cdk/src/app.py": HANDLER,
        "src/app.py": HANDLER,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_files_are_found(project: Path) -> None:
    result = run_app(Request(cwd=project, isolated=True)).result
    found = {handler.name: handler.origins for handler in result.handlers}
    assert found == {
        "cdk/src/app.py:main": (Origin.TEMPLATE, Origin.CONVENTION),
        "src/app.py:main": (Origin.TEMPLATE, Origin.CONVENTION),
    }


def test_the_missing_extra_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "reads_terraform", lambda: False)
    notes = run_app(Request(cwd=project, isolated=True)).result.notes
    told = "functions of Terraform are not read (infra/main.tf and 1 more): "
    assert f"{told}install `lambda-lint[terraform]` to have them read" in notes


def test_the_missing_extra_is_told_of_one_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "infra/more.tf").unlink()
    monkeypatch.setattr(claims, "reads_terraform", lambda: False)
    notes = run_app(Request(cwd=project, isolated=True)).result.notes
    assert any(note.startswith("functions of Terraform are not read (infra/main.tf):") for note in notes)


def test_what_the_cdk_made_is_read_when_it_is_asked_for(project: Path) -> None:
    made = project / "cdk/cdk.out"
    (made / "asset.1").mkdir(parents=True)
    (made / "asset.1/made.py").write_text(HANDLER)
    (made / "App.template.json").write_text(
        '{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "made.main", '
        '"Code": {"S3Bucket": "b"}}, "Metadata": {"aws:asset:path": "asset.1"}}}}'
    )
    names = [each.name for each in run_app(Request(cwd=project, isolated=True)).result.handlers]
    assert "cdk/cdk.out/asset.1/made.py:main" not in names
    asked = Request(paths=(project, made), cwd=project, isolated=True)
    names = [each.name for each in run_app(asked).result.handlers]
    assert "cdk/cdk.out/asset.1/made.py:main" in names


def test_an_application_that_is_edited_is_not_read_from_the_disk() -> None:
    app = "from chalice import Chalice\napp = Chalice()\n\n@app.{}(name='it')\ndef work(a, b): ...\n"
    inputs = Inputs(
        {"app.py": app.format("lambda_function").encode()},
        templates={".chalice/config.json": b'{"version": "2.0", "app_name": "a"}'},
        beside={"app.py": b""},
    )
    (handler,) = lint(inputs, DEFAULT, registry(EachFunction)).handlers
    assert Origin.TEMPLATE in handler.origins
