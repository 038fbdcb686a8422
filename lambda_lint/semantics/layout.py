"""Where each node of a tree stands: its scope, its block, whether it is sure to run, whether it repeats.

One pass over the nodes in source order; every answer is a list indexed by a node's order.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import libcst as cst

if TYPE_CHECKING:
    from lambda_lint.syntax.tree import Tree

# Sets of exact types: libcst's node classes are abstract base classes, for which `isinstance` is slow.
COMPREHENSIONS = frozenset({cst.ListComp, cst.SetComp, cst.DictComp, cst.StarredDictComp, cst.GeneratorExp})
FUNCTIONS = frozenset({cst.FunctionDef, cst.Lambda})
BODIES = FUNCTIONS | {cst.ClassDef}
SCOPES = BODIES | COMPREHENSIONS | {cst.Module}
BLOCKS = frozenset({cst.Module, cst.IndentedBlock, cst.SimpleStatementSuite})
BRANCHES = frozenset({cst.Else, cst.ExceptHandler, cst.ExceptStarHandler, cst.MatchCase})
CONDITIONAL_BODIES = frozenset({cst.If, cst.For, cst.While, cst.Try, cst.TryStar})
ALWAYS_CONDITIONAL = BRANCHES | COMPREHENSIONS | {cst.BooleanOperation}
REPEATING = COMPREHENSIONS | {cst.For, cst.While, cst.CompFor}
PLACING = SCOPES | BLOCKS | CONDITIONAL_BODIES | ALWAYS_CONDITIONAL | REPEATING | {cst.IfExp}
"""Nodes in which not everything has the place that they have themselves."""

_Place: TypeAlias = tuple[int, int, bool, int, int, bool]


class Layout:
    """The lists; `scope` holds the order of the node that opens the scope."""

    def __init__(self, tree: Tree) -> None:
        size = len(tree.nodes)
        self.tree = tree
        parents = map(tree.parents.__getitem__, tree.nodes[1:])
        self.parent = [0, *map(tree.order.__getitem__, parents)]
        places = self._places()
        self.scope = [place[0] for place in places]
        self.block = [place[1] for place in places]
        self.sure = [place[2] for place in places]
        """False under a condition, in a loop, a `try` or a handler, counted from the scope's start."""
        self.loop = [place[3] for place in places]
        """The outermost loop or comprehension of the same function that repeats the node, or 0."""
        self.inner_loop = [place[4] for place in places]
        """The innermost one, or 0."""
        self.in_main = [place[5] for place in places]
        """True under `if __name__ == "__main__"`."""
        self.end = end = list(range(size))
        """The order of the last node below each node (itself if it has none)."""
        parent = self.parent
        for index in range(size - 1, 0, -1):
            above = parent[index]
            if end[index] > end[above]:  # noqa: PLR1730 - three times as fast as `max`
                end[above] = end[index]

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
            order = self.tree.order[node]
            if type(target) is cst.Name:
                found.setdefault((self.scope[order], target.value), []).append((order, value))
        return found

    def loops_within(self, order: int) -> tuple[tuple[int, int], ...]:
        """The loops that repeat the node within the outermost one that does, and their ends."""
        found, inner = [], self.inner_loop[order]
        while inner != self.loop[order]:
            found.append((inner, self.end[inner]))
            inner = self.inner_loop[inner]
        return tuple(found)

    def is_repeated(self, node: cst.CSTNode) -> bool:
        """Whether a loop repeats the node, and not only until a `return` around the node succeeds."""
        first = self.loop[self.tree.order[node]]
        for above in self.tree.ancestors(node) if first else ():
            if type(above) is cst.Return:
                return False
            if type(above) in REPEATING or self.tree.order[above] == first:
                break
        return first != 0

    def _places(self) -> list[_Place]:
        """For each node its scope, block, `sure`, loop, inner loop and `in_main`.

        Nearly every node has the same as the node around it: only some kinds of parents make a difference.
        """
        nodes, parent = self.tree.nodes, self.parent
        places: list[_Place] = [(0, 0, True, 0, 0, False)] * len(nodes)
        for index in range(1, len(nodes)):
            above = parent[index]
            around = nodes[above]
            place = places[above]
            places[index] = _within(place, above, around, nodes[index]) if type(around) in PLACING else place
        return places


def _within(place: _Place, above: int, parent: Any, node: cst.CSTNode) -> _Place:
    """The place of a node, from that of the node around it."""
    scope, block, sure, loop, inner_loop, in_main = place
    kind = type(parent)
    new_body = kind in BODIES and node is parent.body
    if new_body or kind in COMPREHENSIONS or kind is cst.Module:
        scope = above
    if kind in BLOCKS:
        block = above
    if new_body:
        loop, inner_loop = 0, 0
    elif kind in REPEATING and _repeats(kind, parent, node):
        loop, inner_loop = loop or above, above
    sure = new_body or (sure and not _is_conditional(kind, parent, node))
    in_main = in_main or (kind is cst.If and node is parent.body and is_main_test(parent.test))
    return scope, block, sure, loop, inner_loop, in_main


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
