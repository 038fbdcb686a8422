"""What flows out of calls, and into parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from lambda_lint.analyses.flows_model import ANY, COPY, Flow, FlowOrigin
from lambda_lint.knowledge import wrappers
from lambda_lint.knowledge.event_parts import (
    COPIES,
    COPIES_OF_KEYS,
    METHODS,
    PARSERS,
    SECRET_CALLS,
    TEXT_METHODS,
    TEXT_METHODS_WITH_TEXT,
)
from lambda_lint.knowledge.event_shapes import DATA_CLASSES
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Attr, Opaque
from lambda_lint.semantics.made import Made
from lambda_lint.semantics.results import CONTEXT_MANAGERS
from lambda_lint.semantics.values import (
    ClassValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    Method,
    Partial,
    SdkKind,
    SdkMethod,
    Unknown,
    Value,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.analyses.flows_search import FlowSearch
    from lambda_lint.semantics.facts import Call, Expr

MAX_FRAMES = 4

RESOURCES = frozenset({SdkKind.RESOURCE, SdkKind.PART})
SECRET_OPERATION = ("secretsmanager", "get_secret_value")
FIRST = frozenset({"builtins.next"})
NUMBERED, PAIRED = "builtins.enumerate", "builtins.zip"
DATA = "data_classes"
AS_THEY_ARE = COPIES | PARSERS | FIRST | {NUMBERED, PAIRED, "builtins.filter", "builtins.map"}


class FlowCalls:
    """The part of the search that is about calls."""

    def __init__(self, search: FlowSearch) -> None:
        self._search: FlowSearch = proxy(search)  # which holds this: nothing is to wait for the collector
        self._ev = search.ev

    def of(self, where: Where, site: int) -> Iterator[Flow | None]:
        """What flows out of the module's call number `site`."""
        call = self._ev.modules[where.module].calls[site]
        if call.decorates is not None:
            return
        seen = Where(where.module, call.scope, call.order, where.frame)
        callees = self._ev.values(seen, call.func)
        for callee in callees:
            yield from self._result(seen, (where.module, site), call, callee)
        if isinstance(call.func, Attr) and all(isinstance(callee, Unknown) for callee in callees):
            yield from self._method(seen, call, call.func)

    def _result(
        self,
        where: Where,
        here: tuple[int, int],
        call: Call,
        callee: Value,
        before: Partial | None = None,
    ) -> Iterable[Flow | None]:
        match callee:
            case FunctionValue(key, closure):
                return self._returned(Frame(key, here, where.frame, None, closure, before))
            case Method(key, owner):
                return self._returned(Frame(key, here, where.frame, owner, None, before))
            case Partial(target):
                return self._result(where, here, call, target, before or callee)
            case External(name):
                return self._external(where, call, name)
            case SdkMethod(owner, name) if (owner.service, name) == SECRET_OPERATION:
                return (self._search.entries.own(where, FlowOrigin.SECRET),)
            case SdkMethod(owner, name) if owner.kind in RESOURCES and name[:1].isupper():
                return self._part(where, call, name)
        return ()

    # -- functions of the project

    def _returned(self, frame: Frame) -> Iterator[Flow | None]:
        if frame.depth > MAX_FRAMES or frame.is_recursive:
            return
        key, scope = frame.function, self._ev.scope(frame.function)
        is_copied = any(_is_rebuilt(value) for value, _ in scope.returns)
        for value, order in scope.returns:
            for flow in self._search.of(Where(*key, order, frame), value):
                yield flow.via(COPY) if is_copied and not _is_rebuilt(value) else flow
        is_manager = bool(scope.yields) and bool(self._ev.decorator_names(key) & CONTEXT_MANAGERS)
        for value, order in scope.yields:
            for flow in self._search.of(Where(*key, order, frame), value):
                yield flow if is_manager else flow.put_into(ANY)

    # -- callables outside the project

    def _part(self, where: Where, call: Call, name: str) -> Iterator[Flow | None]:
        """`s3.Bucket(name)` holds the name, and so do `s3.Bucket(name).Object(key)` and its methods."""
        for position, arg in enumerate(call.args):
            for flow in self._search.of(where, arg.value):
                yield flow.put_into(f"{name}({arg.keyword or position})")
        if isinstance(call.func, Attr):
            yield from self._search.of(where, call.func.base)

    def _external(self, where: Where, call: Call, name: str) -> Iterator[Flow | None]:
        last = name.rpartition(".")[2]
        if name in SECRET_CALLS:
            yield self._search.entries.own(where, FlowOrigin.SECRET, SECRET_CALLS[name])
        elif name in wrappers.HAND_ON:
            yield from self._argument_flows(where, call, wrappers.HAND_ON[name])
        elif last in DATA_CLASSES and DATA in name:
            yield from self._argument_flows(where, call, 0)
        elif name in AS_THEY_ARE:
            yield from self._held(where, call, name)
        else:
            if isinstance(call.func, Attr):
                for flow in self._search.of(where, call.func.base):
                    if flow.is_structured:  # a method of the event, or of the application's request
                        yield from self._of_data(where, call, call.func.name, flow)
                    else:
                        yield flow.via(name)
            for arg in call.args:
                for flow in self._search.of(where, arg.value):
                    yield flow.let_go().via(name)

    def _held(self, where: Where, call: Call, name: str) -> Iterator[Flow | None]:
        """What lists and dicts that are made of others hold."""
        for position, arg in enumerate(call.args):
            if arg.keyword is not None and name != "builtins.dict":
                continue
            for flow in self._search.of(where, arg.value):
                if arg.keyword is not None:
                    yield flow.put_into(arg.keyword)
                elif name in PARSERS:
                    yield flow.via(name)
                elif name in FIRST:
                    yield flow.taken(ANY) if position == 0 else flow
                elif name in COPIES:
                    is_dict = not flow.path and not flow.held
                    yield None if is_dict and name in COPIES_OF_KEYS else flow.via(COPY)
                else:
                    yield self._in_tuple(flow, name, position)

    def _in_tuple(self, flow: Flow, name: str, position: int) -> Flow | None:
        """An element of `enumerate(x)`, of `zip(x, y)`, or of `filter(test, x)`."""
        element = flow.taken(ANY)
        if name in {NUMBERED, PAIRED}:
            element = element and element.put_into(position if name == PAIRED else 1)
        elif name != "builtins.filter" or position != 1:
            return None
        return element and element.put_into(ANY)

    def _argument_flows(self, where: Where, call: Call, position: int) -> Iterable[Flow]:
        passed = argument_at(call, position, None)
        return () if isinstance(passed, Absent) else self._search.of(where, passed)

    # -- methods of data

    def _method(self, where: Where, call: Call, func: Attr) -> Iterator[Flow | None]:
        owners = self._ev.values(where, func.base)
        if any(isinstance(owner, (Instance, ClassValue)) for owner in owners):
            return
        for flow in self._search.of(where, func.base):
            yield from self._of_data(where, call, func.name, flow)
        if func.name in TEXT_METHODS_WITH_TEXT:
            for arg in call.args:
                for flow in self._search.of(where, arg.value):
                    yield flow.let_go().via(f"str.{func.name}")
        elif func.name in {"get", "pop", "setdefault"}:
            yield from self._argument_flows(where, call, 1)

    def _of_data(self, where: Where, call: Call, name: str, flow: Flow) -> Iterator[Flow | None]:
        """What a method gives of a dict, a list, a text, or an event's data class."""
        match name:
            case "get" | "pop" | "setdefault":
                key = self._search.key(where, call.args[0].value) if call.args else ANY
                yield self._search.noted(flow.taken(key), where, call.order)
            case "copy":
                yield flow.via(COPY)
            case "values":
                element = flow.taken(ANY)
                yield element and element.put_into(ANY)
            case "items":
                element = flow.taken(ANY)
                element = element and element.put_into(1)
                yield element and element.put_into(ANY)
            case _ if name in TEXT_METHODS:
                yield flow.let_go().via(f"str.{name}")
            case _ if name in METHODS and not flow.held and flow.is_structured:
                yield self._read_by(where, call, name, flow)

    def _read_by(self, where: Where, call: Call, name: str, flow: Flow) -> Flow | None:
        """`event.get_header_value("Host")`, `request.get_json()`."""
        keys, through, takes_key = METHODS[name]
        found: Flow | None = flow
        for key in keys:
            found = found and found.taken(key)
        if takes_key:
            passed = argument_at(call, 0, "name")
            key_given = ANY if isinstance(passed, Absent) else self._search.key(where, passed)
            found = found and found.taken(key_given)
        return self._search.noted(found and found.via(*through), where, call.order)


def _is_rebuilt(value: Expr) -> bool:
    """Whether a dict is made anew, key by key, so that other results are mostly parts of it."""
    return isinstance(value, Opaque) and value.made is Made.DICT
