"""An index over a libcst tree: nodes in source order, by type, with parents.

Built by one iterative walk over the fields that mean something; white space, commas, brackets and
operators' padding are never entered (they are two thirds of a tree). libcst's own visitors and metadata
are not used: they recurse, and cost many times the parse.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import libcst as cst

from lambda_lint.syntax.fields import child_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = TypeVar("Node", bound=cst.CSTNode)
Function: TypeAlias = "cst.FunctionDef | cst.Lambda"


class Tree:
    """A parsed module and its nodes in source order (a parent before its children)."""

    def __init__(self, module: cst.Module) -> None:
        self.module = module
        self.nodes: list[cst.CSTNode] = []
        self.above = array("I")
        """For each node the place of the node around it in `nodes`; of the module, its own."""
        self._by_type: defaultdict[type[cst.CSTNode], list[cst.CSTNode]] = defaultdict(list)
        self._functions: dict[int, Function | None] = {0: None}
        """The innermost function at or around a node, for nodes that were passed before."""
        self._walk()
        self.order: dict[cst.CSTNode, int] = dict(zip(self.nodes, range(len(self.nodes)), strict=True))
        """Each node's place in `nodes`: a plain number that names the node outside this process."""

    def _walk(self) -> None:
        nodes, above, by_type = self.nodes, self.above, self._by_type
        last_first, forms = _LAST_FIRST, _FORMS
        stack: list[cst.CSTNode] = [self.module]
        above_stack = [0]
        while stack:
            node = stack.pop()
            kind = node.__class__
            order = len(nodes)
            nodes.append(node)
            above.append(above_stack.pop())
            by_type[kind].append(node)
            for name in last_first[kind]:
                child = getattr(node, name)
                form = forms[child.__class__]
                if form is _NODE:
                    stack.append(child)
                    above_stack.append(order)
                elif form is _SEQUENCE and child:
                    stack += child[::-1]
                    above_stack += [order] * len(child)

    @cached_property
    def parents(self) -> dict[cst.CSTNode, cst.CSTNode]:
        """The node around each node but the module."""
        around = map(self.nodes.__getitem__, self.above)
        found = dict(zip(self.nodes, around, strict=True))
        del found[self.module]
        return found

    def of_type(self, kind: type[Node]) -> list[Node]:
        """The nodes of exactly this type, in source order."""
        return self._by_type.get(kind, [])  # type: ignore[return-value]

    def of_types(self, kinds: Iterable[type[cst.CSTNode]]) -> list[cst.CSTNode]:
        """The nodes of all these types, in source order."""
        found = [node for kind in kinds for node in self._by_type.get(kind, ())]
        found.sort(key=self.order.__getitem__)
        return found

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node around this one; None for the module."""
        order = self.order[node]
        return self.nodes[self.above[order]] if order else None

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around `node`, innermost first."""
        order = self.order[node]
        while order:
            order = self.above[order]
            yield self.nodes[order]

    def function_around(self, node: cst.CSTNode) -> Function | None:
        """The innermost function in whose body, parameters or decorators `node` stands.

        What is passed on the way up is remembered: in a long chain of calls each one stands within the next.
        """
        nodes, above, known, passed = self.nodes, self.above, self._functions, []
        order = above[self.order[node]]
        while order not in known:
            passed.append(order)
            kind = type(nodes[order])
            if kind is cst.FunctionDef or kind is cst.Lambda:
                known[order] = cast("Function", nodes[order])
            else:
                order = above[order]
        found = known[order]
        known.update(dict.fromkeys(passed, found))
        return found

    def subtree(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """`node` and everything below it, in source order: they follow each other among all nodes."""
        last, below = node, _last_child(node)
        while below is not None:
            last, below = below, _last_child(below)
        return self.nodes[self.order[node] : self.order[last] + 1]


def _last_child(node: cst.CSTNode) -> cst.CSTNode | None:
    for name in _LAST_FIRST[node.__class__]:
        child = getattr(node, name)
        form = _FORMS[child.__class__]
        if form is _NODE:
            return cast("cst.CSTNode", child)
        if form is _SEQUENCE and child:
            return cast("cst.CSTNode", child[-1])
    return None


_NODE, _SEQUENCE, _NEITHER = object(), object(), object()


class _LastFirst(dict[type[cst.CSTNode], tuple[str, ...]]):
    """The fields to walk, by type of node, last first: so a stack yields them in source order."""

    def __missing__(self, kind: type[cst.CSTNode]) -> tuple[str, ...]:
        self[kind] = tuple(reversed(child_fields(kind)))
        return self[kind]


class _Forms(dict[type[object], object]):
    """Whether values of a type are nodes or sequences of nodes: `isinstance` is slow on abstract classes."""

    def __missing__(self, kind: type[object]) -> object:
        is_sequence = issubclass(kind, list | tuple)
        self[kind] = _NODE if issubclass(kind, cst.CSTNode) else _SEQUENCE if is_sequence else _NEITHER
        return self[kind]


_LAST_FIRST = _LastFirst()
_FORMS = _Forms()
