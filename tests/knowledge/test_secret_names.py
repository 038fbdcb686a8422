"""A name says what it holds by its last noun."""

from __future__ import annotations

import pytest

from lambda_lint.knowledge.secret_names import is_made_up, name_words, secret_name, secret_names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("password", "password"),
        ("DB_PASSWORD", "password"),
        ("dbPassword", "password"),
        ("MasterUserPassword", "password"),
        ("db-password", "password"),
        ("userpassword", "password"),
        ("/prod/orders/password", "password"),
        ("password2", "password"),
        ("PASSWORD_PROD", "password"),
        ("default_password", "password"),
        ("smtp_pass", "password"),
        ("pwd", "password"),
        ("passphrase", "passphrase"),
        ("token", "token"),
        ("GITHUB_TOKEN", "token"),
        ("accesstoken", "token"),
        ("X-Auth-Token", "token"),
        ("secret", "secret"),
        ("client_secret", "secret"),
        ("SecretString", "secret"),
        ("JWT_SECRET", "secret"),
        ("credentials", "credential"),
        ("api_key", "API key"),
        ("x-api-key", "API key"),
        ("OPENAI_API_KEY", "API key"),
        ("apikey", "API key"),
        ("SECRET_KEY", "secret key"),
        ("private_key", "private key"),
        ("signingKey", "signing key"),
        ("get_api_key", "API key"),
    ],
)
def test_secret(name: str, kind: str) -> None:
    found = secret_name(name)
    assert found is not None
    assert found.kind == kind
    assert found.is_password is kind.startswith("pass")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "_",
        "name",
        "key",
        "pass",
        "first_pass",
        "bypass",
        "compass",
        "monkey",
        "keyword",
        "partition_key",
        "primary_key",
        "routing_key",
        "secret_name",
        "SecretId",
        "secret_arn",
        "secretsmanager",
        "secrets",
        "token_url",
        "token_type",
        "tokenizer",
        "next_token",
        "NextToken",
        "nextPageToken",
        "ClientRequestToken",
        "result_token",
        "continuation_token",
        "eos_token",
        "max_tokens",
        "password_field",
        "password_hash",
        "PasswordPolicy",
        "passwordParameterName",
        "has_password",
        "no_password",
        "forgot_password",
        "check_password",
        "test_password",
        "MOCK_TOKEN",
        "AWS::ApiGateway::ApiKey",
        "access_key_id",
        "pinned",
        "1",
    ],
)
def test_no_secret(name: str) -> None:
    assert secret_name(name) is None


@pytest.mark.parametrize(
    ("name", "kind"), [("API_KEYS", "API key"), ("tokens", "token"), ("valid_passwords2", "password")]
)
def test_collection(name: str, kind: str) -> None:
    found = secret_names(name)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("name", ["token", "KEYS", "ALIASES", ""])
def test_no_collection_of_secrets(name: str) -> None:
    assert secret_names(name) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DBPassword", ["db", "password"]),
        ("db_password-2", ["db", "password", "2"]),
        ("apiKeyV2", ["api", "key", "v", "2"]),
        ("", []),
    ],
)
def test_words(name: str, words: list[str]) -> None:
    assert name_words(name) == words


def test_names_that_say_it_is_not_real() -> None:
    assert is_made_up("TEST_TOKEN")
    assert is_made_up("fakeKey")
    assert not is_made_up("attestation_key")
