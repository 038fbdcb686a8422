"""Where in a module a part of something is read: facts keep the places of reads beside the expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.facts import Attr, Const, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.semantics.facts import Expr, ItemStore, ModuleFacts
    from lambda_lint.semantics.values import Where


class Reads:
    """The reads of a project, by module, scope and key."""

    def __init__(self, modules: Sequence[ModuleFacts]) -> None:
        self._modules = modules
        self._keys: dict[int, dict[tuple[int, str], list[tuple[Expr, int]]]] = {}
        self._loads: dict[int, dict[tuple[int, str], list[tuple[Expr, int]]]] = {}
        self._stores: dict[int, dict[int, list[ItemStore]]] = {}
        self._ends: dict[int, frozenset[int]] = {}

    def of_item(self, where: Where, item: Item) -> int | None:
        """The node of `base["key"]`, as seen from `where`."""
        if not isinstance(item.key, Const) or not isinstance(item.key.value, str):
            return None
        if where.module not in self._keys:
            found = self._keys[where.module] = {}
            for read in self._modules[where.module].key_reads:
                found.setdefault((read.scope, read.key), []).append((read.base, read.order))
        return self._nearest(where, self._keys[where.module], item.key.value, item.base)

    def of_attribute(self, where: Where, attribute: Attr) -> int | None:
        """The node of `base.name`, as seen from `where`."""
        if where.module not in self._loads:
            found = self._loads[where.module] = {}
            for load in self._modules[where.module].loads:
                found.setdefault((load.scope, load.name), []).append((load.base, load.order))
        return self._nearest(where, self._loads[where.module], attribute.name, attribute.base)

    def stores(self, where: Where, base: Expr) -> list[ItemStore]:
        """What the same scope has put into `base` before: `base[key] = value`."""
        if where.module not in self._stores:
            found = self._stores[where.module] = {}
            for store in self._modules[where.module].item_stores:
                found.setdefault(store.scope, []).append(store)
        stores = self._stores[where.module].get(where.scope, ())
        return [
            store
            for store in stores
            if where.at is not None and store.order < where.at and store.base == base
        ]

    def _nearest(
        self, where: Where, reads: dict[tuple[int, str], list[tuple[Expr, int]]], name: str, base: Expr
    ) -> int | None:
        """The read among equal ones that belongs to what is seen from `where`."""
        at = where.at or 0
        orders = [order for read, order in reads.get((where.scope, name), ()) if read == base]
        # A binding is seen from its end, behind what it reads; anything else from its beginning.
        if self.is_end(where.module, at):
            return max((order for order in orders if order <= at), default=None)
        return min((order for order in orders if order >= at), default=None)

    def is_end(self, module: int, order: int) -> bool:
        """Whether the node is the end of what a name, an attribute or an item is given."""
        if module not in self._ends:
            self._ends[module] = frozenset(self._bound(self._modules[module]))
        return order in self._ends[module]

    def _bound(self, facts: ModuleFacts) -> Iterator[int]:
        for scope in facts.scopes:
            for bindings in scope.bindings.values():
                yield from (binding.order for binding in bindings)
        yield from (store.order for store in facts.attr_stores)
        yield from (store.order for store in facts.item_stores)
