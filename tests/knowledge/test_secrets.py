"""Whether a literal is a secret, given what it meets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_secrets import hexadecimal, soup

from lambda_lint.knowledge.secret_arguments import SECRET_ARGUMENTS, SECRET_METHOD_ARGUMENTS
from lambda_lint.knowledge.secret_match import HOLE, Match
from lambda_lint.knowledge.secrets import LONGEST, Use, is_worth_naming, named_secret, secrets_in
from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Span


@pytest.mark.parametrize(
    ("name", "text", "confidence"),
    [
        ("DB_PASSWORD", "hunter2", Confidence.MEDIUM),
        ("password", "Winter!2026", Confidence.MEDIUM),
        ("password", soup(20), Confidence.HIGH),
        ("password", "b2a4e1de-7c6f-4a0e-9d1b-3f5a7c9e1b2d", Confidence.MEDIUM),
        ("api_key", hexadecimal(32), Confidence.HIGH),
        ("api_key", "9sy.4T1nXh", Confidence.MEDIUM),
        ("api_key", "b2a4e1de-7c6f-4a0e-9d1b-3f5a7c9e1b2d", Confidence.MEDIUM),
        ("SECRET_KEY", "django-insecure-" + soup(50), Confidence.HIGH),
        ("access_token", soup(30), Confidence.HIGH),
    ],
)
def test_held(name: str, text: str, confidence: Confidence) -> None:
    match = named_secret(name, text)
    assert match is not None
    assert match.secret(text) == text
    assert match.confidence is confidence


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("password", ""),
        ("password", "letmein"),
        ("password", "Password"),
        ("api_key", "hunter2"),
        ("api_key", "orders-api-key-2"),
        ("token", "TESTMODE"),
        ("token", "b2a4e1de-7c6f-4a0e-9d1b-3f5a7c9e1b2d"),
        ("api_key", "00000000-0000-0000-0000-000000000000"),
        ("secret", "prod/orders/db-2"),
        ("secret_name", soup(30)),
        ("comment", soup(30)),
    ],
)
def test_not_held(name: str, text: str) -> None:
    assert named_secret(name, text) is None


def test_compared() -> None:
    assert named_secret("token", soup(20), Use.COMPARED)
    assert named_secret("api_key", "9sy.4T1nXhQ2", Use.COMPARED)
    assert named_secret("password", "kk91vvQ2", Use.COMPARED)
    assert named_secret("password", "hunter2", Use.COMPARED) is None
    assert named_secret("token", "OPEN_PAREN2", Use.COMPARED) is None


def test_member() -> None:
    assert named_secret("API_KEYS", soup(20), Use.MEMBER)
    assert named_secret("API_KEYS", "9sy.4T1nXhQ2", Use.MEMBER) is None
    assert named_secret("API_KEY", soup(20), Use.MEMBER) is None


def test_consumed() -> None:
    assert named_secret("password", "opensesame", Use.CONSUMED)
    assert named_secret("password", "password", Use.CONSUMED) is None
    assert named_secret("password", "changeme", Use.CONSUMED) is None


def test_the_literal_part_of_a_text_with_holes() -> None:
    text = f"live-{HOLE}-{soup(24)}{HOLE}"
    match = named_secret("api_key", text)
    assert match is not None
    assert match.secret(text) == soup(24)
    assert named_secret("password", f"hunter2{HOLE}") is None
    assert named_secret("password", HOLE * 3) is None


def test_by_itself() -> None:
    token = "ghp_" + soup(36)
    text = f"https://orders:hunter2@github.com/?access_token={token}"
    assert {match.kind for match in secrets_in(text)} >= {"GitHub token", "password in a URL"}
    assert secrets_in("short") == ()


def test_most_texts_are_not_looked_at() -> None:
    assert is_worth_naming("hunter2")
    assert is_worth_naming("whiteKnight-a")
    assert not is_worth_naming("orders")
    assert not is_worth_naming("abc1")
    assert not is_worth_naming("lambda_handler")
    assert not is_worth_naming("two words, 7")
    assert not is_worth_naming("a1" * LONGEST)


def test_a_match_does_not_print_its_secret() -> None:
    assert "hunter2" not in repr(Match("password", Span(0, 7)))


@given(st.text(), st.text(), st.sampled_from(Use))
def test_spans_lie_in_the_text(name: str, text: str, use: Use) -> None:
    matches = [*secrets_in(text), named_secret(name, text, use)]
    for match in matches:
        assert match is None or 0 <= match.span.start < match.span.end <= len(text)


PIECES = st.sampled_from(
    [
        "ghp_",
        soup(36),
        "://",
        "a:b@",
        "password=",
        "host=a ",
        "?key=",
        "Bearer ",
        "-----BEGIN PRIVATE KEY-----",
        HOLE,
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_texts_of_telling_pieces(text: str) -> None:
    for match in secrets_in(text):
        assert match.secret(text)
        assert match.secret(text) not in match.kind


def test_tables_are_consistent() -> None:
    tables = [
        *SECRET_ARGUMENTS.values(),
        *(t for by in SECRET_METHOD_ARGUMENTS.values() for t in by.values()),
    ]
    for arguments in tables:
        assert arguments
        for argument in arguments:
            assert argument.keyword.isidentifier()
            assert argument.position is None or argument.position >= 0
