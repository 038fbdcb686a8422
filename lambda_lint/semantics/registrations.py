"""Functions that a program hands to an application object, which calls them later.

`@app.get("/orders")`, `helper.create`, `app.add_api_route("/x", show)`: nothing in the project calls these
functions by name; whoever gives an event to the application reaches them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge.wrappers import MOUNT_METHODS
from lambda_lint.semantics.evaluate import REGISTRATIONS
from lambda_lint.semantics.facts import Attr, CallRef, ScopeKind
from lambda_lint.semantics.values import FunctionKey, FunctionValue, Method, Returned, Value, Where

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Expr

CallKey = tuple[int, int]


class Registrations:
    """For each application object, known by the call that made it, the functions registered on it."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._functions: dict[CallKey, list[FunctionKey]] = {}
        self._mounted: dict[CallKey, list[CallKey]] = {}
        self.registered: set[FunctionKey] = set()
        """All functions that some application will call with parts of the event."""
        for module, facts in enumerate(ev.modules):
            for call in facts.calls:
                self._look(ev, module, call)

    def _look(self, ev: Evaluator, module: int, call: Call) -> None:
        if call.decorates is not None:
            owner = _owner_expression(ev, module, call.func)
            if owner is not None:
                self._register(ev, module, call, owner, [FunctionValue((module, call.decorates))])
        elif isinstance(call.func, Attr) and ev.modules[module].scopes[call.scope].kind is ScopeKind.MODULE:
            where = Where(module, call.scope, call.order)
            given = [value for arg in call.args for value in ev.values(where, arg.value)]
            if any(isinstance(value, (FunctionValue, Method, Returned)) for value in given):
                self._register(ev, module, call, call.func.base, given, method=call.func.name)

    def _register(
        self, ev: Evaluator, module: int, call: Call, owner: Expr, given: list[Value], method: str = ""
    ) -> None:
        for value in ev.values(Where(module, call.scope, call.order), owner):
            if not isinstance(value, Returned):
                continue
            for each in given:
                if isinstance(each, (FunctionValue, Method)):
                    self._functions.setdefault(value.call, []).append(each.key)
                    self.registered.add(each.key)
                elif isinstance(each, Returned) and method in MOUNT_METHODS:
                    self._mounted.setdefault(value.call, []).append(each.call)

    def is_like(self, other: Registrations) -> bool:
        """Whether the same functions are registered on the same objects."""
        return (self._functions, self._mounted) == (other._functions, other._mounted)

    def of(self, value: Value) -> list[FunctionKey]:
        """The functions registered on an object, and on what is mounted on it, in order."""
        if not isinstance(value, Returned):
            return []
        self._ev.note(REGISTRATIONS)
        found: dict[FunctionKey, None] = {}
        seen: set[CallKey] = set()
        pending = [value.call]
        while pending:
            current = pending.pop(0)
            if current in seen:
                continue
            seen.add(current)
            found.update(dict.fromkeys(self._functions.get(current, ())))
            pending.extend(self._mounted.get(current, ()))
        return list(found)


def _owner_expression(ev: Evaluator, module: int, decorator: Expr) -> Expr | None:
    """`app` in `@app.get` and in `@app.get("/x")`."""
    if isinstance(decorator, CallRef):
        decorator = ev.modules[module].calls[decorator.site].func
    return decorator.base if isinstance(decorator, Attr) else None
