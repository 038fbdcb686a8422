"""What triggers which function and what each of them calls, as nodes and edges: whatever draws them.

An id names the same thing in every run over the same files, whatever else there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lambda_lint.model.deployed import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.model.deployed import FunctionInfo, Invoked, Trigger
    from lambda_lint.model.finding import Result
    from lambda_lint.model.location import Location

SOURCE, FUNCTION, RESOURCE, SERVICE = "source", "function", "resource", "service"
TRIGGERS, CALLS, INVOKES, DELIVERS = "triggers", "calls", "invokes", "delivers"
DELIVERIES = frozenset({"dead letters", "on failure", "on success"})
MODES = {"waiting": "invokes and waits", "asynchronous": "invokes", "unknown": "invokes"}
LAMBDA = "lambda"


@dataclass(frozen=True, slots=True)
class Node:
    """A function, or what it has to do with."""

    id: str
    kind: str
    name: str
    """Of a resource its logical id, or else its name; of others what they are called."""
    service: str
    template: str | None = None
    """The file that declares a resource."""
    location: Location | None = None
    """Of a function."""

    @property
    def label(self) -> str:
        """What to call it in a drawing."""
        return f"{self.service}: {self.name}" if self.kind == RESOURCE else self.name


@dataclass(frozen=True, slots=True)
class Edge:
    """What one does to the other."""

    start: str
    end: str
    kind: str
    labels: tuple[str, ...]
    """Routes, schedules, operations; sorted."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id, and edges by their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of(result: Result) -> Graph:
    """The functions of the files that were asked for, and what they have to do with."""
    asked = set(result.files)
    functions = [each for each in result.functions if not asked.isdisjoint(_files(each))]
    made = _Made(result.functions)
    for function in functions:
        made.add(function)
    edges = (Edge(*ends, tuple(sorted(labels))) for ends, labels in sorted(made.edges.items()))
    return Graph(tuple(made.nodes[id_] for id_ in sorted(made.nodes)), tuple(edges))


def _files(function: FunctionInfo) -> set[str]:
    return {function.location.path, *(handler.rpartition(":")[0] for handler in function.handlers)}


@dataclass(slots=True)
class _Made:
    known: Iterable[FunctionInfo]
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    _functions: dict[tuple[str, str], FunctionInfo] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], set[Resource]] = field(default_factory=dict)
    """Service and name -> the resources of templates that are called so."""

    def __post_init__(self) -> None:
        for function in self.known:
            self._functions[function.key] = function
            fed = [trigger.resource for trigger in function.triggers if trigger.resource]
            for resource in (*fed, *(use.resource for use in function.uses)):
                if resource.id is not None and resource.name is not None:
                    same = replace(resource, name=None)
                    self._by_name.setdefault((resource.service, resource.name), set()).add(same)

    def add(self, function: FunctionInfo) -> None:
        own = self._function(function.key)
        for trigger in function.triggers:
            self._edge(self._source(trigger), own, TRIGGERS, trigger.detail)
        for use in function.uses:
            node = self._resource(use.resource)
            for what in use.what:
                if what in DELIVERIES:
                    self._edge(own, node, DELIVERS, what)
                else:
                    # The class of an object says no more than the service does.
                    self._edge(own, node, CALLS, None if what[:1].isupper() else what)
        for invoked in function.invokes:
            for how in invoked.how:
                kind = DELIVERS if how in DELIVERIES else INVOKES
                self._edge(own, self._invoked(invoked), kind, MODES.get(how, how))

    def _edge(self, start: str, end: str, kind: str, label: str | None) -> None:
        labels = self.edges.setdefault((start, end, kind), set())
        if label is not None:
            labels.add(label)

    def _node(self, node: Node) -> str:
        return self.nodes.setdefault(node.id, node).id

    def _function(self, key: tuple[str, str]) -> str:
        known = self._functions.get(key)
        path, name = key
        # The name of a handler begins with its file.
        id_ = name if known is not None and not known.is_deployed else f"{path}:{name}"
        location = None if known is None else known.location
        return self._node(Node(f"{FUNCTION}:{id_}", FUNCTION, name, LAMBDA, location=location))

    def _source(self, trigger: Trigger) -> str:
        if trigger.resource is not None:
            return self._resource(trigger.resource)
        kind = trigger.kind.value
        return self._node(Node(f"{SOURCE}:{kind}", SOURCE, kind, kind))

    def _invoked(self, invoked: Invoked) -> str:
        if invoked.function is not None:
            return self._function(invoked.function)
        return self._resource(Resource(LAMBDA, name=invoked.name))

    def _resource(self, resource: Resource) -> str:
        if resource.id is None and resource.name is not None:
            same = self._by_name.get((resource.service, resource.name), set())
            resource = next(iter(same)) if len(same) == 1 else resource
        service, name = resource.service, resource.id or resource.name
        if name is None:
            return self._node(Node(f"{SERVICE}:{service}", SERVICE, service, service))
        id_ = f"{RESOURCE}:{resource.template if resource.id else service}:{name}"
        return self._node(Node(id_, RESOURCE, name, service, resource.template))
