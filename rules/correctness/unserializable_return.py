"""LL052: a result that the runtime cannot encode as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    Reach,
    Rule,
    Severity,
    Violation,
    called_for_result,
    encoded_results,
    is_wrong_by_itself,
    unencodable,
)

from ._bodies import own, yields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Unencodable

GENERATOR_HELP = "return the list of what it yields"


class UnserializableReturn(Rule[cst.FunctionDef]):
    """The work is done, and the invocation fails all the same."""

    code = "LL052"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    message = "`{handler}` returns {what}, which the runtime cannot encode as JSON"
    help = "return only dicts, lists, strings, numbers, booleans and `None`: convert everything else first"

    def check(self, function: cst.FunctionDef, ctx: Context, /) -> Iterator[Violation]:
        key = ctx.function_key(function.body)
        handler = encoded_results(ctx.project).get(key)
        if handler is None:
            return
        if yields(function, ctx):
            yield self.violation(function.name, help=GENERATOR_HELP, handler=handler, what="a generator")
            return
        path = ctx.path_to(function.body)
        if path and not is_wrong_by_itself(ctx, key):
            return
        for part, found in _wrong_parts(function, ctx):
            yield self.violation(part, path=path, handler=handler, what=_in_words(found))


def _wrong_parts(function: cst.FunctionDef, ctx: Context) -> Iterator[tuple[cst.BaseExpression, Unencodable]]:
    for statement in own(cst.Return, function, ctx):
        inner = None if statement.value is None else called_for_result(ctx, statement.value)
        if inner is not None and is_wrong_by_itself(ctx, inner):
            continue  # the finding is there
        for part in _parts(statement.value):
            found = unencodable(ctx, part)
            if found is not None:
                yield part, found


def _parts(value: cst.BaseExpression | None) -> list[cst.BaseExpression]:
    """The values of a dict that is written out, and of dicts and lists in it; else the expression itself."""
    found: list[cst.BaseExpression] = []
    pending = [] if value is None else [value]
    while pending:
        match pending.pop():
            case cst.Dict(elements):
                pending += [each.value for each in reversed(elements) if isinstance(each, cst.DictElement)]
            case cst.List(elements) | cst.Tuple(elements):
                pending += [each.value for each in reversed(elements) if isinstance(each, cst.Element)]
            case other:
                found.append(other)
    return found


def _in_words(found: Unencodable) -> str:
    under = f" under `{'.'.join(found.keys)}`" if found.keys else ""
    origin = f" from `{found.operation}`" if found.operation else ""
    return f"{found.what}{under}{origin}"
