"""Scopes while their facts are gathered."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, cast

import libcst as cst

from lambda_lint.semantics.facts import Binding, Expr, Param, Scope, ScopeKind
from lambda_lint.semantics.layout import COMPREHENSIONS

if TYPE_CHECKING:
    from lambda_lint.semantics.layout import Layout

KINDS: dict[type[cst.CSTNode], ScopeKind] = {
    cst.Module: ScopeKind.MODULE,
    cst.FunctionDef: ScopeKind.FUNCTION,
    cst.ClassDef: ScopeKind.CLASS,
    cst.Lambda: ScopeKind.LAMBDA,
    **dict.fromkeys(COMPREHENSIONS, ScopeKind.COMPREHENSION),
}
"""The nodes that open scopes."""
UNNAMED: dict[type[cst.CSTNode], str] = {
    cst.Module: "",
    cst.Lambda: "<lambda>",
    **dict.fromkeys(COMPREHENSIONS, "<comprehension>"),
}
_by_order = attrgetter("order")


class Draft:
    """One scope; its fields are those of `facts.Scope`."""

    def __init__(self, index: int, kind: ScopeKind, name: str, qualname: str, parent: int | None) -> None:
        self.index, self.kind, self.name, self.qualname, self.parent = index, kind, name, qualname, parent
        self.order = self.name_order = self.end = 0
        self.params: tuple[Param, ...] = ()
        self.bindings: dict[str, list[Binding]] = {}
        self.outer: dict[str, bool] = {}
        self.decorators: tuple[Expr, ...] = ()
        self.bases: tuple[Expr, ...] = ()
        self.metaclass: Expr | None = None
        self.fields: list[str] = []
        self.returns: list[tuple[Expr, int]] = []
        self.choices: list[tuple[Expr, int]] = []
        self.yields: list[tuple[Expr, int]] = []
        self.is_async = False

    def frozen(self) -> Scope:
        """The facts."""
        return Scope(
            index=self.index,
            kind=self.kind,
            name=self.name,
            qualname=self.qualname,
            parent=self.parent,
            order=self.order,
            name_order=self.name_order,
            end=self.end,
            params=self.params,
            bindings={
                name: tuple(sorted(found, key=_by_order) if len(found) > 1 else found)
                for name, found in self.bindings.items()
            },
            outer_names=self.outer,
            decorators=self.decorators,
            bases=self.bases,
            metaclass=self.metaclass,
            fields=tuple(self.fields),
            returns=tuple(self.returns),
            choices=tuple(self.choices),
            yields=tuple(self.yields),
            is_async=self.is_async,
        )


class Drafts:
    """All scopes of a module; a scope comes after the one around it."""

    def __init__(self, layout: Layout) -> None:
        self._places = layout.places
        self.all: list[Draft] = []
        self.index_of: dict[cst.CSTNode, int] = {}
        """The node that opens a scope -> the scope's index."""
        self.of_opener: dict[int, int] = {}
        """The order of that node -> the scope's index."""
        for node in layout.tree.of_types(KINDS):
            self._open(node, layout)

    def _open(self, node: cst.CSTNode, layout: Layout) -> None:
        order = layout.tree.order[node]
        around = self.at(order) if self.all else None
        above = around.qualname if around is not None else ""
        kind, name = KINDS[node.__class__], UNNAMED.get(node.__class__)
        name_order = order
        if name is None:
            named = cast("cst.FunctionDef | cst.ClassDef", node).name
            name, name_order = named.value, layout.tree.order[named]
        parent = around.index if around is not None else None
        draft = Draft(len(self.all), kind, name, f"{above}.{name}" if above else name, parent)
        draft.order, draft.end, draft.name_order = order, layout.end[order], name_order
        self.all.append(draft)
        self.index_of[node] = self.of_opener[order] = draft.index

    def opened_by(self, node: cst.CSTNode) -> Draft:
        return self.all[self.index_of[node]]

    def at(self, order: int) -> Draft:
        """The scope in which a node is evaluated."""
        return self.all[self.of_opener[self._places[order].scope]]

    def function_at(self, order: int) -> Draft:
        """The same, but a comprehension counts as part of the function around it."""
        draft = self.at(order)
        while draft.kind is ScopeKind.COMPREHENSION and draft.parent is not None:
            draft = self.all[draft.parent]
        return draft
