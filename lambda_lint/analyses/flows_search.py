"""Follows expressions back to the parts of the event that are in them, over facts and across modules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lambda_lint.analyses.flows_calls import FlowCalls
from lambda_lint.analyses.flows_entries import Entries
from lambda_lint.analyses.flows_members import FlowMembers
from lambda_lint.analyses.flows_model import (
    ANY,
    COPY,
    OPERATION,
    PART,
    TEXT,
    Flow,
    FlowOrigin,
    Flows,
    FlowStep,
    Key,
    merged,
    read_of,
)
from lambda_lint.analyses.flows_parameters import FlowParameters
from lambda_lint.analyses.flows_reads import Reads
from lambda_lint.semantics.dependence import EVENT_OBJECTS
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import (
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
from lambda_lint.semantics.made import Made
from lambda_lint.semantics.values import (
    Constant,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.semantics.facts import Scope
    from lambda_lint.semantics.project import Project

MAX_DEPTH = 60

ENVIRONMENT = "os.environ"


class FlowSearch:
    """Answers for a project."""

    def __init__(self, project: Project) -> None:
        self.ev = project.evaluator
        self.entries = Entries(project)
        self.reads = Reads(project.modules)
        self._calls = FlowCalls(self)
        self._members = FlowMembers(self)
        self._parameters = FlowParameters(self)
        self._memo: dict[tuple[Where, int], tuple[Expr, Flows]] = {}
        self._drafts: dict[tuple[Where, int], tuple[Expr, Flows]] = {}
        self._active: set[tuple[Where, int]] = set()
        self._cut = False
        """Whether the answer that is being found depends on where the outermost question began."""

    def of(self, where: Where, expr: Expr) -> Flows:
        """What flows into `expr`, seen from `where`."""
        key = (where, id(expr))
        known = self._memo.get(key)
        if known is not None and known[0] is expr:
            return known[1]
        draft = self._drafts.get(key)
        if draft is not None and draft[0] is expr:
            self._cut = True
            return draft[1]
        if key in self._active or len(self._active) > MAX_DEPTH:
            self._cut = True
            return ()
        outer_cut, self._cut = self._cut, False
        self._active.add(key)
        try:
            found = merged(self._look(where, expr))
        finally:
            self._active.discard(key)
        # In a cycle an inner answer depends on where the outermost question began: it is a draft.
        if self._cut and self._active:
            self._drafts[key] = (expr, found)
        else:
            self._memo[key] = (expr, found)
        self._cut = self._cut or outer_cut
        if not self._active:
            self._drafts.clear()
            self._cut = False
        return found

    def _look(self, where: Where, expr: Expr) -> Iterable[Flow | None]:
        match expr:
            case Ref(name):
                return self._name(where, name)
            case Attr(base, name):
                return self._members.attribute(where, expr, base, name)
            case CallRef(site):
                return self._calls.of(where, site)
            case Item(base, key):
                return self._members.item(where, expr, base, key)
            case Element(base):
                return (flow.taken(ANY) for flow in self.of(where, base))
            case Entered(base):
                return self.of(where, base)
            case Either(options):
                return self._options(where, options)
            case Text(parts, formatted):
                return self._text(where, parts, formatted=formatted)
            case Items(items):
                return (
                    flow.put_into(index) for index, item in enumerate(items) for flow in self.of(where, item)
                )
            case Pairs(pairs):
                return self._pairs(where, pairs)
            case Opaque(made=Made.TRUTH):
                return ()
            case Opaque(parts):
                return self._opaque(where, parts)
            case Within(scope, inner):
                return self.of(where._replace(scope=scope), inner)
            case Imported():
                return self._imported(where, expr)
        return ()

    # -- names

    def _name(self, where: Where, name: str) -> Iterable[Flow | None]:
        scope, at = self.ev.names.binding_scope(where.module, where.scope, name, where.at)
        if scope is not None:
            home = where._replace(scope=scope.index, at=at)
            found = self._bound(home, scope, name)
            if self._is_changed(where, Ref(name)):
                found = (flow and flow.via(COPY) for flow in found)
            return chain(self.filled(home, Ref(name)), found)
        binder = self.ev.names.binder(where.module, name)
        return () if binder is None else self.of_exported(binder, name)

    def of_exported(self, module: int, name: str) -> Flows:
        """What flows into a name of a module."""
        return self.of(Where(module, 0, None), Ref(name))

    def _bound(self, where: Where, scope: Scope, name: str) -> Iterator[Flow | None]:
        reaching, initial = reaching_bindings(scope.bindings.get(name, ()), where.at)
        for binding in reaching:
            yield from self.of(where._replace(at=binding.order), binding.value)
        if initial and any(param.name == name for param in scope.params):
            yield from self._parameters.of(where.module, scope, name, where.frame)

    def _is_changed(self, where: Where, place: Expr) -> bool:
        """Whether the scope itself has put something else into the event by then."""
        if where.at is None:
            return False
        fillings = self.ev.fillings.of(where.module, where.scope, place)
        return any(
            (each.module, each.scope) == (where.module, where.scope) and each.order < where.at
            for each in fillings
        )

    def filled(self, where: Where, place: Expr) -> Iterator[Flow | None]:
        """What was put into a list or dict before: `names.append(name)`, `query["sql"] = text`."""
        for filling in self.ev.fillings.of(where.module, where.scope, place):
            is_here = (filling.module, filling.scope) == (where.module, where.scope)
            if not filling.is_item or (is_here and where.at is not None and filling.order >= where.at):
                continue
            seen = Where(filling.module, filling.scope, filling.order, where.frame if is_here else None)
            whole = filling.value
            if filling.key is None and isinstance(whole, Opaque) and len(whole.parts) == 1:
                yield from self.of(seen, whole.parts[0])  # `update(other)`
                continue
            held = ANY if filling.key is None else self.key(seen, filling.key)
            for flow in self.of(seen, filling.value):
                yield flow.put_into(held)

    def _imported(self, where: Where, wanted: Imported) -> Iterable[Flow | None]:
        target = self.ev.linker.resolve(where.module, wanted.module, wanted.level)
        if target is None or wanted.name is None:
            return self.known(where, f"{wanted.module}.{wanted.name}")
        binder = self.ev.names.binder(target, wanted.name)
        return () if binder is None else self.of_exported(binder, wanted.name)

    def known(self, where: Where, name: str) -> Iterator[Flow]:
        """Something outside the project that is a source by itself."""
        if name == ENVIRONMENT:
            yield self.entries.own(where, FlowOrigin.ENVIRONMENT)
        elif name in EVENT_OBJECTS:
            yield self.entries.own(where, FlowOrigin.EVENT)

    # -- what is read

    def key(self, where: Where, expr: Expr) -> Key:
        """The key that an expression is, if it is known."""
        found = (Constant(expr.value),) if isinstance(expr, Const) else self.ev.values(where, expr)
        match found:
            case (Constant(str(key)),):
                return key
            case (Constant(bool()),):
                return ANY
            case (Constant(int(key)),):
                return key
        return ANY

    def noted(self, flow: Flow | None, where: Where, order: int | None) -> Flow | None:
        """The flow with the step that it is read there."""
        if flow is None or order is None or flow.held or flow.origin is not FlowOrigin.EVENT:
            return flow
        caller = self.ev.modules[where.module].scopes[where.scope].qualname
        said = read_of(flow.name)
        return flow.at(FlowStep(where.module, order, caller, caller, said, is_read=True))

    # -- what is put together

    def _options(self, where: Where, options: tuple[Expr, ...]) -> Iterator[Flow | None]:
        for position, option in enumerate(options):
            # `a and b` is `b` or something empty.
            if not (position and isinstance(option, Opaque) and len(option.parts) == 1):
                yield from self.of(where, option)

    def _text(self, where: Where, parts: tuple[Expr, ...], *, formatted: bool) -> Iterator[Flow | None]:
        for part in parts:
            for flow in self.of(where, part):
                yield flow if flow.held and not formatted else self._put_together(where, flow)

    def _put_together(self, where: Where, flow: Flow) -> Flow | None:
        """The flow when its value becomes a part of a longer text, which a name is given then."""
        found = flow.let_go().via(TEXT)
        if found is None or where.at is None or not self.reads.is_end(where.module, where.at):
            return found
        caller = self.ev.modules[where.module].scopes[where.scope].qualname
        said = f"`{flow.name}` is put into a text"
        return found.at(FlowStep(where.module, where.at, caller, caller, said))

    def _pairs(self, where: Where, pairs: tuple[tuple[Expr | None, Expr], ...]) -> Iterator[Flow | None]:
        for key, value in pairs:
            for flow in self.of(where, value):
                yield flow.via(COPY) if key is None else flow.put_into(self.key(where, key))

    def _opaque(self, where: Where, parts: tuple[Expr, ...]) -> Iterator[Flow | None]:
        if len(parts) > 1 and all(isinstance(part, Within) for part in parts[1:]):
            for part in parts[1:]:
                for flow in self.of(where, part):
                    yield flow.put_into(ANY)
            return
        name = PART if len(parts) == 1 else OPERATION
        for part in parts:
            for flow in self.of(where, part):
                yield flow if flow.held or (name is PART and _is_list(flow)) else flow.via(name)


def _is_list(flow: Flow) -> bool:
    """Whether the part is likely a list, of which a slice is a list again."""
    return flow.is_structured and flow.path[-1:] in {("Records",), ("records",)}
