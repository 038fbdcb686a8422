"""Objects that live longer than an invocation, and what each invocation does to them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.model.labels import Phase
from lambda_lint.semantics import members
from lambda_lint.semantics.facts import NOTHING, Attr, Expr, Item, Opaque, Ref, Within
from lambda_lint.semantics.values import (
    ClassValue,
    Display,
    Instance,
    ModuleValue,
    Returned,
    Value,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.fillings import Place
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey

COLLECTIONS = frozenset(
    {
        "builtins.bytearray",
        "builtins.dict",
        "builtins.list",
        "builtins.set",
        "collections.Counter",
        "collections.OrderedDict",
        "collections.defaultdict",
    }
)
"""Callables that make a collection without a limit of its own."""

EMPTYING = frozenset({"clear", "discard", "pop", "popitem", "popleft", "remove", "reset"})
"""Methods that take something out of a collection."""


class Outlasting:
    """Answers for a project."""

    def __init__(self, project: Project) -> None:
        self._modules, self._ev = project.modules, project.evaluator
        self._graph, self._phases = project.graph, project.phases

    def keeps(self, where: Where, place: Expr) -> bool:
        """Whether what is put into the object at a place is still there in the next invocation.

        The object is a collection that was made when the environment started: a global, an attribute of such
        an object or of a class, or the default of a parameter.
        """
        values = self._ev.values(where, place)
        return (
            bool(values)
            and all(self._is_collection(value) for value in values)
            and self._emptied_objects.isdisjoint(values)
            and self._outlives(where, place, Item(place, NOTHING))
        )

    def outlives(self, where: Where, place: Expr) -> bool:
        """Whether an attribute or a global keeps its value until the next invocation."""
        return self._outlives(where, place, place)

    def _outlives(self, where: Where, place: Expr, kept: Expr) -> bool:
        if isinstance(place, Attr):
            owners = self._ev.values(where, place.base)
            is_content = isinstance(kept, Item)
            is_lasting = bool(owners) and all(
                self._is_lasting(owner) or (is_content and self._is_shared(owner, place.name))
                for owner in owners
            )
        else:
            is_lasting = isinstance(place, Ref)
        return is_lasting and self._phases.outlives(where.module, where.scope, where.at or 0, kept)

    def _is_collection(self, value: Value) -> bool:
        """Whether a value is a list, dict or set that no invocation makes anew."""
        match value:
            case Display(module, scope):
                return self._is_initial((module, scope))
            case Returned(callee, call) if callee in COLLECTIONS:
                return self._is_initial((call[0], self._ev.call(call).scope))
        return False

    def _is_lasting(self, owner: Value) -> bool:
        match owner:
            case ModuleValue() | ClassValue():
                return True
            case Instance(cls):
                return any(cls in self._ev.order_of_bases(made) for made in self._made_at_start)
        return False

    def _is_shared(self, owner: Value, name: str) -> bool:
        """Whether an attribute is one for all instances of the owner's class."""
        return isinstance(owner, Instance) and members.is_shared(self._ev, owner.cls, name)

    def _is_initial(self, scope: FunctionKey) -> bool:
        """Whether code of the scope runs only when the environment starts; the body of a class does."""
        function = self._graph.function_of(*scope)
        return self._phases.of_function(function) is Phase.INIT

    @cached_property
    def _made_at_start(self) -> frozenset[FunctionKey]:
        """The classes of which a module level makes an instance."""
        return frozenset(
            value.key
            for module, facts in enumerate(self._modules)
            for call in facts.calls
            if self._is_initial((module, call.scope)) and not call.in_main
            for value in self._ev.values(Where(module, call.scope, call.order), call.func)
            if isinstance(value, ClassValue)
        )

    # -- what else is done to it

    def is_emptied(self, module: int, scope: int, place: Expr) -> bool:
        """Whether some code that an invocation runs empties the object, or puts another one in its place."""
        found = self._ev.fillings.place_of(module, scope, place)
        return found is not None and found in self._emptied

    def is_set_elsewhere(self, where: Where, place: Expr, own: int) -> bool:
        """Whether code that an invocation runs sets the place at another node than `own`."""
        found = self._ev.fillings.place_of(where.module, where.scope, place)
        return found is None or any(at != (where.module, own) for at in self._set.get(found, ()))

    @cached_property
    def _set(self) -> dict[Place, list[tuple[int, int]]]:
        """The places that invocations set, and where."""
        found: dict[Place, list[tuple[int, int]]] = {}
        for module, scope, order, place in self._stores():
            known = self._ev.fillings.place_of(module, scope, place)
            if known is not None and self._runs(module, scope):
                found.setdefault(known, []).append((module, order))
        return found

    @cached_property
    def _emptied(self) -> frozenset[Place]:
        found = set(self._set)
        for module, facts in enumerate(self._modules):
            for call in facts.calls:
                if isinstance(call.func, Attr) and call.func.name in EMPTYING:
                    place = self._ev.fillings.place_of(module, call.scope, _object(call.func.base))
                    if place is not None and self._runs(module, call.scope):
                        found.add(place)
            for store in facts.item_stores:
                place = self._ev.fillings.place_of(module, store.scope, store.base)
                if store.key == NOTHING and place is not None and self._runs(module, store.scope):
                    found.add(place)
        return frozenset(found)

    @cached_property
    def _emptied_objects(self) -> frozenset[Value]:
        """The collections that invocations empty, by whatever name."""
        return frozenset(
            value
            for module, facts in enumerate(self._modules)
            for call in facts.calls
            if isinstance(call.func, Attr) and call.func.name in EMPTYING and self._runs(module, call.scope)
            for value in self._ev.values(Where(module, call.scope, call.order), _object(call.func.base))
        )

    def _runs(self, module: int, scope: int) -> bool:
        function = self._graph.function_of(module, scope)
        return self._phases.of_function(function) in {Phase.INVOKE, Phase.BOTH}

    def _stores(self) -> Iterator[tuple[int, int, int, Expr]]:
        """Every store to an attribute or, from a function, to a global: module, scope, node, place."""
        for module, facts in enumerate(self._modules):
            for store in facts.attr_stores:
                if not _is_own(Attr(store.base, store.name), store.value):
                    yield module, store.scope, store.order, Attr(store.base, store.name)
            for name, bindings in facts.scopes[0].bindings.items():
                for binding in bindings:
                    if isinstance(binding.value, Within) and not _is_own(Ref(name), binding.value.expr):
                        yield module, binding.value.scope, binding.order, Ref(name)


def _object(place: Expr) -> Expr:
    """`queues` of `queues[name]`."""
    while isinstance(place, Item):
        place = place.base
    return place


def _is_own(place: Expr, value: Expr) -> bool:
    """Whether a new value is made from the old one, as by `+=`."""
    return isinstance(value, Opaque) and place in value.parts


def _seen(ctx: Context, node: cst.CSTNode) -> tuple[Where, Expr]:
    lowered = ctx.module.lowered
    where = Where(ctx.module.number, lowered.scope_index(node), lowered.tree.order[node])
    return where, lowered.expressions.lower(node)


def keeps_content(ctx: Context, node: cst.CSTNode) -> bool:
    """Whether what is put into the collection that the node names is still there in the next invocation.

    The collection was made when the environment started, and is kept in a global, in an attribute of a class
    or of such an object, or as the default of a parameter; and no code that an invocation runs empties it.
    """
    where, place = _seen(ctx, node)
    found = ctx.project.once(Outlasting)
    return found.keeps(where, place) and not found.is_emptied(where.module, where.scope, place)


def keeps_value(ctx: Context, node: cst.CSTNode, change: cst.CSTNode) -> bool:
    """Whether the global or attribute that the node names keeps what `change` makes of it.

    No other code that an invocation runs sets it.
    """
    where, place = _seen(ctx, node)
    found = ctx.project.once(Outlasting)
    own = ctx.module.lowered.layout.end[ctx.module.tree.order[change]]
    return found.outlives(where, place) and not found.is_set_elsewhere(where, place, own)
