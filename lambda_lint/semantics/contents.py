"""What lists, dicts and generators of the project hold: as they were written, and what was put into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics import results
from lambda_lint.semantics.facts import Attr, CallRef, Const, Element, Expr, Pairs, ScopeKind
from lambda_lint.semantics.values import (
    UNKNOWN,
    ClassValue,
    Constant,
    Display,
    Frame,
    FunctionValue,
    Instance,
    Method,
    Value,
    Values,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.fillings import Filling

VIEWS = frozenset({"items", "keys", "values"})


def item(ev: Evaluator, where: Where, base: Expr, key: Expr) -> Values:
    """`base[key]`, and one part of what is unpacked."""
    match base, key:
        case Element(CallRef(site)), Const(0 | 1 as part):
            viewed = _viewed(ev, where, site)
            if viewed is not None and viewed[0] == "items":
                return entries(ev, *viewed[1:], UNKNOWN) if part else _keys(ev, *viewed[1:])
    keys = ev.values(where, key)
    return entries(ev, where, base, keys[0] if len(keys) == 1 else UNKNOWN)


def entries(ev: Evaluator, where: Where, base: Expr, key: Value) -> Values:
    """What `base` holds under a key, or under any if the key is not known."""
    written = (ev.item_of(owner, key) for owner in ev.values(where, base))
    return ev.union((*written, *filled(ev, where, base, key)))


def filled(ev: Evaluator, where: Where, base: Expr, key: Value) -> Iterator[Values]:
    """What was put into `base` under the key, one by one."""
    for filling in _fillings(ev, where, base):
        for seen in _seen(ev, where, filling):
            if filling.key is not None and isinstance(key, Constant):
                keys = ev.values(seen, filling.key)
                if key not in keys and all(isinstance(each, Constant) for each in keys):
                    continue
            yield ev.values(seen, filling.value)


def elements(ev: Evaluator, where: Where, base: Expr) -> Values:
    """What iterating over `base` yields."""
    if isinstance(base, CallRef):
        viewed = _viewed(ev, where, base.site)
        if viewed is not None and viewed[0] != "items":
            return entries(ev, *viewed[1:], UNKNOWN) if viewed[0] == "values" else _keys(ev, *viewed[1:])
        yielded = results.yielded(ev, where, base, iterated=True)
        if yielded is not None:
            return yielded
    owners = ev.values(where, base)
    if any(isinstance(owner, Display) and isinstance(owner.expr, Pairs) for owner in owners):
        return _keys(ev, where, base)
    return entries(ev, where, base, UNKNOWN)


def _keys(ev: Evaluator, where: Where, base: Expr) -> Values:
    found: list[Values] = []
    for owner in ev.values(where, base):
        match owner:
            case Display(expr=Pairs(pairs)):
                seen = ev.inside(owner)
                found.extend((UNKNOWN,) if key is None else ev.values(seen, key) for key, _ in pairs)
            case _:
                found.append((UNKNOWN,))
    for filling in _fillings(ev, where, base):
        keys = (
            (ev.values(seen, filling.key) for seen in _seen(ev, where, filling))
            if filling.key
            else ((UNKNOWN,),)
        )
        found.extend(keys)
    return ev.union(found)


def _viewed(ev: Evaluator, where: Where, site: int) -> tuple[str, Where, Expr] | None:
    """The method, and the dict that is written out, of a call such as `ACTIONS.items()`."""
    call = ev.modules[where.module].calls[site]
    if not isinstance(call.func, Attr) or call.func.name not in VIEWS or call.args:
        return None
    seen, base = Where(where.module, call.scope, call.order, where.frame), call.func.base
    owners = ev.values(seen, base)
    written = any(isinstance(owner, Display) and isinstance(owner.expr, Pairs) for owner in owners)
    return (call.func.name, seen, base) if written else None


def _fillings(ev: Evaluator, where: Where, base: Expr) -> list[Filling]:
    found = dict.fromkeys(ev.fillings.of(where.module, where.scope, base))
    if isinstance(base, Attr):
        for owner in ev.values(where, base.base):
            if isinstance(owner, (Instance, ClassValue)):
                cls = owner.cls if isinstance(owner, Instance) else owner.key
                for each in ev.order_of_bases(cls):
                    found.update(dict.fromkeys(ev.fillings.of_attribute(each, base.name)))
    return [filling for filling in found if filling.is_item]


def _seen(ev: Evaluator, where: Where, filling: Filling) -> list[Where]:
    """From where a filling is seen: for a decorator that registers functions, from each of its uses."""
    if (filling.module, filling.scope) == (where.module, where.scope):
        is_later = where.at is not None and filling.order > where.at
        return [] if is_later else [where._replace(at=filling.order)]
    scopes = ev.modules[filling.module].scopes
    scope = scopes[filling.scope]
    while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
        scope = scopes[scope.parent]
    outside = Where(filling.module, filling.scope, filling.order)
    function = (filling.module, scope.index)
    frames: list[Frame] = []
    sites = [(each.module, each.call) for each in ev.callers_of(function) if each.call is not None]
    for site in sites:
        call = ev.call(site)
        if call.decorates is not None:
            for value in ev.values(Where(site[0], call.scope, call.order), call.func):
                if isinstance(value, FunctionValue) and value.key == function:
                    frames.append(Frame(function, site, None, None, value.frame))
                elif isinstance(value, Method) and value.key == function:
                    frames.append(Frame(function, site, None, value.owner))
    return [outside._replace(frame=frame) for frame in frames] or [outside]
