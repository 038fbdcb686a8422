"""LL062: operations that answer in pages, of which only the first is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    DEPLOYED_PHASES,
    Reach,
    Rule,
    Safety,
    SdkKind,
    Severity,
    Violation,
    pagination_of,
    uses_of,
)

from ._page_fix import all_pages
from ._pages import asks_for_few, finds_one, is_first_page_enough, is_token_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Pagination, SdkMethod

PAGED_PARTS = {("dynamodb", "Table"): frozenset({"query", "scan"})}
"""Service and class of a resource -> its methods that answer in pages, as those of the client do."""


class MissingPagination(Rule[cst.Call]):
    """What does not fit on the first page is left out, and no error says so."""

    code = "LL062"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = DEPLOYED_PHASES
    fixable = (Safety.UNSAFE,)
    message = "only the first page of `{operation}` is used: {token} is never read"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        operation = ctx.operation_of(call)
        page = None if operation is None else _pagination(operation)
        if operation is None or page is None:
            return
        if _is_in_while(call, ctx) or asks_for_few(call, operation, page, ctx):
            return
        uses = uses_of(ctx, call)
        if is_token_read(uses, page, ctx):
            return
        if is_first_page_enough(uses, page, ctx, one=finds_one(call, operation, ctx)):
            return
        yield self.violation(
            call,
            path=ctx.path_to(call),
            help=_help(operation, page),
            fix=lambda edits: all_pages(call, operation, page, uses, ctx, edits),
            operation=operation.name,
            token=f"`{(page.outputs or page.inputs)[0]}`",
        )


def _pagination(operation: SdkMethod) -> Pagination | None:
    owner = operation.owner
    if owner.service is None:
        return None
    is_part = operation.name in PAGED_PARTS.get((owner.service, owner.name or ""), ())
    is_client = owner.kind is SdkKind.CLIENT
    return pagination_of(owner.service, operation.name) if is_client or is_part else None


def _is_in_while(call: cst.Call, ctx: Context) -> bool:
    """Whether it is repeated until something holds, as where all is listed and deleted, page after page."""
    for above in ctx.module.tree.ancestors(call):
        if isinstance(above, (cst.FunctionDef, cst.While)):
            return isinstance(above, cst.While)
    return False


def _help(operation: SdkMethod, page: Pagination) -> str:
    if page.has_paginator and operation.owner.kind is SdkKind.CLIENT:
        return f'loop over `client.get_paginator("{operation.name}").paginate(...)`, which asks for all pages'
    return f"call it again with `{page.inputs[0]}` as long as the answer holds `{page.outputs[0]}`"
