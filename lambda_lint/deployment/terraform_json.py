"""Documents that are written as texts in files of Terraform."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.deployment import hcl, made_values
from lambda_lint.deployment.document import Mapping, Scalar, Sequence
from lambda_lint.deployment.terraform_names import shifted

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

    Evaluate: TypeAlias = Callable[[tuple[str | hcl.Expression | None, ...], Span], Value]
    """Makes a value of a text with interpolations."""

_INTERPOLATION = re.compile(r"\$\{[^{}]*\}")


def placed(value: Value, start: int, inner: list[hcl.Expression], base: int, evaluate: Evaluate) -> Value:
    """A part of a document that begins at `start`, with its places in the file.

    `inner` are the interpolations of the whole text, whose places count from `base`.
    """
    span = shifted(value.span, start)
    match value:
        case Sequence(items=items):
            return made_values.sequence(span, [placed(item, start, inner, base, evaluate) for item in items])
        case Mapping(entries=entries):
            below = [
                (name, shifted(key.span, start), placed(item, start, inner, base, evaluate))
                for name, (key, item) in entries.items()
            ]
            return made_values.mapping(span, below)
        case Scalar(text=str(text)) if "${" in text:
            return _interpolated(text, span, inner, base, evaluate)
        case Scalar(text=text, style=style):
            return Scalar(span, "", text, style)
    raise AssertionError(value)  # pragma: no cover - there are no other values


def _interpolated(text: str, span: Span, inner: list[hcl.Expression], base: int, evaluate: Evaluate) -> Value:
    within = [
        node for node in inner if span.start <= node.span.start + base and node.span.end + base <= span.end
    ]
    pieces = _INTERPOLATION.split(text)
    if len(pieces) != len(within) + 1:
        return made_values.unknown(span)
    parts: list[str | hcl.Expression | None] = [pieces[0]]
    for node, piece in zip(within, pieces[1:], strict=True):
        parts += (node, piece)
    return evaluate(tuple(part for part in parts if part != ""), span)
