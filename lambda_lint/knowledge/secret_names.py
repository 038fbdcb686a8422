"""Which names say that what they hold is a secret.

A name is read as English reads it: the last noun says what the thing is. `db_password` is a password,
`password_field` a field, `secret_name` a name, `token_url` a URL.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache

_CANDIDATE = re.compile(r"pass|pw|secret|token|key|cred|pin", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_PASSWORDS = {
    "password": "password",
    "passwd": "password",
    "passwort": "password",
    "passphrase": "passphrase",
    "passcode": "passcode",
    "pwd": "password",
    "pw": "password",
}
# `pass` alone is a statement, a turn or a ticket; after one of these it is a password.
_BEFORE_PASS = frozenset(
    {
        "admin", "auth", "basic", "database", "db", "email", "ftp", "http", "https", "imap", "ldap",
        "login", "mail", "mongo", "mongodb", "mq", "mysql", "oracle", "pg", "postgres", "proxy",
        "rabbitmq", "rds", "redis", "root", "sftp", "smtp", "sql", "ssh", "svc", "user", "usr",
    }
)  # fmt: skip
_KEYS = frozenset(
    {
        "access", "account", "admin", "aes", "api", "app", "application", "auth", "authentication",
        "authorization", "cipher", "client", "crypto", "decryption", "encryption", "fernet", "hmac",
        "integration", "jwt", "master", "private", "rsa", "secret", "security", "service",
        "session", "shared", "signature", "signing", "storage", "subscription", "webhook",
    }
)  # fmt: skip
_JOINED = {
    "accesskey": "access key",
    "accesstoken": "token",
    "apikey": "API key",
    "apisecret": "secret",
    "authtoken": "token",
    "clientsecret": "secret",
    "passphrase": "passphrase",
    "passwd": "password",
    "password": "password",
    "privatekey": "private key",
    "secretkey": "secret key",
    "sharedkey": "shared key",
}
# What may follow the noun and leave it what it is: `password_prod`, `token2`, `secretString`.
_NEUTRAL = frozenset(
    {
        "b64", "base64", "binary", "bytes", "clear", "const", "current", "default", "dev",
        "development", "env", "literal", "live", "new", "old", "override", "plain", "plaintext",
        "primary", "prod", "production", "qa", "raw", "sandbox", "secondary", "stage", "staging",
        "str", "string", "text", "uat", "val", "value",
    }
)  # fmt: skip
# Tokens that mark a place, a request or a symbol.
_NOT_SECRET_TOKENS = frozenset(
    {
        "assistant", "begin", "bos", "callback", "cancel", "cancellation", "change", "checkpoint",
        "client", "cls", "comment", "completion", "continuation", "control", "creation", "csrf",
        "cursor", "delimiter", "delta", "device", "dkim", "dry", "end", "eos", "fencing", "first",
        "idempotence", "idempotency", "ident", "image", "input", "keyword", "last", "lock",
        "marker", "mask", "max", "min", "move", "name", "next", "nextpage", "num", "number",
        "operator", "output", "pad", "padding", "page", "pagination", "paging", "placeholder",
        "position", "prefix", "prompt", "push", "quote", "read", "request", "resource", "result",
        "resume", "sentinel", "sep", "separator", "special", "split", "start", "starting", "state",
        "stop", "string", "suffix", "sync", "system", "tag", "task", "text", "total", "transaction",
        "trigger", "type", "unk", "upload", "variable", "verification", "version", "word", "xsrf",
    }
)  # fmt: skip
_NOT_HELD = frozenset(
    {
        "a", "check", "checks", "decode", "decrypt", "delete", "encode", "encrypt", "forgot",
        "forgotten", "format", "has", "hash", "invalid", "is", "mask", "masked", "missing", "no",
        "non", "not", "number", "parse", "redact", "require", "required", "requires", "reset",
        "rotate", "show", "strip", "validate", "verify", "without",
    }
)  # fmt: skip
# What is called so is not real, whatever it looks like.
_MADE_UP = frozenset(
    {"bogus", "dummy", "example", "fake", "mock", "sample", "stub", "test", "testing", "tests", "wrong"}
)


@dataclass(frozen=True, slots=True)
class SecretName:
    """What a secret-like name holds."""

    kind: str
    """As a message says it: `password`, `API key`."""
    is_password: bool
    """People make these up; every other kind comes from a machine."""


@lru_cache(maxsize=4096)
def secret_name(name: str) -> SecretName | None:
    """What the variable, parameter, key or field `name` holds, or None if that is no secret."""
    if not _CANDIDATE.search(name) or ":" in name:
        return None
    # A parameter's path is named by its last part: `/prod/db/password`.
    parts = name_words(name.rpartition("/")[2])
    while len(parts) > 1 and (parts[-1] in _NEUTRAL or parts[-1].isdigit()):
        parts.pop()
    if not parts or not _NOT_HELD.isdisjoint(parts[:-1]) or not _MADE_UP.isdisjoint(parts):
        return None
    head, before = parts[-1], parts[-2] if len(parts) > 1 else ""
    if kind := _PASSWORDS.get(head):
        return SecretName(kind, is_password=True)
    if head == "pass" and before in _BEFORE_PASS:
        return SecretName("password", is_password=True)
    if head == "token":
        return None if before in _NOT_SECRET_TOKENS else SecretName("token", is_password=False)
    if head == "secret":
        return SecretName("secret", is_password=False)
    if head in {"credential", "credentials", "creds"}:
        return SecretName("credential", is_password=False)
    if head == "key" and before in _KEYS:
        return SecretName(f"{'API' if before == 'api' else before} key", is_password=False)
    return _joined(head)


@lru_cache(maxsize=1024)
def secret_names(name: str) -> SecretName | None:
    """As `secret_name`, for the name of a collection: `API_KEYS`, `valid_tokens`."""
    stem = name.rstrip("0123456789_")
    if not stem.endswith(("s", "S")):
        return None
    return secret_name(stem[:-1])


def is_made_up(name: str) -> bool:
    """True for a name that says that what it holds is not real: `TEST_TOKEN`."""
    return not _MADE_UP.isdisjoint(name_words(name))


def name_words(name: str) -> list[str]:
    """The lower-case words of a name in camel, snake or kebab case: `DBPassword` is `db`, `password`."""
    return [word.lower() for word in _WORD.findall(name)]


def _joined(head: str) -> SecretName | None:
    for ending, kind in _JOINED.items():
        if head.endswith(ending):
            return SecretName(kind, is_password=kind.startswith("pass"))
    return None


# -- in code that is not parsed yet

_PARTS = ("credential", "creds", "passcode", "passphrase", "passw", "pwd", "secret", "token")
_PW = re.compile(r"[Pp][Ww][Ss]?(?![a-z])")
_PAIR = re.compile(r"auth\b")
_BETWEEN = "".join(set(string.punctuation + string.whitespace) - {":"})
"""What may stand between two words of a name."""


def may_hold_secret_name(code: str) -> bool:
    """Whether the name of a secret, or of a pair of user and password, may stand anywhere in the code."""
    lower = code.casefold().encode("ascii", "ignore").decode()
    return (
        any(part in lower for part in _PARTS)
        or _follows("key", _KEYS, lower)
        or _follows("pass", _BEFORE_PASS, lower)
        or _PAIR.search(lower) is not None
        or ("pw" in lower and _PW.search(code) is not None)
    )


def _follows(word: str, before: frozenset[str], lower: str) -> bool:
    endings = tuple(before)
    return any(part.rstrip(_BETWEEN).endswith(endings) for part in lower.split(word)[:-1])
