"""Parts of SDK responses that JSON does not know, by service and operation: dates and streams.

The table stands in `sdk_responses.json`. It holds only parts that are there whenever the operation did
something, and operations that functions use: what is missing there is not known.

Source: the service models of botocore 1.44.5, and for what is always there the API reference; as of 2026-11.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

AS_OF = "2026-11"
SOURCE = "https://github.com/boto/botocore/tree/develop/botocore/data"

DATES, STREAMS = "dates", "streams"


def where_in_response(kind: str, service: str, operation: str) -> str | None:
    """Where a date, or a stream, stands in the response; `[]` stands for the items of a list."""
    return table()[kind].get(service, {}).get(operation)


@cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """Kind -> service -> operation -> where it stands."""
    text = Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found
