"""Where in the event a value stands: `record["body"]` of each record is `Records`, any element, `body`.

The way is followed back through names, parameters, loops and plain calls to the parameter that takes the
event. A call that makes something else of a part of it, such as `json.loads`, leaves a mark, so that keys of
what was inside are not taken for keys of the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.knowledge.event_records import DATA_CLASS_ATTRIBUTES
from lambda_lint.semantics import passing
from lambda_lint.semantics.arguments import Absent
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    Const,
    Either,
    Element,
    Expr,
    Item,
    Ref,
    Scope,
    Within,
)
from lambda_lint.semantics.fillings import is_receiver
from lambda_lint.semantics.partials import behind_partial
from lambda_lint.semantics.values import External, Frame, FunctionKey, FunctionValue, Method, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.semantics.evaluate import Evaluator

EventPath: TypeAlias = tuple[str, ...]

ELEMENT = "[]"
"""Any element of a list or dict."""
INSIDE = "()"
"""What a call made of the value."""

MAX_STEPS = 200
SAME_ELEMENTS = frozenset(
    {
        "builtins.enumerate",
        "builtins.filter",
        "builtins.iter",
        "builtins.list",
        "builtins.reversed",
        "builtins.sorted",
        "builtins.tuple",
        "copy.copy",
        "copy.deepcopy",
        "tqdm.tqdm",
    }
)
"""Callables whose result has the elements of an argument."""
SECOND = frozenset({"builtins.filter"})
VIEWS = frozenset({"copy", "items", "values"})
"""Methods of a dict or list that keep its elements."""

_Step: TypeAlias = tuple[Where, Expr, EventPath]
_Start: TypeAlias = "tuple[int, int, str, tuple[int, ...], bool, Frame | None]"
"""A name at its own scope, the bindings that a use may see, and whether it may be the parameter's value."""


class EventPaths:
    """Answers for the events that enter at some functions' first parameters."""

    def __init__(self, ev: Evaluator, roots: Iterable[FunctionKey]) -> None:
        self._ev = ev
        self._found: dict[_Start, frozenset[EventPath]] = {}
        self._known: dict[tuple[FunctionKey, str], list[tuple[Where, Expr]]] = {}
        self._inputs = {(root, _first_parameter(ev, root)) for root in roots}

    def of(self, where: Where, expr: Expr) -> frozenset[EventPath]:
        """Every way from the event to the expression; empty if none is found."""
        if not isinstance(expr, Ref):
            return self._search(where, expr)
        start = self._start(where, expr.name)
        known = self._found.get(start)
        if known is None:
            known = self._found[start] = self._search(where, expr)
        return known

    def _start(self, where: Where, name: str) -> _Start:
        """What a name may be bound to where it is used: other uses that see the same have the same ways."""
        scope, at = self._ev.names.binding_scope(*where[:2], name, where.at)
        if scope is None:
            return (where.module, 0, name, (), False, None)
        reaching, initial = reaching_bindings(scope.bindings.get(name, ()), at)
        orders = tuple(binding.order for binding in reaching)
        return (where.module, scope.index, name, orders, initial, where.frame)

    def _search(self, where: Where, expr: Expr) -> frozenset[EventPath]:
        found: set[EventPath] = set()
        pending: list[_Step] = [(where, expr, ())]
        seen: set[tuple[Where, int, EventPath]] = set()
        while pending and len(seen) < MAX_STEPS:
            seen_from, current, tail = pending.pop()
            key = (seen_from, id(current), tail)
            if key in seen:
                continue
            seen.add(key)
            if isinstance(current, Ref):
                scope, at = self._ev.names.binding_scope(*seen_from[:2], current.name, seen_from.at)
                if scope is not None and self._enters(seen_from.module, scope, current.name, at):
                    found.add(tail)
                elif scope is not None:
                    pending.extend(self._bound(seen_from.module, scope, current.name, at, tail))
            else:
                pending.extend(self._behind(seen_from, current, tail))
        return frozenset(found)

    def _behind(self, where: Where, expr: Expr, tail: EventPath) -> Iterator[_Step]:
        match expr:
            case Item(base, Const(str(key))):
                yield where, base, (key, *tail)
            case Item(base) | Element(base):
                yield where, base, tail if tail[:1] == (ELEMENT,) else (ELEMENT, *tail)
            case Attr(base, name):
                yield where, base, (DATA_CLASS_ATTRIBUTES.get(name, name), *tail)
            case Either(options):
                yield from ((where, option, tail) for option in options)
            case Within(scope, inner):
                yield where._replace(scope=scope), inner, tail
            case CallRef(site):
                yield from self._through_call(where, site, tail)

    def _through_call(self, where: Where, site: int, tail: EventPath) -> Iterator[_Step]:
        call = self._ev.modules[where.module].calls[site]
        seen = Where(where.module, call.scope, call.order, where.frame)
        first = call.args[0].value if call.args else None
        match call.func:
            case Attr(base, "get") if isinstance(first, Const) and isinstance(first.value, str):
                yield seen, base, (first.value, *tail)
                return
            case Attr(base, name) if name in VIEWS and not call.args:
                yield seen, base, tail
                return
        for callee in self._ev.values(seen, call.func):
            match behind_partial(callee):
                case External(name) if name in SAME_ELEMENTS:
                    given = call.args[1:2] if name in SECOND else call.args[:1]
                    yield from ((seen, arg.value, tail) for arg in given)
                case External() if first is not None:
                    yield seen, first, (INSIDE, *tail)
                case FunctionValue(key) | Method(key):
                    for value, order in self._ev.scope(key).returns:
                        yield Where(key[0], key[1], order), value, tail

    def _enters(self, module: int, scope: Scope, name: str, at: int | None) -> bool:
        _, is_parameter = reaching_bindings(scope.bindings.get(name, ()), at)
        return is_parameter and ((module, scope.index), name) in self._inputs

    def _bound(
        self, module: int, scope: Scope, name: str, at: int | None, tail: EventPath
    ) -> Iterator[_Step]:
        reaching, initial = reaching_bindings(scope.bindings.get(name, ()), at)
        for binding in reaching:
            yield Where(module, scope.index, binding.order), binding.value, tail
        if initial and any(param.name == name for param in scope.params):
            for where, expr in self._passed((module, scope.index), scope, name):
                yield where, expr, tail

    def _passed(self, function: FunctionKey, scope: Scope, name: str) -> list[tuple[Where, Expr]]:
        """What the callers pass for a parameter, which many ways lead through."""
        known = self._known.get((function, name))
        if known is None:
            each = (
                passing.passed(
                    self._ev, passing.given_by(self._ev, incoming, None), scope, name, bound=incoming.bound
                )
                for incoming in self._ev.callers.get(function, ())
            )
            known = self._known[function, name] = [found for found in each if not isinstance(found, Absent)]
        return known


def _first_parameter(ev: Evaluator, function: FunctionKey) -> str:
    """The parameter that takes the event: the first, after the receiver of a method."""
    facts, scope = ev.modules[function[0]], ev.scope(function)
    names = [param.name for param in scope.params]
    if names and is_receiver(facts, scope, Ref(names[0])):
        names = names[1:]
    return names[0] if names else ""
