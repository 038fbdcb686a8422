"""What waits for the network, where it is told for how long, and for how long it waits if it is not told.

Only what waits for ever by default is worth a finding without a timeout; what has a default of its own only
if `None` takes it away.

Source: the Python 3.14 library reference (`urllib.request`, `http.client`, `smtplib`, `ftplib`, `imaplib`,
`poplib`, `socket`; that of 3.12 for `telnetlib`), and the documentation and signatures of requests 2.34,
urllib3 2.8 (whose module function `request` has a default of 3 s), httpx 0.28 (5 s), aiohttp 3.14 (5 min),
psycopg2 2.9 with libpq 18 ("Zero, negative, or not specified means wait indefinitely"), psycopg 3.3 (130 s),
pymysql 1.2 (10 s), mysqlclient 2.2, aiomysql 0.3, pg8000 1.31, redshift_connector 2.2, pymemcache 4, valkey
6.2, redis 8.1 (5 s; none before 8), pymssql 2.4 (60 s), asyncpg 0.32 (60 s), paramiko 5.1 and
websocket-client 1.9; as of 2026-11. Some versions of mysql.connector have a default of 10 s, others none.
pymongo, pyodbc, oracledb and the clients of Elasticsearch and Kafka have defaults, or their drivers do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lambda_lint.knowledge.http import HOST_POOLS, POOLS, VERBS

AS_OF = "2026-11"
SOURCE = "https://requests.readthedocs.io/en/latest/user/advanced/#timeouts"


@dataclass(frozen=True, slots=True)
class Wait:
    """How a callable is told for how long it may wait."""

    keywords: tuple[str, ...] = ("timeout",)
    """Each of them sets a limit; a fix uses the first."""
    position: int | None = None
    """Where the first may stand without its keyword."""
    has_default: bool = False
    """It ends by itself unless it is told not to."""
    from_maker: bool = False
    """The object whose method it is may have been made with the same keywords."""
    heeds_socket_default: bool = False
    """`socket.setdefaulttimeout` counts."""
    is_object: bool = False
    """It makes something whose methods wait later on, and heed the same timeout."""
    place: tuple[int | None, tuple[str, ...]] | None = None
    """Where the URL or host stands."""
    dsn: tuple[int | None, str] | None = None
    """Where a text may stand that holds the timeout among other settings."""
    zero_is_forever: bool = False
    variable: str | None = None
    """An environment variable that sets it too."""
    instead: str | None = None
    """What to use where a timeout cannot be given at all."""


URL = (0, ("url",))
HOST = (0, ("host",))

_REQUESTS = Wait(place=URL)
_REQUESTS_SECOND = replace(_REQUESTS, place=(1, ("url",)))
_SOCKET_OBJECT = Wait(heeds_socket_default=True, is_object=True, place=HOST)
_POOL = Wait(from_maker=True, heeds_socket_default=True, place=(1, ("url",)))
_LIBPQ = Wait(
    ("connect_timeout",),
    dsn=(0, "dsn"),
    zero_is_forever=True,
    variable="PGCONNECT_TIMEOUT",
    place=(None, ("host",)),
)
_DEFAULTED = Wait(has_default=True)

REQUESTS = (
    "requests",
    "requests.api",
    "requests.Session()",
    "requests.session()",
    "requests.sessions.Session()",
    "requests.sessions.session()",
    "botocore.vendored.requests",
    "botocore.vendored.requests.Session()",
    "cloudscraper.create_scraper()",
    "requests_futures.sessions.FuturesSession()",
    "requests_oauthlib.OAuth1Session()",
    "requests_oauthlib.OAuth2Session()",
    "requests_toolbelt.sessions.BaseUrlSession()",
)
"""What has requests' functions, none of which ever gives up by itself."""

DEFAULTED = ("httpx", "httpx.Client()", "httpx.AsyncClient()", "aiohttp.ClientSession()")

WAITS: dict[str, Wait] = {
    **{f"{owner}.{verb}": _REQUESTS for owner in REQUESTS for verb in VERBS},
    **{f"{owner}.request": _REQUESTS_SECOND for owner in REQUESTS},
    **{f"{owner}.send": Wait() for owner in REQUESTS if owner.endswith("()")},
    **{f"{owner}.{verb}": _DEFAULTED for owner in DEFAULTED for verb in VERBS},
    **{f"{owner}.request": _DEFAULTED for owner in DEFAULTED},
    **{f"{owner}.stream": _DEFAULTED for owner in DEFAULTED[:3]},
    **dict.fromkeys(("httpx.Client", "httpx.AsyncClient"), _DEFAULTED),
    "urllib.request.urlopen": Wait(position=2, heeds_socket_default=True, place=URL),
    "urllib.request.build_opener().open": Wait(
        position=2, heeds_socket_default=True, place=(0, ("fullurl",))
    ),
    "urllib.request.urlretrieve": Wait(
        (), heeds_socket_default=True, place=URL, instead="urllib.request.urlopen"
    ),
    **{f"{pool}.{verb}": _POOL for pool in (*POOLS, *HOST_POOLS) for verb in ("request", "urlopen")},
    "urllib3.poolmanager.ProxyManager().request": _POOL,
    "urllib3.request": _DEFAULTED,
    "http.client.HTTPConnection": replace(_SOCKET_OBJECT, position=2),
    "http.client.HTTPSConnection": _SOCKET_OBJECT,
    "smtplib.SMTP": replace(_SOCKET_OBJECT, position=3),
    "smtplib.SMTP_SSL": _SOCKET_OBJECT,
    "ftplib.FTP": replace(_SOCKET_OBJECT, position=4),
    "ftplib.FTP_TLS": _SOCKET_OBJECT,
    "imaplib.IMAP4": replace(_SOCKET_OBJECT, position=2),
    "imaplib.IMAP4_SSL": _SOCKET_OBJECT,
    "poplib.POP3": replace(_SOCKET_OBJECT, position=2),
    "poplib.POP3_SSL": _SOCKET_OBJECT,
    "telnetlib.Telnet": replace(_SOCKET_OBJECT, position=2),
    "socket.create_connection": Wait(position=1, heeds_socket_default=True, place=(0, ("address",))),
    "websocket.create_connection": Wait(position=1, place=URL),
    "paramiko.SSHClient().connect": Wait(position=6, place=(0, ("hostname",))),
    "paramiko.client.SSHClient().connect": Wait(position=6, place=(0, ("hostname",))),
    "psycopg2.connect": _LIBPQ,
    **{
        f"psycopg2.pool.{pool}": replace(_LIBPQ, dsn=(2, "dsn"))
        for pool in ("SimpleConnectionPool", "ThreadedConnectionPool")
    },
    **{
        name: Wait(("connect_timeout",), zero_is_forever=True, place=HOST)
        for name in ("MySQLdb.connect", "MySQLdb.Connect", "MySQLdb.connections.Connection")
    },
    "aiomysql.connect": Wait(("connect_timeout",), position=12, place=HOST),
    "aiomysql.create_pool": Wait(("connect_timeout",), place=(None, ("host",))),
    **{
        name: Wait(is_object=True, place=(1, ("host",)))
        for name in ("pg8000.connect", "pg8000.dbapi.connect", "pg8000.native.Connection")
    },
    "redshift_connector.connect": Wait(position=9, place=(4, ("host",))),
    **{
        name: Wait(("timeout", "connect_timeout"), is_object=True, place=(0, ("server",)))
        for name in (
            "pymemcache.Client",
            "pymemcache.client.Client",
            "pymemcache.client.base.Client",
            "pymemcache.client.base.PooledClient",
            "pymemcache.client.hash.HashClient",
        )
    },
    **{
        name: Wait(("socket_timeout", "socket_connect_timeout"), is_object=True, place=HOST)
        for name in ("valkey.Valkey", "valkey.StrictValkey")
    },
    **{
        name: Wait(("socket_timeout",), has_default=True, is_object=True, place=HOST)
        for name in ("redis.Redis", "redis.StrictRedis", "redis.client.Redis")
    },
    **{
        f"{package}.{maker}from_url": Wait(
            ("socket_timeout", "socket_connect_timeout"),
            is_object=True,
            has_default=has_default,
            dsn=(0, "url"),
        )
        for package, owner, has_default in (("valkey", "Valkey.", False), ("redis", "Redis.", True))
        for maker in ("", owner)
    },
}
"""Full name of a callable -> how it is told for how long it may wait."""

SOCKET_CONNECT = frozenset({"socket.socket().connect", "ssl.create_default_context().wrap_socket().connect"})
"""Methods of a socket that wait as long as `settimeout` of the same socket says."""

LIMIT_CLASSES = frozenset(
    {
        "aiohttp.ClientTimeout",
        "aiohttp.client.ClientTimeout",
        "httpx.Timeout",
        "urllib3.Timeout",
        "urllib3.util.Timeout",
        "urllib3.util.timeout.Timeout",
    }
)
"""Classes of timeouts in parts: one of which every part is `None` is no limit."""

SOCKET_DEFAULT = "socket.setdefaulttimeout"

LIMITING_METHODS = frozenset({"mount", "setblocking", "settimeout"})
"""Methods by which an object that was made without a timeout may get one."""

LIMITING_ATTRIBUTES = frozenset({"sock", "timeout", "request", "send", *VERBS})
"""Attributes that do it when they are set: `session.get = functools.partial(session.get, timeout=5)`."""

PLAIN_ADAPTERS = frozenset({"requests.adapters.HTTPAdapter"})
"""What may be mounted without setting any timeout."""

URL_OBJECTS = {"urllib.request.Request": (0, "url")}
"""What stands for a URL, and where it was given that URL."""

LOCAL_VARIABLES = frozenset({"AWS_LAMBDA_RUNTIME_API", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"})
"""Environment variables that are part of the address of something in the execution environment itself
(https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), whose answers may be waited for."""
