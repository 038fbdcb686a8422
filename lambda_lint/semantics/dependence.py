"""Does an expression depend on the event or the context of the invocation?

One question for all rules. The answer gathers everything that may flow into the value: through names,
calls, attributes and parameters; where the flow cannot be followed, it says UNKNOWN as well.
"""

from __future__ import annotations

from enum import Flag
from typing import TYPE_CHECKING

from lambda_lint.knowledge.sdk import FRESH_CREDENTIALS
from lambda_lint.semantics import members, passing
from lambda_lint.semantics.arguments import DEFAULT, Absent
from lambda_lint.semantics.assigned import assigned_to
from lambda_lint.semantics.evaluate import NEVER, reaching_bindings
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
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
    Scope,
    Text,
    Within,
)
from lambda_lint.semantics.values import (
    ClassValue,
    Display,
    External,
    Frame,
    FunctionKey,
    FunctionValue,
    Incoming,
    Instance,
    Method,
    ModuleValue,
    Partial,
    Returned,
    SdkMethod,
    Unknown,
    Value,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lambda_lint.semantics.evaluate import Evaluator, Question

MAX_DEPTH = 60
MAX_FRAMES = 4

EVENT_ATTRIBUTES = {"current_event": "event", "lambda_context": "context"}

EVENT_OBJECTS = frozenset(
    {
        "flask.request",
        "bottle.request",
        "starlette.requests.Request",
        "fastapi.Request",
        "chalice.Chalice().current_request",
    }
)


class Dependence(Flag):
    """What a value may come from."""

    NONE = 0
    EVENT = 1
    CONTEXT = 2
    FRESH = 4
    """Something that expires, such as the credentials of an assumed role."""
    UNKNOWN = 8
    ROUND = 16
    """An element of what a loop runs over, and so another one in each round of it."""

    def __or__(self, other: Dependence) -> Dependence:
        """As for all flags; most often nothing is added, and that needs no new one."""
        if other is self or not other._value_:
            return self
        return super().__or__(other) if self._value_ else other


NONE = Dependence.NONE


class Dependences:
    """Answers for a project.

    `inputs` says what the parameters of handlers carry, and those of functions that an application calls
    with parts of the event.
    """

    def __init__(self, ev: Evaluator, inputs: Mapping[tuple[FunctionKey, str], Dependence]) -> None:
        self._ev = ev
        self._inputs = inputs
        self._memo: dict[Question, tuple[Expr, Dependence]] = {}
        self._drafts: dict[Question, tuple[Dependence, int]] = {}
        """Answers within a cycle, and the depth of the outermost open question that they hang on."""
        self._active: dict[Question, int] = {}
        """The questions that are open, and how deep each is in those before it."""
        self._low = NEVER
        """The depth of the outermost open question that the answer being looked for hangs on."""

    def of(self, where: Where, expr: Expr) -> Dependence:
        """What `expr` may come from, seen from `where`."""
        key = (*where, id(expr))
        known = self._memo.get(key)
        if known is not None and known[0] is expr:
            return known[1]
        draft = self._drafts.get(key)
        if draft is not None:
            self._low = min(self._low, draft[1])
            return draft[0]
        depth = len(self._active)
        if key in self._active or depth > MAX_DEPTH:
            self._low = min(self._low, self._active.get(key, 0))
            return NONE if key in self._active else Dependence.UNKNOWN
        drafts = len(self._drafts)
        outer_low, self._low = self._low, NEVER
        self._active[key] = depth
        try:
            found = self._look(where, expr)
        finally:
            del self._active[key]
            low, self._low = self._low, outer_low
        # In a cycle an inner answer depends on where the outermost question of it began: it is a draft.
        if low < depth:
            self._drafts[key] = found, low
            self._low = min(outer_low, low)
            return found
        while len(self._drafts) > drafts:
            self._drafts.popitem()
        self._memo[key] = (expr, found)
        return found

    def _all(self, where: Where, parts: Iterable[Expr | None]) -> Dependence:
        found = NONE
        for part in parts:
            if part is not None:
                found |= self.of(where, part)
        return found

    def _look(self, where: Where, expr: Expr) -> Dependence:
        match expr:
            case Ref(name):
                return self._name(where, name)
            case Attr(base, name):
                return self._attribute(where, base, name)
            case CallRef(site):
                return self._call(where, site)
            case Item(base, key):
                return self._item(where, base, key)
            case Entered(base):
                return self.of(where, base)
            case Element(base):
                return self._element(where, base)
            case Either(parts, test):
                return self._all(where, (*parts, test))
            case Text(parts) | Items(parts) | Opaque(parts):
                return self._all(where, parts)
            case Pairs(pairs):
                return self._all(where, (part for pair in pairs for part in pair))
            case Within(scope, inner):
                return self.of(where._replace(scope=scope), inner) & ~Dependence.ROUND
            case Imported():
                return self._imported(where, expr)
        return NONE

    # -- names

    def _name(self, where: Where, name: str) -> Dependence:
        scope, at = self._ev.names.binding_scope(where.module, where.scope, name, where.at)
        if scope is not None:
            return self._bound(where, scope, name, at)
        binder = self._ev.names.binder(where.module, name)
        return NONE if binder is None else self._name(Where(binder, 0, None), name)

    def _bound(self, where: Where, scope: Scope, name: str, at: int | None) -> Dependence:
        reaching, initial = reaching_bindings(scope.bindings.get(name, ()), at)
        found = NONE
        is_parameter = initial and any(param.name == name for param in scope.params)
        for binding in reaching:
            seen = Where(where.module, scope.index, binding.order, where.frame)
            found |= self.of(seen, binding.value)
            if is_parameter or len(reaching) > 1:
                found |= self._all(seen, binding.tests)
        found |= self._filled(where._replace(scope=scope.index, at=at), Ref(name))
        if is_parameter:
            found |= self._parameter(where.module, scope, name, where.frame)
        return found

    def _filled(self, where: Where, place: Expr) -> Dependence:
        """What was put into an object before: `params["Region"] = region`, `session.set_credentials(…)`."""
        found = NONE
        for filling in self._ev.fillings.of(where.module, where.scope, place):
            is_here = (filling.module, filling.scope) == (where.module, where.scope)
            if not is_here or where.at is None or filling.order < where.at:
                frame = where.frame if is_here else None
                seen = Where(filling.module, filling.scope, filling.order, frame)
                found |= self.of(seen, filling.value)
        return found & ~Dependence.ROUND

    def _imported(self, where: Where, wanted: Imported) -> Dependence:
        target = self._ev.linker.resolve(where.module, wanted.module, wanted.level)
        if target is None or wanted.name is None:
            return Dependence.EVENT if f"{wanted.module}.{wanted.name}" in EVENT_OBJECTS else NONE
        binder = self._ev.names.binder(target, wanted.name)
        return NONE if binder is None else self._name(Where(binder, 0, None), wanted.name)

    def _parameter(self, module: int, scope: Scope, name: str, frame: Frame | None) -> Dependence:
        key = (module, scope.index)
        given = self._inputs.get((key, name))
        if given is not None:
            return given
        if members.receiver(self._ev, module, scope, name):
            return NONE  # what a receiver carries is asked of its attributes
        followed = passing.followed(frame, key)
        if followed is not None:
            return self._argument(key, scope, name, *followed)
        callers = self._ev.callers.get(key, ())
        if not callers:
            return Dependence.UNKNOWN
        found = NONE
        for incoming in callers:
            if not self._ev.wraps(incoming):
                found |= self._argument(key, scope, name, incoming, None)
        return found

    def _argument(
        self, key: FunctionKey, scope: Scope, name: str, incoming: Incoming, frame: Frame | None
    ) -> Dependence:
        if incoming.call is None:
            return Dependence.UNKNOWN
        given = passing.given_by(self._ev, incoming, frame)
        passed = passing.passed(self._ev, given, scope, name, bound=incoming.bound)
        if not isinstance(passed, Absent):
            return self.of(*passed)
        if passed is DEFAULT:
            default = passing.default_of(key[0], scope, name)
            return NONE if default is None else self.of(*default)
        starred = [(where, arg.value) for where, args in given for arg in args if arg.star]
        is_gathered = passing.gathers(scope, name)
        found = NONE if is_gathered else Dependence.UNKNOWN
        if is_gathered:
            starred.extend(passing.gathered(given, scope, name, bound=incoming.bound))
        for where, value in starred:
            found |= self.of(where, value)
        return found

    # -- attributes and items

    def _attribute(self, where: Where, base: Expr, name: str) -> Dependence:
        if name in EVENT_ATTRIBUTES:
            return Dependence.CONTEXT if EVENT_ATTRIBUTES[name] == "context" else Dependence.EVENT
        found = self._filled(where, Attr(base, name))
        owners = self._ev.values(where, base)
        parts = [self._member(owner, name) for owner in owners]
        if None in parts or not parts:
            found |= self.of(where, base)
        for part in parts:
            found |= part or NONE
        return found

    def _member(self, owner: Value, name: str) -> Dependence | None:
        """What an attribute may come from; None if it is not known what it is."""
        match owner:
            case External(owner_name) if f"{owner_name}.{name}" in EVENT_OBJECTS:
                return Dependence.EVENT
            case Returned(callee) if f"{callee}().{name}" in EVENT_OBJECTS:
                return Dependence.EVENT
            case Instance() | ModuleValue():
                return self._gathered(assigned_to(self._ev, owner, name))
        return None

    def _gathered(self, parts: Sequence[tuple[Where, Expr]]) -> Dependence | None:
        found = NONE
        for where, expr in parts:
            found |= self.of(where, expr)
        return found if parts else None

    def _element(self, where: Where, base: Expr) -> Dependence:
        found = self.of(where, base)
        if found or all(isinstance(value, Display) for value in self._ev.values(where, base)):
            return found
        return Dependence.ROUND

    def _item(self, where: Where, base: Expr, key: Expr) -> Dependence:
        return self.of(where, base) | self.of(where, key)

    # -- calls

    def _call(self, where: Where, site: int) -> Dependence:
        call = self._ev.modules[where.module].calls[site]
        seen = Where(where.module, call.scope, call.order, where.frame)
        callees = self._ev.values(seen, call.func)
        given = self._all(seen, (arg.value for arg in call.args))
        if isinstance(call.func, Attr):
            given |= self.of(seen, call.func.base)
        found = NONE
        for callee in callees:
            found |= self._result(seen, (where.module, site), callee, given)
        return found if callees else given | Dependence.UNKNOWN

    def _result(
        self,
        where: Where,
        here: tuple[int, int],
        callee: Value,
        given: Dependence,
        before: Partial | None = None,
    ) -> Dependence:
        match callee:
            case FunctionValue(key, closure):
                return self._returned(Frame(key, here, where.frame, None, closure, before), given)
            case Method(key, owner):
                return self._returned(Frame(key, here, where.frame, owner, None, before), given)
            case Partial(target):
                held = self.of(where, self._ev.call(here).func)
                return self._result(where, here, target, given | held, before or callee)
            case SdkMethod(_, name) if name in FRESH_CREDENTIALS:
                return given | Dependence.FRESH
            case Unknown() if not isinstance(self._ev.call(here).func, Attr):
                return given | self.of(where, self._ev.call(here).func) | Dependence.UNKNOWN
            case Unknown() if self._is_own_method(where, self._ev.call(here).func):
                return given | Dependence.UNKNOWN
        return given

    def _is_own_method(self, where: Where, func: Expr) -> bool:
        """Whether a method that was not found belongs to a project object, and not to some piece of data."""
        owners = self._ev.values(where, func.base) if isinstance(func, Attr) else ()
        return any(isinstance(owner, (Instance, ClassValue, ModuleValue)) for owner in owners)

    def _returned(self, frame: Frame, given: Dependence) -> Dependence:
        if frame.depth > MAX_FRAMES or frame.is_recursive:
            return given | Dependence.UNKNOWN
        key, scope = frame.function, self._ev.scope(frame.function)
        found = NONE
        several = len({value for value, _ in scope.returns}) > 1
        for value, order in (*scope.returns, *scope.yields, *(scope.choices if several else ())):
            found |= self.of(Where(key[0], key[1], order, frame), value)
        return found & ~Dependence.ROUND
