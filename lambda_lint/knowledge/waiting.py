"""Calls that do nothing for a while, and requests that ask how far something is.

Source: the Python 3.14 library reference, the documentation of anyio, gevent, eventlet and trio, and the
naming of operations in the SDK; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/time.html#time.sleep"

SLEEPS: dict[str, str] = {
    "anyio.sleep": "delay",
    "asyncio.sleep": "delay",
    "eventlet.sleep": "seconds",
    "gevent.sleep": "seconds",
    "time.sleep": "secs",
    "trio.sleep": "seconds",
}
"""Full name of a callable -> its first parameter, the seconds that it sleeps."""

RESOURCE_WAIT = "wait_until_"
"""How the waiting methods of the SDK's resources begin: `instance.wait_until_running()`."""

WAITER_SETTINGS = "WaiterConfig"
WAITER_DELAY, WAITER_ATTEMPTS = "Delay", "MaxAttempts"

STATUS_REQUESTS = ("describe_", "get_", "head_", "list_", "batch_get_", "query", "scan")
"""How operations of the SDK begin that ask for something."""

NO_REQUESTS = frozenset({"get_paginator", "get_waiter"})
"""Methods of clients that begin so, and ask for nothing."""

POLLING_VERBS = frozenset({"get", "head", "urlopen"})
"""The last names of HTTP calls by which a status is asked for."""
