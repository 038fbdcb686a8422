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
        flat: list[cst.CSTNode] = list(targets)
        while flat:
            target = flat.pop()
            if type(target) is cst.Tuple:
                flat.extend(element.value for element in target.elements)
            elif type(target) is not cst.Name or target.value in outer:
                function = layout.tree.function_around(node)
                is_local = type(target) is cst.Name and function not in outer[target.value]
                if function is not None and not is_local:
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
        func, args = node.func, node.args
        base, set_name = None, None
        if type(func) is cst.Attribute and func.attr.value in FILLING_METHODS:
            base = func.value
        elif type(func) is cst.Name and func.value == "setattr" and len(args) == 3:
            name = args[1].value
            if type(name) is cst.SimpleString:
                base, set_name = args[0].value, name.value.strip("\"'")
        place = None if base is None else place_of(base)
        function = None if place is None else layout.tree.function_around(node)
        if place is None or function is None:
            continue
        if set_name is not None:
            yield Store(Attr(place, set_name), node, function)
        else:
            yield Store(place, node, function, True, _read_also(layout, place, function))


def _calls(layout: Layout, stores: list[Store]) -> Iterator[Store]:
    """Calls of functions of the module that fill a place: `if client is None: connect()`."""
    fills: dict[str, dict[Expr, Store]] = {}
    for store in stores:
        for around in (store.function, *layout.tree.ancestors(store.function)):
            if isinstance(around, cst.FunctionDef):
                fills.setdefault(around.name.value, {})[store.place] = store
    for node in layout.tree.of_type(cst.Call) if fills else ():
        func = node.func
        of_object = type(func) is cst.Attribute
        name = func.attr if type(func) is cst.Attribute else func
        if type(name) is not cst.Name or name.value not in fills:
            continue
        function = layout.tree.function_around(node)
        if function is not None:
            for place, store in fills[name.value].items():
                if isinstance(place, Attr) == of_object:
                    yield Store(place, node, function, store.is_content, store.also)


def _outer_names(layout: Layout) -> dict[str, set[cst.CSTNode]]:
    """For each name the functions that declare it `global` or `nonlocal`."""
    names: dict[str, set[cst.CSTNode]] = {}
    tree = layout.tree
    declarations: list[cst.Global | cst.Nonlocal] = [*tree.of_type(cst.Global), *tree.of_type(cst.Nonlocal)]
    for node in declarations:
        function = layout.tree.function_around(node)
        if function is not None:
            for item in node.names:
                names.setdefault(item.name.value, set()).add(function)
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
