"""Roles and policies of functions."""

from __future__ import annotations

import pytest
from deploying import Deployed, read

from lambda_lint.deployment.access import Access, ManagedPolicy

DOCUMENT = "{Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: !Sub '${Bucket.Arn}/*'}]}"


def access(properties: str, more: str = "", kind: str = "Serverless") -> tuple[Deployed, Access]:
    found = read(f"F: {{Type: AWS::{kind}::Function, Properties: {{{properties}}}}}\n{more}")
    return found, found["F"].access


def actions(told: Access) -> list[str]:
    return [action for statement in told.statements.items for action in statement.actions.items]


def test_a_role_with_all_that_is_attached_to_it() -> None:
    found, told = access(
        "Role: !GetAtt R.Arn",
        f"""
R:
  Type: AWS::IAM::Role
  Properties:
    Policies: [{{PolicyName: x, PolicyDocument: {DOCUMENT}}}]
    ManagedPolicyArns:
      - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
      - !Sub 'arn:${{AWS::Partition}}:iam::aws:policy/AmazonSQSFullAccess'
      - !Ref Own
Own:
  Type: AWS::IAM::ManagedPolicy
  Properties: {{PolicyDocument: {{Statement: {{Effect: Deny, NotAction: 'sqs:*', NotResource: '*'}}}}}}
P:
  Type: AWS::IAM::Policy
  Properties:
    Roles: [!Ref R]
    PolicyDocument: {{Statement: [{{Effect: Allow, Action: [a:B, a:C], Resource: '*', Condition: {{}}}}]}}
Q:
  Type: AWS::IAM::RolePolicy
  Properties: {{RoleName: !Ref R, PolicyDocument: {{Statement: [{{Action: a:D, Resource: '*'}}]}}}}
Other:
  Type: AWS::IAM::Policy
  Properties: {{Roles: [!Ref Elsewhere, !ImportValue x], PolicyDocument: {DOCUMENT}}}
""",
        "Lambda",
    )
    assert told.role.value is not None
    assert told.role.value.id == "R"
    assert [policy.name for policy in told.managed] == [
        "service-role/AWSLambdaBasicExecutionRole",
        "AmazonSQSFullAccess",
    ]
    assert told.statements.is_complete
    first, own, attached, by_name = told.statements.items
    assert (first.effect, first.actions.items, first.resources.items) == (
        "Allow",
        ("s3:GetObject",),
        ("${Bucket.Arn}/*",),
    )
    assert found.shown(first.place) == "Effect"
    assert (own.effect, own.not_actions, own.not_resources) == ("Deny", True, True)
    assert (attached.actions.items, attached.is_conditional) == (("a:B", "a:C"), True)
    assert (by_name.effect, by_name.actions.items) == (None, ("a:D",))


@pytest.mark.parametrize(
    ("properties", "more"),
    [
        ("Role: arn:aws:iam::1:role/x", ""),
        ("Role: !If [C, a, b]", ""),
        ("Role: !GetAtt R.Arn", "R: {Type: AWS::IAM::Role, Properties: {Policies: !Ref X}}"),
        ("Role: !GetAtt R.Arn", "R: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: x}]}}"),
        ("Role: !GetAtt R.Arn", "R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref X]}}"),
        ("Policies: !Ref X", ""),
        ("Policies: [!If [C, a, b]]", ""),
        ("Policies: [{Statement: [!Ref X]}]", ""),
    ],
)
def test_access_that_is_not_all_known(properties: str, more: str) -> None:
    assert not access(properties, more)[1].statements.is_complete


def test_policies_of_sam() -> None:
    found, told = access(
        "Policies: [AmazonS3FullAccess, {DynamoDBCrudPolicy: {TableName: !Ref T}}, " + DOCUMENT + "]",
        f"P: {{Type: AWS::IAM::Policy, Properties: {{Roles: [!Ref FRole], PolicyDocument: {DOCUMENT}}}}}\n"
        "T: {Type: AWS::DynamoDB::Table}",
    )
    assert told.role.is_absent
    assert [policy.name for policy in told.managed] == ["AmazonS3FullAccess"]
    (template,) = told.templates
    assert (template.name, template.parameters) == ("DynamoDBCrudPolicy", (("TableName", "${T}"),))
    assert found.shown(template.place) == "DynamoDBCrudPolicy"
    assert actions(told) == ["s3:GetObject", "s3:GetObject"]
    assert told.statements.is_complete


def test_one_policy_of_sam_by_name() -> None:
    _, told = access("Policies: AWSXRayDaemonWriteAccess")
    assert [policy.name for policy in told.managed] == ["AWSXRayDaemonWriteAccess"]
    assert isinstance(told.managed[0], ManagedPolicy)


def test_without_policies_nothing_is_allowed() -> None:
    _, told = access("Handler: a.b")
    assert told.statements.is_complete
    assert (told.statements.items, told.managed, told.templates) == ((), (), ())


def test_connectors() -> None:
    found = read(
        """
        F:
          Type: AWS::Serverless::Function
          Connectors:
            Own: {Properties: {Destination: {Id: Table}, Permissions: [Read, Write]}}
            Several: {Properties: {Destination: [{Id: A}, {Id: B}], Permissions: [Read]}}
            Empty: {}
        C:
          Type: AWS::Serverless::Connector
          Properties: {Source: {Id: F}, Destination: {Id: Queue}, Permissions: [Write]}
        D: {Type: AWS::Serverless::Connector, Properties: {Destination: {Id: Queue}}}
        """
    )
    told = [dict(template.parameters) for template in found["F"].access.templates]
    assert told == [
        {"Id": "Table", "Permissions": "Read,Write"},
        {"Id": "A", "Permissions": "Read"},
        {"Id": "B", "Permissions": "Read"},
        {"Id": "Queue", "Permissions": "Write"},
    ]


TRUST = "AssumeRolePolicyDocument: {Statement: [{Action: 'sts:AssumeRole', Principal: %s}]}"


@pytest.mark.parametrize(
    ("principal", "is_lent"),
    [
        ("{Service: lambda.amazonaws.com}", False),
        ("{Service: [lambda.amazonaws.com, edgelambda.amazonaws.com]}", False),
        ("{Service: !Sub 'lambda.${AWS::URLSuffix}'}", False),
        ("{Service: [lambda.amazonaws.com, states.amazonaws.com]}", True),
        ("{AWS: '*'}", True),
    ],
)
def test_a_role_that_not_only_functions_may_take_is_lent(principal: str, is_lent: bool) -> None:
    _, told = access(
        "Role: !GetAtt R.Arn",
        f"""
R:
  Type: AWS::IAM::Role
  Properties:
    {TRUST % principal}
    Policies: [{{PolicyName: x, PolicyDocument: {DOCUMENT}}}]
""",
    )
    assert [statement.is_lent for statement in told.statements.items] == [is_lent]


@pytest.mark.parametrize(
    ("holders", "is_lent"),
    [
        ("Roles: [!Ref R]", False),
        ("Roles: [!Ref R, !Ref Other]", True),
        ("Roles: [!Ref R], Users: [somebody]", True),
        ("Roles: [!Ref R], Groups: [some]", True),
    ],
)
def test_a_policy_that_others_have_is_lent(holders: str, is_lent: bool) -> None:
    _, told = access(
        "Role: !GetAtt R.Arn",
        f"""
R: {{Type: AWS::IAM::Role, Properties: {{}}}}
Other: {{Type: AWS::IAM::Role, Properties: {{}}}}
P: {{Type: AWS::IAM::Policy, Properties: {{{holders}, PolicyDocument: {DOCUMENT}}}}}
""",
    )
    assert [statement.is_lent for statement in told.statements.items] == [is_lent]


@pytest.mark.parametrize("also", [False, True])
def test_a_managed_policy_of_several_roles_is_lent(also: bool) -> None:
    _, told = access(
        "Role: !GetAtt R.Arn",
        f"""
R: {{Type: AWS::IAM::Role, Properties: {{ManagedPolicyArns: [!Ref P]}}}}
Other: {{Type: AWS::IAM::Role, Properties: {{ManagedPolicyArns: [{"!Ref P" if also else ""}]}}}}
P: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {DOCUMENT}}}}}
""",
    )
    assert [statement.is_lent for statement in told.statements.items] == [also]
