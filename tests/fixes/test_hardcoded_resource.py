"""After the fix of hardcoded-resource the function works with what its environment names."""

from __future__ import annotations

import boto3
import pytest
from fixing import fixed, handled
from moto import mock_aws

TEXT = """
    import boto3

    LINES_TABLE = "shop-lines"
    dynamodb = boto3.resource("dynamodb")
    lines = dynamodb.Table(LINES_TABLE)
    s3 = boto3.client("s3")


    def handler(event, context):
        lines.put_item(Item={"id": event["id"]})
        s3.put_object(Bucket="shop-files", Key=event["id"], Body=b"x")
        found = s3.get_object(Bucket="shop-files", Key=event["id"])["Body"].read()
        return lines.get_item(Key={"id": event["id"]})["Item"], found
"""


@pytest.fixture(autouse=True)
def lambda_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


def make(table: str, bucket: str) -> None:
    boto3.client("dynamodb").create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    boto3.client("s3").create_bucket(Bucket=bucket)


def test_with_the_same_names_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_aws():
        make("shop-lines", "shop-files")
        before = handled(TEXT, {"id": "1"})
    monkeypatch.setenv("LINES_TABLE", "shop-lines")
    monkeypatch.setenv("BUCKET_NAME", "shop-files")
    with mock_aws():
        make("shop-lines", "shop-files")
        assert handled(fixed(TEXT, "hardcoded-resource"), {"id": "1"}) == before == ({"id": "1"}, b"x")


def test_other_names_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES_TABLE", "test-lines")
    monkeypatch.setenv("BUCKET_NAME", "test-files")
    with mock_aws():
        make("test-lines", "test-files")
        assert handled(fixed(TEXT, "hardcoded-resource"), {"id": "1"}) == ({"id": "1"}, b"x")


def test_without_them_the_code_fails() -> None:
    with mock_aws(), pytest.raises(KeyError, match="LINES_TABLE"):
        handled(fixed(TEXT, "hardcoded-resource"), {"id": "1"})
