"""Statements that fill a place: a global, an attribute, or what is kept there.

`client = make()`, `self.client = make()`, `CACHE[key] = make()`, `CACHE.setdefault(key, make())`, and calls
of functions of the module that do so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.semantics.facts import NOTHING, Attr, Expr, Item, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.layout import Layout

FILLING_METHODS = frozenset({"add", "append", "set", "setdefault", "update"})
"""Methods that put something into their object."""
CLASS = "__class__"


@dataclass(frozen=True, slots=True)
class Store:
    """A place is filled."""

    place: Expr
    node: cst.CSTNode
    """The whole statement, named expression or call."""
    function: cst.CSTNode
    is_content: bool = False
    """Whether what is kept at the place is filled, and not the place itself."""
    also: tuple[Expr, ...] = ()
    """By what else the place is read: `self.client` also reads what the class keeps."""

    @property
    def kept(self) -> Expr:
        """The place; or anything in it."""
        return Item(self.place, NOTHING) if self.is_content else self.place


def stores_in(layout: Layout) -> list[Store]:
    """Every store in a function to what may outlive it, in no particular order."""
    found = [*_assignments(layout), *_method_calls(layout)]
    return [*found, *_calls(layout, found)]


def _assignments(layout: Layout) -> Iterator[Store]:
    tree = layout.tree
    outer = _outer_names(layout)
    nodes: list[cst.Assign | cst.AnnAssign | cst.NamedExpr] = [
        *tree.of_type(cst.Assign),
        *tree.of_type(cst.AnnAssign),
        *tree.of_type(cst.NamedExpr),
    ]
    for node in nodes:
        targets = (
            [target.target for target in node.targets] if isinstance(node, cst.Assign) else [node.target]
        )
        function = layout.tree.function_around(node)
        flat: list[cst.CSTNode] = list(targets) if function is not None else []
        while flat:
            target = flat.pop()
            if isinstance(target, cst.Tuple):
                flat.extend(element.value for element in target.elements)
            elif function is not None and not (
                isinstance(target, cst.Name) and target.value not in outer.get(function, frozenset())
            ):
                yield from _store(layout, target, node, function)


def _store(layout: Layout, target: cst.CSTNode, node: cst.CSTNode, function: cst.CSTNode) -> Iterator[Store]:
    is_content = isinstance(target, cst.Subscript)
    place = _global_by_key(target)
    if place is not None:
        is_content = False
    else:
        place = place_of(target.value if isinstance(target, cst.Subscript) else target)
    if place is not None:
        yield Store(place, node, function, is_content, _read_also(layout, place, function))


def _global_by_key(target: cst.CSTNode) -> Expr | None:
    """`globals()["client"]`."""
    match target:
        case cst.Subscript(
            value=cst.Call(func=cst.Name("globals")),
            slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))],
        ):
            return Ref(key.value.strip("\"'"))
    return None


def _read_also(layout: Layout, place: Expr, function: cst.CSTNode) -> tuple[Expr, ...]:
    """`self.client` reads what `type(self).client = …`, and what `Service.client = …`, has set."""
    match place:
        case Attr(Attr(base, "__class__"), name):
            return (Attr(base, name),)
        case Attr(Ref(owner), name) if isinstance(function, cst.FunctionDef) and function.params.params:
            around = next((a for a in layout.tree.ancestors(function) if isinstance(a, cst.ClassDef)), None)
            if around is not None and around.name.value == owner:
                return (Attr(Ref(function.params.params[0].name.value), name),)
    return ()


def _method_calls(layout: Layout) -> Iterator[Store]:
    """`CACHE.setdefault(key, make())`, `setattr(module, "client", make())`."""
    for node in layout.tree.of_type(cst.Call):
        function = layout.tree.function_around(node)
        if function is None:
            continue
        match node:
            case cst.Call(func=cst.Attribute(value=base, attr=cst.Name(method))) if method in FILLING_METHODS:
                place = place_of(base)
                if place is not None:
                    yield Store(place, node, function, True, _read_also(layout, place, function))
            case cst.Call(
                func=cst.Name("setattr"),
                args=[cst.Arg(value=base), cst.Arg(value=cst.SimpleString() as name), _],
            ):
                place = place_of(base)
                if place is not None:
                    yield Store(Attr(place, name.value.strip("\"'")), node, function)


def _calls(layout: Layout, stores: list[Store]) -> Iterator[Store]:
    """Calls of functions of the module that fill a place: `if client is None: connect()`."""
    fills: dict[str, dict[Expr, Store]] = {}
    for store in stores:
        for around in (store.function, *layout.tree.ancestors(store.function)):
            if isinstance(around, cst.FunctionDef):
                fills.setdefault(around.name.value, {})[store.place] = store
    for node in layout.tree.of_type(cst.Call) if fills else ():
        func = node.func
        name = func.attr if isinstance(func, cst.Attribute) else func
        function = layout.tree.function_around(node)
        if isinstance(name, cst.Name) and name.value in fills and function is not None:
            of_object = isinstance(func, cst.Attribute)
            for place, store in fills[name.value].items():
                if isinstance(place, Attr) == of_object:
                    yield Store(place, node, function, store.is_content, store.also)


def _outer_names(layout: Layout) -> dict[cst.CSTNode, set[str]]:
    """For each function the names that it declares `global` or `nonlocal`."""
    names: dict[cst.CSTNode, set[str]] = {}
    tree = layout.tree
    declarations: list[cst.Global | cst.Nonlocal] = [*tree.of_type(cst.Global), *tree.of_type(cst.Nonlocal)]
    for node in declarations:
        function = layout.tree.function_around(node)
        if function is not None:
            names.setdefault(function, set()).update(item.name.value for item in node.names)
    return names


def place_of(node: cst.CSTNode) -> Expr | None:
    """A name or an attribute chain of names, else None; `type(x)` is `x.__class__`."""
    attributes: list[str] = []
    while True:
        if type(node) is cst.Attribute:
            attributes.append(node.attr.value)
            node = node.value
        elif type(node) is cst.Call and _is_type_of(node):
            attributes.append(CLASS)
            node = node.args[0].value
        else:
            break
    if type(node) is not cst.Name:
        return None
    place: Expr = Ref(node.value)
    for name in reversed(attributes):
        place = Attr(place, name)
    return place


def _is_type_of(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Name) and call.func.value == "type" and len(call.args) == 1
