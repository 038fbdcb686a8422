"""Which reads of a name see what was bound to it at one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.semantics.evaluate import reaching_bindings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Scope

CONTAINERS = (cst.Element, cst.DictElement, cst.StarredElement, cst.StarredDictElement)
"""What stands between a display, or a target of several parts, and each of them."""
NAMING_FIELDS = ("attr", "keyword", "name", "target")
"""Fields of nodes in which a name is not read."""


class Reads:
    """Answers for one module; get them by `ctx.once(Reads)`, since each name is looked at only once."""

    def __init__(self, ctx: Context) -> None:
        self._number, self._tree = ctx.module.number, ctx.module.tree
        self._lowered, self._names = ctx.module.lowered, ctx.project.evaluator.names
        self._named: dict[str, list[cst.Name]] = {}
        for node in self._tree.of_type(cst.Name):
            self._named.setdefault(node.value, []).append(node)
        self._seen: dict[tuple[int, str], dict[int | None, list[cst.Name]]] = {}

    def scope_of(self, name: str, at: cst.CSTNode) -> Scope | None:
        """The scope in which `name` is bound at the node `at`; None if it is not known."""
        return self._names.binding_scope(self._number, self._lowered.scope_index(at), name, None)[0]

    def of(self, scope: Scope, name: str, bound: int | None) -> Sequence[cst.Name]:
        """The reads of a name of the scope that may see what is bound at `bound`; None for an argument."""
        key = (scope.index, name)
        if key not in self._seen:
            self._seen[key] = self._by_binding(scope, name)
        return self._seen[key].get(bound, ())

    def _by_binding(self, scope: Scope, name: str) -> dict[int | None, list[cst.Name]]:
        """The reads of a name of the scope, by what they may see."""
        found: dict[int | None, list[cst.Name]] = {}
        bindings = scope.bindings.get(name, ())
        for node in self._named.get(name, ()):
            order = self._tree.order[node]
            if not scope.order <= order <= scope.end or self.is_target(node):
                continue
            home, at = self._names.binding_scope(self._number, self._lowered.scope_index(node), name, order)
            if home is None or home.index != scope.index:
                continue
            reaching, initial = reaching_bindings(bindings, at)
            for each in {binding.order for binding in reaching}:
                found.setdefault(each, []).append(node)
            if initial:
                found.setdefault(None, []).append(node)
        return found

    def is_target(self, node: cst.CSTNode) -> bool:
        """Whether an expression is assigned to, or a name stands for something else than its value."""
        parent = self._tree.parents[node]
        while isinstance(parent, (*CONTAINERS, cst.Tuple, cst.List)):
            node, parent = parent, self._tree.parents[parent]
        return isinstance(parent, (cst.Del, cst.NameItem)) or any(
            getattr(parent, field, None) is node for field in NAMING_FIELDS
        )
