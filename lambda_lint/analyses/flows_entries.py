"""Where events come in: the parameters of handlers and of functions that an application calls with parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.analyses.flows_model import ANY, Flow, FlowOrigin, FlowStep, Path, read_of
from lambda_lint.knowledge.event_parts import (
    RECORD_HANDLERS,
    RESOLVERS,
    ROUTES,
    SCHEMA_BASES,
    WHOLE_EVENT_APPLICATIONS,
)
from lambda_lint.semantics import members
from lambda_lint.semantics.facts import CallRef, Const, ParamKind, Ref
from lambda_lint.semantics.values import External, FunctionKey, FunctionValue, Method, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.model.labels import SourceKind
    from lambda_lint.semantics.facts import Call, Param, Scope
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project

TEXTS = (Ref("str"),)
"""Annotations of route parameters that leave what the request says as it is."""


class Entries:
    """Answers for a project."""

    def __init__(self, project: Project) -> None:
        self._ev = project.evaluator
        self._graph = project.graph
        self._phases = project.phases
        self._handlers: dict[FunctionKey, list[HandlerFacts]] = {}
        self._by_parameter: dict[tuple[FunctionKey, str], Flow] = {}
        for handler in project.handlers:
            for root in handler.roots:
                self._handlers.setdefault(root, []).append(handler)
        for root, handlers in self._handlers.items():
            self._add(root, self._plain(root)[:1], (), _sources(handlers))
        for key in sorted(project.graph.registrations.registered):
            self._add_registered(key)
        for module in range(len(project.modules)):
            if module not in project.tests:
                self._add_record_handlers(module)

    def of(self, function: FunctionKey, name: str) -> Flow | None:
        """The part of the event that the platform, or an application, passes as the parameter."""
        return self._by_parameter.get((function, name))

    def own(self, where: Where, origin: FlowOrigin, path: Path = ()) -> Flow:
        """What code reads by itself: the application's current event, `os.environ`, a secret."""
        function = self._graph.function_of(where.module, where.scope)
        sources: tuple[SourceKind, ...] = ()
        if origin is FlowOrigin.EVENT:
            roots = self._phases.handlers_of(function)
            sources = _sources(h for root in sorted(roots) for h in self._handlers.get(root, ()))
        flow = Flow(origin, function, sources, path)
        if origin is FlowOrigin.EVENT:
            return flow
        caller = self._ev.scope(function).qualname
        said = read_of(flow.name)
        return flow.at(FlowStep(where.module, where.at or 0, caller, caller, said, is_read=True))

    def is_schema(self, cls: FunctionKey) -> bool:
        """Whether instances of a class of the project hold only what its schema lets through."""
        outside = {
            base.name
            for each in self._ev.order_of_bases(cls)
            for base in members.bases(self._ev, each)
            if isinstance(base, External)
        }
        return bool(outside & SCHEMA_BASES)

    # -- parameters

    def _add(
        self, key: FunctionKey, params: Iterable[Param], path: Path, sources: tuple[SourceKind, ...]
    ) -> None:
        scope = self._ev.scope(key)
        for param in params:
            if param.annotation is not None and self._is_model(key, scope, param):
                continue
            own = path if path[-1:] != ("",) else (*path[:-1], param.name)
            flow = Flow(FlowOrigin.EVENT, key, sources, own)
            if own:
                said = f"`{flow.name}` is given to `{scope.qualname}`"
                flow = flow.at(FlowStep(key[0], scope.name_order, scope.qualname, scope.qualname, said))
            self._by_parameter[key, param.name] = flow

    def _is_model(self, key: FunctionKey, scope: Scope, param: Param) -> bool:
        """Whether a parameter is annotated with a class of the project: parsed, and no longer the event."""
        where = Where(key[0], scope.parent or 0, scope.order)
        annotation = param.annotation
        values = () if annotation is None else self._ev.values(where, annotation)
        return any(not isinstance(value, External) and hasattr(value, "key") for value in values)

    def _plain(self, key: FunctionKey) -> list[Param]:
        """The positional parameters without the receiver."""
        scope = self._ev.scope(key)
        return [
            param
            for param in scope.params
            if param.kind is ParamKind.PLAIN and not members.receiver(self._ev, key[0], scope, param.name)
        ]

    def _add_registered(self, key: FunctionKey) -> None:
        roots = self._phases.handlers_of(key)
        sources = _sources(h for root in sorted(roots) for h in self._handlers.get(root, ()))
        for name in sorted(self._ev.decorator_names(key)):
            owner, _, method = name.rpartition("().")
            if owner.rpartition(".")[2] in WHOLE_EVENT_APPLICATIONS:
                self._add(key, self._plain(key)[:1], (), sources)
            elif method in ROUTES:
                given = [param for param in self._plain(key) if self._is_text(key, param)]
                self._add(key, given, ("pathParameters", ""), sources)
            elif method in RESOLVERS:
                self._add(key, self._plain(key), (*RESOLVERS[method], ""), sources)

    def _is_text(self, key: FunctionKey, param: Param) -> bool:
        """Whether a route's parameter is whatever text the request has there, and not converted."""
        if param.default is not None or (param.annotation is not None and param.annotation not in TEXTS):
            return False
        for decorator in self._ev.scope(key).decorators:
            if isinstance(decorator, CallRef):
                for arg in self._ev.call((key[0], decorator.site)).args[:1]:
                    pattern = str(arg.value.value) if isinstance(arg.value, Const) else ""
                    if f":{param.name}>" in pattern and f"path:{param.name}>" not in pattern:
                        return False
        return True

    # -- batches

    def _add_record_handlers(self, module: int) -> None:
        for call in self._ev.modules[module].calls:
            names = {arg.keyword for arg in call.args}
            if "record_handler" in names or {"records", "handler"} <= names:
                self._add_record_handler(module, call)

    def _add_record_handler(self, module: int, call: Call) -> None:
        where = Where(module, call.scope, call.order)
        for arg in call.args:
            if arg.keyword not in RECORD_HANDLERS:
                continue
            for value in self._ev.values(where, arg.value):
                if isinstance(value, (FunctionValue, Method)):
                    roots = self._phases.handlers_of(value.key)
                    roots |= self._phases.handlers_of(self._graph.function_of(module, call.scope))
                    sources = _sources(h for root in sorted(roots) for h in self._handlers.get(root, ()))
                    self._add(value.key, self._plain(value.key)[:1], ("Records", ANY), sources)


def _sources(handlers: Iterable[HandlerFacts]) -> tuple[SourceKind, ...]:
    found = {source for handler in handlers for source in handler.sources}
    return tuple(sorted(found, key=lambda source: source.value))
