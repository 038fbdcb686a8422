"""Instances that are stored in a place, from where later code, or a later invocation, may take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.semantics.facts import NOTHING, Attr, CallRef, Expr, Item, Ref
from lambda_lint.semantics.values import Instance, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.callgraph import CallGraph
    from lambda_lint.semantics.facts import ModuleFacts


class Stored(NamedTuple):
    """A function puts an instance of a project class into an attribute, or under a key."""

    module: int
    scope: int
    order: int
    place: Expr
    made: tuple[int, int]
    """The node, by module and order, of the call that made the instance."""


def stored_instances(graph: CallGraph) -> list[Stored]:
    """All such stores of a project."""
    return [
        Stored(module, scope, order, place, (held.call[0], graph.ev.call(held.call).order))
        for module, facts in enumerate(graph.ev.modules)
        for scope, order, place, value in _stores(facts)
        if graph.function_of(module, scope)[1]
        for held in graph.ev.values(Where(module, scope, order), value)
        if isinstance(held, Instance) and held.call is not None
    ]


def _stores(facts: ModuleFacts) -> Iterator[tuple[int, int, Expr, Expr]]:
    """Scope, node, place and value of each store of something that may be an instance."""
    for store in facts.item_stores:
        if isinstance(store.value, (CallRef, Ref)):
            yield store.scope, store.order, Item(store.base, NOTHING), store.value
    for given in facts.attr_stores:
        if isinstance(given.value, (CallRef, Ref)):
            yield given.scope, given.order, Attr(given.base, given.name), given.value
