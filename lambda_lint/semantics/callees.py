"""What a call runs, once it is known what is called: functions, constructors, what a wrapper wraps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from lambda_lint.knowledge import wrappers
from lambda_lint.semantics.facts import Attr, CallRef, Expr, Items, Pairs, ScopeKind
from lambda_lint.semantics.values import (
    ClassValue,
    Display,
    Frame,
    FunctionKey,
    FunctionValue,
    Incoming,
    Instance,
    Method,
    Partial,
    Unknown,
    Value,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Scope

CONSTRUCTORS = ("__new__", "__init__", "__post_init__")
WITHIN = (ScopeKind.COMPREHENSION, ScopeKind.CLASS)
"""Scopes that the function around them evaluates as it runs."""
WRAPPABLE = (FunctionValue, Method, ClassValue)


class Guard(NamedTuple):
    """A place that is filled where a call stands, and tested for emptiness first."""

    module: int
    scope: int
    order: int
    place: Expr


@dataclass(frozen=True, slots=True)
class Callee:
    """A function that a call runs."""

    function: FunctionKey
    incoming: Incoming | None
    """How it is called; None if that is told elsewhere."""
    made: FunctionKey | None = None
    """The class that is instantiated, if the call makes an instance."""
    guards: tuple[Guard, ...] = ()
    """Those of the wrapper through which it is called."""


class Callees:
    """Answers for a project."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._functions = [_functions(module, facts.scopes) for module, facts in enumerate(ev.modules)]
        self._subclasses = _subclasses(ev)

    def function_of(self, module: int, scope: int) -> FunctionKey:
        """The function, lambda or module whose run evaluates `scope`."""
        return self._functions[module][scope]

    def of(self, value: Value, key: tuple[int, int]) -> Iterator[Callee]:
        """What calling `value` at the call `key` runs."""
        plain, bound = Incoming(*key, bound=False), Incoming(*key, bound=True)
        match value:
            case FunctionValue(function, frame):
                yield Callee(function, plain)
                if frame is not None and frame.call != key:
                    for wrapped in self.function_arguments(*calls_behind(frame)):
                        yield Callee(wrapped, plain, None, self._guards_within(function, frame, wrapped))
                    for cls in self._wrapped_classes(frame):
                        guards = self._guards_within(function, frame, cls)
                        for callee in self._construction(cls, bound):
                            yield replace(callee, guards=(*callee.guards, *guards))
            case Method(function, owner):
                for each in self._overrides(function, owner):
                    yield Callee(each, bound)
            case ClassValue(cls):
                yield from self._construction(cls, bound)
            case Instance(call=call, frame=frame):
                for function in self.members(value, ("__call__",)):
                    yield Callee(function, bound)
                    if call is not None and call != key and self._ev.call(call).decorates is not None:
                        inside = Frame(function, None, None, value)
                        for wrapped in self.function_arguments((call, frame)):
                            yield Callee(wrapped, plain, None, self._guards_within(function, inside, wrapped))
            case Partial(target):
                for callee in self.of(target, key):
                    incoming = callee.incoming
                    yield replace(callee, incoming=incoming and incoming._replace(before=value))

    def _construction(self, cls: FunctionKey, bound: Incoming) -> Iterator[Callee]:
        guards: tuple[Guard, ...] = ()
        for maker in self._metaclass_calls(cls):
            yield Callee(maker, bound)
            guards = self._guards_of_call(maker, "__call__")
        constructors = list(self.members(Instance(cls, None), CONSTRUCTORS))
        # A class without any is entered itself, so that it is known to be made.
        for constructor in constructors or [cls]:
            yield Callee(constructor, bound, cls, guards)
        for factory in self._default_factories(cls):
            yield Callee(factory, bound._replace(call=None, bound=False), cls, guards)

    def members(self, instance: Instance, names: tuple[str, ...]) -> Iterator[FunctionKey]:
        """The functions that an instance has under the names."""
        for name in names:
            for cls in self._ev.order_of_bases(instance.cls):
                if name in self._ev.scope(cls).bindings:
                    yield from self._named(cls, name)
                    break

    def _named(self, cls: FunctionKey, name: str) -> Iterator[FunctionKey]:
        found = self._ev.name(Where(*cls, None), name)
        yield from (value.key for value in found if isinstance(value, FunctionValue))

    def _overrides(self, function: FunctionKey, owner: Value) -> Iterator[FunctionKey]:
        """The method, and what subclasses put in its place when `self` may be any of them."""
        yield function
        if isinstance(owner, Instance) and owner.call is None:
            name = self._ev.scope(function).name
            for subclass in self._subclasses.get(owner.cls, ()):
                if name in self._ev.scope(subclass).bindings:
                    yield from self._named(subclass, name)

    def _default_factories(self, cls: FunctionKey) -> Iterator[FunctionKey]:
        """The functions that give fields of a new dataclass their values."""
        for owner in self._ev.order_of_bases(cls):
            scope = self._ev.scope(owner)
            for name in scope.fields:
                for binding in scope.bindings.get(name, ()):
                    if isinstance(binding.value, CallRef):
                        yield from self._factories_in((owner[0], binding.value.site))

    def _factories_in(self, key: tuple[int, int]) -> Iterator[FunctionKey]:
        call = self._ev.call(key)
        where = Where(key[0], call.scope, call.order)
        for arg in call.args:
            if arg.keyword in wrappers.FACTORY_ARGUMENTS:
                for value in self._ev.values(where, arg.value):
                    if isinstance(value, (FunctionValue, Method)):
                        yield value.key

    def _metaclass_calls(self, cls: FunctionKey) -> Iterator[FunctionKey]:
        """`__call__` of the class's metaclass, which makes the instances or hands out the one there is."""
        for each in self._ev.order_of_bases(cls):
            scope = self._ev.scope(each)
            if scope.metaclass is not None:
                where = Where(each[0], scope.parent or 0, scope.order)
                for value in self._ev.values(where, scope.metaclass):
                    if isinstance(value, ClassValue):
                        yield from self.members(Instance(value.key, None), ("__call__",))
                return

    # -- wrappers

    def function_arguments(self, *calls: tuple[tuple[int, int], Frame | None]) -> list[FunctionKey]:
        """The project functions among the calls' arguments, through closures over closures."""
        found: dict[FunctionKey, None] = {}
        pending, seen = list(calls), {key for key, _ in calls}
        while pending:
            current, made_in = pending.pop()
            call = self._ev.call(current)
            where = Where(current[0], call.scope, call.order, made_in)
            for arg in call.args:
                for value in self.handed(where, arg.value):
                    if isinstance(value, (FunctionValue, Method)):
                        found[value.key] = None
                    behind = calls_behind(value.frame) if isinstance(value, FunctionValue) else ()
                    fresh = [inner for inner in behind if inner[0] not in seen]
                    seen.update(call_key for call_key, _ in fresh)
                    pending.extend(fresh)
        return list(found)

    def _wrapped_classes(self, frame: Frame) -> Iterator[FunctionKey]:
        """The class that a decorator was put on which made the closure."""
        call = None if frame.call is None else self._ev.call(frame.call)
        if call is not None and frame.call is not None and call.decorates is not None:
            where = Where(frame.call[0], call.scope, call.order, frame.caller)
            for value in self._ev.values(where, call.args[0].value):
                if isinstance(value, ClassValue):
                    yield value.key

    def handed(self, where: Where, expr: Expr) -> Iterator[Value]:
        """What an argument hands over: itself, and what is in it, as in `tools=[find, save]`."""
        for value in self._ev.values(where, expr):
            yield value
            if isinstance(value, Display):
                seen = self._ev.inside(value)
                for part in _parts_of(value.expr):
                    yield from (
                        v for v in self._ev.values(seen, part) if not isinstance(v, (Display, Unknown))
                    )

    def _guards_within(self, wrapper: FunctionKey, frame: Frame, wrapped: FunctionKey) -> tuple[Guard, ...]:
        """What guards the call of a wrapped function in its wrapper, as in one that remembers results."""
        module = wrapper[0]
        for site in self.calls_in.get(wrapper, ()):
            call = self._ev.call((module, site))
            found = self._ev.values(Where(module, call.scope, call.order, frame), call.func)
            if any(isinstance(value, WRAPPABLE) and value.key == wrapped for value in found):
                return tuple(Guard(module, call.scope, call.order, place) for place in call.guards)
        return ()

    def _guards_of_call(self, function: FunctionKey, name: str) -> tuple[Guard, ...]:
        """What guards the call of a method of that name in a function."""
        for site in self.calls_in.get(function, ()):
            call = self._ev.call((function[0], site))
            if isinstance(call.func, Attr) and call.func.name == name:
                return tuple(Guard(function[0], call.scope, call.order, place) for place in call.guards)
        return ()

    @cached_property
    def calls_in(self) -> dict[FunctionKey, list[int]]:
        """For each function, lambda or module the numbers of the calls that its run makes."""
        found: dict[FunctionKey, list[int]] = {}
        for module, facts in enumerate(self._ev.modules):
            for site, call in enumerate(facts.calls):
                found.setdefault(self.function_of(module, call.scope), []).append(site)
        return found

    @cached_property
    def reads_in(self) -> dict[FunctionKey, list[int]]:
        """For each function, lambda or module the positions of the reads of keys in its body."""
        found: dict[FunctionKey, list[int]] = {}
        for module, facts in enumerate(self._ev.modules):
            for position, read in enumerate(facts.key_reads):
                found.setdefault(self.function_of(module, read.scope), []).append(position)
        return found


def calls_behind(frame: Frame | None) -> Iterator[tuple[tuple[int, int], Frame | None]]:
    """The calls whose arguments a closure may use, and in which frame each was made."""
    while frame is not None:
        if frame.call is not None:
            yield frame.call, frame.caller
        frame = frame.outer


def _functions(module: int, scopes: Sequence[Scope]) -> list[FunctionKey]:
    """For each scope the function, lambda or module whose run evaluates it."""
    found: list[FunctionKey] = []
    for scope in scopes:
        within = scope.kind in WITHIN and scope.parent is not None
        found.append(found[scope.parent or 0] if within else (module, scope.index))
    return found


def _parts_of(display: Expr) -> tuple[Expr, ...]:
    """The items of a list, the values of a dict."""
    return tuple(v for _, v in display.pairs) if isinstance(display, Pairs) else cast("Items", display).items


def _subclasses(ev: Evaluator) -> dict[FunctionKey, list[FunctionKey]]:
    """For each class all project classes below it."""
    below: dict[FunctionKey, list[FunctionKey]] = {}
    for module, facts in enumerate(ev.modules):
        for scope in facts.scopes:
            if scope.kind is ScopeKind.CLASS and scope.bases:
                key = (module, scope.index)
                for base in ev.order_of_bases(key)[1:]:
                    below.setdefault(base, []).append(key)
    return below
