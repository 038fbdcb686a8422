"""How the function of a handler comes to be called, and what of its result the runtime gets.

A handler's name may be bound to the function itself, or to what decorators and wrappers made of it. Only if
all of them are known, it is known what the runtime gets.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, cast

from lambda_lint.knowledge.handler_wrappers import PASS_ON
from lambda_lint.model.labels import Origin
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import Attr, CallRef, ParamKind, Ref
from lambda_lint.semantics.values import (
    ClassValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Method,
    Returned,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Expr, Scope
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey, Value


@dataclass(frozen=True, slots=True)
class Entry:
    """The function of a handler, and how the runtime, or wrappers that hand on its result, call it."""

    function: FunctionValue | Method
    is_called_plainly: bool
    """Whether it is called with what the runtime passes: an event and a context, by position."""


def entry_of(project: Project, handler: HandlerFacts) -> Entry | None:
    """How the function of a handler comes to be called; None if that is not certain.

    Nothing that is not known stands between it and the runtime, and what it returns is what the runtime gets.
    """
    ev = project.evaluator
    if handler.scope is None or not _is_named_here(project, handler):
        return None
    own = (handler.module, handler.scope)
    found = agreed(ev.exported(handler.module, handler.name))
    is_plain, is_wrapped = True, _is_wrapped(ev, own)
    if is_wrapped is None or (is_wrapped and getattr(found, "key", own) == own):
        return None
    seen: set[Value] = set()
    while isinstance(found, (FunctionValue, Method)) and found.key != own and found not in seen:
        seen.add(found)
        inner = _handed_on(ev, found)
        if inner is None:
            return None
        found, is_plain = inner[0], is_plain and inner[1]
    is_own = isinstance(found, (FunctionValue, Method)) and found.key == own
    return Entry(cast("FunctionValue | Method", found), is_plain) if is_own else None


def is_only_a_handler(project: Project, handler: HandlerFacts) -> bool:
    """Whether the runtime is sure to call it: it is deployed, or nothing else in the project uses it."""
    if {Origin.TEMPLATE, Origin.CONFIGURED}.intersection(handler.origins):
        return True
    callers = project.evaluator.callers.get((handler.module, handler.scope or 0))
    return not (callers or _is_imported(project, handler) or _is_mentioned(project, handler))


def _handed_on(ev: Evaluator, wrapper: FunctionValue | Method) -> tuple[Value | None, bool] | None:
    """What a wrapper calls and hands on the result of, and whether it passes what it was given."""
    scope = ev.scope(wrapper.key)
    if scope.is_async or scope.yields:
        return None
    owner = wrapper.owner if isinstance(wrapper, Method) else None
    closure = wrapper.frame if isinstance(wrapper, FunctionValue) else None
    inside = Frame(wrapper.key, None, None, owner, closure)
    calls = {_call_behind(scope, value, order) for value, order in scope.returns}
    if len(calls) != 1 or None in calls:
        return None
    call = ev.call((wrapper.key[0], cast("int", calls.pop())))
    found = agreed(ev.values(Where(wrapper.key[0], call.scope, call.order, inside), call.func))
    return found, _passes_on(scope, call, is_method=owner is not None)


def _call_behind(scope: Scope, value: Expr, order: int) -> int | None:
    """The call whose result a `return` hands on: itself, or by way of a local name."""
    if isinstance(value, Ref):
        reaching, initial = reaching_bindings(scope.bindings.get(value.name, ()), order)
        value = value if initial or len(reaching) != 1 else reaching[0].value
    return value.site if isinstance(value, CallRef) else None


def _passes_on(scope: Scope, call: Call, *, is_method: bool) -> bool:
    """Whether a call passes all parameters of the function around, in order."""
    kinds = {ParamKind.PLAIN: "", ParamKind.STAR: "*", ParamKind.DOUBLE_STAR: "**"}
    params = [(kinds.get(each.kind), Ref(each.name)) for each in scope.params[is_method:]]
    return params == [(arg.star, arg.value) for arg in call.args if arg.keyword is None]


def _is_named_here(project: Project, handler: HandlerFacts) -> bool:
    """Whether the name by which the handler is known belongs to the module that defines its function."""
    if handler.name not in project.modules[handler.module].scopes[0].bindings:
        return False
    stem, _ = posixpath.splitext(project.paths[handler.module].removesuffix("/__init__.py"))
    deployed = (function.handler for function in handler.deployed if function.inline is None)
    tails = (name.rpartition(".")[0].replace(".", "/") for name in deployed if name)
    return all(f"/{stem}".endswith(f"/{posixpath.basename(tail)}") for tail in tails)


def _is_wrapped(ev: Evaluator, function: FunctionKey) -> bool | None:
    """Whether a function wears decorators of the project; None if it wears unknown ones."""
    scope = ev.scope(function)
    where = Where(function[0], scope.parent or 0, scope.order)
    is_wrapped = False
    for decorator in scope.decorators:
        match agreed(ev.values(where, decorator)):
            case FunctionValue() | Method() | ClassValue() | Instance():
                is_wrapped = True
            case External(name) | Returned(name) if name in PASS_ON:
                pass
            case _:
                return None
    return is_wrapped


def _is_imported(project: Project, handler: HandlerFacts) -> bool:
    known = project.once(_imported_names)
    own = project.modules[handler.module].scopes[handler.scope or 0].name
    return not known.get(handler.module, set()).isdisjoint({handler.name, own, "*", None})


def _imported_names(project: Project) -> dict[int, set[str | None]]:
    """Module -> what other modules, outside of tests, import of it; None stands for the module itself."""
    found: dict[int, set[str | None]] = {}
    for number, module in enumerate(project.modules):
        for imported in () if number in project.tests else module.imports:
            target = project.linker.resolve(number, imported.module, imported.level)
            if target is not None and target != number:
                found.setdefault(target, set()).add(imported.name)
    return found


def _is_mentioned(project: Project, handler: HandlerFacts) -> bool:
    """Whether its own module does something with the function, other than to try it out as a script."""
    facts = project.modules[handler.module]
    own = facts.scopes[handler.scope or 0]
    bound = [
        binding.value
        for scope in facts.scopes
        for name, bindings in scope.bindings.items()
        for binding in bindings
        if name != handler.name or scope.parent is not None
    ]
    used = [
        *(value for value in bound if not isinstance(value, (Ref, CallRef))),
        *(
            arg.value
            for call in facts.calls
            if not call.in_main and call.decorates is None
            for arg in call.args
        ),
        *(value for scope in facts.scopes for value, _ in (*scope.returns, *scope.yields)),
        *(store.value for store in facts.item_stores),
        *(given.value for given in facts.attr_stores),
    ]
    is_method = own.parent != 0
    return any(refers_to(expr, own.name, is_attribute=is_method) for expr in used)


def refers_to(expr: Expr, name: str, *, is_attribute: bool = False) -> bool:
    """Whether a name, or an attribute of that name, stands anywhere in an expression."""
    pending: list[object] = [expr]
    while pending:
        current = pending.pop()
        if isinstance(current, Attr if is_attribute else Ref) and current.name == name:
            return True
        if isinstance(current, tuple):
            pending.extend(current)
        elif is_dataclass(current):
            pending.extend(getattr(current, field.name) for field in fields(current))
    return False
