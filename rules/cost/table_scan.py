"""LL013: a request reads a whole DynamoDB table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    Constant,
    Reach,
    Rule,
    SdkKind,
    SdkMethod,
    Severity,
    SourceKind,
    agreed,
    applied_by,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Applied, Context, Violation

OFF_THE_REQUEST_PATH = frozenset(
    {
        SourceKind.CODEPIPELINE,
        SourceKind.CONFIG,
        SourceKind.CUSTOM_RESOURCE,
        SourceKind.S3_BATCH,
        SourceKind.SCHEDULE,
        SourceKind.SECRET_ROTATION,
    }
)
"""Sources of jobs: they run as often as somebody planned, and not as often as users come."""

SMALL = 100
"""More items than this are no page that somebody looks at."""

NEXT = "ExclusiveStartKey"
SEGMENTS = ("Segment", "TotalSegments")


class TableScan(Rule[cst.Call]):
    """Each request pays for reading all items of a table."""

    code = "LL013"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what} at each invocation{although}"
    help = (
        "`query` by the key, or by an index that has what is searched for as its key; "
        "keep a total in an item of its own"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        applied = applied_by(call, ctx)
        if applied is None or not _is_scan(applied):
            return
        if _is_job(call, ctx) or _is_part(call, applied, ctx):
            return
        table = _text(applied, "TableName")
        yield self.violation(
            call,
            path=ctx.path_to(call),
            what=f"table `{table}` is read as a whole" if table else "a whole table is read",
            although=_although(applied),
        )


def _is_scan(applied: Applied) -> bool:
    match applied.callee:
        case SdkMethod(owner, "scan"):
            return owner.service == "dynamodb" and (owner.kind is SdkKind.CLIENT or owner.name == "Table")
        case SdkMethod(owner, "paginate"):
            return owner.service == "dynamodb" and owner.name == "scan"
    return False


def _is_job(call: cst.Call, ctx: Context) -> bool:
    """Whether only what runs now and then by design reaches the call."""
    sources = [handler.sources for handler in ctx.handlers_reaching(call)]
    return bool(sources) and all(each and OFF_THE_REQUEST_PATH.issuperset(each) for each in sources)


def _is_part(call: cst.Call, applied: Applied, ctx: Context) -> bool:
    """Whether it reads, as far as is known, a part of the table, or what another scan has left."""
    if any(applied.argument(name) is not None for name in SEGMENTS):
        return True
    if applied.argument(NEXT) is not None and _has_first(call, ctx):
        return True
    if applied.entry("PaginationConfig", "MaxItems") is not None:
        return True
    limit = applied.argument("Limit")
    if limit is None or ctx.call_facts(call).in_loop:
        return False
    known = agreed(limit)
    return not (isinstance(known, Constant) and isinstance(known.value, int) and known.value > SMALL)


def _has_first(call: cst.Call, ctx: Context) -> bool:
    """Whether the same function begins with a scan that the call goes on with."""
    others = (
        each
        for each in ctx.module.tree.of_type(cst.Call)
        if each is not call and ctx.function_around(each) is ctx.function_around(call)
    )
    scans = (applied for other in others if (applied := applied_by(other, ctx)) is not None)
    return any(_is_scan(applied) and applied.argument(NEXT) is None for applied in scans)


def _although(applied: Applied) -> str:
    """What does not help, although it looks as if it did."""
    if applied.argument("FilterExpression") or applied.argument("ScanFilter"):
        return ", and the filter does not reduce what is read and paid for"
    if _text(applied, "Select") == "COUNT":
        return ", only to count its items"
    return ""


def _text(applied: Applied, keyword: str) -> str | None:
    match agreed(applied.argument(keyword) or ()):
        case Constant(str(text)):
            return text
    return None
