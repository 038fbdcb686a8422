"""LL010: one call for each item where one call takes many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    PART_TWINS,
    TWINS,
    Reach,
    Rule,
    Safety,
    SdkKind,
    Severity,
    Violation,
    applied_by,
    item_loop_around,
)

from ._batches import could_be_batched
from ._writer_fix import through_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, SdkMethod, Twin

WRITER = "batch_writer"
WRITER_HELP = (
    "write through `with table.batch_writer() as batch:`, which sends the items together "
    "and repeats what was not processed"
)


class UnbatchedCalls(Rule[cst.Call]):
    """A loop pays, and waits, for a request for each item."""

    code = "LL010"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "`{operation}` is called in each round of {loop}: `{batch}` takes {limit} {things} at once"
    fixable = (Safety.UNSAFE,)
    help = "collect what the loop makes, and send it together, as many as a call takes"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        operation = ctx.operation_of(call)
        twin = None if operation is None else _twin(operation)
        if operation is None or twin is None or ctx.is_one_off(call):
            return
        loop, applied = item_loop_around(ctx, call), applied_by(call, ctx)
        if loop is None or applied is None or (operation.owner.is_async and not _is_awaited(call, ctx)):
            return
        if not could_be_batched(call, twin, loop, applied, ctx):
            return
        yield self.violation(
            call,
            path=ctx.path_to(call),
            help=WRITER_HELP if twin.batch == WRITER else None,
            fix=(lambda edits: through_writer(call, loop.node, ctx, edits)) if twin.batch == WRITER else None,
            operation=operation.name,
            loop="a loop" if loop.step is None else f"the loop in `{loop.step.caller}`",
            batch=twin.batch,
            limit=f"{twin.limit:,}",
            things=twin.things,
        )


def _twin(operation: SdkMethod) -> Twin | None:
    owner = operation.owner
    if owner.kind is SdkKind.PART:
        return PART_TWINS.get((owner.service or "", owner.name or ""), {}).get(operation.name)
    return TWINS.get((owner.service or "", operation.name)) if owner.kind is SdkKind.CLIENT else None


def _is_awaited(call: cst.Call, ctx: Context) -> bool:
    """Whether an asynchronous call is waited for before the next one is made."""
    return isinstance(ctx.parent(call), cst.Await)
