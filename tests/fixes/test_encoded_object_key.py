"""After the fix of encoded-object-key, objects with a space or an accent in their name are found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import boto3
import pytest
from fixing import fixed, handled
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE = "encoded-object-key"

ITEM = """
    import boto3

    s3 = boto3.client("s3")


    def handler(event, context):
        record = event["Records"][0]
        key = record["s3"]["object"]["key"]
        return s3.get_object(Bucket=record["s3"]["bucket"]["name"], Key=key)["Body"].read()
"""

INLINE = """
    import json
    import urllib.parse

    import boto3

    s3 = boto3.client("s3")


    def handler(event, context):
        bucket = event["Records"][0]["s3"]["bucket"]["name"]
        return s3.get_object(
            Bucket=bucket,
            Key=event["Records"][0]["s3"]["object"].get("key"),
        )["Body"].read()
"""

HALF = """
    from urllib.parse import unquote

    import boto3

    s3 = boto3.client("s3")


    def handler(event, context):
        record = event["Records"][0]
        key = unquote(record["s3"]["object"]["key"])
        return s3.get_object(Bucket=record["s3"]["bucket"]["name"], Key=key)["Body"].read()
"""


@pytest.fixture(autouse=True)
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="uploads")
        for key in ("plain.txt", "summer 2026.txt", "été+1.txt"):
            s3.put_object(Bucket="uploads", Key=key, Body=key.encode())
        yield


def notification(key: str) -> dict[str, object]:
    return {"Records": [{"s3": {"bucket": {"name": "uploads"}, "object": {"key": quote_plus(key)}}}]}


@pytest.mark.parametrize("text", [ITEM, INLINE, HALF])
def test_plain_keys_are_read_as_before(text: str) -> None:
    event = notification("plain.txt")
    assert handled(fixed(text, RULE), event) == handled(text, event) == b"plain.txt"


@pytest.mark.parametrize("text", [ITEM, INLINE, HALF])
@pytest.mark.parametrize("key", ["summer 2026.txt", "été+1.txt"])
def test_other_keys_are_found(text: str, key: str) -> None:
    assert handled(fixed(text, RULE), notification(key)) == key.encode()


@pytest.mark.parametrize("text", [ITEM, INLINE, HALF])
def test_before_they_were_not(text: str) -> None:
    s3 = boto3.client("s3")
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchKey"):
        handled(text, notification("summer 2026.txt"))


def test_what_is_imported_is_used() -> None:
    assert 'urllib.parse.unquote_plus(event["Records"][0]' in fixed(INLINE, RULE)
    assert 'unquote_plus(record["s3"]["object"]["key"])' in fixed(HALF, RULE)
