"""What a function of another module does with an argument, as far as the facts of that module tell.

Trees do not leave their module, so less is seen here than in `uses`: keys that are looked up, and whether
anything else is done with the parameter, which then counts as an escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.analyses.fates import Fate, Part, Path, Use
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    Const,
    Either,
    Element,
    Entered,
    Expr,
    Item,
    Items,
    Opaque,
    Pairs,
    ParamKind,
    Ref,
    Text,
    Within,
)
from lambda_lint.semantics.values import External, FunctionValue, Method, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Arg, AttrStore, ItemStore, ModuleFacts, Param, Scalar, Scope
    from lambda_lint.semantics.values import FunctionKey

Parameter: TypeAlias = "tuple[FunctionKey, str]"
"""A function of the project, and the name of its parameter."""

PARTIAL = External("functools.partial")
MOST_PARAMETERS = 20
"""How far a value is followed from one function to the next."""
READERS = frozenset({"get", "pop", "setdefault"})
"""Methods of a dict that look a key up."""


def parameters_given(ev: Evaluator, key: tuple[int, int], position: int) -> list[Parameter] | None:
    """The parameters of project functions that receive an argument of the call, counted with all others.

    None if the call may enter something else as well, or if it is not clear which parameter it is.
    """
    call = ev.call(key)
    where, args = Where(key[0], call.scope, call.order), call.args
    callees = ev.values(where, call.func)
    if callees == (PARTIAL,) and position:
        callees, args, position = ev.values(where, args[0].value), args[1:], position - 1
    found: list[Parameter] = []
    for callee in callees:
        if not isinstance(callee, (FunctionValue, Method)):
            return None
        name = _name(ev.scope(callee.key).params, args, position, bound=isinstance(callee, Method))
        if name is None:
            return None
        found.append((callee.key, name))
    return found


def _name(params: tuple[Param, ...], args: tuple[Arg, ...], position: int, *, bound: bool) -> str | None:
    arg = args[position]
    if arg.keyword is not None:
        named = [param.name for param in params if param.kind in {ParamKind.PLAIN, ParamKind.KEYWORD}]
        return arg.keyword if arg.keyword in named else None
    plain = [param.name for param in params if param.kind is ParamKind.PLAIN]
    is_clear = position + bound < len(plain) and not any(each.star for each in args[: position + 1])
    return plain[position + bound] if is_clear else None


def uses_of_parameter(ev: Evaluator, parameter: Parameter, path: Path) -> Iterator[Use]:
    """What is done with a parameter that holds the part at `path` of the value, by whomever it is given."""
    pending, seen = [(parameter, path)], {(parameter, path)}
    while pending:
        current, held = pending.pop()
        for part, fate, given in _uses(ev, current):
            handed = [(each, (*held, *part)) for each in given]
            if not handed or len(seen) > MOST_PARAMETERS:
                yield Use((*held, *part), fate, None)
            fresh = [each for each in handed if each not in seen]
            seen.update(fresh)
            pending.extend(fresh)


def _uses(ev: Evaluator, parameter: Parameter) -> Iterator[tuple[Path, Fate, list[Parameter]]]:
    """The parts of a parameter that its function uses, and the parameters to which it hands them."""
    (module, scope), name = parameter
    facts = ev.modules[module]
    opened = facts.scopes[scope]
    scopes = [each for each in facts.scopes if opened.order <= each.order <= opened.end]
    if any(name in scope.bindings for scope in scopes):
        yield (), Fate.UNCLEAR, []  # it is bound anew: what is meant then is not worth the effort
    for read in facts.key_reads:
        if opened.order <= read.order <= opened.end:
            part = _part(facts, read.base, name)
            if part is not None:
                yield (*part, read.key), Fate.READ, []
    for expr, fate in _done_in(facts, scopes):
        yield from ((part, fate, []) for part in _mentions(facts, expr, name))
    inside = {each.index for each in scopes}
    for site, call in enumerate(facts.calls):
        for position, arg in enumerate(call.args if call.scope in inside else ()):
            whole = _part(facts, arg.value, name)
            given = [] if whole is None else parameters_given(ev, (module, site), position) or []
            yield from ((part, Fate.PASSED, given) for part in _mentions(facts, arg.value, name))


def _done_in(facts: ModuleFacts, scopes: list[Scope]) -> Iterator[tuple[Expr, Fate]]:
    """The expressions that the facts hold of the scopes, and what is done with each."""
    inside = {scope.index for scope in scopes}
    for call in facts.calls:
        if call.scope in inside and isinstance(call.func, Attr) and call.func.name not in READERS:
            yield call.func.base, Fate.UNCLEAR
    for scope in scopes:
        yield from ((value, Fate.RETURNED) for value, _ in scope.returns)
        yield from ((value, Fate.YIELDED) for value, _ in scope.yields)
        for each in (each for found in scope.bindings.values() for each in found):
            if isinstance(each.value, Element):
                yield each.value.base, Fate.ITERATED
            yield each.value, Fate.STORED
    stores: list[AttrStore | ItemStore] = [*facts.attr_stores, *facts.item_stores]
    yield from ((store.value, Fate.STORED) for store in stores if store.scope in inside)


def _mentions(facts: ModuleFacts, expr: Expr, name: str) -> Iterator[Path]:
    """The parts of the parameter's value that an expression holds."""
    pending = [expr]
    while pending:
        current = pending.pop()
        part = _part(facts, current, name)
        if part is None:
            pending.extend(_children(current))
        else:
            yield part


def _part(facts: ModuleFacts, expr: Expr, name: str) -> Path | None:
    """The part of the parameter's value that an expression is."""
    keys: list[Scalar | Part] = []
    while True:
        match expr:
            case Ref(found):
                return tuple(reversed(keys)) if found == name else None
            case Item(base, key):
                keys.append(key.value if isinstance(key, Const) else Part.SOME)
                expr = base
            case Element(base):
                keys.append(Part.EACH)
                expr = base
            case CallRef(site):
                call = facts.calls[site]
                if not isinstance(call.func, Attr) or call.func.name not in READERS or not call.args:
                    return None
                given = call.args[0].value
                keys.append(given.value if isinstance(given, Const) else Part.SOME)
                expr = call.func.base
            case _:
                return None


def _children(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Item(base, key):
            yield from (base, key)
        case Attr(base) | Element(base) | Entered(base) | Within(_, base):
            yield base
        case Text(parts) | Items(parts) | Opaque(parts) | Either(parts):
            yield from parts
        case Pairs(pairs):
            yield from (value for _, value in pairs)
