"""Functions that take a secret by position, so that no name tells what the literal is.

As of 2026-11, from the signatures of the packages themselves: the standard library of Python 3.11,
aiohttp 3.14, bcrypt 5.0, cryptography 50.0, httpx 0.28, hvac 2.4, itsdangerous 2.2, ldap3 2.9, paramiko 5.1,
pg8000 1.31, pika 1.4, PyGithub 2.10, PyJWT 2.15, PyNaCl 1.6, PyOTP 2.12, python-gitlab 8.6, python-jose 3.5,
redis 8.1, requests 2.34, requests-oauthlib 2.0, sendgrid 6.12, simple-salesforce 1.12, slack-sdk 3.47,
SQLAlchemy 2.1, twilio 9.13, Werkzeug 3.1. PyMySQL took (host, user, password) by position until 1.0, and
mysqlclient does still: https://mysqlclient.readthedocs.io/user_guide.html (as of 2026-11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SecretArgument:
    """One parameter that is a secret."""

    position: int | None
    """None when it is given by keyword only."""
    keyword: str
    kind: str
    makes_words_real: bool = True
    """False where the same place is often taken by public text, so that only a random literal counts."""


def _password(position: int, keyword: str = "password") -> tuple[SecretArgument, ...]:
    return (SecretArgument(position, keyword, "password"),)


def _key(position: int, keyword: str = "key") -> tuple[SecretArgument, ...]:
    return (SecretArgument(position, keyword, "key"),)


def _token(position: int, keyword: str = "token") -> tuple[SecretArgument, ...]:
    return (SecretArgument(position, keyword, "token"),)


# Drivers have used all three.
_BY_NAME = tuple(SecretArgument(None, keyword, "password") for keyword in ("password", "passwd", "pwd"))
_MYSQL = (SecretArgument(2, "password", "password"), SecretArgument(None, "passwd", "password"))
_OAUTH1 = (
    SecretArgument(1, "client_secret", "secret"),
    SecretArgument(3, "resource_owner_secret", "secret"),
)

SECRET_ARGUMENTS: Mapping[str, tuple[SecretArgument, ...]] = {
    # databases and caches
    "MySQLdb.Connect": _MYSQL,
    "MySQLdb.connect": _MYSQL,
    "aiomysql.connect": _BY_NAME,
    "asyncpg.connect": _BY_NAME,
    "asyncpg.create_pool": _BY_NAME,
    "cx_Oracle.connect": _password(1),
    "mysql.connector.connect": _BY_NAME,
    "oracledb.connect": _BY_NAME,
    "pg8000.connect": _password(4),
    "pg8000.dbapi.connect": _password(4),
    "pg8000.native.Connection": _password(4),
    "psycopg.connect": _BY_NAME,
    "psycopg2.connect": _BY_NAME,
    "pymongo.MongoClient": _BY_NAME,
    "pymongo.mongo_client.MongoClient": _BY_NAME,
    "pymssql.connect": _password(2),
    "pymysql.Connect": _MYSQL,
    "pymysql.connect": _MYSQL,
    "pymysql.connections.Connection": _MYSQL,
    "redshift_connector.connect": _BY_NAME,
    "snowflake.connector.connect": _BY_NAME,
    "redis.Redis": _password(3),
    "redis.StrictRedis": _password(3),
    "redis.asyncio.Redis": _password(3),
    "redis.client.Redis": _password(3),
    "sqlalchemy.URL.create": _password(2),
    "sqlalchemy.engine.URL.create": _password(2),
    "sqlalchemy.engine.url.URL.create": _password(2),
    # HTTP, mail, files, directories, queues
    "aiohttp.BasicAuth": _password(1),
    "ftplib.FTP": _password(2, "passwd"),
    "ftplib.FTP().login": _password(1, "passwd"),
    "ftplib.FTP_TLS": _password(2, "passwd"),
    "ftplib.FTP_TLS().login": _password(1, "passwd"),
    "httpx.BasicAuth": _password(1),
    "httpx.DigestAuth": _password(1),
    "imaplib.IMAP4().login": _password(1),
    "imaplib.IMAP4_SSL().login": _password(1),
    "ldap3.Connection": _password(2),
    "paramiko.SSHClient().connect": _password(3),
    "pika.PlainCredentials": _password(1),
    "pika.credentials.PlainCredentials": _password(1),
    "requests.auth.HTTPBasicAuth": _password(1),
    "requests.auth.HTTPDigestAuth": _password(1),
    "requests.auth.HTTPProxyAuth": _password(1),
    "smtplib.SMTP().login": _password(1),
    "smtplib.SMTP_SSL().login": _password(1),
    # cryptography
    "bcrypt.hashpw": _password(0),
    "cryptography.fernet.Fernet": _key(0),
    "hashlib.pbkdf2_hmac": _password(1),
    "hashlib.scrypt": _password(0),
    "hmac.HMAC": _key(0),
    "hmac.digest": _key(0),
    "hmac.new": _key(0),
    "itsdangerous.Serializer": _key(0, "secret_key"),
    "itsdangerous.Signer": _key(0, "secret_key"),
    "itsdangerous.TimestampSigner": _key(0, "secret_key"),
    "itsdangerous.URLSafeSerializer": _key(0, "secret_key"),
    "itsdangerous.URLSafeTimedSerializer": _key(0, "secret_key"),
    "jose.jws.sign": _key(1),
    "jose.jwt.decode": _key(1),
    "jose.jwt.encode": _key(1),
    "jwt.decode": _key(1),
    "jwt.encode": _key(1),
    "nacl.secret.SecretBox": _key(0),
    "pyotp.HOTP": _key(0, "s"),
    "pyotp.TOTP": _key(0, "s"),
    "werkzeug.security.generate_password_hash": _password(0),
    # services
    "github.Auth.Login": _password(1),
    "github.Auth.Token": _token(0),
    "github.Github": (SecretArgument(0, "login_or_token", "token", makes_words_real=False), *_password(1)),
    "gitlab.Gitlab": _token(1, "private_token"),
    "hvac.Client": _token(1),
    "requests_oauthlib.OAuth1": _OAUTH1,
    "requests_oauthlib.OAuth1Session": _OAUTH1,
    "sendgrid.SendGridAPIClient": _key(0, "api_key"),
    "simple_salesforce.Salesforce": (*_password(1), SecretArgument(2, "security_token", "token")),
    "slack_sdk.WebClient": _token(0),
    "twilio.request_validator.RequestValidator": _token(0),
    "twilio.rest.Client": _password(1),
}

# Methods whose receiver need not be known: nothing but a secret stands at that place. The number is that of
# the arguments, because `login(user)` and `connect(url)` are other functions.
SECRET_METHOD_ARGUMENTS: Mapping[str, Mapping[int, tuple[SecretArgument, ...]]] = {
    "auth_password": {2: _password(1)},
    "connect": {4: _password(3)},
    "login": {2: _password(1)},
    "setpassword": {1: _password(0)},
}

LIBRARIES = frozenset(name.partition(".")[0] for name in SECRET_ARGUMENTS)
"""A module that imports none of these calls none of the functions."""

# Keywords of many libraries whose value is a pair of user and password.
PAIR_KEYWORDS = frozenset({"auth", "basic_auth", "http_auth", "httpauth", "proxy_auth"})
