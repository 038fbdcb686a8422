"""Forms of templates that are rare: they are read as well, or read as nothing."""

from __future__ import annotations

import pytest

from lambda_lint.deployment.hcl import Literal, Name
from lambda_lint.deployment.hcl_reader import parse
from lambda_lint.deployment.reader import read_template
from lambda_lint.deployment.typescript_imports import imports
from lambda_lint.deployment.typescript_tokens import Tokens

CDK = """
from aws_cdk import Duration, aws_lambda as lambda_
from aws_cdk import aws_apigateway

fn = lambda_.Function(self, "F", handler="app.handler", code=lambda_.Code.from_asset("src"))
aws_apigateway.LambdaIntegration(fn{timeout})
"""


def test_numbers_and_names_of_terraform() -> None:
    attributes = parse("a = 1.5e3\nb = größe\n").attributes
    first, second = attributes["a"].value, attributes["b"].value
    assert isinstance(first, Literal)
    assert first.text == "1.5e3"
    assert isinstance(second, Name)
    assert second.name == "größe"


def test_a_template_without_python_has_no_functions() -> None:
    text = b"Resources: {F: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x}}}"
    assert read_template("template.yaml", text).functions == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import 'source-map-support/register';", {}),
        ("import lambda = require('aws-cdk-lib/aws-lambda');", {}),
        ("import { , Stack } from 'aws-cdk-lib';", {"Stack": "Stack"}),
    ],
)
def test_imports_of_typescript(text: str, found: dict[str, str]) -> None:
    assert imports(Tokens(text).tokens) == found


@pytest.mark.parametrize(("timeout", "is_absent"), [("", True), (", timeout=Duration.seconds(5)", False)])
def test_how_long_an_api_of_the_cdk_waits(timeout: str, is_absent: bool) -> None:
    (function,) = read_template("stack.py", CDK.format(timeout=timeout).encode()).functions
    (source,) = function.sources
    assert source.api_timeout.is_absent is is_absent
    assert source.api_timeout.value is None


def test_an_integration_that_waits_otherwise_is_of_its_function_still() -> None:
    text = CDK.format(timeout=", timeout=Duration.seconds(5)")
    text = text.replace("aws_apigateway.LambdaIntegration(fn", "integrations.HttpLambdaIntegration('I', fn")
    text = text.replace("aws_apigateway\n", "aws_apigatewayv2_integrations as integrations\n")
    (function,) = read_template("stack.py", text.encode()).functions
    (source,) = function.sources
    assert (source.kind, source.api_timeout.is_absent, source.api_timeout.value) == ("http-api", False, None)
