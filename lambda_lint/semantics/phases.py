"""When code runs: once per execution environment (INIT), at each invocation (INVOKE), both, or never.

A call under a guard that outlives the invocation, and a function behind a cache, run once and so count as
INIT. A guard on an attribute of an instance holds only if no instance of that class is made per invocation,
which is itself a matter of phases: the sets grow until nothing changes.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.knowledge import wrappers
from lambda_lint.model.labels import Phase
from lambda_lint.semantics import members, passing
from lambda_lint.semantics.arguments import DEFAULT
from lambda_lint.semantics.facts import Attr, Expr, Item, Items, Pairs, Ref, ScopeKind
from lambda_lint.semantics.kept import stored_instances
from lambda_lint.semantics.values import FunctionKey, Instance, Values, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lambda_lint.semantics.callgraph import CallGraph, Edge


@dataclass(frozen=True, slots=True)
class Step:
    """One call on the way from a handler: in which module, at which node, from whom to whom."""

    module: int
    order: int
    caller: str
    callee: str

    @property
    def text(self) -> str:
        """What happens there, in words."""
        return f"`{self.caller}` calls `{self.callee}`"


class Phases:
    """The phases of all functions, given where handlers and initial modules are."""

    def __init__(
        self, graph: CallGraph, handlers: Iterable[FunctionKey], init_modules: Iterable[int]
    ) -> None:
        self._graph = graph
        self._ev = graph.ev
        self._handlers = sorted(set(handlers))
        self._made: set[FunctionKey] = set()
        """Classes of which an instance is made at each invocation."""
        self._came: dict[FunctionKey, Edge | None] = {}
        """Functions that run at each invocation -> the edge by which the search first came."""
        self._ran: frozenset[FunctionKey] = frozenset()
        """The functions that are known to run at each invocation, while the search goes on."""
        self._stored = stored_instances(graph)
        self._settle()
        self._once = self._reached_once(init_modules)
        self._callers: dict[FunctionKey, list[FunctionKey]] = {}
        for function in self._came:
            for edge in graph.edges.get(function, ()):
                if edge.callee in self._came and not self.is_once(edge):
                    self._callers.setdefault(edge.callee, []).append(function)
        self.modules = frozenset(function[0] for function in (*self._came, *self._once))
        """The modules of which something runs in a deployed function, if only what stands at their top."""
        self._handlers_of: dict[FunctionKey, frozenset[FunctionKey]] = {}

    def _settle(self) -> None:
        while True:
            self._came = dict.fromkeys(self._handlers)
            queue = deque(self._handlers)
            made, kept = set(self._made), self._kept()
            while queue:
                function = queue.popleft()
                for edge in self._graph.edges.get(function, ()):
                    if edge.in_main or self.is_once(edge):
                        continue
                    if edge.made is not None and (edge.caller[0], edge.order) not in kept:
                        made.add(edge.made)
                    if edge.callee not in self._came:
                        self._came[edge.callee] = edge
                        queue.append(edge.callee)
            ran = frozenset(self._came)
            if made == self._made and ran == self._ran:
                return
            self._made, self._ran = made, ran

    def _kept(self) -> set[tuple[int, int]]:
        """The calls that make an instance which is stored where it outlives the invocation."""
        return {
            stored.made
            for stored in self._stored
            if self.outlives(stored.module, stored.scope, stored.order, stored.place)
        }

    def _reached_once(self, init_modules: Iterable[int]) -> set[FunctionKey]:
        queue = deque((module, 0) for module in sorted(set(init_modules)))
        for function in self._came:
            queue.extend(e.callee for e in self._graph.edges.get(function, ()) if self.is_once(e))
        reached = set(queue)
        while queue:
            for edge in self._graph.edges.get(queue.popleft(), ()):
                if not edge.in_main and edge.callee not in reached:
                    reached.add(edge.callee)
                    queue.append(edge.callee)
        return reached

    # -- once-only code

    def is_once(self, edge: Edge) -> bool:
        """Whether the call runs at most once per execution environment (or per key of a cache)."""
        if edge.is_cached or any(self.outlives(*guard) for guard in edge.guards):
            return True
        if edge.made is not None and self._ev.is_cached(edge.made):
            return True
        names = self._ev.decorator_names(edge.callee) & wrappers.CACHES
        if not names:
            return False
        cls = self._class_of(edge.callee)
        return cls is None or not self._is_made(cls)

    def outlives(self, module: int, scope: int, order: int, place: Expr) -> bool:
        """Whether a place that is filled once keeps its value until the next invocation."""
        is_content = isinstance(place, Item)
        if isinstance(place, Item):
            place = place.base
        if isinstance(place, Ref):
            is_default = is_content and self._is_default(module, scope, place.name)
            return is_default or self._is_outer(module, scope, place.name)
        if not isinstance(place, Attr):
            # `registry()["orders"] = ...`: where that comes from is not known.
            return True
        base, name = place.base, place.name
        return not any(
            isinstance(owner, Instance)
            and self._is_made(owner.cls)
            and not (is_content and members.is_shared(self._ev, owner.cls, name))
            for owner in self._owners(module, scope, order, base)
        )

    def _owners(self, module: int, scope: int, order: int, base: Expr) -> Values:
        """The objects whose attribute is filled, if they may be made for one invocation."""
        if isinstance(base, Ref) and self._is_outer(module, scope, base.name):
            return ()
        return self._ev.values(Where(module, scope, order), base)

    def _is_outer(self, module: int, scope: int, name: str) -> bool:
        """Whether a name belongs to the module, or to a function that does not run at each invocation."""
        found, _ = self._ev.names.binding_scope(module, scope, name, None)
        if found is None or found.parent is None:
            return True
        owner = self._graph.function_of(module, found.index)
        return owner != self._graph.function_of(module, scope) and owner not in self._ran

    def _is_default(self, module: int, scope: int, name: str) -> bool:
        """Whether a name is a parameter that always keeps its default, as in `def get(key, cache={})`."""
        function = self._graph.function_of(module, scope)
        for param in self._ev.scope(function).params:
            if param.name == name and isinstance(param.default, (Items, Pairs)):
                callers = self._ev.callers.get(function, ())
                passed = (
                    passing.passed(
                        self._ev,
                        passing.given_by(self._ev, incoming, None),
                        self._ev.scope(function),
                        name,
                        bound=incoming.bound,
                    )
                    for incoming in callers
                )
                return all(each is DEFAULT for each in passed)
        return False

    def _class_of(self, function: FunctionKey) -> FunctionKey | None:
        parent = self._ev.scope(function).parent
        if parent is None or self._ev.modules[function[0]].scopes[parent].kind is not ScopeKind.CLASS:
            return None
        return (function[0], parent)

    def _is_made(self, cls: FunctionKey) -> bool:
        return any(cls in self._ev.order_of_bases(made) for made in self._made)

    # -- questions

    def of_function(self, function: FunctionKey) -> Phase:
        """When the body of a function, lambda or module runs."""
        invoke, once = function in self._came, function in self._once
        if invoke:
            return Phase.BOTH if once else Phase.INVOKE
        return Phase.INIT if once else Phase.NEITHER

    def call_repeats(self, key: tuple[int, int]) -> bool:
        """Whether each invocation runs a call: the module's number and the call's."""
        module, call = key[0], self._ev.call(key)
        runs = self._graph.function_of(module, call.scope) in self._came and not call.in_main
        return runs and not any(self.outlives(module, call.scope, call.order, g) for g in call.guards)

    def path_to(self, function: FunctionKey) -> tuple[Step, ...]:
        """The calls from a handler to a function that runs at each invocation, outermost first."""
        return self._steps(self._came, function)

    def _steps(self, came: Mapping[FunctionKey, Edge | None], function: FunctionKey) -> tuple[Step, ...]:
        steps: list[Step] = []
        edge = came.get(function)
        while edge is not None:
            caller, callee = self._ev.scope(edge.caller), self._ev.scope(edge.callee)
            steps.append(Step(edge.caller[0], edge.order, caller.qualname, callee.qualname))
            edge = came.get(edge.caller)
        return tuple(reversed(steps))

    def path_from(self, roots: Iterable[FunctionKey], function: FunctionKey) -> tuple[Step, ...]:
        """As `path_to`, but from these handlers; empty also when they do not reach the function."""
        came: dict[FunctionKey, Edge | None] = dict.fromkeys(roots)
        queue = deque(came)
        while queue and function not in came:
            for edge in self._graph.edges.get(queue.popleft(), ()):
                if edge.callee not in came and not edge.in_main and not self.is_once(edge):
                    came[edge.callee] = edge
                    queue.append(edge.callee)
        return self._steps(came, function)

    def handlers_of(self, function: FunctionKey) -> frozenset[FunctionKey]:
        """The handlers whose invocations reach a function."""
        known = self._handlers_of.get(function)
        if known is None:
            known = self._handlers_of[function] = self._find_handlers(function)
        return known

    def _find_handlers(self, function: FunctionKey) -> frozenset[FunctionKey]:
        seen = {function}
        queue = deque(seen)
        while queue:
            for caller in self._callers.get(queue.popleft(), ()):
                if caller not in seen:
                    seen.add(caller)
                    queue.append(caller)
        return frozenset(seen.intersection(self._handlers))

    def reached_from(self, handlers: Iterable[FunctionKey]) -> set[FunctionKey]:
        """Every function that the invocations of these handlers run, themselves included."""
        reached = set(handlers)
        queue = deque(sorted(reached))
        while queue:
            for edge in self._graph.edges.get(queue.popleft(), ()):
                if not edge.in_main and not self.is_once(edge) and edge.callee not in reached:
                    reached.add(edge.callee)
                    queue.append(edge.callee)
        return reached
