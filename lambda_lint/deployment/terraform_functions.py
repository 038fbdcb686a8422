"""The functions of Terraform whose results can be known."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.deployment import made_values
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.intrinsics import call_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.deployment.evaluation import Evaluator
    from lambda_lint.model.location import Span

    Function: TypeAlias = Callable[[Evaluator, Span, list[Value]], Value]

_VERB = re.compile(r"%[sdv]")


def _same(_: Evaluator, span: Span, given: list[Value]) -> Value:
    return given[0] if given else made_values.unknown(span)


def _join(evaluator: Evaluator, span: Span, given: list[Value]) -> Value:
    match given:
        case [delimiter, Sequence(items=items)] if (literal := evaluator.literal(delimiter)) is not None:
            return made_values.joined(span, items, literal)
    return made_values.unknown(span)


def _format(evaluator: Evaluator, span: Span, given: list[Value]) -> Value:
    literal = evaluator.literal(given[0]) if given else None
    if literal is None or literal.count("%") != len(given) - 1:
        return made_values.unknown(span)
    pieces = _VERB.split(literal)
    if len(pieces) != len(given):
        return made_values.unknown(span)
    parts: list[Value] = [made_values.text(span, pieces[0])]
    for argument, piece in zip(given[1:], pieces[1:], strict=True):
        parts += (argument, made_values.text(span, piece))
    return made_values.joined(span, parts)


def _concat(_: Evaluator, span: Span, given: list[Value]) -> Value:
    items: list[Value] = []
    for value in given:
        items.extend(value.items if isinstance(value, Sequence) else (made_values.unknown(value.span),))
    return made_values.sequence(span, items)


def _merge(_: Evaluator, span: Span, given: list[Value]) -> Value:
    if any(not isinstance(value, Mapping) or call_of(value) for value in given):
        return made_values.unknown(span)
    entries = (
        (name, entry.key.span, entry.value)
        for value in given
        if isinstance(value, Mapping)
        for name, entry in value.entries.items()
    )
    return made_values.mapping(span, entries)


def _first(evaluator: Evaluator, span: Span, given: list[Value]) -> Value:
    """Of `coalesce` and `try`: the first, if nothing about it is open."""
    is_known = bool(given) and (bool(given[0].children) or evaluator.literal(given[0]) not in {None, ""})
    return given[0] if is_known else made_values.unknown(span)


def _lookup(evaluator: Evaluator, span: Span, given: list[Value]) -> Value:
    match given:
        case [Mapping(entries=entries), key, *_] if (name := evaluator.literal(key)) in entries:
            return entries[name].value
    return made_values.unknown(span)


def _element(evaluator: Evaluator, span: Span, given: list[Value]) -> Value:
    match given:
        case [Sequence(items=items), index] if items and (number := evaluator.number(index)) is not None:
            return items[number % len(items)]
    return made_values.unknown(span)


def _of_text(change: Callable[..., str], count: int = 1) -> Function:
    """A function of texts that are all known."""

    def changed(evaluator: Evaluator, span: Span, given: list[Value]) -> Value:
        literals = [literal for value in given if (literal := evaluator.literal(value)) is not None]
        if len(literals) != count or len(given) != count:
            return made_values.unknown(span)
        return made_values.text(span, change(*literals))

    return changed


FUNCTIONS: dict[str, Function] = {
    "abspath": _same,
    "basename": _of_text(posixpath.basename),
    "coalesce": _first,
    "concat": _concat,
    "dirname": _of_text(posixpath.dirname),
    "element": _element,
    "format": _format,
    "join": _join,
    "jsonencode": _same,
    "lookup": _lookup,
    "lower": _of_text(str.lower),
    "merge": _merge,
    "nonsensitive": _same,
    "one": _same,
    "pathexpand": _same,
    "sensitive": _same,
    "title": _of_text(str.title),
    "tolist": _same,
    "tomap": _same,
    "tonumber": _same,
    "toset": _same,
    "tostring": _same,
    "trimprefix": _of_text(str.removeprefix, 2),
    "trimspace": _of_text(str.strip),
    "trimsuffix": _of_text(str.removesuffix, 2),
    "try": _first,
    "upper": _of_text(str.upper),
}


def or_nothing(value: Value) -> Value:
    """A branch of a condition: `null` is as if nothing were said."""
    is_null = isinstance(value, Scalar) and value.text is None and not value.tag
    return Scalar(value.span, "!Ref", "AWS::NoValue", "") if is_null else value


def calculated(span: Span, operator: str, left: int | None, right: int | None) -> Value:
    """What two whole numbers come to, if both are known."""
    if left is None or right is None or (operator == "/" and (not right or left % right)):
        return made_values.unknown(span)
    results = {"+": left + right, "-": left - right, "*": left * right}
    return made_values.text(span, str(left // right if operator == "/" else results[operator]))
