"""What an invocation does besides computing: which calls change something outside, and which only take notes.

Told from facts alone, so that it can be asked about the functions of every module.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.knowledge import effects, notes, wrappers
from lambda_lint.knowledge.http import REQUESTERS
from lambda_lint.semantics.facts import Attr, Call
from lambda_lint.semantics.values import UNKNOWN, External, Sdk, SdkKind, SdkMethod, Value, Values, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey

STARTING_CALLS = frozenset({*wrappers.PASSES_REST, *wrappers.STARTS}) - {"asyncio.to_thread"}
"""Callables that only start what they are given: its errors are not theirs."""
OBJECTS = frozenset({SdkKind.CLIENT, SdkKind.RESOURCE, SdkKind.PART})


class Work:
    """Answers for a project."""

    def __init__(self, project: Project) -> None:
        self._modules, self._ev, self._graph = project.modules, project.evaluator, project.graph

    def callees(self, module: int, call: Call) -> Values:
        """What a call may call."""
        return self._ev.values(Where(module, call.scope, call.order), call.func)

    def changes(self, module: int, call: Call) -> bool:
        """Whether the call itself, as far as is known, changes something outside of the function."""
        return any(_changes(callee, call) for callee in self.callees(module, call))

    def is_note(self, module: int, call: Call) -> bool:
        """Whether the call only takes a note, or computes what the note says."""
        callees = self.callees(module, call)
        return bool(callees) and all(_is_note(callee, call) for callee in callees)

    def calls_of(self, function: FunctionKey) -> tuple[Call, ...]:
        """The calls in a function's own body."""
        return self._calls.get(function, ())

    def changes_in(self, function: FunctionKey) -> Iterator[int]:
        """The nodes of a function's own body whose calls change something, by themselves or further on."""
        module = function[0]
        for call in self.calls_of(function):
            if self.changes(module, call):
                yield call.order
        for edge in self._graph.edges.get(function, ()):
            if edge.callee in self._changing and not edge.in_main:
                yield edge.order

    @cached_property
    def _calls(self) -> dict[FunctionKey, tuple[Call, ...]]:
        found: dict[FunctionKey, list[Call]] = {}
        for module, facts in enumerate(self._modules):
            for call in facts.calls:
                if call.decorates is None:
                    found.setdefault(self._graph.function_of(module, call.scope), []).append(call)
        return {function: tuple(calls) for function, calls in found.items()}

    @cached_property
    def _changing(self) -> frozenset[FunctionKey]:
        """The functions that change something, and those that call them."""
        callers: dict[FunctionKey, list[FunctionKey]] = {}
        for edges in self._graph.edges.values():
            for edge in edges:
                if not edge.in_main:
                    callers.setdefault(edge.callee, []).append(edge.caller)
        pending = [
            function
            for function, calls in self._calls.items()
            if any(self.changes(function[0], call) for call in calls)
        ]
        found = set(pending)
        while pending:
            for caller in callers.get(pending.pop(), ()):
                if caller not in found:
                    found.add(caller)
                    pending.append(caller)
        return frozenset(found)


def work_of(project: Project) -> Work:
    """What the project's functions do; worked out once."""
    return project.once(Work)


def _changes(callee: Value, call: Call) -> bool:
    match callee:
        case SdkMethod(Sdk(kind), name):
            reads = name.startswith(effects.READING_OPERATIONS) or name in effects.NOTING_OPERATIONS
            return kind in OBJECTS and name[:1].islower() and not reads
        case External(name):
            owner, _, method = name.rpartition(".")
            if owner in REQUESTERS:
                return method in effects.CHANGING_VERBS
            if name.endswith(").execute") or name in effects.CHANGING_CALLS:
                return True
            return method in effects.CHANGING_METHODS
        case _ if callee == UNKNOWN:
            return isinstance(call.func, Attr) and call.func.name in effects.CHANGING_METHODS
    return False


def _is_note(callee: Value, call: Call) -> bool:
    match callee:
        case External(name):
            root, _, function = name.partition(".")
            if root == "builtins" and "." not in function:
                return function in effects.COMPUTING_BUILTINS
            return (
                root in effects.COMPUTING_MODULES
                or name in effects.COMPUTING_CALLS
                or notes.is_note(name)
                or root in effects.NOTING_PACKAGES
                or ("()" in name and _is_noting_method(call))
                or name.rpartition(".")[2] in effects.NOTING_METHODS
            )
        case SdkMethod(_, name):
            return name in effects.NOTING_OPERATIONS
        case _ if callee == UNKNOWN:
            return _is_noting_method(call)
    return False


def _is_noting_method(call: Call) -> bool:
    return isinstance(call.func, Attr) and (
        call.func.name in effects.NOTING_METHODS or call.func.name in effects.COMPUTING_METHODS
    )
