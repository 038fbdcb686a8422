"""LL014: whole rows, items and objects of which only a part is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    SQL_METHODS,
    SQL_OPERATIONS,
    Composed,
    Constant,
    Reach,
    Rule,
    Severity,
    Value,
    Violation,
    applied_by,
)

from ._fetched import attributes_used, is_unread_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

EVERYTHING = re.compile(r"\s*SELECT\s+(?:ALL\s+|DISTINCT\s+)?(?:\w+\.)?\*\s+FROM\b", re.IGNORECASE)
"""A statement that begins with `SELECT * FROM`, or `SELECT o.* FROM`."""

OBJECT = "`{operation}` opens an object whose body is never read"
OBJECT_HELP = "`head_object` answers whether the object is there, and its metadata, without the body"
ITEMS = "`{operation}` fetches whole items, of which only {attributes} used"
ITEMS_HELP = "name what is used in `ProjectionExpression`, so that nothing else is sent and parsed"


class OverFetching(Rule[cst.Call]):
    """What nobody uses is read, sent and parsed all the same."""

    code = "LL014"
    severity = Severity.INFO
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "`SELECT *` fetches every column"
    help = "name the columns that are used"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        operation = ctx.operation_of(call)
        if (operation is None and not _may_be_sql(call)) or ctx.is_one_off(call):
            return
        path = ctx.path_to(call)
        if _selects_everything(call, ctx):
            yield self.violation(call, path=path)
        elif operation is not None and is_unread_object(call, operation, ctx):
            yield self.violation(call, path=path, message=OBJECT, help=OBJECT_HELP, operation=operation.name)
        elif operation is not None and (names := attributes_used(call, operation, ctx)):
            yield self.violation(
                call,
                path=path,
                message=ITEMS,
                help=ITEMS_HELP,
                operation=operation.name,
                attributes=_listed(names),
            )


def _listed(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{' and '.join(quoted)} {'is' if len(quoted) == 1 else 'are'}"


def _may_be_sql(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value in SQL_METHODS and bool(call.args)


def _selects_everything(call: cst.Call, ctx: Context) -> bool:
    """Whether it runs a statement whose text asks for all columns."""
    operation = ctx.operation_of(call)
    if operation is not None:
        argument = SQL_OPERATIONS.get((operation.owner.service or "", operation.name))
        applied = None if argument is None else applied_by(call, ctx)
        found = None if applied is None else applied.argument(argument)
        return any(_asks_for_everything(value) for value in found or ())
    return any(_asks_for_everything(value) for value in ctx.values_of(call.args[0].value))


def _asks_for_everything(value: Value) -> bool:
    match value:
        case Constant(str(text)) | Composed((str(text), *_)):
            return EVERYTHING.match(text) is not None
    return False
