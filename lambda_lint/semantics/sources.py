"""What triggers a handler, told from its decorators and from the keys that it reads from the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge.deliveries import BATCH_PACKAGE
from lambda_lint.knowledge.event_records import EVENTBRIDGE_KEYS, KAFKA_KEYS, RECORD_KEYS
from lambda_lint.knowledge.event_shapes import (
    APPLICATIONS,
    BATCH_EVENT_TYPES,
    BATCH_PROCESSORS,
    DATA_CLASSES,
    PARSER_MODELS,
    SHAPES,
    TYPED_PACKAGES,
)
from lambda_lint.model.labels import SourceKind
from lambda_lint.semantics.dependence import Dependence, Dependences
from lambda_lint.semantics.event_paths import EventPath, EventPaths
from lambda_lint.semantics.facts import Attr, CallRef, Expr
from lambda_lint.semantics.values import External, FunctionKey, Returned, Value, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.semantics.callgraph import CallGraph
    from lambda_lint.semantics.facts import Call, KeyRead
    from lambda_lint.semantics.handlers import HandlerFacts

MAX_FUNCTIONS = 24


def infer(graph: CallGraph, dependences: Dependences, handler: HandlerFacts) -> list[SourceKind]:
    """The handler's sources as far as its code tells; empty when it does not."""
    said = _from_types(graph, handler) or _from_dispatch(graph, handler) or _from_batches(graph, handler)
    if said:
        return said
    reads = list(_event_reads(graph, dependences, handler))
    places = _places(graph, handler, reads)
    on_top = {place[0] for place in places if len(place) == 1}
    found = _from_records(places, on_top)
    if not found:
        keys = {read.key for _, read in reads}
        found = [kind for shape, kind in SHAPES if shape <= keys][:1]
    if found == [SourceKind.EVENTBRIDGE] and not on_top <= EVENTBRIDGE_KEYS:
        return []  # someone else calls it too, with an event of its own
    return found


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
                kind = _kind_of_type(value)
                if kind is not None:
                    return [kind]
    return []


def _kind_of_type(value: Value) -> SourceKind | None:
    """The source that a data class, or a parser's model, of an event belongs to."""
    if not isinstance(value, External) or not value.name.startswith(TYPED_PACKAGES):
        return None
    name = value.name.rpartition(".")[2]
    return DATA_CLASSES.get(name) or PARSER_MODELS.get(name)


def _from_dispatch(graph: CallGraph, handler: HandlerFacts) -> list[SourceKind]:
    """`app.resolve(event, context)` of a Powertools resolver, `helper(event, context)` of crhelper."""
    ev = graph.ev
    for module, call in _calls_in(graph, _first_reached(graph, handler)):
        if call.decorates is not None:
            continue
        is_resolve = isinstance(call.func, Attr) and call.func.name == "resolve"
        asked = call.func.base if isinstance(call.func, Attr) and is_resolve else call.func
        for owner in ev.values(Where(module, call.scope, call.order), asked):
            kind = APPLICATIONS.get(owner.callee.rpartition(".")[2]) if isinstance(owner, Returned) else None
            if kind is not None:
                return [kind]
    return []


def _from_batches(graph: CallGraph, handler: HandlerFacts) -> list[SourceKind]:
    """`BatchProcessor(event_type=EventType.SQS)` of Powertools, which the handler uses."""
    ev = graph.ev
    functions = _first_reached(graph, handler)
    at_import = ((module, 0) for module, _ in functions)
    for module, call in _calls_in(graph, {*functions, *at_import}):
        where = Where(module, call.scope, call.order)
        for callee in ev.values(where, call.func):
            name = callee.name if isinstance(callee, External) else ""
            package, _, cls = name.rpartition(".")
            if not package.startswith(BATCH_PACKAGE) or cls not in BATCH_PROCESSORS:
                continue
            kinds = [BATCH_PROCESSORS[cls]]
            for arg in call.args:
                types = (v.name for v in ev.values(where, arg.value) if isinstance(v, External))
                kinds.extend(BATCH_EVENT_TYPES.get(each.rpartition(".")[2]) for each in types)
            said = [kind for kind in kinds if kind is not None]
            if said:
                return said[:1]
    return []


def _calls_in(graph: CallGraph, functions: Iterable[FunctionKey]) -> Iterator[tuple[int, Call]]:
    """The calls that the functions make, with the module's number, in the order of the code."""
    calls_in = graph.callees.calls_in
    for module, site in sorted((each[0], site) for each in functions for site in calls_in.get(each, ())):
        yield module, graph.ev.call((module, site))


def _places(graph: CallGraph, handler: HandlerFacts, reads: Iterable[tuple[int, KeyRead]]) -> set[EventPath]:
    """Where in the event the keys stand that are read, as far as it can be followed."""
    paths = EventPaths(graph.ev, handler.roots)
    return {
        (*path, read.key)
        for module, read in reads
        for path in paths.of(Where(module, read.scope, read.order), read.base)
    }


def _from_records(places: set[EventPath], on_top: set[str]) -> list[SourceKind]:
    """The sources by keys of single records, besides what is read from the event itself.

    A notification of S3 that came by way of a queue has `Records` inside of the record's `body`: only where a
    key stands in the event tells the two apart, and shows which handlers take several kinds of events.
    """
    found: dict[SourceKind, None] = {}
    for place in sorted(places):
        match place:
            case ("Records", "[]", key) if key in RECORD_KEYS:
                found[RECORD_KEYS[key]] = None
            case ("records", "[]", key) if key in KAFKA_KEYS:
                found[SourceKind.KAFKA] = None
    other = next((kind for shape, kind in SHAPES if shape <= on_top - {"Records", "records"}), None)
    if found and other is not None:
        found[other] = None
    return list(found)


def _event_reads(
    graph: CallGraph, dependences: Dependences, handler: HandlerFacts
) -> Iterator[tuple[int, KeyRead]]:
    """The reads of keys from something of the event, with the module's number."""
    reads_in = graph.callees.reads_in
    functions = _first_reached(graph, handler)
    for module, position in sorted((each[0], at) for each in functions for at in reads_in.get(each, ())):
        read = graph.ev.modules[module].key_reads[position]
        if dependences.of(Where(module, read.scope, read.order), read.base) & Dependence.EVENT:
            yield module, read


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
