"""Who calls whom, over the whole project.

The graph is built in rounds: parameters are what the known calls pass, so each round may find callees that
the one before could not. A round looks again only at calls for which it may matter. A caller is a function,
a lambda or a module's own level.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lambda_lint.knowledge import wrappers
from lambda_lint.semantics import members, passing
from lambda_lint.semantics.callees import Callee, Callees, Guard
from lambda_lint.semantics.evaluate import ANNOTATIONS, NO_READS, REGISTRATIONS
from lambda_lint.semantics.facts import Attr, ScopeKind, property_part
from lambda_lint.semantics.registrations import Registrations
from lambda_lint.semantics.values import (
    ClassValue,
    External,
    FunctionKey,
    FunctionValue,
    Incoming,
    Instance,
    Method,
    Partial,
    Returned,
    SdkMethod,
    Value,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.evaluate import Evaluator, Read, Reads
    from lambda_lint.semantics.facts import Call, Expr, Load

MAX_ROUNDS = 6
PARTIAL = "functools.partial"
ENTERING = ("__enter__", "__exit__", "__aenter__", "__aexit__")
SETTER = property_part("", "setter")
CALLERS = frozenset(
    {"atexit.register", "builtins.map", "builtins.filter", "builtins.sorted", "builtins.min", "builtins.max"}
)
"""Callables outside the project that call a function argument even at module level."""


DECORATORS = (FunctionValue, Method, ClassValue, Instance)
"""What a decorator of the project may be."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A call from one function to another, at a place of the caller's module."""

    caller: FunctionKey
    callee: FunctionKey
    order: int
    """The node that calls: a call, an attribute read that runs a property, a `with` item."""
    guards: tuple[Guard, ...]
    """If what one of them fills outlives the invocation, the call is made once per execution environment."""
    in_main: bool
    made: FunctionKey | None = None
    """The class that is instantiated, if the call makes an instance."""
    is_cached: bool = False
    """Whether a cache that is made at import stands between the call and what it runs."""


class CallGraph:
    """The edges, and what the rounds taught the evaluator about parameters.

    Calls in test modules are left out: they say nothing about what is passed in production.
    """

    def __init__(self, ev: Evaluator, tests: frozenset[int] = frozenset()) -> None:
        self.ev = ev
        self.edges: dict[FunctionKey, list[Edge]] = {}
        self.callees = Callees(ev)
        self._properties = _property_names(ev)
        self._known: set[tuple[FunctionKey, Incoming]] = set()
        self._drawn: set[Edge] = set()
        calls = [
            (module, call)
            for module, facts in enumerate(ev.modules)
            if module not in tests
            for call in range(len(facts.calls))
        ]
        self._reads: dict[tuple[int, int], Reads] = {}
        """Calls, in order -> what may change the edges that were drawn for them."""
        self._learned: set[Read] = set()
        """What the last round changed."""
        self._register()
        self._link_all(calls)
        if ev.trust_annotations():
            self._link_all(self._outdated({ANNOTATIONS}))
        self._reads.clear()
        for module, facts in enumerate(ev.modules):
            for load in facts.loads if module not in tests else ():
                if load.name in self._properties:
                    self._link_load(module, load)
        for edges in self.edges.values():
            edges.sort(key=lambda edge: (edge.order, edge.callee))

    def _link_all(self, calls: list[tuple[int, int]]) -> None:
        """Link the calls, and again those that may run something else by what others have taught."""
        for _ in range(MAX_ROUNDS):
            self._learned = set()
            for key in calls:
                self.ev.reads = set()
                self._link(key)
                self._reads[key] = self.ev.reads or NO_READS
            if not self._learned:
                break
            calls = self._outdated(self._learned)

    def _outdated(self, changed: set[Read]) -> list[tuple[int, int]]:
        """The calls that may run something else now; what was concluded before is forgotten."""
        self.ev.forget(changed)
        if not self._registered_by.isdisjoint(changed):
            before = self.registrations
            self._register()
            if not self.registrations.is_like(before):
                changed = {*changed, REGISTRATIONS}
        return [key for key, reads in self._reads.items() if not reads.isdisjoint(changed)]

    def _register(self) -> None:
        self.ev.reads = set()
        self.registrations = Registrations(self.ev)
        self._registered_by: Reads = self.ev.reads

    def function_of(self, module: int, scope: int) -> FunctionKey:
        """The function, lambda or module whose run evaluates `scope`."""
        return self.callees.function_of(module, scope)

    # -- calls

    def _link(self, key: tuple[int, int]) -> None:
        """Draw the edges of a call."""
        module = key[0]
        call = self.ev.call(key)
        where = Where(module, call.scope, call.order)
        if isinstance(call.func, Attr) and call.func.name == "start":
            self._link_start(where, key, call, call.func.base)
        for value in self.ev.values(where, call.func):
            if call.decorates is not None and not isinstance(value, DECORATORS):
                continue
            for callee in self.callees.of(value, key):
                self._draw(module, call, callee)
            if isinstance(value, (External, Returned, SdkMethod)):
                self._link_outside(where, key, call, value)

    def _draw(self, module: int, call: Call, callee: Callee, *, is_cached: bool = False) -> None:
        function, incoming = callee.function, callee.incoming
        if incoming is not None and (function, incoming) not in self._known and not call.in_main:
            self._known.add((function, incoming))
            self.ev.callers.setdefault(function, []).append(incoming)
            self._learned.add(function)
        caller = self.function_of(module, call.scope)
        guards = (*_guards(module, call), *callee.guards)
        self._add(Edge(caller, callee.function, call.order, guards, call.in_main, callee.made, is_cached))

    def _add(self, edge: Edge) -> None:
        if edge not in self._drawn:
            self._drawn.add(edge)
            self.edges.setdefault(edge.caller, []).append(edge)

    def _link_outside(self, where: Where, key: tuple[int, int], call: Call, value: Value) -> None:
        """A call out of the project: it may call back what it is given, or what was registered before."""
        module = key[0]
        unknown = Incoming(module, None, bound=False)
        in_function = self.function_of(module, call.scope)[1] != 0
        for function in self._dispatched(where, call, value):
            self._draw(module, call, Callee(function, unknown))
        if isinstance(value, Returned):
            is_cached = self._is_cache(value)
            for function in self.callees.function_arguments((value.call, None)):
                self._draw(module, call, Callee(function, unknown), is_cached=is_cached)
        if not in_function and not (isinstance(value, External) and value.name in CALLERS):
            return
        callee = value.name if isinstance(value, External) else ""
        for position, arg in enumerate(call.args):
            args = passing.handed_on(call, callee, position)
            for given in self.callees.handed(where, arg.value):
                if isinstance(given, (FunctionValue, Method, Partial)):
                    for target in self.callees.of(given, key):
                        known = target.incoming and target.incoming._replace(args=args)
                        # What a partial call passes is told where it is called in turn.
                        passed = None if callee == PARTIAL else unknown if args is None else known
                        self._draw(module, call, replace(target, incoming=passed, made=None))
                elif isinstance(value, External) and value.name in wrappers.ADAPTERS:
                    for function in self.registrations.of(given):
                        self._draw(module, call, Callee(function, unknown))

    def _is_cache(self, made: Returned) -> bool:
        """Whether something that a library returned is a function behind a cache, made at import."""
        module, call = made.call[0], self.ev.call(made.call)
        is_cache = made.callee.removesuffix("().__call__") in wrappers.CACHES
        return is_cache and self.function_of(module, call.scope) == (module, 0)

    def _link_start(self, where: Where, key: tuple[int, int], call: Call, base: Expr) -> None:
        """`Worker().start()` of a subclass of `Thread` calls `run`."""
        for owner in self.ev.values(where, base):
            if isinstance(owner, Instance):
                order = self.ev.order_of_bases(owner.cls)
                bases = {value for cls in order for value in members.bases(self.ev, cls)}
                names = {wrappers.STARTS.get(value.name) for value in bases if isinstance(value, External)}
                for function in self.callees.members(owner, tuple(sorted(filter(None, names)))):
                    self._draw(key[0], call, Callee(function, Incoming(*key, bound=True)))

    def _dispatched(self, where: Where, call: Call, value: Value) -> Iterator[FunctionKey]:
        yield from self.registrations.of(value)
        if isinstance(call.func, Attr) and call.func.name in wrappers.DISPATCH_METHODS:
            for owner in self.ev.values(where, call.func.base):
                yield from self.registrations.of(owner)

    # -- attribute reads

    def _link_load(self, module: int, load: Load) -> None:
        for value in self.ev.values(Where(module, load.scope, load.order), load.base):
            if not isinstance(value, Instance):
                continue
            for function in self.callees.members(
                value, ENTERING if load.name == "__enter__" else (load.name,)
            ):
                is_property = self.ev.decorator_names(function) & wrappers.PROPERTIES
                if is_property or load.name == "__enter__" or load.name.endswith(SETTER):
                    caller = self.function_of(module, load.scope)
                    self._add(Edge(caller, function, load.order, _guards(module, load), in_main=False))


def _guards(module: int, at: Call | Load) -> tuple[Guard, ...]:
    return tuple(Guard(module, at.scope, at.order, place) for place in at.guards)


def _property_names(ev: Evaluator) -> frozenset[str]:
    names = {"__enter__"}
    for module, facts in enumerate(ev.modules):
        for scope in facts.scopes:
            in_class = scope.parent is not None and facts.scopes[scope.parent].kind is ScopeKind.CLASS
            if (
                in_class
                and scope.decorators
                and ev.decorator_names((module, scope.index)) & wrappers.PROPERTIES
            ):
                names.add(scope.name)
            if scope.kind is ScopeKind.CLASS:
                names.update(name for name in scope.bindings if name.endswith(SETTER))
    return frozenset(names)
