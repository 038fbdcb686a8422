"""Which modules and calls may need a network of one's own, and which are known not to.

Source: the Python library reference, the documentation of the packages named, and "Giving Lambda functions
access to resources in an Amazon VPC" of the developer guide; read 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"

CONNECTING = frozenset(
    {
        "asyncore", "cffi", "ctypes", "ftplib", "http.client", "http.server", "imaplib", "importlib",
        "multiprocessing.connection", "nntplib", "poplib", "runpy", "smtpd", "smtplib", "socket",
        "socketserver", "ssl", "subprocess", "telnetlib", "urllib.request", "wsgiref", "xmlrpc",
    }
)  # fmt: skip
"""Modules of the standard library by which code reaches other hosts, or code that is not known."""

LOCAL = frozenset(
    {
        "Crypto", "Cryptodome", "PIL", "attr", "attrs", "aws_lambda_powertools", "aws_xray_sdk", "bcrypt",
        "boto3", "botocore", "bs4", "cachetools", "cfnresponse", "crhelper", "croniter", "cryptography",
        "dataclasses_json", "dateutil", "humanize", "icalendar", "isodate", "jinja2", "jmespath",
        "jsonpath_ng", "jsonschema", "markdown", "markupsafe", "marshmallow", "more_itertools", "mypy_boto3",
        "mypy_boto3_builder", "nanoid", "networkx", "numpy", "openpyxl", "orjson", "phonenumbers",
        "pydantic", "pydantic_core", "pypdf", "pythonjsonlogger", "pytz", "qrcode", "rapidfuzz", "reportlab",
        "s3transfer", "shortuuid", "simplejson", "structlog", "tabulate", "tenacity", "typing_extensions",
        "tzdata", "ujson", "ulid", "xmltodict", "yaml", "zoneinfo",
    }
)  # fmt: skip
"""Packages that compute, or speak to nothing but public services of AWS."""

RUNNING = frozenset(
    {
        "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "asyncio.open_connection",
        "builtins.__import__", "builtins.eval", "builtins.exec", "os.execv", "os.execve", "os.popen",
        "os.posix_spawn", "os.spawnl", "os.spawnv", "os.system",
    }
)  # fmt: skip
"""Callables that run what is not known, or connect to another host."""

TOKENS = frozenset(
    {
        "generate_db_auth_token", "generate_db_connect_admin_auth_token", "generate_db_connect_auth_token",
        "get_cluster_credentials", "get_cluster_credentials_with_iam",
    }
)  # fmt: skip
"""Operations whose answer is a key to a database."""

OWN_ENDPOINTS = frozenset({"endpoint_url", "proxies"})
"""Arguments by which a client of the SDK speaks to another host than the service's."""
ENDPOINT_VARIABLES = ("AWS_ENDPOINT_URL", "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy")
"""How the names of variables begin that do the same for all of them."""
