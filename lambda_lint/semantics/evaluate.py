"""What expressions are: an evaluation over facts, across modules and through calls, that never guesses.

`values` answers with all that an expression may be; `UNKNOWN` among them says that it may be something else
too. Evaluation follows names to their bindings (the ones that reach the use), parameters to the arguments of
the call it came through or else of all known calls, and calls to what the functions return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lambda_lint.knowledge import wrappers
from lambda_lint.semantics import construction, contents, members, passing, results, stubs
from lambda_lint.semantics.arguments import DEFAULT, Absent
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    ClassObject,
    Closure,
    Const,
    Either,
    Element,
    Entered,
    Expr,
    Imported,
    Item,
    Items,
    Pairs,
    Ref,
    Scope,
    Text,
    Within,
)
from lambda_lint.semantics.fillings import Fillings, is_receiver
from lambda_lint.semantics.names import Names
from lambda_lint.semantics.texts import joined
from lambda_lint.semantics.values import (
    UNKNOWN,
    ClassValue,
    Constant,
    Display,
    Environment,
    External,
    Frame,
    FromContext,
    FunctionKey,
    FunctionValue,
    Incoming,
    ModuleValue,
    Returned,
    Value,
    Values,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from lambda_lint.semantics.facts import Binding, Call, ModuleFacts
    from lambda_lint.semantics.linking import Linker

MAX_DEPTH = 80
MAX_VALUES = 16
NEVER = MAX_DEPTH * 2
"""A depth that no open question has."""

ANNOTATIONS, FRAMES, REGISTRATIONS = "annotations", "frames", "registrations"
"""What answers may hang on besides who calls a function: that annotations are trusted, what a parameter is in
the frame of one call, and which functions are registered on an application."""

BUILTINS = frozenset(dir(__import__("builtins")))

Question: TypeAlias = "tuple[int, int, int | None, Frame | None, int]"
"""The place, and the identity of the expression."""
Read: TypeAlias = "FunctionKey | str"
"""What an answer may hang on: who calls a function, or one of the words above."""
Reads: TypeAlias = "AbstractSet[Read]"
NO_READS: Reads = frozenset()


class Answer(NamedTuple):
    """What is known of an expression seen from one place."""

    expr: Expr
    """Held, so that no other expression gets its identity."""
    values: Values
    reads: Reads
    """What it would have to be looked for again for, if that changed."""


class Evaluator:
    """Answers for all modules of a project."""

    def __init__(self, modules: Sequence[ModuleFacts], linker: Linker) -> None:
        self.modules = modules
        self.linker = linker
        self.names = Names(modules, linker)
        self.fillings = Fillings(modules, linker, self.names)
        self.callers: dict[FunctionKey, list[Incoming]] = {}
        """Filled by the call graph, round by round."""
        self.reads: set[Read] = set()
        """What the answers hung on that were given since somebody put an empty set here."""
        self._is_settled = self._trusts_annotations = self._doubted_annotations = False
        self.given: dict[tuple[FunctionKey, str], Values] = {}
        """Parameters whose value is settled by the platform: a handler's event and context."""
        self.stores: dict[tuple[int, str], list[int]] = {}
        """Module and attribute name -> positions in its `attr_stores`."""
        self.outside_stores: dict[str, list[tuple[int, int]]] = {}
        """Attribute name -> modules, and positions there, of those whose base is no method's receiver."""
        self.initializer_calls: dict[FunctionKey, list[tuple[int, Expr]]] = {}
        """Function -> the calls of an `__init__` in it, and what they call."""
        for number, facts in enumerate(modules):
            for position, store in enumerate(facts.attr_stores):
                self.stores.setdefault((number, store.name), []).append(position)
                if not is_receiver(facts, facts.scopes[store.scope], store.base):
                    self.outside_stores.setdefault(store.name, []).append((number, position))
            for site, call in enumerate(facts.calls):
                if isinstance(call.func, Attr) and call.func.name == construction.INITIALIZER:
                    self.initializer_calls.setdefault((number, call.scope), []).append((site, call.func))
        self._memo: dict[Question, Answer] = {}
        self._orders: dict[FunctionKey, tuple[Sequence[FunctionKey], Reads]] = {}
        self._active: dict[Question, int] = {}
        """The questions that are open, and how deep each is in those before it."""
        self._drafts: dict[Question, tuple[Answer, int]] = {}
        """Answers within a cycle, and the depth of the outermost open question that they hang on."""
        self._low = NEVER
        """The depth of the outermost open question that the answer being looked for hangs on."""

    def forget(self, changed: Collection[Read]) -> None:
        """Drop what was concluded from something that has changed since."""
        self._memo = {key: each for key, each in self._memo.items() if each.reads.isdisjoint(changed)}
        self._orders = {key: each for key, each in self._orders.items() if each[1].isdisjoint(changed)}

    def order_of_bases(self, key: FunctionKey) -> Sequence[FunctionKey]:
        """As `members.order_of_bases`, looked up once."""
        known = self._orders.get(key)
        if known is not None:
            self.reads.update(known[1])
            return known[0]
        outer_low, self._low = self._low, NEVER
        outer_reads, self.reads = self.reads, set()
        found = members.order_of_bases(self, key)
        if self._low == NEVER:
            self._orders[key] = found, self.reads or NO_READS
        outer_reads.update(self.reads)
        self._low, self.reads = min(outer_low, self._low), outer_reads
        return found

    def trust_annotations(self) -> bool:
        """From now on, annotations say what parameters are that no caller passes; true if there are any.

        Not before all callers are found: one that comes later may pass something more special.
        """
        self._trusts_annotations = True
        self.forget({ANNOTATIONS})
        return self._doubted_annotations

    def settle(self, given: Mapping[tuple[FunctionKey, str], Values]) -> None:
        """All callers are known, and what the platform passes to whom: from now on nothing changes.

        What is seen in the frame of one call is hardly asked again once the calls are linked.
        """
        self.given.update(given)
        self.forget({FRAMES, *(function for function, _ in given)})
        unframed = ((key, each) for key, each in self._memo.items() if key[3] is None)
        self._memo = {key: each._replace(reads=NO_READS) if each.reads else each for key, each in unframed}
        self.reads.clear()
        self._is_settled = True

    def note(self, read: Read) -> None:
        """The answer that is being looked for hangs on this."""
        if not self._is_settled:
            self.reads.add(read)

    def callers_of(self, function: FunctionKey) -> Sequence[Incoming]:
        """The calls of a function that are known so far."""
        self.note(function)
        return self.callers.get(function, ())

    def scope(self, key: FunctionKey) -> Scope:
        return self.modules[key[0]].scopes[key[1]]

    def call(self, key: tuple[int, int]) -> Call:
        return self.modules[key[0]].calls[key[1]]

    # -- the one question

    def values(self, where: Where, expr: Expr) -> Values:
        """All that `expr` may be, seen from `where`."""
        if isinstance(expr, Const):
            return (Constant(expr.value),)
        key = (*where, id(expr))
        known = self._memo.get(key)
        if known is not None and known.expr is expr:
            if known.reads:
                self.reads.update(known.reads)
            return known.values
        draft = self._drafts.get(key)
        if draft is not None:
            self._low = min(self._low, draft[1])
            self.reads.update(draft[0].reads)
            return draft[0].values
        depth = len(self._active)
        if key in self._active or depth > MAX_DEPTH:
            self._low = min(self._low, self._active.get(key, 0))
            return () if key in self._active else (UNKNOWN,)
        drafts = len(self._drafts)
        outer_low, self._low = self._low, NEVER
        outer_reads, self.reads = self.reads, set()
        self._active[key] = depth
        try:
            found = self._evaluate(where, expr)
        finally:
            del self._active[key]
            low, self._low = self._low, outer_low
            reads, self.reads = self.reads, outer_reads
        answer = Answer(expr, found, reads or NO_READS)
        outer_reads.update(reads)
        # In a cycle, what an inner question found depends on where the outermost one began: it is kept as a
        # draft, for that question only, so that answers do not depend on the order of questions.
        if low < depth:
            self._drafts[key] = answer, low
            self._low = min(outer_low, low)
            return found
        while len(self._drafts) > drafts:
            self._drafts.popitem()
        self._memo[key] = answer
        return found

    def _evaluate(self, where: Where, expr: Expr) -> Values:
        match expr:
            case Ref(name):
                return self.name(where, name)
            case Attr(base, name):
                return self.union(
                    members.member(self, where, owner, name) for owner in self.values(where, base)
                )
            case CallRef(site):
                return results.call_values(self, where, site)
            case Item(base, key):
                return contents.item(self, where, base, key)
            case Text(parts, formatted):
                return self._text(where, parts, formatted=formatted)
            case Either(options):
                return self.union(self.values(where, option) for option in options)
            case Closure(scope):
                return (FunctionValue((where.module, scope), self._closing(where, scope)),)
            case ClassObject(scope):
                return (ClassValue((where.module, scope)),)
            case Imported():
                return self._imported(where.module, expr)
            case Within(scope, inner):
                return self.values(Where(where.module, scope, where.at, where.frame), inner)
            case Entered(base):
                return self.union(
                    results.entered(self, where, base, value) for value in self.values(where, base)
                )
            case Element(base):
                return contents.elements(self, where, base)
            case Items() | Pairs():
                return (Display(where.module, where.scope, where.at or 0, expr, where.frame),)
        return (UNKNOWN,)

    def union(self, found: Iterable[Values]) -> Values:
        """All of them once, in order; cut at a limit with UNKNOWN."""
        merged: Values = ()
        for values in found:
            if merged and values:
                merged = tuple(dict.fromkeys((*merged, *values)))
            elif values:
                merged = values if len(values) == 1 else tuple(dict.fromkeys(values))
            if len(merged) > MAX_VALUES:
                return (*merged[:MAX_VALUES], UNKNOWN)
        return merged

    def _closing(self, where: Where, scope: int) -> Frame | None:
        """The frame that a function made here closes over."""
        return where.frame if self.modules[where.module].scopes[scope].parent else None

    # -- names

    def name(self, where: Where, name: str) -> Values:
        scope, at = self.names.binding_scope(where.module, where.scope, name, where.at)
        if scope is not None:
            return self._bound(Where(where.module, scope.index, at, where.frame), scope, name)
        binder = self.names.binder(where.module, name)
        if binder is not None:
            return self.name(Where(binder, 0, None), name)
        return (External(f"builtins.{name}"),) if name in BUILTINS else (UNKNOWN,)

    def _bound(self, where: Where, scope: Scope, name: str) -> Values:
        reaching, initial = reaching_bindings(scope.bindings.get(name, ()), where.at)
        found = [
            self.values(Where(where.module, scope.index, binding.order, where.frame), binding.value)
            for binding in reaching
        ]
        if initial and any(param.name == name for param in scope.params):
            found.append(self.parameter(where.module, scope, name, where.frame))
        return self.union(found)

    def exported(self, module: int, name: str) -> Values:
        """What `name` is in the namespace of a project module, seen from outside."""
        binder = self.names.binder(module, name)
        if binder is not None:
            return self.name(Where(binder, 0, None), name)
        submodule = self.linker.resolve(module, name, 1)
        if submodule is not None and self.modules[module].path.endswith("__init__.py"):
            return (ModuleValue(submodule),)
        return (UNKNOWN,)

    def _imported(self, importer: int, wanted: Imported) -> Values:
        target = self.linker.resolve(importer, wanted.module, wanted.level)
        if wanted.name is None:
            return (External(wanted.module) if target is None else ModuleValue(target),)
        if target is not None and target != importer:
            found = self.exported(target, wanted.name)
            if found != (UNKNOWN,):
                return found
        dotted = f"{wanted.module}.{wanted.name}" if wanted.module else wanted.name
        submodule = self.linker.resolve(importer, dotted, wanted.level)
        if submodule is not None:
            return (ModuleValue(submodule),)
        return (UNKNOWN,) if wanted.level or target is not None else (External(dotted),)

    # -- parameters

    def parameter(self, module: int, scope: Scope, name: str, frame: Frame | None) -> Values:
        key = (module, scope.index)
        settled = self.given.get((key, name))
        if settled is not None:
            return settled
        while frame is not None and frame.function != key:
            frame = frame.outer
        receiver = members.receiver(self, module, scope, name)
        if frame is not None:
            self.note(FRAMES)
            if receiver and frame.receiver is not None:
                return (frame.receiver,)
            if frame.call is not None:
                incoming = Incoming(*frame.call, frame.receiver is not None, before=frame.before)
                return self._argument(key, scope, name, incoming, frame.caller)
        if receiver:
            return receiver
        callers = self.callers_of(key)
        annotated, expected = stubs.annotated(self, module, scope, name)
        if annotated:
            return annotated
        # A decorator's parameter is another function for each use; the call graph links those itself.
        found = [self._argument(key, scope, name, each, None) for each in callers if not self.wraps(each)]
        passed = self.union(found) if callers else (UNKNOWN,)
        if expected and passed == (UNKNOWN,):
            self._doubted_annotations = True
            self.note(ANNOTATIONS)
            return expected if self._trusts_annotations else passed
        return passed

    def wraps(self, incoming: Incoming) -> bool:
        """Whether a function is called as a decorator."""
        return incoming.call is not None and self.call((incoming.module, incoming.call)).decorates is not None

    def _argument(
        self, key: FunctionKey, scope: Scope, name: str, incoming: Incoming, frame: Frame | None
    ) -> Values:
        if incoming.call is None:
            return (UNKNOWN,)
        given = passing.given_by(self, incoming, frame)
        passed = passing.passed(self, given, scope, name, bound=incoming.bound)
        if passed is DEFAULT:
            return self.default(key[0], scope, name)
        return (UNKNOWN,) if isinstance(passed, Absent) else self.values(*passed)

    def default(self, module: int, scope: Scope, name: str) -> Values:
        default = passing.default_of(module, scope, name)
        return (UNKNOWN,) if default is None else self.values(*default)

    # -- parts

    def _text(self, where: Where, parts: tuple[Expr, ...], *, formatted: bool) -> Values:
        found = [self.values(where, part) for part in parts]
        singles = [values[0] if len(values) == 1 else UNKNOWN for values in found]
        return (joined(singles, formatted=formatted),)

    def item_of(self, owner: Value, key: Value) -> Values:
        """`owner[key]`, as far as `owner` is written out."""
        match owner:
            case External("os.environ") if isinstance(key, Constant) and isinstance(key.value, str):
                return (Environment(key.value),)
            case FromContext(str(attribute)) if isinstance(key, Constant) and isinstance(key.value, int):
                return (FromContext(f"{attribute}[{key.value}]"),)
            case Display(expr=Pairs(pairs)):
                return self._entry(owner, pairs, key)
            case Display(expr=Items(items)):
                seen = self.inside(owner)
                if (
                    isinstance(key, Constant)
                    and isinstance(key.value, int)
                    and -len(items) <= key.value < len(items)
                ):
                    return self.values(seen, items[key.value])
                return self.union(self.values(seen, item) for item in items)
        return (UNKNOWN,)

    def inside(self, display: Display) -> Where:
        return Where(display.module, display.scope, display.order or None, display.frame)

    def _entry(self, owner: Display, pairs: tuple[tuple[Expr | None, Expr], ...], key: Value) -> Values:
        seen = self.inside(owner)
        if isinstance(key, Constant):
            unclear = False
            for written, value in reversed(pairs):
                keys = (UNKNOWN,) if written is None else self.values(seen, written)
                if keys == (key,) and not unclear:
                    return self.values(seen, value)
                unclear = unclear or key in keys or not all(isinstance(each, Constant) for each in keys)
            if not unclear:
                return ()
        return self.union(self.values(seen, value) if written else (UNKNOWN,) for written, value in pairs)

    # -- decorators

    def decorator_names(self, key: FunctionKey) -> frozenset[str]:
        """The full names of the decorators that come from outside the project."""
        scope = self.scope(key)
        where = Where(key[0], scope.parent or 0, scope.order)
        names = set()
        for decorator in scope.decorators:
            for value in self.values(where, decorator):
                if isinstance(value, External):
                    names.add(value.name)
                elif isinstance(value, Returned):
                    names.add(value.callee)
        return frozenset(names)

    def is_cached(self, key: FunctionKey) -> bool:
        """Whether a function's body runs once for each set of arguments."""
        return bool(self.decorator_names(key) & wrappers.CACHES)


def _is_first(binding: Binding, later: Binding, at: int) -> bool:
    """Whether a use at `at` sees `binding` in each round of the loop that holds it and the later one."""
    return binding.loop == later.loop and not any(
        start <= at <= end and binding.order < start for start, end in later.inner_loops
    )


def reaching_bindings(bindings: Sequence[Binding], at: int | None) -> tuple[Sequence[Binding], bool]:
    """The bindings that a use at `at` may see; and whether it may see none, so a parameter's own value."""
    if at is None:
        return bindings, True
    if len(bindings) == 1:
        # Most names are bound once, and this is asked at every use of every name.
        only = bindings[0]
        return bindings, not (only.order < at and (only.sure or only.block <= at <= only.block_end))
    before = [binding for binding in bindings if binding.order < at]
    later = [b for b in bindings if b.order >= at and b.loop and b.loop <= at <= b.loop_end]
    for position in range(len(before) - 1, -1, -1):
        binding = before[position]
        if binding.sure or binding.block <= at <= binding.block_end:
            around = [b for b in later if not (binding.loop and _is_first(binding, b, at))]
            return [*before[position:], *around], False
    return [*before, *later] or bindings, True
