"""How event loops come to be, and how long they live.

Source: the Python 3.14 library reference, "Runners" and "Event loop"; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/asyncio-runner.html"

ONE_RUN = frozenset(
    {
        "asyncio.run",
        "asyncio.runners.run",
        "anyio.run",
        "asgiref.sync.async_to_sync",
        "trio.run",
        "uvloop.run",
        "nest_asyncio.run",
    }
)
"""Callables that make an event loop, run something in it, and close it with all that belongs to it."""

LASTING = frozenset({"asyncio.get_event_loop", "asyncio.events.get_event_loop"})
"""Callables that return the thread's one loop, the same at each invocation."""

NEW = frozenset({"asyncio.new_event_loop", "asyncio.events.new_event_loop", "uvloop.new_event_loop"})
"""Callables that make another loop each time."""

RUNS = "run_until_complete"
CLOSES = "close"
