"""The requests that a function makes for each record of a batch, one after another.

A call in a loop counts if something of a record goes into it: what is sent now and then, when enough has been
collected, does not. What an executor or a task runs is not waited for there, and is left out, as is what
asynchronous functions do, of which several may be under way.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.analyses.item_loops import PROJECT, LoopSearch
from lambda_lint.analyses.network import requests_of
from lambda_lint.analyses.record_loops import RECORDS
from lambda_lint.knowledge.deliveries import BATCH_PACKAGE, TAKES_RECORD_HANDLER
from lambda_lint.semantics.deployments import Spot
from lambda_lint.semantics.event_paths import INSIDE, EventPaths
from lambda_lint.semantics.facts import Attr
from lambda_lint.semantics.values import External, SdkMethod, agreed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.semantics.deployments import Deployment, ReachedCall
    from lambda_lint.semantics.values import FunctionKey, Value

BATCHES = frozenset({RECORDS, (INSIDE, *RECORDS)})
"""Where the records stand in the event, or in an object that was made of it."""
BATCH_WRITER = "BatchWriter"
TIME_LEFT = "get_remaining_time_in_millis"


def requests_for_each_record(deployment: Deployment) -> Iterator[tuple[str, ReachedCall]]:
    """The requests, in the order of the loops that make them.

    None of a function that looks at the time it has left: it may stop before all records are done.
    """
    asked = (each.call.func for each in deployment.calls if each.repeats)
    if not any(isinstance(func, Attr) and func.name == TIME_LEFT for func in asked):
        yield from _Search(deployment).requests()


class _Search:
    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._project = deployment.project
        self._paths = EventPaths(deployment.project.evaluator, deployment.roots)
        self._at = {call.spot: call for call in deployment.calls}

    @cached_property
    def _requests(self) -> dict[FunctionKey, list[tuple[str, ReachedCall]]]:
        """By the function that makes them."""
        found: dict[FunctionKey, list[tuple[str, ReachedCall]]] = {}
        for name, call in requests_of(self._deployment):
            if not call.call.guards and not any(map(_is_writer, call.callee)):
                found.setdefault(self._function_of(call), []).append((name, call))
        return found

    def requests(self) -> Iterator[tuple[str, ReachedCall]]:
        names = {call.spot: name for requests in self._requests.values() for name, call in requests}
        for call in self._deployment.calls if names else ():
            if not call.repeats or call.call.guards:
                continue
            if _runs_for_each(call):
                yield from self._requests_of(self._entered(call))
            elif call.call.in_loop and self._takes_record(call):
                if call.spot in names:
                    yield names[call.spot], call
                elif _is_own(call):
                    yield from self._requests_of(self._entered(call))

    def _function_of(self, call: ReachedCall) -> FunctionKey:
        return self._project.graph.function_of(call.module, call.call.scope)

    def _takes_record(self, call: ReachedCall) -> bool:
        """Whether something of a record goes into a call, through however many loops."""
        search = LoopSearch(self._project.evaluator, call.module)
        pending, seen = list(search.iterated(call.call)), set()
        while pending:
            where, base = pending.pop()
            if (where, id(base)) in seen:
                continue
            seen.add((where, id(base)))
            if not BATCHES.isdisjoint(self._paths.of(where, base)):
                return True
            pending.extend(search.elements([(where, base)]))
        return False

    def _entered(self, call: ReachedCall) -> Iterator[FunctionKey]:
        """The functions that a call runs, each time and until they return."""
        ev, graph, phases = self._project.evaluator, self._project.graph, self._project.phases
        for edge in graph.edges.get(self._function_of(call), ()):
            is_here = edge.order == call.call.order and not (edge.guards or edge.in_main)
            if is_here and not phases.is_once(edge) and not ev.scope(edge.callee).is_async:
                yield edge.callee

    def _requests_of(self, functions: Iterable[FunctionKey]) -> Iterator[tuple[str, ReachedCall]]:
        """The requests that functions make, by themselves or further on."""
        pending = list(functions)
        seen = set(pending)
        while pending:
            function = pending.pop()
            yield from self._requests.get(function, ())
            for edge in self._project.graph.edges.get(function, ()):
                call = self._at.get(Spot(function[0], edge.order))
                if call is not None and call.repeats and _is_own(call):
                    more = set(self._entered(call)) - seen
                    seen |= more
                    pending.extend(sorted(more))


def _is_writer(callee: Value) -> bool:
    """Whether it only puts an item into a batch writer, which sends many together."""
    return isinstance(callee, SdkMethod) and callee.owner.name == BATCH_WRITER


def _is_own(call: ReachedCall) -> bool:
    """Whether it calls code of the project, and nothing else that may run that later."""
    return bool(call.callee) and all(isinstance(value, PROJECT) for value in call.callee)


def _runs_for_each(call: ReachedCall) -> bool:
    """Whether it hands a function to Powertools, which calls it for one record after another."""
    callee = agreed(call.callee)
    return isinstance(callee, External) and (
        callee.name.startswith(BATCH_PACKAGE) and callee.name.rpartition(".")[2] == TAKES_RECORD_HANDLER
    )
