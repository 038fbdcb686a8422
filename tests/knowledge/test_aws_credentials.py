"""Access keys of AWS."""

from __future__ import annotations

import pytest
from invented_secrets import UPPER, soup

from lambda_lint.knowledge.aws_credentials import (
    AwsCredential,
    access_key_ids,
    credential_name,
    is_aws_endpoint,
    named_credential,
)

KEY_ID = "AKIA" + UPPER[:16]
SECRET_KEY = soup(39) + "/"


@pytest.mark.parametrize("prefix", ["AKIA", "ASIA", "ABIA", "ACCA", "A3TX"])
def test_access_key_id(prefix: str) -> None:
    text = f"the key {prefix}{UPPER[:16]}, they say"
    assert [match.secret(text) for match in access_key_ids(text)] == [prefix + UPPER[:16]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AKIA",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "AKIA" + "A" * 16,
        "AKIA" + "0189" * 4,
        "AROA" + UPPER[:16],
        KEY_ID + "X",
        "X" + KEY_ID,
        "a text of more than twenty characters",
    ],
)
def test_no_access_key_id(text: str) -> None:
    assert not list(access_key_ids(text))


@pytest.mark.parametrize(
    ("name", "credential"),
    [
        ("AWS_SECRET_ACCESS_KEY", AwsCredential.SECRET_KEY),
        ("aws_secret_access_key", AwsCredential.SECRET_KEY),
        ("SecretAccessKey", AwsCredential.SECRET_KEY),
        ("aws_secret_key", AwsCredential.SECRET_KEY),
        ("AWSSecretKey", AwsCredential.SECRET_KEY),
        ("s3_secret_key", AwsCredential.SECRET_KEY),
        ("AWS_SESSION_TOKEN", AwsCredential.SESSION_TOKEN),
        ("aws_security_token", AwsCredential.SESSION_TOKEN),
        ("AWS_ACCESS_KEY_ID", AwsCredential.KEY_ID),
        ("accessKeyId", AwsCredential.KEY_ID),
        ("aws_access_key", AwsCredential.KEY_ID),
        ("secret_key", None),
        ("access_token", None),
        ("session_token", None),
        ("aws_secret_name", None),
    ],
)
def test_name(name: str, credential: AwsCredential | None) -> None:
    assert credential_name(name) is credential


def test_value_of_each_part() -> None:
    assert named_credential(AwsCredential.SECRET_KEY, SECRET_KEY) is not None
    assert named_credential(AwsCredential.SESSION_TOKEN, soup(200)) is not None
    assert named_credential(AwsCredential.KEY_ID, KEY_ID) is not None


@pytest.mark.parametrize(
    ("credential", "text"),
    [
        (AwsCredential.SECRET_KEY, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        (AwsCredential.SECRET_KEY, "testing"),
        (AwsCredential.SECRET_KEY, soup(41)),
        (AwsCredential.SECRET_KEY, "a" * 40),
        (AwsCredential.SESSION_TOKEN, "testing"),
        (AwsCredential.SESSION_TOKEN, "session token of a hundred characters " * 3),
        (AwsCredential.KEY_ID, "testing"),
    ],
)
def test_no_value(credential: AwsCredential, text: str) -> None:
    assert named_credential(credential, text) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://dynamodb.eu-west-1.amazonaws.com", True),
        ("https://s3.cn-north-1.amazonaws.com.cn/", True),
        ("https://vpce-0f3c.sqs.eu-west-1.vpce.amazonaws.com:443", True),
        ("https://lambda.eu-west-1.api.aws", True),
        ("https://0f3c.r2.cloudflarestorage.com", False),
        ("https://amazonaws.com.orders.dev", False),
        ("http://localhost:4566", False),
    ],
)
def test_endpoint(url: str, *, expected: bool) -> None:
    assert is_aws_endpoint(url) is expected
