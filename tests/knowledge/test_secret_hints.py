"""The quick look for secrets: it overlooks none, however a text is written, and passes by plain code."""

from __future__ import annotations

import pytest
from invented_secrets import DIGITS, UPPER, soup

from lambda_lint.knowledge.secret_arguments import SECRET_ARGUMENTS, SECRET_METHOD_ARGUMENTS
from lambda_lint.knowledge.secret_formats import FORMATS
from lambda_lint.knowledge.secret_hints import may_hold_aws_credentials, may_hold_secret
from lambda_lint.knowledge.secret_names import secret_name

GITHUB = "ghp_" + soup(36)
KEY_ID = "AKIA" + UPPER[:16].replace("8", "2").replace("9", "2")
SECRET_KEY = soup(40)
PLAIN = """
import os
import requests

TABLE = os.environ["TABLE"]
PIN = "a1b2c3"


def author(event, keys):
    '''Bypass the keyboard: the map of pwned keys.'''
    if not keys:
        pass
    answer = requests.get(f"https://api.example/{event['Key']}?page={keys}", timeout=3)
    return {"Key": event["key"], "sort": "name", "answer": answer.json(), "region": "eu-us"}
"""


def test_plain_code_holds_none() -> None:
    assert not may_hold_secret(PLAIN)
    assert not may_hold_aws_credentials(PLAIN)
    assert not may_hold_secret("")


@pytest.mark.parametrize(
    "code",
    [
        f'x = "{GITHUB}"',
        f'x = "gh" "p_{GITHUB[4:]}"',
        f'x = "gh" + f"p_{GITHUB[4:]}"',
        f'x = "g"f"hp_{GITHUB[4:]}"',
        f"x = (\n    'gh'  # half of it\n    rb'p_{GITHUB[4:]}'\n)",
        f'x = "gh\\\np_{GITHUB[4:]}"',
        f'x = "gh\\\r\np_{GITHUB[4:]}"',
        f'x = "\\n{GITHUB}"',
        f'x = "\\x67hp_{GITHUB[4:]}"',
        f'x = "\\147hp_{GITHUB[4:]}"',
        f'x = """{GITHUB}"""',
    ],
)
def test_a_token_is_seen_however_it_is_written(code: str) -> None:
    assert may_hold_secret(code)


@pytest.mark.parametrize(
    "code",
    [
        'db_password = "hunter2!"',
        'DB_PW = "hunter2!"',
        'dbPw = "hunter2!"',
        'PWS = ["hunter2!"]',
        'PASSWD = "hunter2!"',
        'x = {"pass" "word": "hunter2!"}',
        'x = {"pa\\u0073sword": "hunter2!"}',
        'x = {"api \u2013 key": "x"}',
        'get(url, auth=("me", "hunter2!"))',
        'NEXT_TOKENS = ["x"]',
        'apiCreds = "x"',
        'x = "postgres://me:hunter2!@db.acme.internal"',
        'x = f"postgres://{user if user else me[0]}:hunter2!@{host}"',
        'x = "postgres://" + user + ":hunter2!@db"',
        'x = "https://maps.acme.internal/?key=a1b2c3d4e5"',
        'x = "https://maps.acme.internal/" + place + "&AppId=" "a1b2c3d4e5"',
        'x = "Bearer a1b2c3d4e5"',
        'x = "Splunk\\ta1b2c3d4e5"',
        'x = "{\\"Authorization\\": \\"Basic a1b2c3d4e5"',
        "x = \"CREATE USER me IDENTIFIED BY 'hunter2!'\"",
        'x = "-----BEGIN RSA PRIVATE " "KEY-----"',
        f'x = "{KEY_ID}"',
    ],
)
def test_what_names_a_secret_or_stands_around_one(code: str) -> None:
    assert may_hold_secret(code)


@pytest.mark.parametrize(
    "name", ["apiKey", "ACCESS_KEY", "jwt-key", "hmac key", "DbPass", "smtp_pass", "HTTP.PASS"]
)
def test_keys_and_passes_of_which_the_word_before_tells(name: str) -> None:
    assert secret_name(name)
    assert may_hold_secret(f'x = {{"{name}": y}}')


@pytest.mark.parametrize(
    "code", ["primary_key = x", "by_pass = x", "if not user: pass", "author = x", "pwa = x"]
)
def test_names_that_only_look_like_them(code: str) -> None:
    assert not may_hold_secret(code)


def test_every_function_that_takes_a_secret() -> None:
    for name in SECRET_ARGUMENTS:
        module, _, function = name.replace("()", "").rpartition(".")
        assert may_hold_secret(f"from {module} import {function} as f\nf('x')")
    for name in SECRET_METHOD_ARGUMENTS:
        assert may_hold_secret(f"it.{name}('x')")


def test_a_marker_alone_is_no_token() -> None:
    markers = {marker for form in FORMATS for marker in form.markers} - {"AGE-SECRET-KEY-1"}
    assert [marker for marker in markers if may_hold_secret(f"x = '{marker}'")] == []


@pytest.mark.parametrize(
    "code",
    [
        f'x = "{KEY_ID}"',
        f'x = "{KEY_ID[:7]}" "{KEY_ID[7:]}"',
        f"x = b'{SECRET_KEY}'",
        f'x = "{SECRET_KEY[:20]}" + "{SECRET_KEY[20:]}"',
        f'boto3.client("s3", None, None, True, None, None, None, None, "{soup(120)}")',
        'boto3.client("s3", aws_secret_access_key=FIRST + SECOND)',
        "boto3.Session(FIRST, SECOND)",
        "AWS4Auth(FIRST, SECOND, region, service)",
        "fs = s3fs.S3FileSystem(key=FIRST, token=SECOND)",
        f'x = "\\x41{KEY_ID[1:]}"',
    ],
)
def test_what_may_be_a_part_of_aws_credentials(code: str) -> None:
    assert may_hold_aws_credentials(code)


@pytest.mark.parametrize("code", [f'x = "{DIGITS}"', "boto3.Session(region_name=X)", 'x = "AKIA"'])
def test_what_is_no_part_of_aws_credentials(code: str) -> None:
    assert not may_hold_aws_credentials(code)
