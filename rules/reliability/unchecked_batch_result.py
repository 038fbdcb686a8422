"""LL036: batch operations whose answer tells what failed, where nobody asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    PART_BATCHES,
    Part,
    Reach,
    Rule,
    SdkKind,
    Severity,
    Violation,
    failure_keys_of,
    is_noted,
    uses_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, SdkMethod

THINGS = {
    "Entries": "entries",
    "Records": "records",
    "RequestResponses": "records",
    "Responses": "statements",
    "tasks": "tasks",
}
"""Keys that hold one answer for each part of the batch, and what the parts are called.

The other keys of the same operations say at a glance whether there is one that failed.
"""


class UncheckedBatchResult(Rule[cst.Call]):
    """What failed of a batch is lost, since nobody reads that it failed."""

    code = "LL036"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "`{operation}` raises no error when {things} fail, and {key} is never read"
    help = "read it, and send again what failed or raise an error, so that nothing is lost"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        operation = ctx.operation_of(call)
        keys = () if operation is None else _failure_keys(operation)
        if operation is None or not keys:
            return
        uses = uses_of(ctx, call)
        read = uses.keys()
        if Part.SOME in read or read.intersection(keys):
            return
        if uses.escapes(unless=lambda use: is_noted(ctx, use)):
            return
        yield self.violation(
            call,
            path=ctx.path_to(call),
            operation=operation.name,
            things=next((THINGS[key] for key in keys if key in THINGS), "parts of the batch"),
            key=" or ".join(f"`{key}`" for key in keys if key not in THINGS or len(keys) == 1),
        )


def _failure_keys(operation: SdkMethod) -> tuple[str, ...]:
    """The keys of the answer that tell what failed."""
    owner = operation.owner
    if owner.service is None:
        return ()
    match owner.kind:
        case SdkKind.CLIENT | SdkKind.RESOURCE:
            return failure_keys_of(owner.service, operation.name)
        case SdkKind.PART:
            batch = PART_BATCHES.get((owner.service, owner.name or "", operation.name))
            return () if batch is None else failure_keys_of(owner.service, batch)
    return ()
