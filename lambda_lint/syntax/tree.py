"""An index over a libcst tree: nodes in source order, by type, with parents.

Built by one iterative walk over the fields that mean something; white space, commas, brackets and
operators' padding are never entered (they are two thirds of a tree). libcst's own visitors and metadata
are not used: they recurse, and cost many times the parse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import libcst as cst

from lambda_lint.syntax.fields import child_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = TypeVar("Node", bound=cst.CSTNode)
Function: TypeAlias = "cst.FunctionDef | cst.Lambda"


class Tree:
    """A parsed module and its nodes in source order (a parent before its children)."""

    def __init__(self, module: cst.Module) -> None:
        self.module = module
        self.nodes: list[cst.CSTNode] = []
        self.order: dict[cst.CSTNode, int] = {}
        """Each node's place in `nodes`: a plain number that names the node outside this process."""
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self._by_type: dict[type[cst.CSTNode], list[cst.CSTNode]] = {}
        self._functions: dict[cst.CSTNode, Function | None] = {}
        """The innermost function at or around a node, for nodes that were passed before."""
        self._walk()

    def _walk(self) -> None:
        nodes, order, parents, by_type = self.nodes, self.order, self.parents, self._by_type
        last_first, forms = _LAST_FIRST, _FORMS
        stack: list[cst.CSTNode] = [self.module]
        push, pop = stack.append, stack.pop
        while stack:
            node = pop()
            kind = node.__class__
            order[node] = len(nodes)
            nodes.append(node)
            if kind in by_type:
                by_type[kind].append(node)
            else:
                by_type[kind] = [node]
            for name in last_first[kind]:
                child = getattr(node, name)
                form = forms[child.__class__]
                if form is _NODE:
                    parents[child] = node
                    push(child)
                elif form is _SEQUENCE and child:
                    for item in reversed(child):
                        parents[item] = node
                        push(item)

    def of_type(self, kind: type[Node]) -> list[Node]:
        """The nodes of exactly this type, in source order."""
        return self._by_type.get(kind, [])  # type: ignore[return-value]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node around this one; None for the module."""
        return self.parents.get(node)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around `node`, innermost first."""
        current = self.parents.get(node)
        while current is not None:
            yield current
            current = self.parents.get(current)

    def function_around(self, node: cst.CSTNode) -> Function | None:
        """The innermost function in whose body, parameters or decorators `node` stands.

        What is passed on the way up is remembered: in a long chain of calls each one stands within the next.
        """
        known, passed = self._functions, []
        above = self.parents.get(node)
        while above is not None and above not in known:
            if isinstance(above, (cst.FunctionDef, cst.Lambda)):
                known[above] = above
            else:
                passed.append(above)
                above = self.parents.get(above)
        found = None if above is None else known[above]
        known.update(dict.fromkeys(passed, found))
        return found

    def subtree(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """`node` and everything below it, in source order."""
        stack = [node]
        while stack:
            current = stack.pop()
            yield current
            for name in _LAST_FIRST[current.__class__]:
                child = getattr(current, name)
                form = _FORMS[child.__class__]
                if form is _NODE:
                    stack.append(child)
                elif form is _SEQUENCE:
                    stack.extend(reversed(child))


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
