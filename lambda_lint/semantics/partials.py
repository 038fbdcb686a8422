"""What a call by `functools.partial` runs in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.values import Partial

if TYPE_CHECKING:
    from lambda_lint.semantics.values import Value


def behind_partial(callee: Value) -> Value:
    """The callable that gets the arguments, however many partial objects stand before it."""
    while isinstance(callee, Partial):
        callee = callee.target
    return callee
