"""After the fix of hardcoded-region the SDK works in the region that Lambda says."""

from __future__ import annotations

import pytest
from fixing import fixed, handled
from moto import mock_aws

CLIENT = """
    import boto3

    sqs = boto3.client("sqs", region_name="eu-west-1")


    def handler(event, context):
        url = sqs.create_queue(QueueName="orders")["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody=event["body"])
        return url, sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"]
"""

POSITIONAL = """
    import boto3

    session = boto3.Session(None, None, None, "eu-west-1")
    sqs = boto3.resource("sqs", "eu-west-1", use_ssl=True)


    def handler(event, context):
        return session.region_name, sqs.create_queue(QueueName="orders").url
"""

CONSTANT = """
    import boto3

    REGION = "eu-west-1"
    sns = boto3.client("sns", REGION)


    def handler(event, context):
        return REGION, sns.create_topic(Name="orders")["TopicArn"]
"""


@pytest.fixture(autouse=True)
def lambda_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    move_to("eu-west-1", monkeypatch)


def move_to(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, region)


@pytest.mark.parametrize("text", [CLIENT, POSITIONAL, CONSTANT])
def test_in_the_same_region_nothing_changes(text: str) -> None:
    event = {"body": "hello"}
    with mock_aws():
        before = handled(text, event)
    with mock_aws():
        assert handled(fixed(text, "hardcoded-region"), event) == before


@pytest.mark.parametrize("text", [CLIENT, POSITIONAL, CONSTANT])
def test_in_another_region_that_one_is_used(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    move_to("us-west-2", monkeypatch)
    with mock_aws():
        assert "us-west-2" in str(handled(fixed(text, "hardcoded-region"), {"body": "hello"}))


def test_the_argument_goes_where_it_can() -> None:
    assert 'boto3.client("sqs")\n' in fixed(CLIENT, "hardcoded-region")
    after = fixed(POSITIONAL, "hardcoded-region")
    assert "boto3.Session(None, None, None)" in after
    assert 'boto3.resource("sqs", use_ssl=True)' in after
