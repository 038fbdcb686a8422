"""When the first page of an answer is enough, and when it is asked for the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Composed, Constant, Fate, Part, applied_by, is_noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Pagination, SdkMethod, Use, Uses

FEW = 100
"""A smaller limit asks for some of many on purpose: for the latest, or for a page that a client turns."""

TOKEN = re.compile(r"token|marker|truncated|last_?evaluated|more", re.IGNORECASE)
"""Keys that tell of a next page, whatever the operation calls it."""

RANGES = re.compile(r"\b(?:begins_with|between|or)\b|[<>]", re.IGNORECASE)
EXACT = re.compile(r"[^\^]=")
"""A filter of Cognito that names one value: `email = "…"`; `^=` finds all that begin with it."""

HARMLESS = frozenset({Fate.READ, Fate.TESTED, Fate.DROPPED, Fate.CHANGED})
"""What may be done with the first page alone: to see whether there is anything."""


def asks_for_few(call: cst.Call, operation: SdkMethod, page: Pagination, ctx: Context) -> bool:
    """Whether the arguments keep the answer to one page, ask for the next one, or are not known."""
    applied = applied_by(call, ctx)
    if applied is None or any(applied.argument(name) is not None for name in (*page.inputs, *page.lookups)):
        return True
    limit = None if page.limit is None else applied.argument(page.limit)
    if limit is None and page.is_whole:
        return True
    if limit is not None:
        return not all(isinstance(each, Constant) and _is_many(each.value) for each in limit)
    return _is_by_key(call, operation, ctx) or _is_by_filter(operation, applied.argument("Filter"))


def _is_many(limit: object) -> bool:
    return isinstance(limit, int) and limit >= FEW


def _is_by_filter(operation: SdkMethod, given: tuple[object, ...] | None) -> bool:
    """Whether users are looked up by an attribute that has one value."""
    if operation.name != "list_users" or given is None:
        return False
    for value in given:
        match value:
            case Constant(str(text)):
                texts = [text]
            case Composed(parts):
                texts = [part for part in parts if isinstance(part, str)]
            case _:
                return True
        if not any(EXACT.search(text) for text in texts):
            return False
    return True


def _is_by_key(call: cst.Call, operation: SdkMethod, ctx: Context) -> bool:
    """Whether a query of DynamoDB asks for both keys by `=`, so that there is one item at most."""
    return operation.name == "query" and _equalities(call, ctx) >= 2


def finds_one(call: cst.Call, operation: SdkMethod, ctx: Context) -> bool:
    """Whether a query of DynamoDB looks something up by another id, for which there is an index."""
    applied = applied_by(call, ctx)
    by_index = applied is not None and applied.argument("IndexName") is not None
    return operation.name == "query" and by_index and _equalities(call, ctx) > 0


def _equalities(call: cst.Call, ctx: Context) -> int:
    """How many keys the condition asks for by `=`; 0 if it also asks otherwise, or is not known."""
    condition = next((arg.value for arg in call.args if _is_condition(arg)), None)
    if condition is None:
        return 0
    match ctx.value_of(condition):
        case Constant(str(text)):
            return 0 if RANGES.search(text) else text.count("=")
    methods = [
        node.func.attr.value
        for node in ctx.module.tree.subtree(condition)
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute)
    ]
    return methods.count("eq") if set(methods) <= {"eq", "Key"} else 0


def _is_condition(arg: cst.Arg) -> bool:
    return arg.keyword is not None and arg.keyword.value == "KeyConditionExpression"


def is_token_read(uses: Uses, page: Pagination, ctx: Context) -> bool:
    """Whether the code looks at what tells of a next page, or may do so where it cannot be followed."""
    for prefix in {(), *(path[:-1] for path in _paths(page.outputs))}:
        keys = uses.keys(prefix)
        if Part.SOME in keys or any(isinstance(key, str) and TOKEN.search(key) for key in keys):
            return True
        if uses.escapes(prefix, unless=lambda use: is_noted(ctx, use)):
            return True
    return bool(uses.keys().intersection(page.outputs))


def is_first_page_enough(uses: Uses, page: Pagination, ctx: Context, *, one: bool) -> bool:
    """Whether nothing is done with the results but to see whether there are any, or to take the first.

    With `one` it may be the first that fits.
    """
    return not any(
        use.fate not in HARMLESS
        and not _takes_one(use)
        and not is_noted(ctx, use)
        and not (one and _stops_at_first(use, ctx))
        for path in _paths(page.results)
        for use in uses.of(path)
    )


def _stops_at_first(use: Use, ctx: Context) -> bool:
    """Whether a loop over the results is left as soon as one fits."""
    if use.fate is not Fate.ITERATED or not isinstance(use.node, cst.For):
        return False
    return any(isinstance(node, (cst.Return, cst.Break)) for node in ctx.module.tree.subtree(use.node.body))


def _takes_one(use: Use) -> bool:
    """`resp["Items"].pop()`"""
    match use.call:
        case cst.Call(func=cst.Attribute(attr=cst.Name("pop"))) if use.fate is Fate.CALLED:
            return True
    return False


def _paths(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`("DistributionList", "Items")` of `DistributionList.Items`."""
    return (tuple(name.split(".")) for name in names)
