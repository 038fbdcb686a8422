"""Values that are others each time, such as `f"order-{uuid4()}"`: which callable makes them so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    Either,
    Element,
    Item,
    Items,
    Opaque,
    Pairs,
    Ref,
    Text,
)
from lambda_lint.semantics.partials import behind_partial
from lambda_lint.semantics.values import External, FunctionValue, Method, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr

MAX_PARTS = 60


def generated_by(ev: Evaluator, where: Where, expr: Expr, makers: Mapping[str, str]) -> str | None:
    """What `makers` calls the callable, if one of them goes into the expression."""
    pending: list[tuple[Where, Expr]] = [(where, expr)]
    seen = 0
    while pending and seen < MAX_PARTS:
        seen += 1
        at, current = pending.pop()
        if isinstance(current, CallRef):
            call = ev.modules[at.module].calls[current.site]
            inner = Where(at.module, call.scope, call.order, at.frame)
            for callee in map(behind_partial, ev.values(inner, call.func)):
                if isinstance(callee, External) and callee.name in makers:
                    return makers[callee.name]
                if isinstance(callee, (FunctionValue, Method)):
                    returns = ev.scope(callee.key).returns
                    pending.extend((Where(*callee.key, order), value) for value, order in returns)
            pending.extend((inner, arg.value) for arg in call.args)
            if isinstance(call.func, Attr):
                pending.append((inner, call.func.base))
        elif isinstance(current, Ref):
            pending.extend(_bound(ev, at, current.name))
        else:
            pending.extend((at, part) for part in _parts(current))
    return None


def _bound(ev: Evaluator, where: Where, name: str) -> Iterator[tuple[Where, Expr]]:
    """What is bound to a name of a function."""
    scope, at = ev.names.binding_scope(where.module, where.scope, name, where.at)
    if scope is not None and scope.parent is not None:
        for binding in reaching_bindings(scope.bindings.get(name, ()), at)[0]:
            yield Where(where.module, scope.index, binding.order, where.frame), binding.value


def _parts(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Text(parts) | Items(parts) | Opaque(parts) | Either(parts):
            return parts
        case Attr(base) | Item(base) | Element(base):
            return (base,)
        case Pairs(pairs):
            return tuple(value for _, value in pairs)
    return ()
