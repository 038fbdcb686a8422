"""Code that fills a place which it first found empty: lazy globals, memo dicts, attributes set once.

A call is guarded by a place if it stands under a test of the place (or after an early exit on such a test)
and the place is filled under the same control. Whether the place outlives the invocation is for the call
graph to say: a module global does, an attribute of an object made per invocation does not.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from lambda_lint.semantics.facts import Attr, Expr, Ref
from lambda_lint.semantics.layout import BLOCKS
from lambda_lint.semantics.stores import Store, place_of, stores_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.layout import Layout
    from lambda_lint.syntax.tree import Tree

MISSING_ERRORS = frozenset({"NameError", "AttributeError", "KeyError", "LookupError", "UnboundLocalError"})


ASKING = frozenset({"__dict__", "dir", "getattr", "globals", "hasattr", "vars"})
"""What is used to ask whether there is something of a name."""
HANDLERS = frozenset({cst.ExceptHandler, cst.ExceptStarHandler})
TESTING = frozenset({cst.If, cst.While})
BRANCHING = TESTING | {cst.MatchCase, cst.BooleanOperation, cst.IfExp}
FLAGS = frozenset({"False", "None", "True"})


@dataclass(frozen=True, slots=True)
class Guarded:
    """A range of nodes that runs only while `place` is empty."""

    start: int
    end: int
    place: Expr


class Guards:
    """All guarded ranges of a module."""

    def __init__(self, layout: Layout) -> None:
        ranges = [found for store in stores_in(layout) for found in _guards_of(layout, store)]
        self._starts = sorted({0, *(r.start for r in ranges), *(r.end + 1 for r in ranges)})
        """Where the set of guards changes."""
        found: list[dict[Expr, None]] = [{} for _ in self._starts]
        for each in ranges:
            for position in range(self._position(each.start), self._position(each.end) + 1):
                found[position][each.place] = None
        self._places = [tuple(places) for places in found]

    def at(self, order: int) -> tuple[Expr, ...]:
        """The places whose emptiness guards a node."""
        return self._places[self._position(order)]

    def _position(self, order: int) -> int:
        return bisect_right(self._starts, order) - 1


def _guards_of(layout: Layout, store: Store) -> Iterator[Guarded]:
    tree, end = layout.tree, layout.end
    order = tree.order[store.node]
    child = store.node
    while child is not store.function:
        below, order = order, tree.above[order]
        above: Any = tree.nodes[order]
        kind = type(above)
        if kind in BLOCKS:
            left = _left_early(layout, above, child, store)
            if left is not None:
                yield Guarded(end[tree.order[left]] + 1, end[order], store.kept)
        elif kind in HANDLERS:
            attempt: Any = tree.parent(above)
            fails = _catches_missing(above) or not _is_filled(layout, attempt.body, store.place)
            if fails and _reads(layout, attempt.body, store):
                yield Guarded(order, end[order], store.kept)
        elif kind in BRANCHING:
            test = _asked_before(tree, above, child)
            if (
                test is not None
                and (kind not in TESTING or _is_empty_branch(test, store, is_body=child is above.body))
                and _reads(layout, test, store)
            ):
                yield Guarded(below, end[below], store.kept)
        child = above
    yield from _short_circuits(layout, store)


def _asked_before(tree: Tree, above: Any, child: cst.CSTNode) -> cst.BaseExpression | None:
    """The expression on which it depends whether `child` is run, if `above` makes it depend on one."""
    found: cst.BaseExpression
    if type(above) is cst.MatchCase:
        found = cast("cst.Match", tree.parent(above)).subject
        return found
    found = above.left if type(above) is cst.BooleanOperation else above.test
    return None if child is found else found


def _short_circuits(layout: Layout, store: Store) -> Iterator[Guarded]:
    """`x = x or make()` and `x = x if x else make()`."""
    order, end = layout.tree.order, layout.end
    value = getattr(store.node, "value", None)
    match value:
        case cst.BooleanOperation(operator=cst.Or()) if _reads(layout, value.left, store):
            yield Guarded(order[value.right], end[order[value.right]], store.kept)
        case cst.IfExp() if _reads(layout, value.test, store):
            yield Guarded(order[value], end[order[value]], store.kept)


def _left_early(layout: Layout, block: cst.CSTNode, child: cst.CSTNode, store: Store) -> cst.CSTNode | None:
    """The statement before `child` in its block that leaves the function when the place is filled."""
    for statement in takewhile(lambda each: each is not child, cast("cst.IndentedBlock", block).body):
        if (
            type(statement) is cst.If
            and _leaves(statement.body)
            and _is_empty_branch(statement.test, store, is_body=False)
            and _reads(layout, statement.test, store)
        ):
            return statement
        if (type(statement) is cst.Try or type(statement) is cst.TryStar) and _leaves(statement.body):
            caught = any(_catches_missing(handler) for handler in statement.handlers)
            if caught and _reads(layout, statement.body, store):
                return statement
    return None


def _is_empty_branch(test: cst.BaseExpression, store: Store, *, is_body: bool) -> bool:
    """Whether a branch may run while the place is empty, as far as the test tells.

    `if client is not None: client = make()` makes another one. A flag is "empty" when it has its first value.
    """
    value = getattr(store.node, "value", None)
    if isinstance(value, cst.Integer) or (isinstance(value, cst.Name) and value.value in FLAGS):
        return True
    match test:
        case cst.Comparison(comparisons=[cst.ComparisonTarget(operator=how, comparator=cst.Name("None"))]):
            found = isinstance(how, (cst.Is, cst.Equal))
        case cst.Comparison(comparisons=[cst.ComparisonTarget(operator=cst.In() | cst.NotIn() as how)]):
            found = isinstance(how, cst.NotIn)
        case cst.UnaryOperation(
            operator=cst.Not(), expression=cst.Name() | cst.Attribute() | cst.Subscript()
        ):
            found = True
        case cst.Name() | cst.Attribute() | cst.Subscript():
            found = False
        case _:
            return True
    return found == is_body


def _is_filled(layout: Layout, body: cst.CSTNode, place: Expr) -> bool:
    return any(
        type(node) is cst.AssignTarget and place_of(node.target) == place
        for node in layout.tree.subtree(body)
    )


def _leaves(body: cst.BaseSuite) -> bool:
    last = body.body[-1] if body.body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    return isinstance(last, (cst.Return, cst.Raise))


def _catches_missing(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    kind = handler.type
    kinds = [element.value for element in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
    return any(isinstance(each, cst.Name) and each.value in MISSING_ERRORS for each in kinds)


def _reads(layout: Layout, test: cst.CSTNode, store: Store) -> bool:
    """Whether `test` looks at the store's place.

    It may look at the place itself, by its name (`hasattr`, `globals()`), or at a local that was bound from
    it (`client = CACHE.get(key)`, then `if client is None`).
    """
    asks_by_name = False
    nodes = list(layout.tree.subtree(test))
    for node in nodes:
        place = place_of(node)
        if place is not None and (place == store.place or place in store.also):
            return True
        if type(node) is cst.Name:
            asks_by_name = asks_by_name or node.value in ASKING
            if _local_comes_from(layout, node, store):
                return True
    return asks_by_name and any(_names(node, store.place) for node in nodes)


def _names(node: cst.CSTNode, place: Expr) -> bool:
    name = place.name if isinstance(place, (Attr, Ref)) else None
    return type(node) is cst.SimpleString and node.value.strip("\"'") == name


def _local_comes_from(layout: Layout, name: cst.Name, store: Store) -> bool:
    order = layout.tree.order
    limit = order[name]
    return any(
        at < limit and any(place_of(part) == store.place for part in layout.tree.subtree(value))
        for at, value in layout.locals.get((layout.places[limit].scope, name.value), ())
    )
