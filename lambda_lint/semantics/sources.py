"""What triggers a handler, told from its decorators and from the keys that it reads from the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge.event_shapes import APPLICATIONS, DATA_CLASSES, SHAPES
from lambda_lint.semantics.dependence import Dependence, Dependences
from lambda_lint.semantics.facts import Attr, CallRef, Expr
from lambda_lint.semantics.values import External, FunctionKey, Returned, Where

if TYPE_CHECKING:
    from lambda_lint.model.labels import SourceKind
    from lambda_lint.semantics.callgraph import CallGraph
    from lambda_lint.semantics.handlers import HandlerFacts

MAX_FUNCTIONS = 24


def infer(graph: CallGraph, dependences: Dependences, handler: HandlerFacts) -> list[SourceKind]:
    """The handler's sources as far as its code tells; empty when it does not."""
    said = _from_types(graph, handler) or _from_dispatch(graph, handler)
    if said:
        return said
    keys = _event_keys(graph, dependences, handler)
    return next(([kind] for shape, kind in SHAPES if shape <= keys), [])


def _from_types(graph: CallGraph, handler: HandlerFacts) -> list[SourceKind]:
    """A data class in a decorator (`@event_source(data_class=SQSEvent)`) or as the event's annotation."""
    ev = graph.ev
    for root in handler.roots:
        scope = ev.scope(root)
        where = Where(root[0], scope.parent or 0, scope.order)
        types: list[Expr] = [param.annotation for param in scope.params[:1] if param.annotation is not None]
        for decorator in scope.decorators:
            if isinstance(decorator, CallRef):
                types.extend(arg.value for arg in ev.call((root[0], decorator.site)).args)
        for each in types:
            for value in ev.values(where, each):
                if isinstance(value, External) and "powertools" in value.name:
                    kind = DATA_CLASSES.get(value.name.rpartition(".")[2].replace("Model", "Event"))
                    if kind is not None:
                        return [kind]
    return []


def _from_dispatch(graph: CallGraph, handler: HandlerFacts) -> list[SourceKind]:
    """`app.resolve(event, context)` of a Powertools resolver, `helper(event, context)` of crhelper."""
    ev = graph.ev
    functions = _first_reached(graph, handler)
    for module in sorted({function[0] for function in functions}):
        for call in ev.modules[module].calls:
            if graph.function_of(module, call.scope) not in functions or call.decorates is not None:
                continue
            is_resolve = isinstance(call.func, Attr) and call.func.name == "resolve"
            asked = call.func.base if isinstance(call.func, Attr) and is_resolve else call.func
            for owner in ev.values(Where(module, call.scope, call.order), asked):
                kind = (
                    APPLICATIONS.get(owner.callee.rpartition(".")[2]) if isinstance(owner, Returned) else None
                )
                if kind is not None:
                    return [kind]
    return []


def _event_keys(graph: CallGraph, dependences: Dependences, handler: HandlerFacts) -> frozenset[str]:
    ev = graph.ev
    functions = _first_reached(graph, handler)
    keys: set[str] = set()
    for module in sorted({function[0] for function in functions}):
        for read in ev.modules[module].key_reads:
            if graph.function_of(module, read.scope) not in functions or read.key in keys:
                continue
            where = Where(module, read.scope, read.order)
            if dependences.of(where, read.base) & Dependence.EVENT:
                keys.add(read.key)
    return frozenset(keys)


def _first_reached(graph: CallGraph, handler: HandlerFacts) -> dict[FunctionKey, None]:
    """The handler's functions and those that they call, nearest first, up to a limit."""
    functions: dict[FunctionKey, None] = dict.fromkeys(handler.roots)
    queue = list(functions)
    while queue and len(functions) < MAX_FUNCTIONS:
        for edge in graph.edges.get(queue.pop(0), ()):
            if edge.callee not in functions:
                functions[edge.callee] = None
                queue.append(edge.callee)
    return functions
