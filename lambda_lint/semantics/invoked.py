"""Which function each invocation runs, and whether it comes back to the one that makes it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.semantics.function_names import FunctionNames
from lambda_lint.semantics.invocations import Invocation, InvocationMode, invocations_in
from lambda_lint.semantics.marks import mark_of
from lambda_lint.semantics.values import NONE, FunctionKey, Value, Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.semantics.callgraph import CallGraph
    from lambda_lint.semantics.dependence import Dependences
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.phases import Phases


@dataclass(frozen=True, slots=True)
class Recursion:
    """An invocation that comes back to the function that makes it."""

    functions: tuple[DeployedFunction, ...]
    """The circle, from the function that makes the invocation; one function invokes itself. Empty when a
    function that no template tells, or one of several, invokes itself."""
    named_by: Value
    roots: tuple[FunctionKey, ...]
    """The handlers for which it is so."""
    is_certain: bool
    """False when the call may also run another function."""


class Invocations:
    """All invocations of a project, outside of its tests."""

    def __init__(
        self,
        graph: CallGraph,
        dependences: Dependences,
        phases: Phases,
        handlers: Sequence[HandlerFacts],
        functions: Sequence[DeployedFunction],
        tests: frozenset[int],
    ) -> None:
        self._graph = graph
        self._dependences = dependences
        self._phases = phases
        self._handlers = handlers
        self._names = FunctionNames(functions)
        self._reaching: dict[FunctionKey, tuple[HandlerFacts, ...]] = {}
        self._recursions: dict[tuple[int, int], Recursion | None] = {}
        self._sites = {
            site.call: site
            for module in range(len(graph.ev.modules))
            if module not in tests
            for site in invocations_in(graph.ev, module)
            if not site.by_url or self._is_function_url(site)
        }

    def at(self, module: int, call: int) -> Invocation | None:
        """The invocation that the call is."""
        return self._sites.get((module, call))

    def target_of(self, invocation: Invocation) -> str | None:
        """What users call the function that is invoked; None if it is not known, or one of several."""
        names = {
            self._names.written(value, user)
            for user in self._users_or_none(invocation)
            for value in _known(invocation.target)
        }
        return names.pop() if len(names) == 1 else None

    def targets_for(
        self, invocation: Invocation, user: DeployedFunction | None
    ) -> tuple[DeployedFunction | str | None, ...]:
        """What the invocation runs when this function makes it; of what no template declares, the name.

        None is what is not known, such as whose a URL is.
        """
        if invocation.by_url:
            return (None,)
        targets = (self._target(value, user) for value in _known(invocation.target))
        return tuple(dict.fromkeys(targets))

    def _target(self, value: Value, user: DeployedFunction | None) -> DeployedFunction | str | None:
        number = None if user is None else self._names.number(user)
        if user is not None and self._names.names_itself(value):
            return user
        found = self._names.named(value, number)
        return self._names.written(value, number) if found is None else self._names.functions[found]

    def recursion_of(self, invocation: Invocation) -> Recursion | None:
        """How the invocation comes back, if it does."""
        if invocation.call not in self._recursions:
            self._recursions[invocation.call] = self._recursion(invocation)
        return self._recursions[invocation.call]

    def _recursion(self, invocation: Invocation) -> Recursion | None:
        if not _may_recur(invocation):
            return None
        is_certain = len(_known(invocation.target)) == 1
        handlers = self._handlers_of(invocation)
        for value in invocation.target:
            if handlers and self._names.names_itself(value):
                deployed = tuple(function for handler in handlers for function in handler.deployed)
                roots = tuple(root for handler in handlers for root in handler.roots)
                return Recursion(deployed if len(deployed) == 1 else (), value, roots, is_certain)
            for handler in handlers:
                for function in handler.deployed:
                    circle = self._circle(value, self._names.number(function))
                    if circle:
                        found = tuple(self._names.functions[number] for number in circle)
                        return Recursion(found, value, tuple(handler.roots), is_certain)
        return None

    def mark_of(self, invocation: Invocation) -> str | None:
        """A key by which the function knows an event that it sent to itself."""
        roots = {root for handler in self._handlers_of(invocation) for root in handler.roots}
        reached = self._phases.reached_from(sorted(roots))
        return mark_of(self._graph, self._dependences, invocation.keywords, reached)

    def _is_function_url(self, site: Invocation) -> bool:
        answers = [
            self._names.is_function_url(value, user)
            for user in self._users_or_none(site)
            for value in _known(site.target)
        ]
        return bool(answers) and all(answers)

    # -- who invokes whom

    def _handlers_of(self, invocation: Invocation) -> tuple[HandlerFacts, ...]:
        module, number = invocation.call
        key = self._graph.function_of(module, self._graph.ev.call((module, number)).scope)
        if key not in self._reaching:
            roots = self._phases.handlers_of(key)
            self._reaching[key] = tuple(h for h in self._handlers if roots.intersection(h.roots))
        return self._reaching[key]

    def _users(self, invocation: Invocation) -> list[int]:
        """The deployed functions that make the invocation."""
        handlers = self._handlers_of(invocation)
        return [self._names.number(function) for handler in handlers for function in handler.deployed]

    def _users_or_none(self, invocation: Invocation) -> list[int | None]:
        return [*self._users(invocation)] or [None]

    @cached_property
    def _edges(self) -> dict[int, dict[int, None]]:
        """For each function those that it invokes."""
        edges: dict[int, dict[int, None]] = {}
        for site in self._sites.values():
            for user in self._users(site) if _may_recur(site) else ():
                for value in site.target:
                    target = self._names.named(value, user)
                    if target is not None:
                        edges.setdefault(user, {})[target] = None
        return edges

    def _circle(self, value: Value, user: int) -> tuple[int, ...]:
        """The functions on the shortest way from `user`, by this invocation, back to it."""
        target = self._names.named(value, user)
        if target is None:
            return ()
        if target == user:
            return (user,)
        came = {target: user}
        queue = deque([target])
        while queue:
            function = queue.popleft()
            for invoked in self._edges.get(function, ()):
                if invoked == user:
                    way = [function]
                    while way[-1] != target:
                        way.append(came[way[-1]])
                    return (user, *reversed(way))
                if invoked not in came:
                    came[invoked] = function
                    queue.append(invoked)
        return ()


def _may_recur(invocation: Invocation) -> bool:
    return not invocation.by_url and invocation.mode is not InvocationMode.DRY_RUN


def _known(values: Values) -> Values:
    """The values without the None that a name has before it gets its value."""
    return tuple(value for value in values if value != NONE)
