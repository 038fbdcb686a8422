"""How an instance of a project class is made: what its constructors, and its fields, are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics import results
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.values import (
    UNKNOWN,
    Frame,
    FunctionKey,
    FunctionValue,
    Instance,
    Method,
    Returned,
    Values,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr

INITIALIZER = "__init__"
AFTERWARDS = "__post_init__"
MAX_CHAIN = 4
"""How many initializers may call each other."""
FIELD = "dataclasses.field"


def frames_of(ev: Evaluator, owner: Instance, function: FunctionKey) -> list[Frame]:
    """The calls through which a method of the instance ran while it was made; else any call."""
    anyhow = [Frame(function, None, None, owner)]
    name = ev.scope(function).name
    if owner.call is None or name not in {INITIALIZER, AFTERWARDS}:
        return anyhow
    if name == AFTERWARDS:
        return [Frame(function, owner.call, owner.frame, owner)]
    found = [frame for frame in _chain(ev, owner) if frame.function == function]
    return found or anyhow


def _chain(ev: Evaluator, owner: Instance) -> Iterator[Frame]:
    """The initializer that the class is called with, and those that it calls in turn."""
    pending = [Frame(key, owner.call, owner.frame, owner) for key in _initializers(ev, owner)]
    for _ in range(MAX_CHAIN):
        following: list[Frame] = []
        for frame in pending:
            yield frame
            following.extend(_called(ev, frame))
        pending = following


def _initializers(ev: Evaluator, owner: Instance) -> list[FunctionKey]:
    classes = ev.order_of_bases(owner.cls)
    first = [cls for cls in classes if INITIALIZER in ev.scope(cls).bindings][:1]
    found = (value for cls in first for value in ev.name(Where(*cls, None), INITIALIZER))
    return [value.key for value in found if isinstance(value, FunctionValue)]


def _called(ev: Evaluator, frame: Frame) -> Iterator[Frame]:
    """`super().__init__(…)` and `Base.__init__(self, …)` in an initializer."""
    module, scope = frame.function
    for site, base in ev.initializer_calls.get(frame.function, ()):
        call = ev.call((module, site))
        for value in ev.values(Where(module, scope, call.order, frame), base):
            if isinstance(value, Method):
                yield Frame(value.key, (module, site), frame, value.owner)
            elif isinstance(value, FunctionValue):
                yield Frame(value.key, (module, site), frame, None)


def field_argument(ev: Evaluator, owner: Instance, name: str) -> tuple[Where, Expr] | None:
    """A dataclass's or named tuple's field: the argument of the constructor's call, and where it stands."""
    order = ev.order_of_bases(owner.cls)
    fields = [field for cls in reversed(order) for field in ev.scope(cls).fields]
    if name not in fields or owner.call is None:
        return None
    call = ev.call(owner.call)
    passed = argument_at(call, fields.index(name), name)
    if isinstance(passed, Absent):
        return None
    return Where(owner.call[0], call.scope, call.order, owner.frame), passed


def field_default(ev: Evaluator, made: Returned) -> Values:
    """What `field(default=…)` or `field(default_factory=…)` of a dataclass gives."""
    call = ev.call(made.call)
    where = Where(made.call[0], call.scope, call.order)
    default = argument_at(call, None, "default")
    if not isinstance(default, Absent):
        return ev.values(where, default)
    return ev.union(results.returned(ev, key, None) for key in default_factories(ev, made)) or (UNKNOWN,)


def default_factories(ev: Evaluator, made: Returned) -> list[FunctionKey]:
    """The project functions that make a field's default whenever an instance is made."""
    call = ev.call(made.call)
    factory = argument_at(call, None, "default_factory")
    if isinstance(factory, Absent):
        return []
    found = ev.values(Where(made.call[0], call.scope, call.order), factory)
    return [value.key for value in found if isinstance(value, FunctionValue)]
