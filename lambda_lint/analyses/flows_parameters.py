"""What flows into the parameters of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from lambda_lint.analyses.flows_model import Flow, FlowOrigin, FlowStep
from lambda_lint.semantics import passing
from lambda_lint.semantics.arguments import DEFAULT, Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.flows_search import FlowSearch
    from lambda_lint.semantics.facts import Expr, Scope
    from lambda_lint.semantics.values import Frame, FunctionKey, Incoming, Where

MAX_CALLERS = 40


class FlowParameters:
    """The part of the search that is about parameters."""

    def __init__(self, search: FlowSearch) -> None:
        self._search: FlowSearch = proxy(search)  # which holds this: nothing is to wait for the collector
        self._ev = search.ev

    def of(self, module: int, scope: Scope, name: str, frame: Frame | None) -> Iterator[Flow | None]:
        """What flows into a parameter, from the call it came through or else from all known calls."""
        key = (module, scope.index)
        entry = self._search.entries.of(key, name)
        if entry is not None:
            yield entry
            return
        if (key, name) in self._ev.given:
            return
        followed = passing.followed(frame, key)
        if followed is not None:
            yield from self._passed(key, scope, name, *followed)
            return
        for incoming in self._ev.callers.get(key, ())[:MAX_CALLERS]:
            if not self._ev.wraps(incoming):
                yield from self._passed(key, scope, name, incoming, None)

    def _passed(
        self, key: FunctionKey, scope: Scope, name: str, incoming: Incoming, frame: Frame | None
    ) -> Iterator[Flow | None]:
        if incoming.call is None:
            return
        call = self._ev.call((incoming.module, incoming.call))
        for flow in self._given(key, scope, name, incoming, frame):
            if flow is None or flow.origin is not FlowOrigin.EVENT:
                yield flow
                continue
            caller = self._ev.modules[incoming.module].scopes[call.scope].qualname
            said = f"`{flow.name}` is passed to `{scope.qualname}` as `{name}`"
            yield flow.at(FlowStep(incoming.module, call.order, caller, scope.qualname, said))

    def _given(
        self, key: FunctionKey, scope: Scope, name: str, incoming: Incoming, frame: Frame | None
    ) -> Iterator[Flow | None]:
        given = passing.given_by(self._ev, incoming, frame)
        passed = passing.passed(self._ev, given, scope, name, bound=incoming.bound)
        if not isinstance(passed, Absent):
            yield from self._search.of(*passed)
        elif passed is DEFAULT:
            default = passing.default_of(key[0], scope, name)
            if default is not None:
                yield from self._search.of(*default)
        elif passing.gathers(scope, name):
            yield from self._gathered(scope, name, given, bound=incoming.bound)
        else:
            for where, value in _starred(given, "**"):
                yield from (flow.taken(name) for flow in self._search.of(where, value))

    def _gathered(
        self, scope: Scope, name: str, given: passing.Given, *, bound: bool
    ) -> Iterator[Flow | None]:
        for where, value in passing.gathered(given, scope, name, bound=bound):
            keyword = next((a.keyword for _, args in given for a in args if a.value is value), None)
            for flow in self._search.of(where, value):
                yield flow.put_into(keyword)
        for where, value in (*_starred(given, "*"), *_starred(given, "**")):
            yield from self._search.of(where, value)


def _starred(given: passing.Given, star: str) -> list[tuple[Where, Expr]]:
    return [(where, arg.value) for where, args in given for arg in args if arg.star == star]
