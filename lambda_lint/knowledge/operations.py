"""What the operations of the SDK answer: in pages, with a list of what failed; and what waiters wait for.

The tables are JSON files beside this module, written from botocore's models by
`tests/generate_sdk_tables.py`, one service a line. A file is read when its first question is asked,
and of it only the lines of the services that are asked about are parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lambda_lint.knowledge.tables import part_of

AS_OF = "2026-11"
SOURCE = "https://github.com/boto/botocore/tree/develop/botocore/data"

PAGES, FAILURES, WAITERS, DEPRECATED = "sdk_pages", "sdk_failures", "sdk_waiters", "sdk_deprecated"


@dataclass(frozen=True, slots=True)
class Pagination:
    """How an operation answers in pages."""

    inputs: tuple[str, ...]
    """The arguments that ask for the next page, such as `ContinuationToken`."""
    outputs: tuple[str, ...]
    """The keys of the answer that say where the next page begins; `List.NextMarker` is within another."""
    results: tuple[str, ...]
    """The keys of the answer that hold what was asked for; the first is what matters."""
    more: str | None
    """The key of the answer that says whether there is a next page, such as `IsTruncated`."""
    limit: str | None
    """The argument that says how many results a page holds, such as `MaxKeys`."""
    lookups: frozenset[str]
    """The optional arguments that name the things which are asked for, such as `InstanceIds`."""
    is_whole: bool
    """Whether everything comes at once unless a limit is given."""
    has_paginator: bool
    """Whether `client.get_paginator` knows the operation; else the token must be fed back by hand."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """What `client.get_waiter(name).wait()` does."""

    operation: str
    """The operation that it calls again and again."""
    delay: int
    """Seconds between two calls."""
    attempts: int
    """How often it calls at most."""

    @property
    def longest(self) -> int:
        """Seconds after which it gives up."""
        return self.delay * self.attempts


def pagination_of(service: str, operation: str) -> Pagination | None:
    """How the operation answers in pages; None if it does not. `list_objects_v2`, as boto3 spells it."""
    return _pages(service).get(operation)


def failure_keys_of(service: str, operation: str) -> tuple[str, ...]:
    """The keys of the answer that tell which parts of a batch were not done; empty if it has none."""
    return tuple(part_of(FAILURES, service).get(operation, ()))


def waiter_of(service: str, name: str) -> Waiter | None:
    """The waiter of that name, such as `instance_running`."""
    found = part_of(WAITERS, service).get(name)
    return None if found is None else Waiter(*found)


def is_deprecated(service: str, operation: str) -> bool:
    """Whether the service's model marks the operation as deprecated."""
    return operation in part_of(DEPRECATED, service)


@cache
def _pages(service: str) -> dict[str, Pagination]:
    found: dict[str, Pagination] = {}
    for group in part_of(PAGES, service):
        for operation, said in group["operations"].items():
            results, lookups = (said, "") if isinstance(said, str) else said
            found[operation] = Pagination(
                inputs=tuple(group["in"]),
                outputs=tuple(group.get("out", ())),
                results=tuple(results.split()),
                more=group.get("more"),
                limit=group.get("limit"),
                lookups=frozenset(lookups.split()),
                is_whole=group.get("whole", False),
                has_paginator=not group.get("manual", False),
            )
    return found
