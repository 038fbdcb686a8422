"""What `value.name` is: members of classes, instances, modules and SDK objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge import wrappers
from lambda_lint.semantics import construction, results
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Ref, ScopeKind, property_part
from lambda_lint.semantics.values import (
    UNKNOWN,
    ClassValue,
    Constant,
    External,
    Frame,
    FromContext,
    FunctionKey,
    FunctionValue,
    Instance,
    Method,
    ModuleValue,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    Super,
    Value,
    Values,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import AttrStore, Expr, Scope

MAX_BASES = 100

SDK_PARTS = {(SdkKind.RESOURCE, "meta"), (SdkKind.PART, "meta")}


def member(ev: Evaluator, where: Where, owner: Value, name: str) -> Values:
    """What the attribute `name` of `owner` may be."""
    match owner:
        case Constant():
            return ()  # nothing that we follow is a member of a literal; `None` stands for "not yet made"
        case External(prefix):
            dotted = f"{prefix}.{name}"
            found = ev.linker.resolve(where.module, dotted, 0)
            return (External(dotted),) if found is None else (ModuleValue(found),)
        case ModuleValue(module):
            return ev.union((ev.exported(module, name), *_set_from_outside(ev, owner, name)))
        case Returned("types.SimpleNamespace", call):
            return _namespace_member(ev, call, name)
        case Returned(callee):
            return (External(f"{callee}().{name}"),)
        case Sdk():
            return (SdkMethod(owner, name),)
        case FromContext(attribute):
            return (FromContext(f"{attribute}.{name}" if attribute else name),)
        case SdkMethod(Sdk(kind, service), "meta") if (kind, "meta") in SDK_PARTS and name == "client":
            return (Sdk(SdkKind.CLIENT, service),)
        case ClassValue(key):
            return _class_member(ev, name, owner, ev.order_of_bases(key))
        case Instance() if name == "__class__":
            return class_of(owner)
        case Instance(key):
            return _instance_member(ev, owner, name, ev.order_of_bases(key))
        case Super(key, bound):
            own = (
                bound.cls
                if isinstance(bound, Instance)
                else bound.key
                if isinstance(bound, ClassValue)
                else key
            )
            order = ev.order_of_bases(own)
            rest = order[order.index(key) + 1 :] if key in order else ev.order_of_bases(key)[1:]
            return _class_member(ev, name, bound, rest)
        case FunctionValue(key):
            return _function_attribute(ev, key, name)
    return (UNKNOWN,)


def class_of(value: Value) -> Values:
    """`type(value)`."""
    return (ClassValue(value.cls),) if isinstance(value, Instance) else (UNKNOWN,)


def order_of_bases(ev: Evaluator, key: FunctionKey) -> list[FunctionKey]:
    """The class and its project bases, in the order in which members are looked up.

    Depth first, and a base that several classes share comes after the last of them.
    """
    found: list[FunctionKey] = []
    pending = [key]
    while pending and len(found) < MAX_BASES:
        current = pending.pop()
        found.append(current)
        above = [base.key for base in bases(ev, current) if isinstance(base, ClassValue)]
        pending.extend(reversed([base for base in above if base != key]))
    return list(dict.fromkeys(reversed(found)))[::-1]


def is_enum(ev: Evaluator, order: Sequence[FunctionKey]) -> bool:
    """Whether the members of a class are its instances, and not also plain strings or numbers."""
    outside = {base.name for cls in order for base in bases(ev, cls) if isinstance(base, External)}
    return bool(outside & wrappers.ENUMS) and outside <= wrappers.ENUMS


def has(ev: Evaluator, key: FunctionKey, name: str) -> bool:
    """Whether a class, or a project base of it, defines a member."""
    return any(name in ev.scope(cls).bindings for cls in ev.order_of_bases(key))


def is_shared(ev: Evaluator, cls: FunctionKey, name: str) -> bool:
    """Whether an attribute is the class's own: bound in its body, and not set anew for an instance."""
    order = ev.order_of_bases(cls)
    stored = (store for each in order for store in stores_of(ev, each, name))
    return any(name in ev.scope(each).bindings for each in order) and next(stored, None) is None


def bases(ev: Evaluator, key: FunctionKey) -> Values:
    """What the bases of a class are."""
    scope = ev.scope(key)
    where = Where(key[0], scope.parent or 0, scope.order)
    return ev.union(ev.values(where, base) for base in scope.bases)


def receiver(ev: Evaluator, module: int, scope: Scope, name: str) -> Values:
    """What `self` or `cls` is: an instance or the class; empty for any other parameter."""
    if scope.kind is not ScopeKind.FUNCTION or scope.parent is None or not scope.params:
        return ()
    if scope.params[0].name != name or ev.modules[module].scopes[scope.parent].kind is not ScopeKind.CLASS:
        return ()
    names = ev.decorator_names((module, scope.index))
    if "builtins.staticmethod" in names:
        return ()
    cls = (module, scope.parent)
    if "builtins.classmethod" in names or scope.name in {"__new__", "__init_subclass__", "__class_getitem__"}:
        return (ClassValue(cls),)
    return (Instance(cls, None),)


def _class_member(ev: Evaluator, name: str, owner: Value, order: Sequence[FunctionKey]) -> Values:
    stored = _stored(ev, owner, name, order) if isinstance(owner, ClassValue) else None
    for cls in order:
        if name not in ev.scope(cls).bindings:
            continue
        found = ev.name(Where(cls[0], cls[1], None), name)
        if isinstance(owner, ClassValue) and is_enum(ev, order):
            return ev.union(
                _bound(ev, v, owner) if isinstance(v, FunctionValue) else (Instance(owner.key, None),)
                for v in found
            )
        return ev.union((*(_bound(ev, value, owner) for value in found), stored or ()))
    return (UNKNOWN,) if stored is None else stored


def _bound(ev: Evaluator, value: Value, owner: Value) -> Values:
    if isinstance(value, Returned) and value.callee == construction.FIELD:
        return construction.field_default(ev, value)
    if isinstance(value, Instance) and value.call is not None:
        decorated = ev.call(value.call).decorates
        if decorated is not None:
            # A method under a decorator that is a class: its instance, which calls what it wraps.
            return (value, *_bound(ev, FunctionValue((value.call[0], decorated)), owner))
    if not isinstance(value, FunctionValue):
        return (value,)
    if value.frame is not None and value.frame.call is not None and value.frame.function[1]:
        # A method under a decorator of the project: its wrapper, which calls what it wraps.
        decorated = ev.call(value.frame.call).decorates
        if decorated is not None:
            inner = FunctionValue((value.frame.call[0], decorated))
            return (*_bound(ev, inner, owner), *_bound(ev, FunctionValue(value.key), owner))
    names = ev.decorator_names(value.key)
    if "builtins.staticmethod" in names:
        return (value,)
    if "builtins.classmethod" in names:
        cls = ClassValue(owner.cls) if isinstance(owner, Instance) else owner
        return (Method(value.key, cls),)
    if not isinstance(owner, Instance):
        return (value,)
    if names & wrappers.PROPERTIES:
        frame = Frame(value.key, None, None, owner)
        return results.returned(ev, value.key, frame)
    return (Method(value.key, owner),)


def _instance_member(ev: Evaluator, owner: Instance, name: str, order: Sequence[FunctionKey]) -> Values:
    if any(property_part(name, "setter") in ev.scope(cls).bindings for cls in order):
        return _class_member(ev, name, owner, order)
    stored = _stored(ev, owner, name, order)
    outside = list(_set_from_outside(ev, owner, name))
    if stored is not None or outside:
        declared = any(name in ev.scope(cls).bindings for cls in order)
        inherited = _class_member(ev, name, owner, order) if declared else ()
        return ev.union((inherited, stored or (), *outside))
    field = construction.field_argument(ev, owner, name)
    return _class_member(ev, name, owner, order) if field is None else ev.values(*field)


def _stored(ev: Evaluator, owner: Value, name: str, order: Sequence[FunctionKey]) -> Values | None:
    """What the classes' own methods (for a class: anyone in their modules) assign to the attribute."""
    found: list[Values] = []
    for cls in order:
        for store in stores_of(ev, cls, name):
            function = (cls[0], store.scope)
            frames = construction.frames_of(ev, owner, function) if isinstance(owner, Instance) else [None]
            found.extend(ev.values(Where(*function, store.order, frame), store.value) for frame in frames)
    return ev.union(found) if found else None


def stores_of(ev: Evaluator, cls: FunctionKey, name: str) -> Iterator[AttrStore]:
    facts = ev.modules[cls[0]]
    class_name = ev.scope(cls).name
    for position in ev.stores.get((cls[0], name), ()):
        store = facts.attr_stores[position]
        if not isinstance(store.base, Ref):
            continue
        function = facts.scopes[store.scope]
        own = function.parent == cls[1] and function.params and function.params[0].name == store.base.name
        if own or store.base.name == class_name:
            yield store


def _function_attribute(ev: Evaluator, key: FunctionKey, name: str) -> Values:
    facts = ev.modules[key[0]]
    function_name = ev.scope(key).name
    found = [
        ev.values(Where(key[0], store.scope, store.order), store.value)
        for store in (facts.attr_stores[position] for position in ev.stores.get((key[0], name), ()))
        if store.base == Ref(function_name)
    ]
    return ev.union(found) if found else (UNKNOWN,)


def _namespace_member(ev: Evaluator, key: tuple[int, int], name: str) -> Values:
    call = ev.call(key)
    given = argument_at(call, None, name)
    return (
        (UNKNOWN,) if isinstance(given, Absent) else ev.values(Where(key[0], call.scope, call.order), given)
    )


def _set_from_outside(ev: Evaluator, owner: Value, name: str) -> Iterator[Values]:
    return (ev.values(where, value) for where, value in set_from_outside(ev, owner, name))


def set_from_outside(ev: Evaluator, owner: Value, name: str) -> Iterator[tuple[Where, Expr]]:
    """`settings.region = "eu-west-1"`: what any module assigns to an attribute of a module or an instance."""
    for module, position in ev.outside_stores.get(name, ()):
        store = ev.modules[module].attr_stores[position]
        where = Where(module, store.scope, store.order)
        if owner in ev.values(where, store.base):
            yield where, store.value
