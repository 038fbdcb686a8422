"""The names that a value meets: what it is assigned to, passed as, compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.syntax.targets import (
    GETTERS,
    UNCHANGING_FUNCTIONS,
    UNCHANGING_METHODS,
    called_name,
    name_of_target,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.syntax.tree import Tree

Sequence: TypeAlias = "cst.List | cst.Tuple | cst.Set"


class Relation(Enum):
    """How a value meets a name."""

    ASSIGNED = "assigned"
    """`name = "…"`, `self.name = "…"`, `settings["name"] = "…"`"""
    PASSED = "passed"
    """`connect(name="…")`, `setenv("name", "…")`, `set_name("…")`"""
    ENTRY = "entry"
    """`{"name": "…"}`, `{"Name": "name", "Value": "…"}`"""
    DEFAULT = "default"
    """`def connect(name="…")`, `os.getenv("name", "…")`"""
    RETURNED = "returned"
    """`def name(): return "…"`"""
    COMPARED = "compared"
    """`if name == "…"`"""
    MEMBER = "member"
    """`names = ["…", "…"]`"""
    PAIRED = "paired"
    """`get(url, name=(user, "…"))`: the second of a pair."""
    ARGUMENT = "argument"
    """`connect(user, "…")`: the name is the function's, which says nothing of the value by itself."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A name that a value meets."""

    name: str
    relation: Relation
    call: cst.Call | None = None
    """The call around an argument."""
    position: int | None = None
    """Of a positional argument."""


LONGEST_PARALLEL = 16
"""Longer argument lists and tuples are data: nobody assigns them to names one by one."""
SETTERS = frozenset({"__setitem__", "add_header", "put", "putenv", "set", "setattr", "setdefault", "setenv"})
SETTER = re.compile(r"(?:set_?|with_|use_)(?P<name>[A-Za-z]\w+)")
DIGEST_COMPARISONS = frozenset({"compare_digest", "constant_time_compare"})
DECLARATIONS = frozenset({"Argument", "Option", "add_argument", "add_option", "argument", "option"})
NAME_KEYS = frozenset({"key", "name", "parameterkey", "variable"})
VALUE_KEYS = frozenset({"parametervalue", "value"})


def bindings(tree: Tree, node: cst.BaseExpression) -> Iterator[Binding]:
    """The names that the value of `node` meets, through whatever hands it on unchanged."""
    current: cst.CSTNode = node
    in_collection = False
    while True:
        # A value always stands in a statement: the module itself is never reached.
        parent = tree.parents[current]
        outer = _handed_on(tree, current, parent)
        if outer is not None:
            current = outer
        elif isinstance(parent, cst.Element) and (around := _collection(tree, parent)) is not None:
            yield from _met_in_place(tree, parent, around)
            in_collection, current = True, around
        else:
            for binding in _met(tree, current, parent):
                if not in_collection or binding.relation is Relation.COMPARED:
                    yield binding
                elif binding.relation in {Relation.ASSIGNED, Relation.ENTRY}:
                    yield Binding(binding.name, Relation.MEMBER)
            return


def _handed_on(tree: Tree, node: cst.CSTNode, parent: cst.CSTNode) -> cst.CSTNode | None:
    """The expression around `node` that has its value, if `parent` is part of one."""
    match parent:
        case cst.BooleanOperation():
            return parent
        case cst.IfExp():
            return None if parent.test is node else parent
        case cst.Attribute(attr=cst.Name(value=method)) if parent.value is node:
            call = tree.parent(parent)
            is_called = isinstance(call, cst.Call) and call.func is parent
            return call if is_called and method in UNCHANGING_METHODS else None
        case cst.Arg(keyword=None | cst.Name(value="default" | "value" | "secret_value")):
            call = tree.parent(parent)
            is_handing = isinstance(call, cst.Call) and called_name(call) in UNCHANGING_FUNCTIONS
            return call if is_handing else None
        case _:
            return None


def _collection(tree: Tree, element: cst.Element) -> Sequence | None:
    around = tree.parent(element)
    return around if isinstance(around, (cst.List, cst.Tuple, cst.Set)) else None


def _met_in_place(tree: Tree, element: cst.Element, around: Sequence) -> Iterator[Binding]:
    """What the place in a tuple or list says: `user, password = "…", "…"` and `auth=("…", "…")`."""
    count = len(around.elements)
    if count > LONGEST_PARALLEL:
        return
    index = next(index for index, each in enumerate(around.elements) if each is element)
    owner = tree.parent(around)
    if isinstance(owner, cst.Assign):
        for target in owner.targets:
            names = target.target
            if isinstance(names, (cst.Tuple, cst.List)) and len(names.elements) == count:
                name = name_of_target(names.elements[index].value)
                if name is not None:
                    yield Binding(name, Relation.ASSIGNED)
    if count == 2 and index == 1 and isinstance(owner, (cst.Arg, cst.Assign, cst.DictElement)):
        for binding in _met(tree, around, owner):
            yield Binding(binding.name, Relation.PAIRED)


def _met(tree: Tree, node: cst.CSTNode, parent: cst.CSTNode) -> Iterator[Binding]:
    """The names that `node` meets in `parent`."""
    match parent:
        case cst.Assign():
            for target in parent.targets:
                yield from _as(name_of_target(target.target), Relation.ASSIGNED)
        case cst.AnnAssign() | cst.AugAssign() | cst.NamedExpr() if parent.value is node:
            yield from _as(name_of_target(parent.target), Relation.ASSIGNED)
        case cst.Arg():
            yield from _met_in_call(tree, parent)
        case cst.DictElement() if parent.value is node:
            yield from _met_in_dict(tree, parent)
        case cst.Param(name=cst.Name(value=name)) if parent.default is node:
            yield Binding(name, Relation.DEFAULT)
        case cst.Return():
            around = (each for each in tree.ancestors(parent) if isinstance(each, cst.FunctionDef))
            function = next(around, None)
            yield from _as(None if function is None else function.name.value, Relation.RETURNED)
        case cst.Comparison() | cst.ComparisonTarget():
            yield from _met_in_comparison(tree, node, parent)
        case _:
            pass


def _as(name: str | None, relation: Relation) -> Iterator[Binding]:
    if name is not None:
        yield Binding(name, relation)


def _met_in_call(tree: Tree, arg: cst.Arg) -> Iterator[Binding]:
    call = tree.parent(arg)
    if not isinstance(call, cst.Call):
        # A base class or a keyword of a class.
        return
    called = called_name(call) or ""
    if arg.keyword is not None:
        keyword = arg.keyword.value
        yield Binding(keyword, Relation.PASSED, call)
        if keyword == "default" and called in DECLARATIONS:
            for each in call.args:
                yield from _as(None if each.keyword else plain_text(each.value), Relation.DEFAULT)
        elif keyword.lower() in VALUE_KEYS:
            for each in call.args:
                if each.keyword is not None and each.keyword.value.lower() in NAME_KEYS:
                    yield from _as(plain_text(each.value), Relation.PASSED)
        return
    position = _position(call, arg)
    if position is not None:
        yield from _met_at(call, called, position)
        yield Binding(called, Relation.ARGUMENT, call, position)


def _position(call: cst.Call, arg: cst.Arg) -> int | None:
    """The position of a positional argument that no `*` argument can move; None for one far behind."""
    for position, each in enumerate(call.args[:LONGEST_PARALLEL]):
        if each.star or each.keyword:
            return None
        if each is arg:
            return position
    return None


def _met_at(call: cst.Call, called: str, position: int) -> Iterator[Binding]:
    """What a positional argument means by the convention of its function's name."""
    # `setattr` and `getattr` have the object before the name.
    first = 1 if called in {"setattr", "getattr"} else 0
    if position == first + 1 and called in SETTERS | GETTERS:
        relation = Relation.DEFAULT if called in GETTERS else Relation.PASSED
        yield from _as(plain_text(call.args[first].value), relation)
    if position < 2 <= len(call.args) and called in DIGEST_COMPARISONS:
        yield from _as(name_of_target(call.args[1 - position].value), Relation.COMPARED)
    if position == 0 and (setter := SETTER.fullmatch(called)):
        yield Binding(setter["name"], Relation.PASSED)


def _met_in_dict(tree: Tree, element: cst.DictElement) -> Iterator[Binding]:
    key = (
        plain_text(element.key) if isinstance(element.key, cst.SimpleString) else name_of_target(element.key)
    )
    if key is None:
        return
    yield Binding(key, Relation.ENTRY)
    around = tree.parent(element)
    if key.lower() in VALUE_KEYS and isinstance(around, cst.Dict):
        for sibling in around.elements:
            if isinstance(sibling, cst.DictElement) and (plain_text(sibling.key) or "").lower() in NAME_KEYS:
                yield from _as(plain_text(sibling.value), Relation.ENTRY)


def _met_in_comparison(
    tree: Tree, node: cst.CSTNode, parent: cst.Comparison | cst.ComparisonTarget
) -> Iterator[Binding]:
    match tree.parent(parent) if isinstance(parent, cst.ComparisonTarget) else parent:
        case cst.Comparison(left=left, comparisons=[cst.ComparisonTarget() as target]) if isinstance(
            target.operator, (cst.Equal, cst.NotEqual, cst.In, cst.NotIn)
        ):
            yield from _as(name_of_target(target.comparator if left is node else left), Relation.COMPARED)
        case _:
            pass
