"""Whether a function may take away, or replace, what a dict holds under some keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.facts import Attr, Const, Ref
from lambda_lint.semantics.values import External, Returned, SdkMethod, Where

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Expr, Scope

REMOVERS = frozenset({"clear", "pop", "popitem", "update"})
"""Methods by which what a dict holds may go away."""

OUTSIDE = (External, Returned, SdkMethod)
"""Callables that do not change the dicts they are given."""

PARTIAL = External("functools.partial")
"""The exception: it hands them on to another function."""


def is_altered(
    ev: Evaluator,
    where: Where,
    scope: Scope,
    name: str,
    keys: tuple[str, ...],
    is_other: Callable[[Where, Expr], bool],
) -> bool:
    """Whether something else may come under one of the keys, in the dict of that name or in any other.

    `is_other` tells of a value that is stored there whether it is something else.
    """
    facts = ev.modules[where.module]
    for store in facts.item_stores:
        seen = Where(where.module, store.scope, store.order, where.frame)
        is_inside = scope.order <= store.order <= scope.end
        if is_inside and _may_be(store.key, keys) and is_other(seen, store.value):
            return True
    inside = (call for call in facts.calls if scope.order <= call.order <= scope.end)
    return any(_alters(ev, where, call, name, keys) for call in inside)


def is_before(order: int, at: int | None) -> bool:
    """Whether a node comes before a use; None is a use at any time."""
    return at is None or order < at


def _alters(ev: Evaluator, where: Where, call: Call, name: str, keys: tuple[str, ...]) -> bool:
    if isinstance(call.func, Attr) and call.func.name in REMOVERS:
        given = (Const(arg.keyword) if arg.keyword else arg.value for arg in call.args)
        return not call.args or any(_may_be(key, keys) for key in given)
    if not is_before(call.order, where.at) or all(arg.value != Ref(name) for arg in call.args):
        return False
    seen = Where(where.module, call.scope, call.order, where.frame)
    callees = ev.values(seen, call.func)
    return PARTIAL in callees or not all(isinstance(value, OUTSIDE) for value in callees)


def _may_be(key: Expr, keys: tuple[str, ...]) -> bool:
    return not isinstance(key, Const) or key.value in keys
