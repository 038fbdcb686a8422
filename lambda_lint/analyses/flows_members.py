"""What flows into attributes and items: into members of the project's own, and into parts of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from lambda_lint.analyses.flows_model import FlowOrigin
from lambda_lint.knowledge.event_parts import ATTRIBUTES, RECORD_DATA
from lambda_lint.semantics import members
from lambda_lint.semantics.assigned import assigned_to
from lambda_lint.semantics.dependence import EVENT_ATTRIBUTES
from lambda_lint.semantics.values import ClassValue, External, Instance, ModuleValue, Returned, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.flows_model import Flow, Key
    from lambda_lint.analyses.flows_search import FlowSearch
    from lambda_lint.semantics.facts import Attr, Expr, Item
    from lambda_lint.semantics.values import Value


class FlowMembers:
    """The part of the search that is about attributes and items."""

    def __init__(self, search: FlowSearch) -> None:
        self._search: FlowSearch = proxy(search)  # which holds this: nothing is to wait for the collector
        self._ev = search.ev

    def attribute(self, where: Where, expr: Attr, base: Expr, name: str) -> Iterator[Flow | None]:
        """What flows into `expr`, which is the attribute `name` of `base`."""
        if name in EVENT_ATTRIBUTES:
            if EVENT_ATTRIBUTES[name] == "event":
                yield self._search.entries.own(where, FlowOrigin.EVENT)
            return
        yield from self._search.filled(where, expr)
        owners = self._ev.values(where, base)
        is_data = not owners
        for owner in owners:
            parts = self._member(owner, name)
            if parts is None:
                is_data = True
                yield from self._search.known(where, _dotted(owner, name))
            else:
                for seen, part in parts:
                    yield from self._search.of(seen, part)
        if is_data:
            for flow in self._search.of(where, base):
                yield self._read_attribute(where, expr, flow)

    def _member(self, owner: Value, name: str) -> list[tuple[Where, Expr]] | None:
        """What an attribute of something of the project may be; None for anything else."""
        match owner:
            case Instance() if self._search.entries.is_schema(owner.cls):
                return []
            case Instance() | ModuleValue():
                return assigned_to(self._ev, owner, name)
            case ClassValue(key):
                stores = (
                    (cls[0], store)
                    for cls in self._ev.order_of_bases(key)
                    for store in members.stores_of(self._ev, cls, name)
                )
                return [(Where(home, store.scope, store.order), store.value) for home, store in stores]
        return None

    def _read_attribute(self, where: Where, expr: Attr, flow: Flow) -> Flow | None:
        """`event.records`, `record.s3.get_object.key`, `request.args`."""
        if flow.held or flow.origin is not FlowOrigin.EVENT:
            return None
        if not flow.is_structured:
            return flow.via(f".{expr.name}")
        keys, through = ATTRIBUTES.get(expr.name, ((_camel(expr.name),), ()))
        if expr.name in RECORD_DATA:
            keys, through = ("data",), RECORD_DATA[expr.name]
        found: Flow | None = flow
        for key in keys:
            found = found and found.taken(key)
        found = found and found.via(*through)
        return found and self._search.noted(found, where, self._search.reads.of_attribute(where, expr))

    def item(self, where: Where, expr: Item, base: Expr, key: Expr) -> Iterator[Flow | None]:
        """What flows into `expr`, which is what `base` has under `key`."""
        read = self._search.key(where, key)
        replaced = self._replaced(where, base, read)
        if replaced is not None:
            yield from replaced
            return
        place = self._search.reads.of_item(where, expr) if isinstance(read, str) else None
        for flow in self._search.of(where, base):
            yield self._search.noted(flow.taken(read), where, place)

    def _replaced(self, where: Where, base: Expr, key: Key) -> list[Flow] | None:
        """What the function itself put under a key of the event: `event["key"] = unquote_plus(…)`."""
        found: list[Flow] | None = None
        for store in self._search.reads.stores(where, base) if isinstance(key, str) else ():
            seen = where._replace(at=store.order)
            if self._search.key(seen, store.key) == key:
                found = [*(found or ()), *self._search.of(seen, store.value)]
        return found


def _dotted(owner: Value, name: str) -> str:
    match owner:
        case External(prefix):
            return f"{prefix}.{name}"
        case Returned(callee):
            return f"{callee}().{name}"
    return ""


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
