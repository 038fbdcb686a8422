"""Whether instances of a class are nothing that JSON knows: no dict, no text, no number, no named tuple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.analyses.encoded_results import decorator_names
from lambda_lint.knowledge import json_values
from lambda_lint.semantics.values import ClassValue, External, Where

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.values import FunctionKey, Value


def is_plain(ev: Evaluator, cls: FunctionKey) -> bool:
    """Whether all bases and decorators of a class of the project are known, and none makes it more."""
    return all(_is_plain(ev, each) for each in ev.order_of_bases(cls))


def _is_plain(ev: Evaluator, cls: FunctionKey) -> bool:
    scope = ev.scope(cls)
    where = Where(cls[0], scope.parent or 0, scope.order)
    return (
        scope.metaclass is None
        and not json_values.SAVING_METHODS.intersection(scope.bindings)
        and all(_is_plain_base(value) for base in scope.bases for value in ev.values(where, base))
        and all(name in json_values.PLAIN_DECORATORS for name in decorator_names(ev, cls))
    )


def _is_plain_base(base: Value) -> bool:
    is_known = isinstance(base, External) and base.name in json_values.PLAIN_BASES
    return is_known or isinstance(base, ClassValue)
