"""What gives names, attributes and items their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from lambda_lint.semantics.facts import (
    NOTHING,
    AttrStore,
    Binding,
    Const,
    Element,
    Expr,
    Imported,
    Item,
    ItemStore,
    Opaque,
    ScopeKind,
    Within,
)
from lambda_lint.semantics.layout import BLOCKS, COMPREHENSIONS, SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_lint.semantics.drafts import Draft, Drafts
    from lambda_lint.semantics.layout import Layout
    from lambda_lint.semantics.lower_expr import ExpressionLowering


class Bindings:
    """Enters the bindings of a module into its drafts, and keeps the stores that are no names."""

    def __init__(self, layout: Layout, drafts: Drafts, expressions: ExpressionLowering) -> None:
        self._layout, self._drafts, self._lower = layout, drafts, expressions.lower
        self._tests: dict[int, tuple[Expr, ...]] = {}
        """The conditions under which a block is reached."""
        self._tree, self._order = layout.tree, layout.tree.order
        self.attr_stores: list[AttrStore] = []
        self.item_stores: list[ItemStore] = []
        self.stars: list[Imported] = []
        self.imports: list[Imported] = []
        # Declarations first: a `global` statement may stand in any branch before the assignment.
        for declaration in self._tree.of_type(cst.Global):
            self._outer_names(declaration)
        for other in self._tree.of_type(cst.Nonlocal):
            self._outer_names(other)

    def visits(self) -> dict[type[cst.CSTNode], Callable[[Any], None]]:
        """The node types that bind, and what to do with each."""
        return {
            cst.Assign: self._assign,
            cst.AnnAssign: self._annotated,
            cst.AugAssign: self._augmented,
            cst.NamedExpr: lambda node: self.bind(node.target, self._lower(node.value), node),
            cst.For: lambda node: self.bind(node.target, Element(self._lower(node.iter)), node.iter),
            cst.CompFor: self._comprehension_target,
            cst.ExceptHandler: self._except,
            cst.ExceptStarHandler: self._except,
            cst.Import: self._import,
            cst.LazyImport: self._import,
            cst.ImportFrom: self._import_from,
            cst.LazyImportFrom: self._import_from,
            cst.Match: self._match,
        }

    def bind(self, target: cst.CSTNode, value: Expr, at: cst.CSTNode) -> None:
        """`target = value`, which is done when the node `at` has been evaluated."""
        pending: list[tuple[cst.CSTNode, Expr]] = [(target, value)]
        while pending:
            node, bound = pending.pop()
            if type(node) is cst.Name:
                self.bind_name(node.value, bound, at)
            elif type(node) is cst.Attribute or type(node) is cst.Subscript:
                self._store(node, bound, self._order[at])
            else:
                pending.extend(_unpacked(cast("cst.Tuple | cst.List", node), bound))

    def _store(self, target: cst.Attribute | cst.Subscript, value: Expr, order: int) -> None:
        scope, end, base = self._drafts.at(order).index, self._layout.end[order], self._lower(target.value)
        if isinstance(target, cst.Attribute):
            self.attr_stores.append(AttrStore(scope, base, target.attr.value, value, end))
        else:
            self.item_stores.append(ItemStore(scope, base, self._lower(only_index(target)), value, end))

    # -- names

    def bind_name(self, name: str, value: Expr, at: cst.CSTNode) -> None:
        """As `bind`, for a name alone."""
        order = self._order[at]
        draft, place, end = self._drafts.at(order), self._layout.places[order], self._layout.end
        holder, sure = draft, place.sure
        if isinstance(at, cst.NamedExpr):
            holder = self._drafts.function_at(order)
            sure = sure and holder is draft
        if holder.outer.get(name) is True:
            holder, sure = self._drafts.all[0], False
        elif holder.outer.get(name) is False:
            holder, sure = self._outer_holder(holder, name), False
        tests = () if place.sure else self.tests(order)
        if holder is not draft and draft.index:
            value = Within(draft.index, value)
            tests = tuple(Within(draft.index, test) for test in tests)
        block, loop = place.block, place.loop
        loop_end = end[loop] if loop else 0
        inner = self._layout.loops_within(order) if loop else ()
        binding = Binding(value, end[order], sure, block, end[block], loop, loop_end, tests, inner)
        holder.bindings.setdefault(name, []).append(binding)

    def tests(self, order: int) -> tuple[Expr, ...]:
        """The conditions under which a node is reached in its scope, the nearest first."""
        nodes = self._tree.nodes
        found: list[Expr] = []
        child = nodes[order]
        while True:
            order = self._tree.above[order]
            above: Any = nodes[order]
            kind = type(above)
            if kind in SCOPES:
                return tuple(found)
            if kind in BLOCKS:
                if order not in self._tests:
                    self._tests[order] = self.tests(order)
                return (*found, *self._tests[order])
            if (kind is cst.If or kind is cst.While) and child is not above.test:
                found.append(self._lower(above.test))
            elif kind is cst.MatchCase:
                found.append(self._lower(cast("cst.Match", self._tree.parent(above)).subject))
            child = above

    def _outer_holder(self, draft: Draft, name: str) -> Draft:
        """The function around that a `nonlocal` name belongs to."""
        parent = draft.parent
        while parent is not None:
            above = self._drafts.all[parent]
            if above.kind is ScopeKind.FUNCTION and (
                name in above.bindings or any(param.name == name for param in above.params)
            ):
                return above
            parent = above.parent
        return draft

    def _outer_names(self, node: cst.Global | cst.Nonlocal) -> None:
        draft = self._drafts.at(self._order[node])
        # At module level `global` is allowed and says nothing.
        for item in node.names if draft.parent is not None else ():
            draft.outer[item.name.value] = isinstance(node, cst.Global)

    # -- statements

    def _assign(self, node: cst.Assign) -> None:
        value = self._lower(node.value)
        for target in node.targets:
            self.bind(target.target, value, node)

    def _annotated(self, node: cst.AnnAssign) -> None:
        draft = self._drafts.at(self._order[node])
        if draft.kind is ScopeKind.CLASS and isinstance(node.target, cst.Name):
            draft.fields.append(node.target.value)
        if node.value is not None:
            self.bind(node.target, self._lower(node.value), node)

    def _augmented(self, node: cst.AugAssign) -> None:
        self.bind(node.target, Opaque((self._lower(node.target), self._lower(node.value))), node)

    def _except(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> None:
        if node.name is not None:
            self.bind(node.name.name, NOTHING, node.name)

    def _comprehension_target(self, node: cst.CompFor) -> None:
        around = self._tree.ancestors(node)
        draft = self._drafts.opened_by(next(above for above in around if type(above) in COMPREHENSIONS))
        pending: list[tuple[cst.CSTNode, Expr]] = [(node.target, Element(self._lower(node.iter)))]
        while pending:
            target, bound = pending.pop()
            if isinstance(target, cst.Name):
                binding = Binding(bound, draft.order, True, draft.order, draft.end)
                draft.bindings.setdefault(target.value, []).append(binding)
            elif isinstance(target, (cst.Tuple, cst.List)):
                parts = enumerate(target.elements)
                pending.extend((element.value, Item(bound, Const(index))) for index, element in parts)

    def _match(self, node: cst.Match) -> None:
        subject = Opaque((self._lower(node.subject),))
        for case in node.cases:
            for part in self._tree.subtree(case.pattern):
                match part:
                    case cst.MatchAs(name=cst.Name(name)) | cst.MatchStar(name=cst.Name(name)):
                        self.bind_name(name, subject, part)
                    case cst.MatchMapping(rest=cst.Name(name)):
                        self.bind_name(name, subject, part)

    # -- import statements

    def _import(self, node: cst.Import | cst.LazyImport) -> None:
        for alias in node.names:
            dotted = _dotted(alias.name)
            self.imports.append(Imported(dotted, None, 0))
            if alias.asname is not None:
                self.bind(alias.asname.name, Imported(dotted, None, 0), node)
            else:
                first = dotted.partition(".")[0]
                self.bind_name(first, Imported(first, None, 0), node)

    def _import_from(self, node: cst.ImportFrom | cst.LazyImportFrom) -> None:
        module = _dotted(node.module) if node.module is not None else ""
        level = len(node.relative)
        if isinstance(node.names, cst.ImportStar):
            self.stars.append(Imported(module, "*", level))
            self.imports.append(self.stars[-1])
            return
        for alias in node.names:
            target = alias.asname.name if alias.asname is not None else alias.name
            self.imports.append(Imported(module, _dotted(alias.name), level))
            self.bind(target, self.imports[-1], node)


def only_index(node: cst.Subscript) -> cst.BaseExpression | None:
    """The key of `base[key]`; None for slices and several keys."""
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        return node.slice[0].slice.value
    return None


def _dotted(node: cst.CSTNode) -> str:
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(node.attr.value)
        node = node.value
    return ".".join((cast("cst.Name", node).value, *reversed(names)))


def _unpacked(target: cst.Tuple | cst.List, value: Expr) -> Iterator[tuple[cst.CSTNode, Expr]]:
    """Each part of a target and what it gets; what stands after a star counts from the end."""
    size, starred = len(target.elements), False
    for index, element in enumerate(target.elements):
        if isinstance(element, cst.StarredElement):
            starred = True
            yield element.value, Opaque((value,))
        else:
            yield element.value, Item(value, Const(index - size if starred else index))
