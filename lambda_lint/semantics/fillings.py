"""What is put into lists, dicts and other objects after they were made, by whomever.

`ACTIONS["add"] = add`, `names.append(name)`, `options.update(region=region)`; an object is known by the
variable, or the attribute of a class, in which it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.knowledge.sdk import CREDENTIAL_ATTRIBUTES
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    ClassObject,
    Const,
    Element,
    Expr,
    Imported,
    Opaque,
    Pairs,
    Ref,
    ScopeKind,
)
from lambda_lint.semantics.names import Home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.semantics.facts import Call, ModuleFacts, Scope
    from lambda_lint.semantics.linking import Linker
    from lambda_lint.semantics.names import Names

Place: TypeAlias = "tuple[Home, tuple[str, ...]]"
"""A variable, and the attributes by which something is reached from it; a class stands for its instances."""

ELEMENT_METHODS = {"append": 0, "add": 0, "appendleft": 0, "insert": 1, "setdefault": 1}
"""Which argument becomes an element."""
MUTATORS = frozenset({*ELEMENT_METHODS, "extend", "set_credentials", "update"})
"""Methods that put what they are given into their object."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Something is put into an object."""

    module: int
    scope: int
    order: int
    key: Expr | None
    """The key, if it has one that is told."""
    value: Expr
    is_item: bool = True
    """False if the object keeps it, but not as an item."""


class Fillings:
    """All of a project's."""

    def __init__(self, modules: Sequence[ModuleFacts], linker: Linker, names: Names) -> None:
        self._modules, self._linker, self._names = modules, linker, names

    def of(self, module: int, scope: int, expr: Expr) -> Sequence[Filling]:
        """What is put, anywhere, into the object that `expr`, used in `scope`, is kept in."""
        place = self.place_of(module, scope, expr) if self._by_place else None
        return self._by_place.get(place, ()) if place is not None else ()

    def of_attribute(self, cls: tuple[int, int], name: str) -> Sequence[Filling]:
        """The same for an attribute that a class's own methods fill."""
        return self._by_place.get((Home(*cls, ""), (name,)), ())

    @cached_property
    def _by_place(self) -> dict[Place, list[Filling]]:
        found: dict[Place, list[Filling]] = {}
        for module, facts in enumerate(self._modules):
            for base, filling in _fillings(module, facts):
                place = self.place_of(module, filling.scope, base)
                if place is not None:
                    found.setdefault(place, []).append(filling)
        return found

    def place_of(self, module: int, scope: int, expr: Expr) -> Place | None:
        """Where an object is kept; None for anything but a chain of names."""
        attributes: list[str] = []
        while isinstance(expr, Attr):
            attributes.append(expr.name)
            expr = expr.base
        if not isinstance(expr, Ref):
            return None
        home = self._names.home(module, scope, expr.name)
        attributes.reverse()
        while home is not None and attributes:
            inside = self._inside(home, attributes[0])
            if inside is None:
                break
            home, attributes = inside, attributes[1:]
        if home is None:
            return None
        cls = self._class_of(home) if attributes else None
        return cls or home, tuple(attributes)

    def _inside(self, home: Home, name: str) -> Home | None:
        """`module.name` as the module itself knows it."""
        imported = self._bound(home)
        if not isinstance(imported, Imported):
            return None
        dotted = ".".join(filter(None, (imported.module, imported.name)))
        target = self._linker.resolve(home.module, dotted, imported.level)
        return None if target is None else self._names.home(target, 0, name)

    def _class_of(self, home: Home) -> Home | None:
        """The class, if the name is one, or is `self` or `cls` in a method."""
        scope = self._modules[home.module].scopes[home.scope]
        bound = self._bound(home)
        if scope.parent is not None and is_receiver(self._modules[home.module], scope, Ref(home.name)):
            return Home(home.module, scope.parent, "")
        while isinstance(bound, CallRef):
            call = self._modules[home.module].calls[bound.site]
            bound = call.args[0].value if call.decorates is not None else None
        return Home(home.module, bound.scope, "") if isinstance(bound, ClassObject) else None

    def _bound(self, home: Home) -> Expr | None:
        bindings = self._modules[home.module].scopes[home.scope].bindings.get(home.name, ())
        return bindings[-1].value if bindings else None


def is_receiver(facts: ModuleFacts, scope: Scope, base: Expr) -> bool:
    """Whether an expression is the first parameter of a method: the instance or the class."""
    return (
        scope.kind is ScopeKind.FUNCTION
        and scope.parent is not None
        and facts.scopes[scope.parent].kind is ScopeKind.CLASS
        and bool(scope.params)
        and Ref(scope.params[0].name) == base
        and Ref("staticmethod") not in scope.decorators
    )


def _fillings(module: int, facts: ModuleFacts) -> Iterator[tuple[Expr, Filling]]:
    for store in facts.item_stores:
        yield store.base, Filling(module, store.scope, store.order, store.key, store.value)
    for given in facts.attr_stores:
        if given.name in CREDENTIAL_ATTRIBUTES:
            yield given.base, Filling(module, given.scope, given.order, None, given.value, is_item=False)
    for call in facts.calls:
        if isinstance(call.func, Attr) and call.func.name in MUTATORS:
            for key, value, is_item in _put_in(call, call.func.name):
                yield call.func.base, Filling(module, call.scope, call.order, key, value, is_item)


def _put_in(call: Call, method: str) -> Iterator[tuple[Expr | None, Expr, bool]]:
    """Key and value of what a call puts into its object, and whether it is an item then."""
    for position, arg in enumerate(call.args):
        if arg.star or method == "set_credentials":
            yield None, arg.value, not arg.star
        elif arg.keyword is not None:
            yield Const(arg.keyword), arg.value, True
        elif method in ELEMENT_METHODS:
            is_element = position == ELEMENT_METHODS[method]
            key = call.args[0].value if method == "setdefault" else None
            yield key, arg.value, is_element
        elif isinstance(arg.value, Pairs):
            for key, value in arg.value.pairs:
                yield key, value, True
        else:
            yield None, Element(arg.value) if method == "extend" else Opaque((arg.value,)), True
