"""The names by which calls in handlers are recognized: modules, methods, builtins."""

from __future__ import annotations

import re

HTTP = frozenset({"aiohttp", "http.client", "httpx", "requests", "urllib.request", "urllib3"})
HTTP_VERBS = frozenset(
    {
        "delete", "get", "head", "options", "patch", "post", "put", "request", "send", "stream",
        "urlopen",
    }
)  # fmt: skip
SQL_PACKAGES = frozenset(
    {
        "MySQLdb", "aiomysql", "asyncpg", "cx_Oracle", "mariadb", "mysql", "oracledb", "peewee",
        "pg8000", "psycopg", "psycopg2", "psycopg_pool", "pymssql", "pymysql", "pyodbc",
        "redshift_connector", "snowflake", "sqlalchemy", "sqlite3",
    }
)  # fmt: skip
SQL_METHODS = frozenset(
    {
        "execute", "execute_batch", "execute_statement", "execute_values", "executemany",
        "executescript", "fetchval",
    }
)  # fmt: skip
FETCHES = frozenset({"fetchall", "fetchmany", "fetchone"})
SQL_TEXT = re.compile(r"\s*(?:CALL|CREATE|DELETE|INSERT|MERGE|SELECT|UPDATE|WITH)\s", re.IGNORECASE)
STORES = frozenset(
    {
        "elasticsearch", "motor", "opensearchpy", "pymemcache", "pymongo", "redis", "valkey",
    }
)  # fmt: skip
"""Databases whose every method is a request."""
SESSION_WORK = frozenset({"close", "connect", "disconnect", "ping", "pipeline", "register_script"})
NO_REQUEST = frozenset({"can_paginate", "close", "get_paginator", "get_waiter"})
"""Methods of SDK objects that send nothing, beside those that begin with a capital: `Table`."""

READING_MODULES = frozenset(
    {
        "ast.literal_eval", "base64", "contextlib", "copy", "dataclasses", "datetime", "decimal",
        "enum", "http", "inspect", "json", "logging", "os.environ", "os.getenv", "os.path", "pathlib",
        "pprint", "sys", "tempfile", "time.monotonic", "time.perf_counter", "time.time", "traceback",
        "types", "typing", "urllib.parse",
        "urllib.request.Request", "uuid",
    }
)  # fmt: skip
"""What a handler needs of the standard library to read the event, to write the answer, to tell the time."""
READING_METHODS = frozenset(
    {
        "as_dict", "casefold", "copy", "decode", "dict", "encode", "endswith", "format", "get",
        "isdigit", "isoformat", "items", "join", "json", "keys", "lower", "lstrip", "model_dump",
        "model_dump_json", "partition", "read", "replace", "rpartition", "rsplit", "rstrip", "split",
        "startswith", "strftime", "strip", "timestamp", "title", "to_dict", "to_json", "upper",
        "values",
    }
)  # fmt: skip
CHANGING_METHODS = frozenset(
    {
        "add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove",
        "setdefault", "sort", "update",
    }
)  # fmt: skip
COMPUTING_BUILTINS = frozenset(
    {
        "abs", "divmod", "filter", "map", "max", "min", "open", "pow", "reversed", "round", "sorted",
        "sum", "zip",
    }
)  # fmt: skip
NOTE_MODULES = frozenset(
    {
        "aws_embedded_metrics", "aws_lambda_powertools.Logger", "aws_lambda_powertools.Metrics",
        "aws_lambda_powertools.Tracer", "aws_lambda_powertools.logging",
        "aws_lambda_powertools.metrics", "aws_lambda_powertools.single_metric",
        "aws_lambda_powertools.tracing", "aws_xray_sdk", "builtins.print", "logging", "loguru",
        "pprint", "structlog", "warnings",
    }
)  # fmt: skip
NOTER = re.compile(
    r"log(?:s|ger|ging)?$|metrics?$|trac(?:er|ing)$|(?:sub)?segment$|telemetry$", re.IGNORECASE
)
"""How the objects that take notes are called in practice: `logger`, `cmf_log`, `METRICS`, `subsegment`."""
