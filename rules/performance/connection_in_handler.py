"""Connections, and pools of them, that are opened again at each invocation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    CONNECTIONS,
    INVOKED_PHASES,
    POOLED_HTTP,
    Connection,
    Constant,
    Context,
    NoEditError,
    Reach,
    Rule,
    Safety,
    Severity,
    Violation,
)

from ._creation import is_made_of_fresh_one, is_wasted, late_default, when
from ._hoist import Hoisting, hoisted
from ._hoist_place import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambda_lint.api import Edits, Fix

SHARED = "create it once, at module level or behind a cache, so that warm invocations reuse its connections"
CHECKED = (
    "open it once, at module level or behind a guard that connects again when the connection was lost, "
    "so that warm invocations reuse it"
)

FOR_THREADS = ("httpx.", "urllib3.")
"""Packages whose sessions and pools several threads may use at the same time."""

NAMES: Mapping[str, str] = {
    "a cache client": "cache",
    "a database client": "database",
    "a database connection pool": "connection_pool",
    "a database engine": "engine",
    "a factory of database sessions": "session_factory",
    "a message broker client": "broker",
    "a search client": "search_client",
    "an HTTP connection pool": "http_pool",
    "an HTTP session": "http_session",
}
"""What a kept connection is called where it has no name yet."""

SQLITE_URL = re.compile(r"sqlite(?:\+\w+)?:/{0,3}")
SCRATCH = re.compile(r"$|:memory:|file::memory:|/tmp/|file:/tmp/|.*\bmode=memory\b")
"""Databases that are not meant to outlive the invocation, or need no connection worth keeping."""


class ConnectionInHandler(Rule[cst.Call]):
    """A connection to a database, cache or HTTP host that each invocation opens anew."""

    code = "LL002"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what} (`{callee}`) is created {when}"
    help = SHARED
    fixable = (Safety.SAFE, Safety.UNSAFE)
    Options = Hoisting

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        name = ctx.name_of(call.func)
        connection = CONNECTIONS.get(name or "")
        if name is None or connection is None or not is_wasted(call, ctx):
            return
        if is_made_of_fresh_one(call, ctx) or _is_scratch(call, connection, ctx):
            return
        if connection.is_async and not ctx.runs_in_lasting_loop(call):
            return
        yield self.violation(
            call,
            path=ctx.path_to(call),
            help=late_default(call, ctx) or (CHECKED if connection.can_be_lost else SHARED),
            fix=lambda edits: self._fix(call, name, ctx, edits),
            what=connection.label,
            callee=name,
            when=when(call, ctx),
        )

    def _fix(self, call: cst.Call, callee: str, ctx: Context, edits: Edits) -> Fix:
        connection = CONNECTIONS[callee]
        if connection.is_async:
            raise NoEditError("it belongs to an event loop")
        options: Hoisting = self.options
        safety = Safety.SAFE if callee.startswith(POOLED_HTTP) else Safety.UNSAFE
        wanted = NAMES.get(connection.label, "connection")
        cached = options.fix_with_cached_function
        shared = callee.startswith(FOR_THREADS)
        return hoisted(Made(call, wanted, safety, cached, may_be_shared=shared), ctx, edits)


def _is_scratch(call: cst.Call, connection: Connection, ctx: Context) -> bool:
    """Whether it is a database in memory, below `/tmp`, or in a file that is not known."""
    if connection.place is None:
        return False
    text, whole = _beginning(_argument(call, connection.place), ctx)
    if connection.is_url:
        found = SQLITE_URL.match(text)
        if found is None:
            return False
        text = text[found.end() :]
    return not whole or SCRATCH.match(text) is not None


def _argument(call: cst.Call, name: str) -> cst.BaseExpression | None:
    for position, arg in enumerate(call.args):
        if (arg.keyword.value == name) if arg.keyword else position == 0:
            return arg.value
    return None


def _beginning(node: cst.BaseExpression | None, ctx: Context) -> tuple[str, bool]:
    """The text with which a string begins, as far as it is known, and whether it is the whole string."""
    if node is None:
        return "", True
    value = ctx.value_of(node)
    if isinstance(value, Constant) and isinstance(value.value, str):
        return value.value, True
    while isinstance(node, (cst.BinaryOperation, cst.ConcatenatedString)):
        node = node.left
    if isinstance(node, cst.FormattedString) and isinstance(node.parts[0], cst.FormattedStringText):
        return node.parts[0].value, False
    if isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str):
        return node.evaluated_value, False
    return "", False
