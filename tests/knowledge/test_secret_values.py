"""What a text could be, by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_secrets import hexadecimal, soup

from lambda_lint.knowledge.secret_match import HOLE
from lambda_lint.knowledge.secret_values import (
    Strength,
    entropy,
    is_generic,
    is_monotonous,
    is_placeholder,
    is_scrambled,
    is_uuid,
    strength,
)


@pytest.mark.parametrize(
    "text",
    [
        soup(16),
        soup(40),
        hexadecimal(32),
        hexadecimal(32).upper(),
        "k49zh9f0zudgyveskhbbhoy460",
        "JBSWY3DPEHPK3PXPQ7ZK",
        "9fK2mQx7-Lv4TzW1rBn8c",
        "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCM" + soup(30),
        "u(9kq@v7$tz2x&w8!mp4=hs6#nb3*fj5+gd1",
        "Q8hW#k]3zR>v5Tb}n2",
    ],
)
def test_random(text: str) -> None:
    assert strength(text) is Strength.RANDOM


@pytest.mark.parametrize(
    "text",
    [
        "hunter2",
        "Winter!2026",
        "P@ssw0rd",
        "kk91vvQ",
        "qW8-vvx1",
        "S3cret#",
        "nodeseeker@123456",
        "admin@prod",
    ],
)
def test_mixed(text: str) -> None:
    assert strength(text) is Strength.MIXED


@pytest.mark.parametrize(
    "text",
    [
        "letmein",
        "prod-db-credentials",
        "ORDERS_API_KEY_2",
        "v1-2024-11",
        "password1",
        "83749201",
        "b2a4e1de-7c6f-4a0e-9d1b-3f5a7c9e1b2d",
        "getPassword()",
        "[a-z]{8}",
        "^[A-Za-z0-9_-]{16,64}$",
        "Map<K2,List<V3,T4>>x9",
        "Winter]2026!",
        'say "7"',
        "abc1",
        "!!??!!??,,",
        "Password!",
        "meta.llama2-13b-chat-v1",
        "correct-horse-7-battery",
    ],
)
def test_words_at_best(text: str) -> None:
    assert strength(text) <= Strength.WORDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab",
        "changeme",
        "change-me-now1",
        "your_password1",
        "your-api-key-2",
        "mypassword123",
        "test_token9",
        "<password>",
        "${PASSWORD}",
        "{{ token }}",
        "{password}",
        "%(password)s",
        "%s",
        "$PASSWORD",
        "$(cat secret)",
        "%PASSWORD%",
        "@Microsoft.KeyVault(1)",
        "xxxxxxxx1",
        "********",
        "aaaaaaaa",
        "12345678",
        "abcdef123456",
        "qwertz-qwerty1",
        "00000000-0000-0000-0000-000000000000",
        "arn:aws:iam::1:user/a",
        "ssm:/orders/token1",
        "op://vault/item1",
        "/run/secrets/token1",
        "./token1.txt",
        "~/token1",
        "C:\\token1",
        "https://auth.internal/token1",
        "--token=7x",
        "!Ref7x",
        "$2b$12$Kq9vLx0TzW1rBn8cQm7Zku",
        "pbkdf2_sha256$1$Kq9vLx0T",
        "sha256:9f3c1",
        "{SSHA}Kq9vLx0T",
        "AQICAHhKq9vLx0T",
        "ENC[AES256,Kq9v]",
        "gAAAAABKq9vLx0T",
        "eyJhbGciOiJIUzI1NiJ9",
        "orders@mail.internal",
        "db1.orders.internal:5432",
        "10.0.12.7",
        "2026-11-22T10:00:00Z",
        "token1.json",
        "two words 7",
        "\x00\x01\x02\x03\x04\x05\x06\x07",
        f"half{HOLE}7x",
    ],
)
def test_nothing(text: str) -> None:
    assert strength(text) is Strength.NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "example1",
        "dummy9",
        "foo",
        "foo-7x",
        "REDACTED",
        "not_set1",
        "my-secret7",
        "placeholder",
        "<none>",
        "...7",
        "none",
    ],
)
def test_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["hunter2", "zfoobarx7", "myriad7", "attestation9", soup(40)])
def test_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


def test_monotonous() -> None:
    assert is_monotonous("abababab")
    assert is_monotonous("1q2w3e4r")
    assert is_monotonous("abc-123-def")
    assert not is_monotonous("toto1234z")
    assert not is_monotonous("kq9")


def test_scrambled() -> None:
    assert is_scrambled("kJ8sQ2vLx0Rt")
    assert not is_scrambled("prodDatabase2024")
    assert not is_scrambled("a1-b2-c3")
    assert not is_scrambled("!!!")


def test_uuid() -> None:
    assert is_uuid("B2A4E1DE-7c6f-4a0e-9d1b-3f5a7c9e1b2d")
    assert not is_uuid("b2a4e1de-7c6f-4a0e-9d1b")


def test_generic() -> None:
    assert is_generic("user_password")
    assert not is_generic("opensesame")


def test_entropy() -> None:
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2


@given(st.text(max_size=80))
def test_every_text_is_something(text: str) -> None:
    assert strength(text) in Strength
