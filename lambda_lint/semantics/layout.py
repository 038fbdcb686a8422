"""Where each node of a tree stands: its scope, its block, whether it is sure to run, whether it repeats.

One pass over the nodes in source order; answers are indexed by a node's order.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import libcst as cst

if TYPE_CHECKING:
    from lambda_lint.syntax.tree import Tree

# Sets of exact types: libcst's node classes are abstract base classes, for which `isinstance` is slow.
COMPREHENSIONS: frozenset[type[cst.CSTNode]] = frozenset(
    {cst.ListComp, cst.SetComp, cst.DictComp, cst.StarredDictComp, cst.GeneratorExp}
)
FUNCTIONS: frozenset[type[cst.CSTNode]] = frozenset({cst.FunctionDef, cst.Lambda})
BODIES = FUNCTIONS | {cst.ClassDef}
SCOPES = BODIES | COMPREHENSIONS | {cst.Module}
BLOCKS: frozenset[type[cst.CSTNode]] = frozenset({cst.Module, cst.IndentedBlock, cst.SimpleStatementSuite})
BRANCHES: frozenset[type[cst.CSTNode]] = frozenset(
    {cst.Else, cst.ExceptHandler, cst.ExceptStarHandler, cst.MatchCase}
)
CONDITIONAL_BODIES: frozenset[type[cst.CSTNode]] = frozenset(
    {cst.If, cst.For, cst.While, cst.Try, cst.TryStar}
)
ALWAYS_CONDITIONAL: frozenset[type[cst.CSTNode]] = BRANCHES | COMPREHENSIONS | {cst.BooleanOperation}
REPEATING: frozenset[type[cst.CSTNode]] = COMPREHENSIONS | {cst.For, cst.While, cst.CompFor}
PLACING: frozenset[type[cst.CSTNode]] = (
    BLOCKS | BODIES | CONDITIONAL_BODIES | ALWAYS_CONDITIONAL | REPEATING | {cst.IfExp}
)
"""Nodes in which not everything has the place that they have themselves."""


class Place(NamedTuple):
    """What nodes that stand together have in common; nodes are named by their order."""

    scope: int = 0
    """What opens the scope."""
    block: int = 0
    sure: bool = True
    """False under a condition, in a loop, a `try` or a handler, counted from the scope's start."""
    loop: int = 0
    """The outermost loop or comprehension of the same function that repeats the node, or 0."""
    inner_loop: int = 0
    """The innermost one, or 0."""
    in_main: bool = False
    """True under `if __name__ == "__main__"`."""


class Layout:
    """The answers about one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.end = end = array("I", range(len(tree.nodes)))
        """The order of the last node below each node (itself if it has none)."""
        for above, last in zip(reversed(tree.above), reversed(end), strict=True):
            if last > end[above]:  # noqa: PLR1730 - three times as fast as `max`
                end[above] = last
        self.places = self._places()

    @cached_property
    def locals(self) -> dict[tuple[int, str], list[tuple[int, cst.BaseExpression]]]:
        """Scope and name -> the order and the value of each plain assignment to the name there."""
        found: dict[tuple[int, str], list[tuple[int, cst.BaseExpression]]] = {}
        stores: list[tuple[cst.CSTNode, cst.CSTNode, cst.BaseExpression]] = [
            (node, target.target, node.value)
            for node in self.tree.of_type(cst.Assign)
            for target in node.targets
        ]
        stores += [(node, node.target, node.value) for node in self.tree.of_type(cst.AnnAssign) if node.value]
        for node, target, value in stores:
            if type(target) is cst.Name:
                order = self.tree.order[node]
                found.setdefault((self.places[order].scope, target.value), []).append((order, value))
        return found

    def loops_within(self, order: int) -> tuple[tuple[int, int], ...]:
        """The loops that repeat the node within the outermost one that does, and their ends."""
        place, found = self.places[order], []
        inner = place.inner_loop
        while inner != place.loop:
            found.append((inner, self.end[inner]))
            inner = self.places[inner].inner_loop
        return tuple(found)

    def is_repeated(self, node: cst.CSTNode) -> bool:
        """Whether a loop repeats the node, and not only until a `return` around the node succeeds."""
        first = self.places[self.tree.order[node]].loop
        for above in self.tree.ancestors(node) if first else ():
            if type(above) is cst.Return:
                return False
            if type(above) in REPEATING or self.tree.order[above] == first:
                break
        return first != 0

    def _places(self) -> list[Place]:
        """The place of each node.

        Nearly every node has that of the node around it: only below some kinds of nodes it changes.
        """
        nodes, end = self.tree.nodes, self.end
        places = [Place()] * len(nodes)
        for node in self.tree.of_types(PLACING):
            order = self.tree.order[node]
            place, last = places[order], end[order]
            if node.__class__ in BLOCKS:
                places[order + 1 : last + 1] = [place._replace(block=order)] * (last - order)
                continue
            child = order + 1
            while child <= last:
                after = end[child] + 1
                inner = _within(place, order, node, nodes[child])
                if inner != place:
                    places[child:after] = [inner] * (after - child)
                child = after
        return places


def _within(place: Place, above: int, parent: Any, node: cst.CSTNode) -> Place:
    """The place of a node, from that of the node around it, which is no block."""
    scope, block, sure, loop, inner_loop, in_main = place
    kind = parent.__class__
    new_body = kind in BODIES and node is parent.body
    if new_body or kind in COMPREHENSIONS:
        scope = above
    if new_body:
        loop, inner_loop = 0, 0
    elif kind in REPEATING and _repeats(kind, parent, node):
        loop, inner_loop = loop or above, above
    sure = new_body or (sure and not _is_conditional(kind, parent, node))
    in_main = in_main or (kind is cst.If and node is parent.body and is_main_test(parent.test))
    return Place(scope, block, sure, loop, inner_loop, in_main)


def _is_conditional(kind: type[cst.CSTNode], parent: Any, node: cst.CSTNode) -> bool:
    if kind in ALWAYS_CONDITIONAL:
        return True
    if kind in CONDITIONAL_BODIES:
        return node is parent.body
    return kind is cst.IfExp and node is not parent.test


def _repeats(kind: type[cst.CSTNode], parent: Any, node: cst.CSTNode) -> bool:
    if kind is cst.For:
        return node is parent.body
    if kind is cst.While:
        return node is not parent.orelse
    if kind is cst.CompFor:
        return node is not parent.iter
    return node is not parent.for_in


def is_main_test(test: cst.BaseExpression) -> bool:
    """Whether this is `__name__ == "__main__"`, either way round, or only holds if that holds."""
    while type(test) is cst.BooleanOperation and type(test.operator) is cst.And:
        if is_main_test(test.right):
            return True
        test = test.left
    if type(test) is not cst.Comparison or len(test.comparisons) != 1:
        return False
    if type(test.comparisons[0].operator) is not cst.Equal:
        return False
    sides = (test.left, test.comparisons[0].comparator)
    return any(isinstance(side, cst.Name) and side.value == "__name__" for side in sides) and any(
        isinstance(side, cst.SimpleString) and side.value.strip("\"'") == "__main__" for side in sides
    )
