"""What functions of a CDK program may do."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.reader import read_template

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction

IMPORTS = """
from aws_cdk import Stack, aws_iam as iam, aws_lambda as lambda_, aws_s3 as s3
allowed = iam.PolicyStatement(actions=["s3:*"], resources=["*"])
"""


def only(text: str) -> DeployedFunction:
    (function,) = read_template("app.py", (IMPORTS + dedent(text)).encode()).functions
    return function


def statements(text: str) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    access = only(text).access
    assert not access.statements.is_complete
    return [(each.effect, each.actions.items, each.resources.items) for each in access.statements.items]


ALL = ("Allow", ("s3:*",), ("*",))


@pytest.mark.parametrize(
    "text",
    [
        'lambda_.Function(self, "F", initial_policy=[allowed])',
        'fn = lambda_.Function(self, "F")\nfn.add_to_role_policy(allowed)',
        'fn = lambda_.Function(self, "F")\nfn.add_to_role_policy(statement=allowed)',
        """
        role = iam.Role(self, "R", inline_policies={"all": iam.PolicyDocument(statements=[allowed])})
        lambda_.Function(self, "F", role=role)
        """,
        'role = iam.Role(self, "R")\nrole.add_to_policy(allowed)\nlambda_.Function(self, "F", role=role)',
        """
        fn = lambda_.Function(self, "F", role=iam.Role(self, "R"))
        fn.add_to_role_policy(allowed)
        """,
        """
        def let(fn, actions, resources):
            fn.add_to_role_policy(iam.PolicyStatement(actions=actions, resources=resources))
        fn = lambda_.Function(self, "F")
        let(fn, ["s3:*"], ["*"])
        """,
    ],
)
def test_statements_of_a_function(text: str) -> None:
    assert statements(text) == [ALL]


@pytest.mark.parametrize(
    ("arguments", "effect", "is_conditional"),
    [
        ('effect=iam.Effect.ALLOW, actions=["s3:GetObject"], resources=["*"]', "Allow", False),
        ('effect=iam.Effect.DENY, actions=["s3:GetObject"], resources=["*"]', "Deny", False),
        ('effect=unknown, actions=["s3:GetObject"], resources=["*"]', None, False),
        ('actions=["s3:GetObject"], resources=["*"], conditions={"Bool": {}}', "Allow", True),
        ('not_actions=["s3:GetObject"], not_resources=["*"]', "Allow", False),
        ('**{"actions": ["s3:GetObject"], "resources": ["*"]}', "Allow", False),
    ],
)
def test_a_statement(arguments: str, effect: str | None, is_conditional: bool) -> None:
    function = only(f'lambda_.Function(self, "F", initial_policy=[iam.PolicyStatement({arguments})])')
    (statement,) = function.access.statements.items
    assert statement.effect == effect
    assert statement.is_conditional is is_conditional
    assert statement.not_actions is statement.not_resources is arguments.startswith("not")
    assert statement.actions.items == ("s3:GetObject",)
    assert statement.resources.items == ("*",)


def test_a_statement_stands_at_its_actions() -> None:
    text = """
    lambda_.Function(self, "F", initial_policy=[iam.PolicyStatement(
        effect=iam.Effect.ALLOW,
        actions=["s3:*"],
        resources=[bucket, f"{unknown}/*"],
    )])
    """
    (statement,) = only(text).access.statements.items
    span = statement.place.span
    assert (IMPORTS + dedent(text))[span.start : span.end] == "actions="
    assert statement.resources.items == ("${}", "${}/*")


@pytest.mark.parametrize(
    "text",
    [
        'lambda_.Function(self, "F")',
        'lambda_.Function(self, "F", **unknown)',
        'lambda_.Function(self, "F", initial_policy=unknown)',
        'lambda_.Function(self, "F", initial_policy=[unknown, compute()])',
        'lambda_.Function(self, "F", initial_policy=[iam.PolicyStatement(**unknown)])',
        'lambda_.Function(self, "F", role=unknown)',
        'lambda_.Function(self, "F", role=iam.Role.from_role_arn(self, "R", "arn"))',
        'lambda_.Function(self, "F", role=s3.Bucket(self, "R"))',
        'role = iam.Role(self, "R", inline_policies=unknown)\nlambda_.Function(self, "F", role=role)',
        'role = iam.Role(self, "R", inline_policies={"x": unknown})\nlambda_.Function(self, "F", role=role)',
        'fn = lambda_.Function(self, "F", role=unknown)\nfn.add_to_role_policy(allowed)',
        'fn = lambda_.Function(self, "F")\nother.add_to_role_policy(allowed)',
        'fn = lambda_.Function(self, "F")\nadd_to_role_policy(allowed)',
        'allowed.add_condition("Bool", {})\nlambda_.Function(self, "F", initial_policy=[allowed])',
        'bucket = s3.Bucket(self, "B")\nbucket.grant_read(lambda_.Function(self, "F"))',
    ],
)
def test_what_is_not_known_is_not_complete(text: str) -> None:
    assert statements(text) == []


def test_managed_policies() -> None:
    text = """
    role = iam.Role(self, "R", managed_policies=[
        iam.ManagedPolicy.from_aws_managed_policy_name("AmazonS3FullAccess"),
        iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
        iam.ManagedPolicy.from_aws_managed_policy_name(unknown),
        iam.ManagedPolicy.from_aws_managed_policy_name(),
        iam.ManagedPolicy(self, "Own"),
    ])
    lambda_.Function(self, "F", role=role)
    """
    access = only(text).access
    assert [each.name for each in access.managed] == [
        "AmazonS3FullAccess",
        "service-role/AWSLambdaBasicExecutionRole",
    ]
    assert access.role.value is not None
    assert access.role.value.id == "R"
    assert not only(
        'lambda_.Function(self, "F", role=iam.Role(self, "R", managed_policies=x))'
    ).access.managed


def test_typescript() -> None:
    text = b"""import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
const role = new iam.Role(this, 'R', {
  managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess')],
});
const fn = new lambda.Function(this, 'F', { role });
fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));"""
    (function,) = read_template("app.ts", text).functions
    (statement,) = function.access.statements.items
    assert (statement.effect, statement.actions.items, statement.resources.items) == ALL
    assert [each.name for each in function.access.managed] == ["AmazonS3FullAccess"]
