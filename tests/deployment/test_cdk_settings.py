"""What programs of the CDK say around a function: logs, layers, what becomes of events."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.fact import ABSENT, UNKNOWN, Fact
from lambda_lint.deployment.reader import read_template

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction

IMPORTS = """
from aws_cdk import aws_lambda, aws_logs, aws_s3, aws_s3_notifications, aws_lambda_event_sources, aws_sqs
from aws_cdk import aws_lambda_destinations, aws_lambda_python_alpha
"""


def declared(*arguments: str, before: str = "", after: str = "") -> DeployedFunction:
    function = ", ".join(["self", '"F"', 'handler="app.handler"', *arguments])
    text = f"{IMPORTS}\n{dedent(before)}\nfn = aws_lambda.Function({function})\n{dedent(after)}"
    (found,) = read_template("stack.py", text.encode()).functions
    return found


@pytest.mark.parametrize(
    ("argument", "days"),
    [
        ("log_retention=aws_logs.RetentionDays.ONE_WEEK", 7),
        ("log_retention=aws_logs.RetentionDays.INFINITE", None),
        ("log_retention=days", None),
        ("log_group=group", 731),
        ('log_group=aws_logs.LogGroup(self, "O", retention=aws_logs.RetentionDays.ONE_DAY)', 1),
        ("log_group=elsewhere", None),
        ("**options", None),
    ],
)
def test_retention(argument: str, days: int | None) -> None:
    retention = declared(argument, before='group = aws_logs.LogGroup(self, "G")').log_retention
    assert (retention.value, retention.is_absent) == (days, False)


def test_no_retention() -> None:
    assert declared().log_retention == ABSENT


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ('f"/aws/lambda/{fn.function_name}"', 7),
        ('f"/aws/lambda/{stage}-orders"', None),
        ("name", None),
    ],
)
def test_a_log_group_by_the_name_of_the_function(name: str, days: int | None) -> None:
    group = f'aws_logs.LogGroup(self, "G", log_group_name={name}, retention=aws_logs.RetentionDays.ONE_WEEK)'
    retention = declared(after=group).log_retention
    assert (retention.value, retention.is_absent) == (days, False)


def test_a_log_group_of_another_service() -> None:
    group = 'aws_logs.LogGroup(self, "G", log_group_name=f"/aws/vendedlogs/states/{self.stack_name}")'
    assert declared(after=group).log_retention == ABSENT


@pytest.mark.parametrize(
    ("configuration", "retention"),
    [
        ('{"context": {"@aws-cdk/aws-lambda:useCdkManagedLogGroup": true}}', UNKNOWN),
        ('{"context": {"@aws-cdk/aws-lambda:useCdkManagedLogGroup": false}}', ABSENT),
        ('{"context": {}}', ABSENT),
        ("{", ABSENT),
    ],
)
def test_a_log_group_that_the_cdk_makes(configuration: str, retention: Fact[int]) -> None:
    text = f'{IMPORTS}\naws_lambda.Function(self, "F", handler="app.handler")'
    found = read_template("infra/stack.py", text.encode(), {"cdk.json": configuration.encode()})
    assert [function.log_retention for function in found.functions] == [retention]


def test_versions_and_aliases_may_have_provisioned_concurrency() -> None:
    assert declared().provisioned_concurrency == UNKNOWN


@pytest.mark.parametrize(
    ("constant", "value"), [("ON_PUBLISHED_VERSIONS", "PublishedVersions"), ("OTHER", None)]
)
def test_snap_start(constant: str, value: str | None) -> None:
    assert declared(f"snap_start=aws_lambda.SnapStartConf.{constant}").snap_start.value == value


@pytest.mark.parametrize(
    ("layer", "folder"),
    [
        ('aws_lambda.LayerVersion(self, "L", code=aws_lambda.Code.from_asset("layer"))', "layer"),
        ('aws_lambda_python_alpha.PythonLayerVersion(self, "L", entry="shared")', "shared"),
        ('aws_lambda.LayerVersion(self, "L", code=code)', None),
    ],
)
def test_layers(layer: str, folder: str | None) -> None:
    assert declared("layers=[common]", before=f"common = {layer}").layers == ((folder,) if folder else ())


@pytest.mark.parametrize(
    "after",
    [
        "fn.configure_async_invoke(retry_attempts=0)",
        'aws_lambda.EventInvokeConfig(self, "C", function=fn, retry_attempts=0)',
    ],
)
def test_delivery_that_is_set_later(after: str) -> None:
    assert declared(after=after).delivery.maximum_retries.value == 0


@pytest.mark.parametrize(
    "after",
    [
        "other.configure_async_invoke(retry_attempts=0)",
        'aws_lambda.EventInvokeConfig(self, "C", function=other, retry_attempts=0)',
    ],
)
def test_delivery_of_another_function(after: str) -> None:
    assert declared(after=after).delivery.maximum_retries == ABSENT


@pytest.mark.parametrize(
    "after",
    [
        """
        bucket = aws_s3.Bucket(self, "B")
        bucket.add_event_notification(event, aws_s3_notifications.LambdaDestination(fn), filters)
        """,
        'fn.add_event_source(aws_lambda_event_sources.S3EventSource(aws_s3.Bucket(self, "B"), events=[]))',
    ],
)
def test_keys_of_buckets_are_not_known(after: str) -> None:
    (source,) = declared(after=after).sources
    unknown: Fact[str] = source.key_prefix
    assert not unknown.is_known
    assert not source.key_suffix.is_known
