"""What the runtime cannot encode, in what a handler returns.

A value is followed through names, parameters, helpers of the project in any file, displays and
comprehensions. An answer means that the value is there on every way that leads to it; whatever is not known
is taken to be fine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.analyses.alterations import is_altered, is_before
from lambda_lint.analyses.bound_values import bound_to
from lambda_lint.analyses.encoded_results import is_transparent
from lambda_lint.analyses.plain_classes import is_plain
from lambda_lint.analyses.runtime_entry import refers_to
from lambda_lint.analyses.sdk_parts import part_of_response
from lambda_lint.knowledge import json_values, wrappers
from lambda_lint.knowledge.sdk_responses import DATES, STREAMS
from lambda_lint.semantics import passing
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    Const,
    Either,
    Item,
    Items,
    Opaque,
    Pairs,
    Ref,
    Within,
)
from lambda_lint.semantics.made import Made
from lambda_lint.semantics.values import (
    NONE,
    ClassValue,
    Constant,
    Display,
    External,
    Frame,
    FunctionValue,
    Instance,
    Method,
    Partial,
    Returned,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr, Scope
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey, Value

RESPONSE_PARTS = {STREAMS: "a stream", DATES: "a `datetime`"}

MAX_DEPTH = 20
MAX_FRAMES = 5
MOST_STEPS = 2_000


@dataclass(frozen=True, slots=True)
class Unencodable:
    """Something that the runtime cannot encode."""

    what: str
    """In words: "a set", "an instance of `Order`"."""
    keys: tuple[str, ...] = ()
    """The keys under which it stands in the value, outermost first."""
    operation: str | None = None
    """The operation of the SDK whose response it is part of."""


def unencodable(ctx: Context, expression: cst.CSTNode) -> Unencodable | None:
    """What of the expression's value the runtime cannot encode, if that is certain."""
    lowered = ctx.module.lowered
    where = Where(ctx.module.number, lowered.scope_index(expression), lowered.tree.order[expression])
    return _Search(ctx).of(where, lowered.expressions.lower(expression), 0)


def is_wrong_by_itself(ctx: Context, function: FunctionKey) -> bool:
    """Whether a function returns something that cannot be encoded, whatever it is given."""
    return ctx.once_for(_is_wrong_by_itself, function)


def _is_wrong_by_itself(function: FunctionKey, ctx: Context) -> bool:
    return bool(_Search(ctx).of_returns(function, None, 0))


def _switched(_project: Project) -> dict[FunctionKey, bool]:
    """What is known of whether arguments decide which of its values a function returns."""
    return {}


class _Search:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._ev: Evaluator = ctx.project.evaluator
        self._switched: dict[FunctionKey, bool] = ctx.project.once(_switched)
        self._steps = 0

    @cached_property
    def _deleted(self) -> frozenset[str]:
        """The names of the objects that `del` takes something out of, anywhere in the module."""
        tree = self._ctx.module.tree
        nodes = (node for statement in tree.of_type(cst.Del) for node in tree.subtree(statement))
        return frozenset(node.value for node in nodes if isinstance(node, cst.Name))

    def of(self, where: Where, expr: Expr, depth: int) -> Unencodable | None:
        self._steps += 1
        if depth > MAX_DEPTH or self._steps > MOST_STEPS:
            return None
        depth += 1
        match expr:
            case Items(is_set=True) | Opaque(made=Made.SET):
                return Unencodable(json_values.A_SET)
            case Opaque(made=Made.GENERATOR):
                return Unencodable(json_values.A_GENERATOR)
            case Opaque(parts, made=Made.LIST | Made.DICT):
                return self.of(where, parts[-1], depth)
            case Items(items):
                return next((found for item in items if (found := self.of(where, item, depth))), None)
            case Pairs(pairs):
                return self._entry(where, pairs, depth)
            case Either(options):
                return self._every([(where, option) for option in options], depth)
            case Within(scope, inner):
                return self.of(where._replace(scope=scope), inner, depth)
            case Ref(name):
                return self._name(where, name, depth)
            case CallRef(site):
                return self._part(where, expr, depth) or self._call(where, site, depth)
            case Item() | Attr():
                return self._part(where, expr, depth) or self._value(where, expr)
        return None

    def _entry(
        self, where: Where, pairs: tuple[tuple[Expr | None, Expr], ...], depth: int
    ) -> Unencodable | None:
        for key, value in pairs:
            found = None if key is None else self.of(where, value, depth)
            if found is not None and key is not None:
                return self._under(where, key, found)
        return None

    def _under(self, where: Where, key: Expr, found: Unencodable) -> Unencodable:
        said = agreed(self._ev.values(where, key))
        name = said.value if isinstance(said, Constant) else None
        return replace(found, keys=(name, *found.keys)) if isinstance(name, str) else found

    def _every(self, parts: Sequence[tuple[Where, Expr]], depth: int) -> Unencodable | None:
        """What is wrong with all of them, `None` and other literals aside."""
        found = [self.of(*part, depth) for part in parts if not isinstance(part[1], Const)]
        return found[0] if found and all(found) else None

    # -- names

    def _name(self, where: Where, name: str, depth: int) -> Unencodable | None:
        scope, at = self._ev.names.binding_scope(where.module, where.scope, name, where.at)
        if scope is None or scope.parent is None:
            return self._value(where, Ref(name))
        parts = bound_to(self._ev, where, scope, name, at)
        found = None if parts is None else self._every(parts, depth)
        found = found or self._filled(where._replace(at=at), scope, name, depth)
        return None if found is None or self._is_altered(where, scope, name, found.keys, depth) else found

    def _is_altered(self, where: Where, scope: Scope, name: str, keys: tuple[str, ...], depth: int) -> bool:
        """Whether something that can be encoded may come in the place of what cannot."""
        deleted = self._deleted if where.module == self._ctx.module.number else frozenset[str]()
        if not keys or name in deleted:
            return bool(keys)
        return is_altered(
            self._ev, where, scope, name, keys, lambda seen, value: self.of(seen, value, depth) is None
        )

    def _part(self, where: Where, expr: Expr, depth: int) -> Unencodable | None:
        """What cannot be encoded in a response of the SDK, or a part of one."""
        found = part_of_response(self._ev, where, expr)
        if found is None:
            return None
        for kind, what in RESPONSE_PARTS.items():
            below = found.below(kind)
            if below is not None:
                keys = (*found.keys, *below)
                if any(self._is_altered(*passed, keys, depth) for passed in found.names):
                    return None
                return Unencodable(what, below, found.operation)
        return None

    def _filled(self, where: Where, scope: Scope, name: str, depth: int) -> Unencodable | None:
        """What was put into a dict of the same function before: `result["tags"] = set()`."""
        for store in self._ev.modules[where.module].item_stores:
            if store.scope == scope.index and store.base == Ref(name) and is_before(store.order, where.at):
                seen = Where(where.module, store.scope, store.order, where.frame)
                found = self.of(seen, store.value, depth)
                if found is not None:
                    return self._under(seen, store.key, found)
        return None

    # -- calls

    def _call(self, where: Where, site: int, depth: int, *, awaited: bool = False) -> Unencodable | None:
        call = self._ev.modules[where.module].calls[site]
        seen = Where(where.module, call.scope, call.order, where.frame)
        callee = agreed(self._ev.values(seen, call.func))
        awaited = awaited or self._is_async(seen)
        before = callee if isinstance(callee, Partial) else None
        while isinstance(callee, Partial):
            callee = callee.target
        match callee:
            case External(name) if name in wrappers.HAND_ON:
                passed = argument_at(call, wrappers.HAND_ON[name], None)
                if isinstance(passed, CallRef):
                    return self._call(seen, passed.site, depth, awaited=True)
                return None if isinstance(passed, Absent) else self.of(seen, passed, depth)
            case External(name) if name in json_values.CALLS:
                return Unencodable(json_values.CALLS[name])
            case ClassValue(key):
                return self._instance_of(key)
            case FunctionValue(key, closure):
                frame = Frame(key, (where.module, site), where.frame, None, closure, before)
                return self._result(frame, depth, awaited)
            case Method(key, owner):
                frame = Frame(key, (where.module, site), where.frame, owner, None, before)
                return self._result(frame, depth, awaited)
        return None

    def _result(self, frame: Frame, depth: int, awaited: bool) -> Unencodable | None:
        key, scope = frame.function, self._ev.scope(frame.function)
        if not is_transparent(self._ev, key) or frame.depth > MAX_FRAMES or frame.is_recursive:
            return None
        if scope.is_async and not awaited:
            return None if scope.yields else Unencodable(f"the coroutine of `{scope.name}`")
        if scope.yields:
            return None if scope.is_async else Unencodable(json_values.A_GENERATOR)
        found = self.of_returns(key, frame, depth)
        return found[0] if found else None

    def of_returns(self, key: FunctionKey, frame: Frame | None, depth: int) -> list[Unencodable]:
        """What is wrong with the values that a function returns, unless its arguments decide which."""
        scope = self._ev.scope(key)
        returns = [(value, order) for value, order in scope.returns if not isinstance(value, Const)]
        found = [self.of(Where(*key, order, frame), value, depth) for value, order in returns]
        wrong = [each for each in found if each is not None]
        return [] if wrong and len(wrong) < len(found) and self._is_switched(key) else wrong

    def _is_switched(self, key: FunctionKey) -> bool:
        """Whether constants that are passed decide which of its values a function returns."""
        known = self._switched.get(key)
        if known is None:
            tests = [test for test, _ in self._ev.scope(key).choices]
            switches = self._switches(key) if tests else set()
            known = any(refers_to(test, name) for test in tests for name in switches)
            self._switched[key] = known
        return known

    def _switches(self, key: FunctionKey) -> set[str]:
        """The parameters, also of functions around, for which a call passes a constant: a switch."""
        ev, found = self._ev, set[str]()
        inner: int | None = key[1]
        while inner is not None:
            scope = ev.scope((key[0], inner))
            for caller in ev.callers.get((key[0], inner), ()):
                given = passing.given_by(ev, caller, None)
                for param in scope.params:
                    passed = passing.passed(ev, given, scope, param.name, bound=caller.bound)
                    if isinstance(passed, Absent) or any(isinstance(v, Constant) for v in ev.values(*passed)):
                        found.add(param.name)
            inner = scope.parent
        return found

    def _is_async(self, where: Where) -> bool:
        """Whether a call stands in an asynchronous function, which can await it."""
        return self._ev.scope(self._ctx.project.graph.function_of(where.module, where.scope)).is_async

    # -- objects

    def _value(self, where: Where, expr: Expr) -> Unencodable | None:
        found = [self._known(value) for value in self._ev.values(where, expr) if value != NONE]
        return found[0] if found and all(found) else None

    def _known(self, value: Value) -> Unencodable | None:
        match value:
            case Returned(callee) if callee in json_values.CALLS:
                return Unencodable(json_values.CALLS[callee])
            case Display(expr=Items(is_set=True)):
                return Unencodable(json_values.A_SET)
            case Instance(cls):
                return self._instance_of(cls)
        return None

    def _instance_of(self, cls: FunctionKey) -> Unencodable | None:
        return (
            Unencodable(f"an instance of `{self._ev.scope(cls).name}`") if is_plain(self._ev, cls) else None
        )
