"""Clients that a fix moves to module level answer as before, and are made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import moto
import pytest
from fixing import fixed, loaded, perhaps_fixed

from lambda_lint.api import Safety

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE = "client-in-handler"
CACHED = {"fix-with-cached-function": True}

PLAIN = """\
import boto3


def handler(event, context):
    s3 = boto3.client("s3")
    s3.put_object(Bucket="orders", Key=event["key"], Body=event["body"])
    return s3.get_object(Bucket="orders", Key=event["key"])["Body"].read()
"""
CHAINED = """\
import boto3


def handler(event, context):
    boto3.client("s3").put_object(Bucket="orders", Key=event["key"], Body=event["body"])
    return boto3.client("s3").get_object(Bucket="orders", Key=event["key"])["Body"].read()
"""
IN_HELPERS = """\
import boto3

BUCKET = "orders"


class Store:
    def __init__(self):
        self.client = boto3.client("s3")

    def get(self, key):
        return self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def save(key, body):
    client = boto3.client("s3")

    def send():
        client.put_object(Bucket=BUCKET, Key=key, Body=body)

    send()


def handler(event, context):
    save(event["key"], event["body"])
    return Store().get(event["key"])
"""
LOCAL_IMPORT = """\
def handler(event, context):
    import boto3

    s3 = boto3.client("s3")
    s3.put_object(Bucket="orders", Key=event["key"], Body=event["body"])
    return s3.get_object(Bucket="orders", Key=event["key"])["Body"].read()
"""
CONFIGURED = """\
import os

import boto3
from botocore.config import Config

s3 = "orders"


def handler(event, context):
    client = boto3.client(
        "s3",
        config=Config(retries={"max_attempts": 3}),  # three times
        region_name=os.environ["AWS_REGION"],
    )
    client.put_object(Bucket=s3, Key=event["key"], Body=event["body"])
    return client.get_object(Bucket=s3, Key=event["key"])["Body"].read()


"""
SESSION = """\
import boto3


def handler(event, context):
    session = boto3.Session()
    s3 = session.client("s3")
    s3.put_object(Bucket="orders", Key=event["key"], Body=event["body"])
    return session.client("s3").get_object(Bucket="orders", Key=event["key"])["Body"].read()
"""
MOVED = """\
import boto3


def handler(event, context):
    region = "us-east-1"
    s3 = boto3.client("s3", region_name=region)
    s3.put_object(Bucket="orders", Key=event["key"], Body=event["body"])
    return s3.get_object(Bucket="orders", Key=event["key"])["Body"].read()
"""
SAME_NAMES = """\
import boto3


def client(name):
    return name.upper()


def handler(event, context):
    s3 = boto3.client("s3")
    s3.put_object(Bucket="orders", Key=event["key"], Body=event["body"])
    return read(event["key"])


def read(key):
    s3_client = "a local name"
    s3 = boto3.client("s3")
    if client(s3_client) == "A LOCAL NAME":
        return s3.get_object(Bucket="orders", Key=key)["Body"].read()
"""
TEXTS = {
    "plain": PLAIN,
    "chained": CHAINED,
    "in helpers": IN_HELPERS,
    "local import": LOCAL_IMPORT,
    "configured": CONFIGURED,
    "session": SESSION,
    "moved": MOVED,
    "same names": SAME_NAMES,
}


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account with a bucket."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    with moto.mock_aws():
        boto3.client("s3").create_bucket(Bucket="orders")
        yield


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The services of the clients that were made, in order."""
    services: list[str] = []
    create = boto3.Session.client

    def client(self: boto3.Session, service: str, *arguments: Any, **more: Any) -> Any:
        services.append(service)
        return create(self, service, *arguments, **more)

    monkeypatch.setattr(boto3.Session, "client", client)
    return services


def answers(text: str) -> list[bytes]:
    """What two invocations answer."""
    module = loaded(text)
    return [module.handler({"key": key, "body": f"{key} body"}, None) for key in ("one", "two")]


@pytest.mark.parametrize("options", [None, CACHED], ids=["module level", "cached"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_client_is_made_once_and_does_the_same(
    name: str, options: dict[str, Any] | None, made: list[str]
) -> None:
    before = answers(TEXTS[name])
    assert len(made) >= 2
    made.clear()
    text = perhaps_fixed(TEXTS[name], RULE, options=options)
    assert answers(text) == before == [b"one body", b"two body"]
    if options and name in ("moved", "session"):
        # A cached function takes no variables of others with it.
        assert len(made) >= 2
    else:
        assert text != TEXTS[name]
        assert made == ["s3"]


def test_a_cached_function_leaves_the_import_alone(made: list[str]) -> None:
    loaded(fixed(PLAIN, RULE, options=CACHED))
    assert made == []
    loaded(fixed(PLAIN, RULE))
    assert made == ["s3"]


@pytest.mark.parametrize(
    ("name", "safety"), [(name, Safety.UNSAFE if name == "moved" else Safety.SAFE) for name in TEXTS]
)
def test_only_what_moves_variables_is_unsafe(name: str, safety: Safety) -> None:
    assert (perhaps_fixed(TEXTS[name], RULE, unsafe=False) == TEXTS[name]) == (safety is Safety.UNSAFE)
