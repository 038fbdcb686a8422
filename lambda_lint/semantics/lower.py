"""A tree to the facts of its module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

import libcst as cst

from lambda_lint.semantics.annotations import annotated_type
from lambda_lint.semantics.binding import Bindings, only_index
from lambda_lint.semantics.drafts import Drafts
from lambda_lint.semantics.facts import (
    PROPERTY_PARTS,
    Arg,
    Attr,
    Call,
    CallRef,
    ClassObject,
    Closure,
    Const,
    Element,
    Entered,
    Expr,
    KeyRead,
    Load,
    ModuleFacts,
    Param,
    ParamKind,
    Ref,
    property_part,
)
from lambda_lint.semantics.layout import Layout
from lambda_lint.semantics.lower_expr import ExpressionLowering
from lambda_lint.semantics.once import Guards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lambda_lint.semantics.drafts import Draft
    from lambda_lint.syntax.tree import Tree

NOT_READ = frozenset({cst.AssignTarget, cst.Del, cst.Decorator, cst.ImportFrom, cst.ImportAlias})
"""Parents of an attribute that do not read it."""


class Lowered:
    """The facts of a module, and which node of its tree each of them came from."""

    def __init__(self, path: str, tree: Tree, marked_orders: Iterable[int] = ()) -> None:
        self.tree = tree
        self.layout = Layout(tree)
        self._guards = Guards(self.layout)
        self._drafts = Drafts(self.layout)
        calls = tree.of_types((cst.Call, cst.Decorator))
        self.call_of: dict[cst.CSTNode, int] = dict(zip(calls, range(len(calls)), strict=True))
        """A call or a decorator -> the call's number."""
        self.expressions = ExpressionLowering(self.call_of, self._drafts.index_of)
        self.facts = _Lowering(self, self._drafts).facts(path, frozenset(marked_orders))

    def guards_at(self, order: int) -> tuple[Expr, ...]:
        """The places whose emptiness guards the node; see `Call.guards`."""
        return self._guards.at(order)

    def scope_index(self, node: cst.CSTNode) -> int:
        """The scope in which `node` is evaluated."""
        return self._drafts.at(self.tree.order[node]).index


class _Lowering:
    """Visits the nodes in source order and gathers calls, reads and scopes; `Bindings` does the rest."""

    def __init__(self, lowered: Lowered, drafts: Drafts) -> None:
        self._lowered, self._drafts = lowered, drafts
        self._tree, self._order, self._layout = lowered.tree, lowered.tree.order, lowered.layout
        self._bindings = Bindings(lowered.layout, drafts, lowered.expressions)
        self._lower = lowered.expressions.lower
        self._calls: dict[int, Call] = {}
        self._loads: list[Load] = []
        self._key_reads: list[KeyRead] = []

    def facts(self, path: str, marked: frozenset[int]) -> ModuleFacts:
        visits = self._visits()
        for node in self._tree.of_types(visits):
            visits[node.__class__](node)
        bindings = self._bindings
        return ModuleFacts(
            path=path,
            scopes=tuple(draft.frozen() for draft in self._drafts.all),
            calls=tuple(self._calls[number] for number in range(len(self._calls))),
            loads=tuple(self._loads),
            attr_stores=tuple(bindings.attr_stores),
            item_stores=tuple(bindings.item_stores),
            key_reads=tuple(self._key_reads),
            star_imports=tuple(bindings.stars),
            imports=tuple(dict.fromkeys(bindings.imports)),
            marked_handlers=tuple(draft.index for draft in self._drafts.all if draft.order in marked),
        )

    def _visits(self) -> dict[type[cst.CSTNode], Callable[[Any], None]]:
        return {
            **self._bindings.visits(),
            cst.FunctionDef: self._function,
            cst.ClassDef: self._class,
            cst.Lambda: self._lambda,
            cst.Call: self._call,
            cst.Attribute: self._attribute,
            cst.WithItem: self._with_item,
            cst.Subscript: lambda node: self._key_read(node.value, only_index(node), node),
            cst.MatchMappingElement: self._matched_key,
            cst.Comparison: self._comparison,
            cst.Return: self._return,
            cst.Yield: self._yield,
        }

    # -- functions and classes

    def _function(self, node: cst.FunctionDef) -> None:
        draft = self._drafts.opened_by(node)
        draft.params = self._params(node.params)
        draft.is_async = node.asynchronous is not None
        self._define(draft, Closure(draft.index), node)

    def _class(self, node: cst.ClassDef) -> None:
        draft = self._drafts.opened_by(node)
        draft.bases = tuple(self._lower(base.value) for base in node.bases)
        for keyword in node.keywords:
            if keyword.keyword is not None and keyword.keyword.value == "metaclass":
                draft.metaclass = self._lower(keyword.value)
        self._define(draft, ClassObject(draft.index), node)

    def _define(self, draft: Draft, value: Expr, node: cst.FunctionDef | cst.ClassDef) -> None:
        """Bind the name to the object as its decorators leave it: each decorator is a call."""
        draft.decorators = tuple(self._lower(each.decorator) for each in node.decorators)
        for decorator in reversed(node.decorators):
            func = self._lower(decorator.decorator)
            value = self._record(decorator, func, (Arg(value, None, ""),), decorates=draft.index)
        part = next((d.name for d in draft.decorators if _is_part(d, node.name.value)), None)
        if part is None:
            self._bindings.bind(node.name, value, node.name)
        else:
            # The name stays the property: `@name.setter` only adds to it.
            self._bindings.bind_name(property_part(node.name.value, part), value, node.name)

    def _lambda(self, node: cst.Lambda) -> None:
        draft = self._drafts.opened_by(node)
        draft.params = self._params(node.params)
        draft.returns.append((self._lower(node.body), self._order[node.body]))

    def _params(self, params: cst.Parameters) -> tuple[Param, ...]:
        found = [self._param(each, ParamKind.PLAIN) for each in (*params.posonly_params, *params.params)]
        if isinstance(params.star_arg, cst.Param):
            found.append(self._param(params.star_arg, ParamKind.STAR))
        found.extend(self._param(each, ParamKind.KEYWORD) for each in params.kwonly_params)
        if params.star_kwarg is not None:
            found.append(self._param(params.star_kwarg, ParamKind.DOUBLE_STAR))
        return tuple(found)

    def _param(self, param: cst.Param, kind: ParamKind) -> Param:
        default = None if param.default is None else self._lower(param.default)
        said = param.annotation
        annotation = None if said is None else annotated_type(said.annotation, self._lower)
        return Param(param.name.value, kind, default, annotation)

    def _return(self, node: cst.Return) -> None:
        value = Const(None) if node.value is None else self._lower(node.value)
        order = self._order[node]
        draft = self._drafts.function_at(order)
        draft.returns.append((value, order))
        draft.choices.extend((test, order) for test in self._bindings.tests(order))

    def _yield(self, node: cst.Yield) -> None:
        if isinstance(node.value, cst.From):
            value: Expr = Element(self._lower(node.value.item))
        else:
            value = self._lower(node.value)
        order = self._order[node]
        self._drafts.function_at(order).yields.append((value, order))

    # -- calls and reads

    def _call(self, node: cst.Call) -> None:
        args = [
            Arg(self._lower(arg.value), arg.keyword.value if arg.keyword is not None else None, arg.star)
            for arg in node.args
        ]
        func = node.func
        self._record(node, self._lower(func), tuple(args))
        if type(func) is cst.Attribute and func.attr.value == "get" and args:
            self._key_read(func.value, node.args[0].value, node)

    def _record(
        self, node: cst.CSTNode, func: Expr, args: tuple[Arg, ...], decorates: int | None = None
    ) -> CallRef:
        order = self._order[node]
        number = self._lowered.call_of[node]
        self._calls[number] = Call(
            scope=self._drafts.at(order).index,
            func=func,
            args=args,
            order=order,
            in_loop=self._layout.is_repeated(node),
            in_main=self._layout.places[order].in_main,
            guards=self._lowered.guards_at(order),
            decorates=decorates,
        )
        return CallRef(number)

    def _attribute(self, node: cst.Attribute) -> None:
        parent = self._tree.parent(node)
        if type(parent) is cst.Call and parent.func is node:
            return
        if getattr(parent, "target", None) is node:
            self._load(node, self._lower(node.value), property_part(node.attr.value, "setter"))
        if type(parent) not in NOT_READ:
            self._load(node, self._lower(node.value), node.attr.value)

    def _with_item(self, node: cst.WithItem) -> None:
        entered = self._lower(node.item)
        self._load(node, entered, "__enter__")
        if node.asname is not None:
            self._bindings.bind(node.asname.name, Entered(entered), node)

    def _load(self, node: cst.CSTNode, base: Expr, name: str) -> None:
        order = self._order[node]
        guards = self._lowered.guards_at(order)
        self._loads.append(Load(self._drafts.at(order).index, base, name, order, guards))

    def _comparison(self, node: cst.Comparison) -> None:
        for target in node.comparisons:
            if type(target.operator) is cst.In or type(target.operator) is cst.NotIn:
                self._key_read(target.comparator, node.left, node)

    def _matched_key(self, node: cst.MatchMappingElement) -> None:
        statement = next(above for above in self._tree.ancestors(node) if isinstance(above, cst.Match))
        self._key_read(statement.subject, node.key, node)

    def _key_read(self, base: cst.CSTNode, key: cst.CSTNode | None, node: cst.CSTNode) -> None:
        if type(key) is not cst.SimpleString:
            return
        lowered = self._lower(key)
        if isinstance(lowered, Const) and isinstance(lowered.value, str):
            order = self._order[node]
            scope = self._drafts.at(order).index
            self._key_reads.append(KeyRead(scope, self._lower(base), lowered.value, order))


def _is_part(decorator: Expr, name: str) -> TypeGuard[Attr]:
    """Whether a decorator is `@name.setter` or `@name.deleter` of the property of that name."""
    return isinstance(decorator, Attr) and decorator.base == Ref(name) and decorator.name in PROPERTY_PARTS
