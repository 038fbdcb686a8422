"""Whether what is deployed is the code folder as it is."""

from __future__ import annotations

import pytest
from deploying import Deployed, read

from lambda_lint.deployment.reader import read_template


@pytest.mark.parametrize(
    ("metadata", "as_is"),
    [("{}", True), ("{BuildMethod: makefile}", False), ("{BuildMethod: python3.13}", True)],
)
def test_a_recipe_of_sam(metadata: str, *, as_is: bool) -> None:
    function = f"""
    F:
      Type: AWS::Serverless::Function
      Metadata: {metadata}
      Properties: {{Handler: app.main, CodeUri: src}}
    """
    assert read(function)["F"].is_packed_as_is is as_is


def terraform(text: str) -> bool:
    (function,) = read_template("main.tf", text.encode()).functions
    return function.is_packed_as_is


@pytest.mark.parametrize(
    ("code", "as_is"),
    [
        ('filename = "src/code.zip"', False),
        ('filename = "src/app.py"', True),
        ("filename = data.archive_file.code.output_path", True),
        ('filename = "out.zip"', True),
    ],
)
def test_archives_of_terraform(code: str, *, as_is: bool) -> None:
    archive = """
    data "archive_file" "code" {
      type        = "zip"
      source_dir  = "src"
      output_path = "out.zip"
    }
    """
    lines = f'  handler = "app.main"\n  runtime = "python3.13"\n  {code}'
    assert terraform(f'{archive}\nresource "aws_lambda_function" "f" {{\n{lines}\n}}\n') is as_is


@pytest.mark.parametrize(
    ("code", "as_is"),
    [
        ('source_path = "src"', True),
        ('source_path = ["src", "lib"]', False),
        ('source_path = [{ path = "src", commands = ["make"] }]', False),
        ('local_existing_package = "src/code.zip"', False),
    ],
)
def test_the_lambda_module(code: str, *, as_is: bool) -> None:
    source = 'source = "terraform-aws-modules/lambda/aws"'
    assert terraform(f'module "f" {{\n  {source}\n  handler = "app.main"\n  {code}\n}}\n') is as_is


@pytest.mark.parametrize(
    ("code", "as_is"),
    [
        ('lambda_.Code.from_asset("src")', True),
        ('lambda_.Code.from_asset("src", bundling=options)', False),
        ('lambda_.Code.from_asset("src", **options)', False),
        ("packed()", True),
    ],
)
def test_commands_of_the_cdk(code: str, *, as_is: bool) -> None:
    text = f"""
from aws_cdk import aws_lambda as lambda_
lambda_.Function(self, "F", handler="app.main", runtime=lambda_.Runtime.PYTHON_3_13, code={code})
"""
    assert Deployed(read_template("app.py", text.encode()))["F"].is_packed_as_is is as_is
