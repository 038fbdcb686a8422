"""Which functions are handlers, and how that is known.

In order of trust: a template names it; a decorator or an adapter that only handlers wear; the configuration
or an inline comment; a module-level function that takes an event and a context. The origins add up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.knowledge import wrappers
from lambda_lint.knowledge.event_shapes import CHALICE_DECORATORS, HANDLER_DECORATORS
from lambda_lint.model.labels import Origin, SourceKind
from lambda_lint.semantics.callees import calls_behind
from lambda_lint.semantics.facts import ParamKind, Scope, ScopeKind
from lambda_lint.semantics.homes import Homes
from lambda_lint.semantics.values import FunctionKey, FunctionValue, Method, Partial, Returned, Value, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.semantics.callgraph import CallGraph

EVENT_NAMES = frozenset({"event", "evt", "events", "lambda_event", "event_data", "sqs_event", "raw_event"})
WEAK_EVENT_NAMES = frozenset(
    {"request", "payload", "message", "msg", "data", "input", "body", "record", "records", ""}
)
HANDLER_NAMES = frozenset({"handler", "lambda_handler", "main", "handle", "on_event", "entrypoint", "run"})
STRICT_NAMES = frozenset({"handler", "lambda_handler"})
SCRIPT_FOLDERS = frozenset({"runbooks", "remediation_runbooks", "ssmdocs", "ssm_documents", "ssm-documents"})
"""Folders of Systems Manager documents, whose scripts look like handlers and are none."""


@dataclass(slots=True)
class HandlerFacts:
    """A handler of the project."""

    module: int
    name: str
    """The name in the module's namespace."""
    order: int
    """The node of that name."""
    scope: int | None
    """The function whose body is the handler's; None if the name is bound to something else."""
    roots: list[FunctionKey] = field(default_factory=list)
    """Everything that an invocation enters: the function, its wrappers, what an application dispatches to."""
    origins: list[Origin] = field(default_factory=list)
    sources: list[SourceKind] = field(default_factory=list)
    inferred: bool = False
    deployed: list[DeployedFunction] = field(default_factory=list)


class Discovery:
    """Finds the handlers of a project."""

    def __init__(
        self, graph: CallGraph, paths: Sequence[str], tests: Iterable[int], inline: dict[tuple[str, str], int]
    ) -> None:
        self._graph = graph
        self._ev = graph.ev
        self._paths = paths
        self._tests = frozenset(tests)
        self._homes = Homes(paths, self._tests)
        self._inline = inline
        """Template path and logical id -> the module of its inline code."""
        self.found: dict[tuple[int, str], HandlerFacts] = {}
        self.unresolved: list[DeployedFunction] = []

    def run(self, functions: Iterable[DeployedFunction], configured: Iterable[str]) -> list[HandlerFacts]:
        """All handlers, sorted by module and place."""
        for function in functions:
            self._from_template(function)
        self._from_decorators()
        self._from_adapters()
        self._from_configuration(configured)
        self._from_convention()
        handlers = sorted(self.found.values(), key=lambda each: (each.module, each.order))
        for handler in handlers:
            handler.origins = sorted(set(handler.origins), key=list(Origin).index)
        return handlers

    # -- templates

    def _from_template(self, function: DeployedFunction) -> None:
        if function.handler is None:
            return
        name = function.handler.rpartition(".")[2]
        module = self._inline.get((function.place.path, function.name))
        if module is None:
            module = self._module_of(function, name)
        if module is None or not self._defines(module, name):
            self.unresolved.append(function)
            return
        for entered in function.dispatched or (name,):
            if self._defines(module, entered):
                self._deploy(self._add(module, entered, Origin.TEMPLATE), function)

    def _deploy(self, handler: HandlerFacts, function: DeployedFunction) -> None:
        handler.deployed.append(function)
        if function.durable:
            handler.sources.append(SourceKind.DURABLE)
        handler.sources.extend(
            source.kind for source in function.sources if source.kind not in handler.sources
        )

    def _module_of(self, function: DeployedFunction, name: str) -> int | None:
        """The module at the handler's path, or else the only one that can be meant."""
        exact = self._homes.exact(function)
        if exact is not None:
            return exact
        nearest = self._homes.below(function) if function.folder is not None else ()
        return self._only(nearest, name, self._only(self._homes.anywhere(function), name))

    def _only(self, modules: Iterable[int], name: str, otherwise: int | None = None) -> int | None:
        """The one of these modules that defines a name."""
        found = [module for module in modules if self._defines(module, name)]
        return found[0] if len(found) == 1 else otherwise

    def _defines(self, module: int, name: str) -> bool:
        return name in self._ev.modules[module].scopes[0].bindings

    # -- decorators and adapters

    def _from_decorators(self) -> None:
        for module, scope in self._functions():
            names = self._ev.decorator_names((module, scope.index))
            chalice = {n.rpartition("().")[2]: n for n in names if n.startswith("chalice.") and "()." in n}
            known = [HANDLER_DECORATORS[name] for name in names if name in HANDLER_DECORATORS]
            known.extend(CHALICE_DECORATORS[name] for name in chalice if name in CHALICE_DECORATORS)
            if not known:
                continue
            handler = self._add(module, scope.name, Origin.DECORATOR)
            kinds = [kind for kind in known if kind is not None and kind not in handler.sources]
            handler.sources.extend(sorted(kinds, key=lambda kind: kind.value))

    def _from_adapters(self) -> None:
        for module, facts in enumerate(self._ev.modules):
            if module in self._tests:
                continue
            for name, bindings in facts.scopes[0].bindings.items():
                values = self._ev.values(Where(module, 0, bindings[-1].order + 1), bindings[-1].value)
                if any(isinstance(value, Returned) and value.callee in wrappers.ADAPTERS for value in values):
                    self._add(module, name, Origin.ADAPTER)

    # -- configuration, comments, convention

    def _from_configuration(self, configured: Iterable[str]) -> None:
        for entry in configured:
            path, _, name = entry.rpartition(":")
            for module, known in enumerate(self._paths):
                if f"/{known}".endswith(f"/{path.removeprefix('./')}") and self._defines(module, name):
                    self._add(module, name, Origin.CONFIGURED)
        for module, facts in enumerate(self._ev.modules):
            for scope in facts.marked_handlers:
                if self._defines(module, facts.scopes[scope].name):
                    self._add(module, facts.scopes[scope].name, Origin.CONFIGURED)

    def _from_convention(self) -> None:
        candidates = {
            (module, scope.index): scope
            for module, scope in self._functions()
            if looks_like_handler(scope) and not self._is_script(module)
        }
        known = {root for handler in self.found.values() for root in handler.roots}
        called = {
            edge.callee
            for function in (*candidates, *known)
            for edge in self._graph.edges.get(function, ())
            if edge.callee[0] == function[0] and edge.callee != function
        }
        registered = self._graph.registrations.registered
        for key, scope in candidates.items():
            named = scope.name in STRICT_NAMES
            if (key in called or key in registered) and not named:
                continue
            self._add(key[0], scope.name, Origin.CONVENTION)

        self._from_strict_names()

    def _from_strict_names(self) -> None:
        """`lambda_handler = Service().run`, `handler = with_tracing(implementation)`."""
        for module, facts in enumerate(self._ev.modules):
            for name in (
                STRICT_NAMES.intersection(facts.scopes[0].bindings) if module not in self._tests else ()
            ):
                values = self._ev.exported(module, name)
                roots = {root for value in values for root in self._roots(value)}
                known = any((root[0], self._ev.scope(root).name) in self.found for root in roots)
                if not known and any(looks_like_handler(self._ev.scope(root)) for root in roots):
                    self._add(module, name, Origin.CONVENTION)

    def _is_script(self, module: int) -> bool:
        return not SCRIPT_FOLDERS.isdisjoint(self._paths[module].split("/"))

    def _functions(self) -> Iterator[tuple[int, Scope]]:
        for module, facts in enumerate(self._ev.modules):
            if module not in self._tests:
                yield from (
                    (module, scope)
                    for scope in facts.scopes
                    if scope.kind is ScopeKind.FUNCTION and scope.parent == 0
                )

    # -- entering a handler

    def _add(self, module: int, name: str, origin: Origin) -> HandlerFacts:
        values = self._ev.exported(module, name)
        home, order, scope = module, self._ev.modules[module].scopes[0].bindings[name][-1].order, None
        roots: dict[FunctionKey, None] = {}
        for value in values:
            for root in self._roots(value):
                roots[root] = None
        own = self._own_function(module, name, list(roots))
        if own is not None:
            home, scope = own
            order = self._ev.scope(own).name_order
        key = (home, name if scope is None else self._ev.scope((home, scope)).name)
        handler = self.found.setdefault(key, HandlerFacts(home, name, order, scope))
        handler.roots.extend(root for root in roots if root not in handler.roots)
        handler.origins.append(origin)
        return handler

    def _own_function(self, module: int, name: str, roots: list[FunctionKey]) -> FunctionKey | None:
        """The function to talk about: the one of that name, else the only one that takes an event."""
        for root in roots:
            if root[0] == module and self._ev.scope(root).name == name:
                return root
        shaped = [root for root in roots if looks_like_handler(self._ev.scope(root))]
        return shaped[0] if len(shaped) == 1 else None

    def _roots(self, value: Value) -> Iterator[FunctionKey]:
        match value:
            case FunctionValue(key, frame):
                yield key
                yield from self._graph.callees.function_arguments(*calls_behind(frame))
            case Method(key):
                yield key
            case Partial(target):
                yield from self._roots(target)
            case Returned(callee, call):
                yield from self._graph.registrations.of(value)
                yield from self._graph.callees.function_arguments((call, None))
                if callee in wrappers.ADAPTERS:
                    made = self._ev.call(call)
                    where = Where(call[0], made.scope, made.order)
                    for arg in made.args:
                        for application in self._ev.values(where, arg.value):
                            yield from self._graph.registrations.of(application)


def looks_like_handler(scope: Scope) -> bool:
    """Whether a function takes two things by position that are called like an event and a context."""
    plain = [param for param in scope.params if param.kind is ParamKind.PLAIN and param.name != "self"]
    demanded = [param for param in plain[2:] if param.default is None]
    keyword_only = [p for p in scope.params if p.kind is ParamKind.KEYWORD and p.default is None]
    if len(plain) < 2 or demanded or keyword_only:
        return False
    event, context = (param.name.strip("_").lower() for param in plain[:2])
    strict_context = "context" in context or context in {"ctx", "content"}
    if event in EVENT_NAMES or event.endswith("_event") or event.startswith("event"):
        return strict_context or context == ""
    named = scope.name in HANDLER_NAMES or scope.name.endswith("_handler")
    return (
        event in WEAK_EVENT_NAMES and (strict_context or (named and context == "")) and (named or bool(event))
    )
