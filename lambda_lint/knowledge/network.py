"""Which calls wait for an answer from the network: of the SDK, of HTTP clients, of databases.

Source: the references of boto3 1.44 (clients, resources, paginators), the DB-API (PEP 249), and the
documentation of the packages in `connections`, `http` and `timeouts`; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.knowledge.connections import CONNECTIONS
from lambda_lint.knowledge.fan_out import NO_HTTP_REQUESTS
from lambda_lint.knowledge.http import URL_POSITION
from lambda_lint.knowledge.timeouts import WAITS

AS_OF = "2026-11"
SOURCE = "https://boto3.amazonaws.com/v1/documentation/api/latest/guide/clients.html"

SILENT_OPERATIONS = frozenset(
    {
        "all",
        "batch_writer",
        "can_paginate",
        "close",
        "filter",
        "generate_db_auth_token",
        "generate_db_connect_admin_auth_token",
        "generate_db_connect_auth_token",
        "generate_presigned_post",
        "generate_presigned_url",
        "get_available_subresources",
        "get_paginator",
        "get_waiter",
        "limit",
    }
)
"""Methods of SDK objects that send nothing themselves."""

DATABASES = frozenset(
    name for name, kind in CONNECTIONS.items() if kind.label == "a database connection" and kind.place is None
)
"""Callables that connect to a database elsewhere."""

STATEMENTS = frozenset({"commit", "execute", "executemany", "fetch", "fetchrow", "fetchval"})
"""Methods that send a statement, of such a connection or of what was made from it."""

REQUESTS = (
    DATABASES
    | {"cfnresponse.send"}
    | {
        name
        for name in (*URL_POSITION, *WAITS)
        if name not in CONNECTIONS and name.rpartition(".")[2] not in NO_HTTP_REQUESTS
    }
)
"""Full names of other callables that wait."""

STORES = frozenset(
    name
    for name, kind in CONNECTIONS.items()
    if kind.label in {"a cache client", "a search client"} or name.startswith(("motor.", "pymongo."))
)
"""Callables that make a client of which nearly every method waits."""

SILENT_METHODS = frozenset({"close", "get_database", "pipeline", "register_script"})
"""Those that do not."""
