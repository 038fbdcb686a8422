"""Scopes while their facts are gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.semantics.facts import Binding, Expr, Param, Scope, ScopeKind
from lambda_lint.semantics.layout import SCOPES

if TYPE_CHECKING:
    from lambda_lint.semantics.layout import Layout


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
                name: tuple(sorted(found, key=lambda binding: binding.order))
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
        self._layout = layout
        self.all: list[Draft] = []
        self.index_of: dict[cst.CSTNode, int] = {}
        """The node that opens a scope -> the scope's index."""
        self.of_opener: dict[int, int] = {}
        """The order of that node -> the scope's index."""
        for node in layout.tree.nodes:
            if type(node) in SCOPES:
                self._open(node)

    def _open(self, node: cst.CSTNode) -> None:
        order = self._layout.tree.order[node]
        parent = self.at(order).index if self.all else None
        kind, name = _kind_and_name(node)
        above = self.all[parent].qualname if parent is not None else ""
        qualname = f"{above}.{name}" if above else name
        draft = Draft(len(self.all), kind, name, qualname, parent)
        draft.order, draft.end = order, self._layout.end[order]
        named = isinstance(node, (cst.FunctionDef, cst.ClassDef))
        draft.name_order = self._layout.tree.order[node.name] if named else order  # type: ignore[attr-defined]
        self.all.append(draft)
        self.index_of[node] = self.of_opener[order] = draft.index

    def opened_by(self, node: cst.CSTNode) -> Draft:
        return self.all[self.index_of[node]]

    def at(self, order: int) -> Draft:
        """The scope in which a node is evaluated."""
        return self.all[self.of_opener[self._layout.scope[order]]]

    def function_at(self, order: int) -> Draft:
        """The same, but a comprehension counts as part of the function around it."""
        draft = self.at(order)
        while draft.kind is ScopeKind.COMPREHENSION and draft.parent is not None:
            draft = self.all[draft.parent]
        return draft


def _kind_and_name(node: cst.CSTNode) -> tuple[ScopeKind, str]:
    match node:
        case cst.Module():
            return ScopeKind.MODULE, ""
        case cst.FunctionDef():
            return ScopeKind.FUNCTION, node.name.value
        case cst.ClassDef():
            return ScopeKind.CLASS, node.name.value
        case cst.Lambda():
            return ScopeKind.LAMBDA, "<lambda>"
    return ScopeKind.COMPREHENSION, "<comprehension>"
