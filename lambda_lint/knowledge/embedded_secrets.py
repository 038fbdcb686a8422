"""Secrets inside longer texts: private keys, URLs, connection strings, headers, SQL statements.

Sources, as of 2026-11: RFC 7468 (private keys), RFC 3986 section 3.2.1 (user information in URLs), RFC 9110
section 11.4 and RFC 7617 (Authorization), libpq's and ADO.NET's connection strings, Azure Storage's.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from lambda_lint.knowledge.secret_match import HOLE, Match
from lambda_lint.knowledge.secret_values import Strength, is_generic, is_placeholder, strength
from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?P<kind>(?:[A-Z0-9]+ ){0,3})PRIVATE KEY(?: BLOCK)?-----"
    r"(?P<secret>(?:[A-Za-z0-9+/=\s:,.-]|\\[nr]){64,}?)(?=-----END|$)"
)
_URL = re.compile(
    r"\b(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,24})://(?P<user>[^\s/?#:@'\"<>]{0,64}):(?P<secret>[^\s/?#'\"<>]{1,256})"
    r"@(?P<host>[^\s/?#'\"<>:@,]*)"
)
_PAIR = re.compile(
    r"(?:^|[;\s,'\"])(?P<name>password|passwd|pwd|accountkey|sharedaccesskey|accesskey|sharedsecret)\s*=\s*"
    r"(?P<secret>'[^']{3,}'|[^;\s&'\",]{3,})",
    re.IGNORECASE,
)
_NEIGHBOR = re.compile(
    r"(?:^|[;\s,'\"])(?:host|hostaddr|server|data source|endpoint|accountname|dbname|database"
    r"|initial catalog|driver|uid|user|user id|username|dsn|address)\s*=\s*(?P<value>[^;\s&'\",]*)",
    re.IGNORECASE,
)
_QUERY = re.compile(
    r"[?&](?P<name>api[-_]?key|app[-_]?id|access[-_]?token|auth[-_]?token|token|key|secret|client[-_]?secret|"
    r"subscription[-_]key|sig|code|pass(?:word|wd)?|pwd)=(?P<secret>[^&\s#'\"<>{}]{8,})",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:^|authorization['\"]?\s*[:=]\s*['\"]?)(?P<scheme>bearer|basic|token|apikey|api-key|bot|splunk|key)\s+"
    r"(?P<secret>[\w.~+/=:-]{8,})",
    re.IGNORECASE,
)
_SQL = re.compile(
    r"\b(?:(?:(?:create|alter)\s+(?:user|role|login)|grant)\b[^;]{0,200}?\b(?:identified\s+by|password)"
    r"|set\s+password(?:\s+for\s+\S+)?)\s*=?\s*(?:password\s*\(\s*)?'(?P<secret>[^']{4,})'",
    re.IGNORECASE,
)
_LOCAL_HOST = re.compile(
    r"(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|localstack|minio"
    r"|(?:[\w-]+\.)?example(?:\.\w+)?|(?:[\w-]+\.)*(?:test|local|localhost|invalid|example\.(?:com|org|net)))?",
    re.IGNORECASE,
)
_NOT_A_PASSWORD = re.compile(rf"[()\[\]{{}}*|\\<>{HOLE}]|^[$%]|\.\.")


def embedded_secrets(text: str) -> Iterator[Match]:
    """The secrets in `text` that are no tokens of a known form, in no particular order."""
    if "PRIVATE KEY" in text:
        yield from private_keys(text)
    if "://" in text and "@" in text:
        yield from url_passwords(text)
    # Patterns without a fixed beginning cost much: they are tried only on texts with a word of theirs.
    lower = text.lower()
    if "=" in text and any(word in lower for word in ("pass", "pwd", "key", "secret")):
        yield from connection_secrets(text)
    if "=" in text and ("?" in text or "&" in text):
        yield from query_secrets(text)
    if any(word in lower for word in ("bearer ", "basic ", "token ", "key ", "bot ", "splunk ")):
        yield from header_secrets(text)
    if "'" in text and ("identified" in lower or "password" in lower):
        yield from sql_passwords(text)


def private_keys(text: str) -> Iterator[Match]:
    """Private keys with their body; the marker alone is only something that code looks for."""
    for found in _PRIVATE_KEY.finditer(text):
        body = re.sub(r"[\s\\]", "", found["secret"])
        if not is_placeholder(body[:64]):
            kind = found["kind"].strip()
            yield Match(f"{kind} private key".strip(), Span(*found.span("secret")))


def url_passwords(text: str) -> Iterator[Match]:
    """Passwords in `scheme://user:password@host`."""
    for found in _URL.finditer(text):
        secret, user = found["secret"], found["user"].lower()
        if user != "anonymous" and _is_password(secret, is_local=bool(_LOCAL_HOST.fullmatch(found["host"]))):
            yield Match("password in a URL", Span(*found.span("secret")))


def connection_secrets(text: str) -> Iterator[Match]:
    """Passwords and keys in `host=… user=… password=…` and `Server=…;Pwd=…;`."""
    pairs = list(_PAIR.finditer(text))
    if not pairs:
        return
    neighbors = [found["value"] for found in _NEIGHBOR.finditer(text)]
    if not neighbors:
        return
    is_local = any(_LOCAL_HOST.fullmatch(value) for value in neighbors if value)
    for found in pairs:
        start, end = found.span("secret")
        quoted = text[start] == "'"
        secret = text[start + quoted : end - quoted]
        is_password = found["name"].lower() in {"password", "passwd", "pwd"}
        if is_password and _is_password(secret, is_local=is_local):
            yield Match("password in a connection string", Span(start + quoted, end - quoted))
        elif not is_password and strength(secret) is Strength.RANDOM:
            yield Match("key in a connection string", Span(start, end))


def query_secrets(text: str) -> Iterator[Match]:
    """Keys in the query of a URL: `?appid=0f3c…`."""
    for found in _QUERY.finditer(text):
        name, secret = found["name"].lower(), found["secret"]
        shortest = 40 if name == "code" else 20
        if len(secret) >= shortest and strength(secret) is Strength.RANDOM:
            yield Match("key in a URL", Span(*found.span("secret")))
        elif name.startswith("p") and strength(secret) >= Strength.MIXED:
            yield Match("password in a URL", Span(*found.span("secret")), Confidence.MEDIUM)


def header_secrets(text: str) -> Iterator[Match]:
    """What follows the scheme in the value of an `Authorization` header."""
    for found in _HEADER.finditer(text):
        scheme, secret = found["scheme"].lower(), found["secret"]
        span = Span(*found.span("secret"))
        if scheme == "basic":
            if _is_basic(secret):
                yield Match("password in a header", span)
        elif len(secret) >= 16 and strength(secret) is Strength.RANDOM:
            yield Match("token in a header", span)


def sql_passwords(text: str) -> Iterator[Match]:
    """Passwords in statements that create users or change them."""
    for found in _SQL.finditer(text):
        if _is_password(found["secret"], is_local=False):
            yield Match("password in a statement", Span(*found.span("secret")))


def is_local_host(text: str) -> bool:
    """True for a host, or a URL of one, that is this machine or stands for none."""
    host = text.rpartition("://")[2].partition("/")[0]
    if host.startswith("["):
        host = host.partition("]")[0] + "]"
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    return bool(host) and _LOCAL_HOST.fullmatch(host) is not None


def _is_password(text: str, *, is_local: bool) -> bool:
    """True for what stands where only a password can stand, unless it holds the place of one."""
    if _NOT_A_PASSWORD.search(text) or is_placeholder(text):
        return False
    if is_local:
        # Every developer's database has `postgres:postgres`.
        return strength(text) is Strength.RANDOM
    return len(text) >= 3 and not is_generic(text)


def _is_basic(encoded: str) -> bool:
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return False
    # RFC 7617 has Aladdin and his sesame.
    return (
        bool(colon)
        and user not in {"Aladdin", "anonymous"}
        and _is_password(password or user, is_local=False)
    )
