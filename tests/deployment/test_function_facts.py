"""What CloudFormation and SAM say about a function: known, left out or not known, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from deploying import Deployed, read

from lambda_lint.deployment.fact import ABSENT, UNKNOWN, Fact

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction

TOP = """
Parameters:
  Stage: {Type: String, Default: dev}
  Secret: {Type: String}
Conditions:
  Always: !Equals [a, a]
  Never: !Not [{Condition: Always}]
  Maybe: !Equals [!Ref Stage, prod]
"""


def function(properties: str, more: str = "", kind: str = "Serverless") -> tuple[Deployed, DeployedFunction]:
    found = read(f"F: {{Type: AWS::{kind}::Function, Properties: {{{properties}}}}}\n{more}", top=TOP)
    return found, found["F"]


SCALARS = [
    ("timeout", "Timeout: 30", 30, "30"),
    ("timeout", "Timeout: !If [Always, 5, 6]", 5, "5"),
    ("timeout", "Timeout: !If [Never, 5, 6]", 6, "6"),
    ("timeout", "Timeout: !Join ['', [1, !If [Always, 5, 6]]]", 15, "!Join ['', [1, !If [Always, 5, 6]]]"),
    ("timeout", "Timeout: !If [Maybe, 7, 7]", 7, "!If [Maybe, 7, 7]"),
    ("runtime", "Runtime: python3.13", "python3.13", "python3.13"),
    ("tracing", "Tracing: Active", "Active", "Active"),
    ("tracing", "TracingConfig: {Mode: PassThrough}", "PassThrough", "PassThrough"),
    ("reserved_concurrency", "ReservedConcurrentExecutions: 0", 0, "0"),
    (
        "provisioned_concurrency",
        "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 2}",
        2,
        "2",
    ),
    ("architectures", "Architectures: [arm64]", ("arm64",), "[arm64]"),
    ("package_type", "PackageType: Zip", "Zip", "Zip"),
    ("ephemeral_storage", "EphemeralStorage: {Size: 1024}", 1024, "1024"),
    ("snap_start", "SnapStart: {ApplyOn: PublishedVersions}", "PublishedVersions", "PublishedVersions"),
]


@pytest.mark.parametrize(("name", "properties", "value", "shown"), SCALARS)
def test_known_facts(name: str, properties: str, value: object, shown: str) -> None:
    found, told = function(properties)
    fact: Fact[object] = getattr(told, name)
    assert fact.value == value
    assert fact.is_known
    assert fact.place is not None
    assert found.shown(fact.place) == shown


@pytest.mark.parametrize("name", sorted({name for name, *_ in SCALARS}))
def test_what_is_left_out_is_absent(name: str) -> None:
    assert getattr(function("Handler: a.b")[1], name) == ABSENT


@pytest.mark.parametrize(
    ("name", "properties"),
    [
        ("timeout", "Timeout: !If [Maybe, 5, !Ref AWS::NoValue]"),
        ("timeout", "Timeout: !Ref Secret"),
        ("tracing", "TracingConfig: !Ref Secret"),
        ("tracing", "Tracing: !If [Maybe, Active, PassThrough]"),
        ("architectures", "Architectures: [!Ref Secret]"),
        ("network", "VpcConfig: !If [Maybe, {SubnetIds: [a]}, !Ref AWS::NoValue]"),
    ],
)
def test_what_only_the_deployment_knows_is_unknown_and_has_a_place(name: str, properties: str) -> None:
    fact: Fact[object] = getattr(function(properties)[1], name)
    assert (fact.value, fact.is_absent, fact.is_known) == (None, False, False)
    assert fact.place is not None


@pytest.mark.parametrize(
    "properties",
    ["Timeout: !Ref AWS::NoValue", "Timeout: !If [Never, 5, !Ref AWS::NoValue]", "Timeout: null"],
)
def test_no_value_is_as_good_as_left_out(properties: str) -> None:
    assert function(properties)[1].timeout == ABSENT


def test_network() -> None:
    found, told = function("VpcConfig: {SubnetIds: [!Ref Subnet, s-1], SecurityGroupIds: !Ref Groups}")
    network = told.network.value
    assert network is not None
    assert network.subnets.items == ("${Subnet}", "s-1")
    assert network.subnets.is_complete
    assert network.security_groups.items == ("${Groups}",)
    assert told.network.place is not None
    assert found.shown(told.network.place).startswith("{SubnetIds")
    split = function("VpcConfig: {SubnetIds: !Split [',', 'a,b']}")[1].network.value
    assert split is not None
    assert split.subnets.items == ("a", "b")
    assert function("VpcConfig: {SubnetIds: []}")[1].network == ABSENT
    assert function("VpcConfig: {SubnetIds: [!If [Maybe, a, b]]}")[1].network.value is not None


DELIVERY = """
Queue: {Type: AWS::SQS::Queue}
C:
  Type: AWS::Lambda::EventInvokeConfig
  Properties:
    FunctionName: !Ref F
    MaximumRetryAttempts: 0
    MaximumEventAgeInSeconds: 60
    DestinationConfig: {OnFailure: {Destination: !GetAtt Queue.Arn}}
Unlinked: {Type: AWS::Lambda::EventInvokeConfig, Properties: {MaximumRetryAttempts: 1}}
"""


def test_delivery_by_a_resource_of_its_own() -> None:
    delivery = function("DeadLetterConfig: {TargetArn: !GetAtt Queue.Arn}", DELIVERY, "Lambda")[1].delivery
    for fact in (delivery.dead_letter, delivery.on_failure):
        assert fact.value is not None
        assert (fact.value.id, fact.value.service, fact.value.text) == ("Queue", "sqs", "${Queue.Arn}")
    assert (delivery.maximum_retries.value, delivery.maximum_age.value) == (0, 60)
    assert delivery.on_success == ABSENT


def test_delivery_of_sam() -> None:
    config = (
        "EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}, OnSuccess: {Type: !Ref Secret}}}"
    )
    delivery = function(f"DeadLetterQueue: {{Type: SQS, TargetArn: !Ref Secret}}, {config}")[1].delivery
    assert delivery.dead_letter.value is not None
    assert delivery.dead_letter.value.text == "${Secret}"
    assert delivery.on_failure.value is not None
    assert (delivery.on_failure.value.id, delivery.on_failure.value.service) == (None, "sqs")
    assert delivery.on_success.value is None
    assert delivery.on_success.place is not None


@pytest.mark.parametrize(
    "properties",
    [
        "EventInvokeConfig: !Ref Secret",
        "EventInvokeConfig: {DestinationConfig: !Ref Secret}",
        "EventInvokeConfig: {DestinationConfig: {OnFailure: {Destination: !If [Maybe, a, b]}}}",
    ],
)
def test_destinations_that_nobody_knows(properties: str) -> None:
    failure = function(properties)[1].delivery.on_failure
    assert (failure.value, failure.is_absent) == (None, False)


def test_concurrency_of_an_alias() -> None:
    alias = "{FunctionName: !Ref F, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 3}}"
    more = f"A: {{Type: AWS::Lambda::Alias, Properties: {alias}}}"
    assert function("Handler: a.b", more)[1].provisioned_concurrency.value == 3


@pytest.mark.parametrize(
    ("properties", "group", "days"),
    [
        ("Handler: a.b", "LogGroupName: !Sub '/aws/lambda/${F}', RetentionInDays: 7", Fact(7).value),
        ("FunctionName: own", "LogGroupName: /aws/lambda/own, RetentionInDays: 8", 8),
        ("LoggingConfig: {LogGroup: !Ref G}", "LogGroupName: any, RetentionInDays: 9", 9),
        ("LoggingConfig: {LogGroup: !Ref G}", "RetentionInDays: 9", 9),
        ("Handler: a.b", "LogGroupName: /aws/lambda/other, RetentionInDays: 7", ABSENT),
        ("Handler: a.b", "LogGroupName: !Sub '/aws/lambda/${F}'", ABSENT),
        ("LoggingConfig: {LogGroup: outside}", "LogGroupName: any, RetentionInDays: 9", UNKNOWN),
        ("Handler: a.b", "LogGroupName: !ImportValue Any, RetentionInDays: 9", UNKNOWN),
        ("FunctionName: !ImportValue Any", "LogGroupName: /aws/lambda/own, RetentionInDays: 9", UNKNOWN),
    ],
)
def test_log_retention(properties: str, group: str, days: int | Fact[int]) -> None:
    more = f"G: {{Type: AWS::Logs::LogGroup, Properties: {{{group}}}}}"
    retention = function(properties, more)[1].log_retention
    assert (retention == days) if isinstance(days, Fact) else (retention.value == days)


def test_layers() -> None:
    more = "L: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: shared}}"
    attached = function("Layers: [!Ref L, 'arn:aws:lambda:r:1:layer:x:1', !Ref AWS::NoValue]", more)[
        1
    ].attached
    assert [(layer.named.text, layer.folder) for layer in attached.items] == [
        ("${L}", "app/shared"),
        ("arn:aws:lambda:r:1:layer:x:1", None),
    ]
    assert attached.is_complete
    assert not function("Layers: [!If [Maybe, !Ref L, !Ref M]]", more)[1].attached.is_complete
    assert not function("Layers: !Ref Secret", more)[1].attached.is_complete
    assert function("Handler: a.b")[1].attached.is_complete


def test_a_loop_over_variables_hides_some() -> None:
    variables = "{A: b, 'Fn::ForEach::X': [x, [y], {'${x}': z}]}"
    told = function(f"Environment: {{Variables: {variables}}}")[1]
    assert [variable.name for variable in told.environment] == ["A"]
    assert not told.environment_known


def test_every_resource_is_declared() -> None:
    found, _ = function("Handler: a.b", "N: {Type: AWS::EC2::NatGateway}")
    declared = [(each.id, each.type) for each in found.template.resources]
    assert declared == [("F", "AWS::Serverless::Function"), ("N", "AWS::EC2::NatGateway")]
    assert [found.shown(each.place) for each in found.template.resources] == ["F", "N"]
