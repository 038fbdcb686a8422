"""Secrets inside longer texts."""

from __future__ import annotations

import base64

import pytest
from invented_secrets import hexadecimal, soup

from lambda_lint.knowledge.embedded_secrets import embedded_secrets, is_local_host
from lambda_lint.knowledge.secret_match import HOLE
from lambda_lint.model.labels import Confidence


def found(text: str) -> list[tuple[str, str]]:
    return [(match.kind, match.secret(text)) for match in embedded_secrets(text)]


def basic(credentials: str) -> str:
    return base64.b64encode(credentials.encode()).decode()


BODY = f"{soup(64)}\n{soup(120)[56:]}\n{soup(30)}"


@pytest.mark.parametrize(
    ("kind", "stated"),
    [
        ("private key", ""),
        ("RSA private key", "RSA "),
        ("EC private key", "EC "),
        ("OPENSSH private key", "OPENSSH "),
        ("ENCRYPTED private key", "ENCRYPTED "),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\\n", " "])
def test_private_key(kind: str, stated: str, line_end: str) -> None:
    body = BODY.replace("\n", line_end)
    text = f"-----BEGIN {stated}PRIVATE KEY-----{line_end}{body}{line_end}-----END {stated}PRIVATE KEY-----"
    ((found_kind, secret),) = found(text)
    assert found_kind == kind
    assert body in secret


def test_two_private_keys() -> None:
    text = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----\n"
    assert len(found(text * 2)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY-----\n{HOLE}\n-----END PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY-----\n{'x' * 80}\n-----END PRIVATE KEY-----",
        f"-----BEGIN PUBLIC KEY-----\n{BODY}\n-----END PUBLIC KEY-----",
        "the PRIVATE KEY is elsewhere",
    ],
)
def test_no_private_key(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("postgresql://orders:Vx8kkq2Lw@db.internal:5432/orders", "Vx8kkq2Lw"),
        (f"mysql+pymysql://admin:s3cretPw9@{HOLE}/app", "s3cretPw9"),
        ("redis://:opensesame@cache.internal/0", "opensesame"),
        ("mongodb+srv://orders:c14HmP@cluster0.mongodb.net", "c14HmP"),
        ("https://x-access-token:hunter2@github.com/orders", "hunter2"),
        ("amqp://orders:a:b@broker", "a:b"),
        (f"postgres://postgres:{soup(20)}@localhost/orders", soup(20)),
    ],
)
def test_password_in_url(text: str, password: str) -> None:
    assert found(text) == [("password in a URL", password)]


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://postgres:postgres@localhost/orders",
        "postgresql://postgres:opensesame@127.0.0.1/orders",
        "postgresql://postgres:opensesame@host.docker.internal/orders",
        "postgresql://orders:opensesame@example.com/orders",
        "postgresql://user:password@db/orders",
        "postgresql://user:pw@db/orders",
        "postgresql://user:changeme@db/orders",
        f"postgresql://{HOLE}:{HOLE}@db/orders",
        f"postgresql://orders:a{HOLE}@db/orders",
        "postgresql://user:{password}@db/orders",
        "postgresql://user:${PASSWORD}@db/orders",
        "postgresql://user:<password>@db/orders",
        "postgresql://user:$PASSWORD@db/orders",
        "postgresql://user:***@db/orders",
        "ftp://anonymous:opensesame@files/",
        "https://host:8080/a@b",
        "://:@",
        r"https://(\w+):(\w+)@host",
        "see https://orders.internal and mail me@orders.internal",
    ],
)
def test_no_password_in_url(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("host=db dbname=orders user=app password=Tr0ub4dor", "password", "Tr0ub4dor"),
        ("host=db user=app password='Tr0ub 4dor'", "password", "Tr0ub 4dor"),
        ("Driver=SQL;Server=sql.corp;UID=sa;PWD=opensesame;", "password", "opensesame"),
        ("Server=sql.corp;Password=opensesame", "password", "opensesame"),
        (f"AccountName=orders;AccountKey={soup(86)}==", "key", f"{soup(86)}=="),
        (f"Endpoint=sb://orders/;SharedAccessKey={soup(43)}=", "key", f"{soup(43)}="),
    ],
)
def test_connection_string(text: str, kind: str, secret: str) -> None:
    assert found(text) == [(f"{kind} in a connection string", secret)]


@pytest.mark.parametrize(
    "text",
    [
        "password=opensesame",
        "host=localhost user=app password=opensesame",
        "host=db user=app password=%s",
        "host=db user=app password={password}",
        f"host=db user=app password={HOLE}",
        "AccountName=orders;AccountKey=key",
        "a=1&b=2",
    ],
)
def test_no_connection_string(text: str) -> None:
    assert not found(text)


def test_key_in_query() -> None:
    text = f"https://api.weather.dev/now?q={HOLE}&appid={hexadecimal(32)}&units=metric"
    assert found(text) == [("key in a URL", hexadecimal(32))]
    text = f"https://orders.azurewebsites.net/api?code={soup(52)}=="
    assert found(text) == [("key in a URL", f"{soup(52)}==")]


def test_password_in_query_is_less_sure() -> None:
    (match,) = embedded_secrets("https://orders.internal/?user=a&password=hunter2x")
    assert match.kind == "password in a URL"
    assert match.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        f"https://orders.internal/?code={soup(20)}",
        f"https://orders.internal/?token={HOLE}",
        "https://orders.internal/?key=partition-of-the-orders",
        "https://orders.internal/?password=changeme1",
        f"https://orders.internal/?page={soup(20)}",
    ],
)
def test_no_key_in_query(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        (f"Bearer {soup(40)}", "token", soup(40)),
        (f"token {hexadecimal(40)}", "token", hexadecimal(40)),
        (f"curl -H 'Authorization: Bearer {soup(40)}'", "token", soup(40)),
        (f"Basic {basic('orders:hunter2')}", "password", basic("orders:hunter2")),
        (f"Basic {basic(soup(30) + ':')}", "password", basic(soup(30) + ":")),
    ],
)
def test_header(text: str, kind: str, secret: str) -> None:
    assert found(text) == [(f"{kind} in a header", secret)]


@pytest.mark.parametrize(
    "text",
    [
        "Bearer token required",
        "Bearer YOUR_TOKEN_GOES_HERE_123",
        f"Bearer {HOLE}",
        "bearer of bad-news-since-2024",
        f"Basic {basic('user:password')}",
        f"Basic {basic('Aladdin:open sesame')}",
        f"Basic {basic('nobody')}",
        "Basic authentication",
        "Basic 12345678",
        f"Basic {base64.b64encode(bytes(range(200, 220))).decode()}",
    ],
)
def test_no_header(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE USER app IDENTIFIED BY 'Zk91kkq'",
        "create role app with login password 'Zk91kkq'",
        "ALTER USER app WITH ENCRYPTED PASSWORD 'Zk91kkq'",
        "SET PASSWORD FOR app = 'Zk91kkq'",
        "GRANT ALL ON orders.* TO app IDENTIFIED BY 'Zk91kkq'",
    ],
)
def test_statement(text: str) -> None:
    assert found(text) == [("password in a statement", "Zk91kkq")]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE USER app IDENTIFIED BY '%s'",
        "CREATE USER app IDENTIFIED BY 'password'",
        f"ALTER USER app PASSWORD '{HOLE}'",
        "SELECT password FROM users WHERE name = 'Zk91kkq'",
    ],
)
def test_no_statement(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "http://localhost:4566",
        "minio",
        "http://[::1]:80",
        "::1",
        "db.test",
        "db.example.com",
    ],
)
def test_local_host(host: str) -> None:
    assert is_local_host(host)


@pytest.mark.parametrize(
    "host", ["", "db.internal", "https://dynamodb.eu-west-1.amazonaws.com", "localhosts.dev", "http://"]
)
def test_remote_host(host: str) -> None:
    assert not is_local_host(host)
