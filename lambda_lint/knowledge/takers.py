"""What callables of the standard library do with the collection, or the value, that they are given.

Source: the Python library reference; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/functions.html"

HANDED_ON = frozenset(
    {
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.run",
        "asyncio.shield",
        "asyncio.wait_for",
        "builtins.dict",
        "builtins.float",
        "builtins.int",
        "builtins.iter",
        "builtins.list",
        "builtins.reversed",
        "builtins.tuple",
        "contextlib.closing",
        "copy.copy",
        "copy.deepcopy",
        "decimal.Decimal",
        "typing.cast",
    }
)
"""Callables whose result is what they are given, or holds it under the same keys or in the same order."""

SUMMARIES = frozenset(
    {
        "builtins.frozenset",
        "builtins.max",
        "builtins.min",
        "builtins.set",
        "builtins.sorted",
        "builtins.sum",
    }
)
"""Callables that look at each element of what they are given."""

TEXTS = frozenset({"builtins.str", "builtins.repr", "json.dumps", "pprint.pformat"})
"""Callables that make a text of what they are given."""

GETTERS = frozenset({"__getitem__", "get", "pop", "setdefault"})
"""Methods that look a key up, their first argument."""

VIEWS = frozenset({"items", "values"})
"""Methods that give all that a dict holds."""

ASKED = frozenset({"builtins.all", "builtins.any", "builtins.bool", "builtins.isinstance", "builtins.type"})
"""Callables that tell something of a value, and keep nothing of it."""

GATHERERS = frozenset({"extend", "update"})
"""Methods of another collection that take in what they are given."""
