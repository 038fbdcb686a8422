"""Reads the tables beside this module: JSON files with one service, or one policy, a line.

A file is read when its first question is asked, and of it only the lines that are asked about are parsed.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


_ABOUT = ("AS_OF", "SOURCE")
"""The lines that are about the table itself."""


@cache
def part_of(table: str, name: str) -> Any:
    """What a table says of a service or a policy, as it was written by its generator; empty for nothing."""
    line = _lines(table).get(name)
    return {} if line is None else json.loads(line)


def names_in(table: str) -> Iterator[str]:
    """The services or policies of which a table says something."""
    return (name for name in _lines(table) if name not in _ABOUT)


@cache
def _lines(table: str) -> dict[str, str]:
    """Each line of a table, unparsed: `"sqs": {…},`."""
    text = Path(__file__).with_name(f"{table}.json").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines()[1:-1])
    return {name.strip('"'): value.rstrip(",") for name, _, value in lines}
