"""What an expression is put together from: literals, environment variables, calls out of the project.

`dependence_of` answers what of the invocation a value may carry; here the question is what else there is in
it. A path that is built from literals and `__file__` names the same file in every invocation, whereas the
answer of a request, which carries nothing of the event either, may be another each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.knowledge.pure_calls import MODULE_NAMES, PURE, PURE_METHODS
from lambda_lint.semantics import passing
from lambda_lint.semantics.arguments import DEFAULT, Absent
from lambda_lint.semantics.assigned import assigned_to
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import (
    NOTHING,
    Attr,
    CallRef,
    Const,
    Either,
    Element,
    Entered,
    Expr,
    Imported,
    Item,
    Items,
    Opaque,
    Pairs,
    Ref,
    Text,
    Within,
)
from lambda_lint.semantics.values import (
    Environment,
    External,
    Frame,
    FunctionValue,
    Incoming,
    Instance,
    Method,
    ModuleValue,
    Partial,
    SdkMethod,
    Where,
)

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Scope
    from lambda_lint.semantics.values import Value

MAX_STEPS = 500
MAX_FRAMES = 4


@dataclass(frozen=True, slots=True)
class Origins:
    """All that flows into a value."""

    texts: frozenset[str]
    """Literal texts."""
    variables: frozenset[str]
    """Environment variables."""
    names: frozenset[str]
    """Full names of what comes from outside the project; operations of the SDK as `sdk:s3.get_object`."""
    is_complete: bool
    """Whether everything could be followed. The event and the context cannot."""

    @property
    def is_static(self) -> bool:
        """Whether the value is the same in every invocation of a deployed version."""
        return self.is_complete and all(name.partition("(")[0] in PURE for name in self.names)


def origins_of(ctx: Context, expression: cst.CSTNode) -> Origins:
    """What the expression is put together from."""
    lowered = ctx.module.lowered
    where = Where(ctx.module.number, lowered.scope_index(expression), lowered.tree.order[expression])
    return _Search(ctx.project.evaluator).run(where, lowered.expressions.lower(expression))


@dataclass(slots=True)
class _Search:
    """One search, step by step, so that nesting in the code does not matter."""

    ev: Evaluator
    pending: list[tuple[Where, Expr]] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    is_complete: bool = True

    def run(self, where: Where, expr: Expr) -> Origins:
        self.pending.append((where, expr))
        seen: set[tuple[Where, int]] = set()
        while self.pending and self.is_complete:
            seen_from, part = self.pending.pop()
            if (seen_from, id(part)) not in seen:
                seen.add((seen_from, id(part)))
                self._look(seen_from, part)
            if len(seen) > MAX_STEPS:
                self.is_complete = False
        return Origins(
            frozenset(self.texts), frozenset(self.variables), frozenset(self.names), self.is_complete
        )

    def _push(self, where: Where, *parts: Expr | None) -> None:
        self.pending.extend((where, part) for part in parts if part is not None)

    def _look(self, where: Where, expr: Expr) -> None:
        match expr:
            case Const(value):
                if isinstance(value, str):
                    self.texts.add(value)
            case Ref(name):
                self._name(where, name)
            case Attr(base, name):
                self._attribute(where, expr, base, name)
            case CallRef(site):
                self._call(where, site)
            case Item(base, key):
                self._item(where, expr, base, key)
            case Entered(base) | Element(base):
                self._push(where, base)
            case Either(parts, test):
                self._push(where, *parts, test)
            case Text(parts) | Items(parts) | Opaque(parts):
                self.is_complete = self.is_complete and expr != NOTHING
                self._push(where, *parts)
            case Pairs(pairs):
                self._push(where, *(part for pair in pairs for part in pair))
            case Within(scope, inner):
                self._push(where._replace(scope=scope), inner)
            case Imported():
                self._imported(where, expr)
            case _:
                self.is_complete = False

    # -- names

    def _name(self, where: Where, name: str) -> None:
        scope, at = self.ev.names.binding_scope(where.module, where.scope, name, where.at)
        if scope is not None:
            self._bound(where, scope, name, at)
            return
        binder = self.ev.names.binder(where.module, name)
        if binder is not None:
            self._name(Where(binder, 0, None), name)
        elif name not in MODULE_NAMES:
            self.names.add(f"builtins.{name}")

    def _bound(self, where: Where, scope: Scope, name: str, at: int | None) -> None:
        reaching, initial = reaching_bindings(scope.bindings.get(name, ()), at)
        is_parameter = initial and any(param.name == name for param in scope.params)
        for binding in reaching:
            self._push(Where(where.module, scope.index, binding.order, where.frame), binding.value)
        for filling in self.ev.fillings.of(where.module, scope.index, Ref(name)):
            frame = where.frame if filling.scope == scope.index else None
            self._push(Where(filling.module, filling.scope, filling.order, frame), filling.value)
        if is_parameter:
            self._parameter(where.module, scope, name, where.frame)

    def _imported(self, where: Where, wanted: Imported) -> None:
        target = self.ev.linker.resolve(where.module, wanted.module, wanted.level)
        if target is None or wanted.name is None:
            self.names.add(f"{wanted.module}.{wanted.name}" if wanted.name else wanted.module)
            return
        binder = self.ev.names.binder(target, wanted.name)
        if binder is None:
            self.is_complete = False
        else:
            self._name(Where(binder, 0, None), wanted.name)

    def _parameter(self, module: int, scope: Scope, name: str, frame: Frame | None) -> None:
        key = (module, scope.index)
        followed = passing.followed(frame, key)
        if followed is not None:
            incoming, caller = followed
            self._arguments(module, scope, name, [incoming], caller)
            return
        callers = [each for each in self.ev.callers.get(key, ()) if not self.ev.wraps(each)]
        if (key, name) in self.ev.given or not callers:
            self.is_complete = False
        self._arguments(module, scope, name, callers, None)

    def _arguments(
        self, module: int, scope: Scope, name: str, callers: list[Incoming], frame: Frame | None
    ) -> None:
        for incoming in callers:
            given = passing.given_by(self.ev, incoming, frame)
            passed = passing.passed(self.ev, given, scope, name, bound=incoming.bound)
            if not isinstance(passed, Absent):
                self._push(*passed)
            elif passed is DEFAULT and incoming.call is not None:
                default = passing.default_of(module, scope, name)
                self.pending.extend([default] if default else [])
            else:
                self.is_complete = False

    # -- attributes and items

    def _attribute(self, where: Where, expr: Attr, base: Expr, name: str) -> None:
        for value in self.ev.values(where, expr):
            if isinstance(value, External):
                self.names.add(value.name)
        for owner in self.ev.values(where, base):
            match owner:
                case External():
                    pass
                case ModuleValue(module) if self.ev.names.binder(module, name) is not None:
                    self._name(Where(module, 0, None), name)
                case Instance():
                    self._stored(owner, name)
                case _:
                    self._push(where, base)

    def _stored(self, owner: Instance, name: str) -> None:
        found = assigned_to(self.ev, owner, name)
        found.extend(
            (Where(*cls, None), Ref(name))
            for cls in self.ev.order_of_bases(owner.cls)
            if name in self.ev.scope(cls).bindings
        )
        self.is_complete = self.is_complete and bool(found)
        self.pending.extend(found)

    def _item(self, where: Where, expr: Item, base: Expr, key: Expr) -> None:
        values = self.ev.values(where, expr)
        if values and all(isinstance(value, Environment) for value in values):
            self._variables(values)
        else:
            self._push(where, base, key)

    def _variables(self, values: tuple[Value, ...]) -> None:
        self.variables.update(value.name for value in values if isinstance(value, Environment))

    # -- calls

    def _call(self, where: Where, site: int) -> None:
        call = self.ev.modules[where.module].calls[site]
        seen = Where(where.module, call.scope, call.order, where.frame)
        results = self.ev.values(where, CallRef(site))
        if any(isinstance(value, Environment) for value in results):
            self._variables(results)
            self._push(seen, *(arg.value for arg in call.args[1:]))
            return
        for callee in self.ev.values(seen, call.func) or (None,):
            self._callee(seen, (where.module, site), call, callee)

    def _callee(self, where: Where, here: tuple[int, int], call: Call, callee: Value | None) -> None:
        before = callee if isinstance(callee, Partial) else None
        while isinstance(callee, Partial):
            callee = callee.target
        match callee:
            case FunctionValue(key, closure):
                self._returned(Frame(key, here, where.frame, None, closure, before))
                return
            case Method(key, owner):
                self._returned(Frame(key, here, where.frame, owner, None, before))
                return
            case _ if before is not None:
                self.is_complete = False
            case External(name):
                self.names.add(name)
            case SdkMethod(owner, name):
                self.names.add(f"sdk:{owner.service or '?'}.{name}")
                return
            case _ if isinstance(call.func, Attr) and call.func.name in PURE_METHODS:
                pass
            case _:
                self.is_complete = False
        self._push(where, *(arg.value for arg in call.args))
        is_function = isinstance(callee, External) and "()" not in callee.name
        if isinstance(call.func, Attr) and not is_function:
            self._push(where, call.func.base)

    def _returned(self, frame: Frame) -> None:
        if frame.depth > MAX_FRAMES or frame.is_recursive:
            self.is_complete = False
            return
        key, scope = frame.function, self.ev.scope(frame.function)
        for value, order in (*scope.returns, *scope.yields):
            self._push(Where(key[0], key[1], order, frame), value)
