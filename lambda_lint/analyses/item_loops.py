"""Is a call made once for each thing that a loop runs over?

    for order in orders:          save(order) is, and so is the call of `put_item` in it,
        save(order)               if `order` goes into both

It is not if the loop only tries again, or counts: nothing of the round then goes into the call. The loop may
be in the call's own function, or in one that calls it; a call that something else makes, such as a pool, is
left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.knowledge.http import URL_POSITION
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import (
    Attr,
    CallRef,
    Const,
    Either,
    Element,
    Expr,
    Item,
    Items,
    Opaque,
    Pairs,
    Ref,
    ScopeKind,
    Text,
)
from lambda_lint.semantics.values import (
    ClassValue,
    Constant,
    Display,
    External,
    FunctionValue,
    Instance,
    Method,
    Partial,
    Returned,
    SdkMethod,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Binding, Call
    from lambda_lint.semantics.phases import Step

FEW = 10
"""A list of constants up to this length is no load."""
MOST_PARTS = 500
"""How many parts of expressions are looked at."""
VIEWS = frozenset({"items", "keys", "values"})
PROJECT = (FunctionValue, Method, ClassValue, Instance)
RECORDS = Const("Records")
DATA_CLASSES = "aws_lambda_powertools.utilities.data_classes."


@dataclass(frozen=True, slots=True)
class ItemLoop:
    """A loop that makes a call once for each thing."""

    node: cst.For | cst.BaseComp | None
    """The loop, if it is in the call's own function."""
    step: Step | None
    """Else the call, on the path to the function, that stands in the loop."""
    is_alone: bool
    """Whether a round of a loop in another function makes no other request on the way, and none by HTTP."""
    over_records: bool
    """Whether it runs over the records of an event."""


def item_loop_around(ctx: Context, call: cst.Call) -> ItemLoop | None:
    """The loop that makes `call` once for each thing of more than a few; None if none is known to."""
    ev, facts, number = ctx.project.evaluator, ctx.call_facts(call), ctx.module.number
    if facts.in_loop:
        node = _innermost(ctx, call)
        over_records = None if node is None else _over_records(ev, number, facts)
        return None if over_records is None else ItemLoop(node, None, True, over_records)
    step = ctx.loop_on_path(call)
    if step is None:
        return None
    outer = next(each for each in ctx.project.modules[step.module].calls if each.order == step.order)
    over_records = _over_records(ev, step.module, outer) if _enters_project(ev, step.module, outer) else None
    return None if over_records is None else ItemLoop(None, step, _is_alone(ctx, call, step), over_records)


def loop_gives(ctx: Context, expression: cst.CSTNode) -> bool:
    """Whether an element of what a loop of the same function runs over goes into the expression."""
    lowered = ctx.module.lowered
    where = Where(ctx.module.number, lowered.scope_index(expression), lowered.tree.order[expression])
    search = LoopSearch(ctx.project.evaluator, ctx.module.number)
    return any(search.elements([(where, lowered.expressions.lower(expression))]))


def _innermost(ctx: Context, call: cst.Call) -> cst.For | cst.BaseComp | None:
    """The loop next to the call; None if that is a `while`, which repeats for other reasons."""
    child: cst.CSTNode = call
    for above in ctx.module.tree.ancestors(call):
        if isinstance(above, cst.For) and child is above.body:
            return above
        if isinstance(above, cst.BaseComp) and child is not above.for_in:
            return above
        if isinstance(above, (cst.FunctionDef, cst.Lambda, cst.While)):
            break
        child = above
    return None


def _over_records(ev: Evaluator, module: int, call: Call) -> bool | None:
    """Whether what goes into the call from a loop is a record of the event; None if nothing does, or few."""
    search = LoopSearch(ev, module)
    sources = list(search.iterated(call))
    if not sources or any(search.is_short(*source) for source in sources):
        return None
    return any(search.mentions_records(*source) for source in sources)


def _is_alone(ctx: Context, call: cst.Call, loop: Step) -> bool:
    """Whether all that the round runs, from the function that the loop calls, makes no other request."""
    ev, graph, path = ctx.project.evaluator, ctx.project.graph, ctx.path_to(call)
    here = (ctx.module.number, ctx.module.lowered.call_of[call])
    entered = {
        graph.function_of(step.module, each.scope)
        for step in path[path.index(loop) + 1 :]
        for each in ctx.project.modules[step.module].calls
        if each.order == step.order
    }
    functions = ctx.project.phases.reached_from(entered | {ctx.function_key(call)})
    return not _sends(ctx, loop) and not any(
        isinstance(value, SdkMethod)
        for module in {function[0] for function in functions}
        for site, each in enumerate(ctx.project.modules[module].calls)
        if (module, site) != here and graph.function_of(module, each.scope) in functions
        for value in ev.values(Where(module, each.scope, each.order), each.func)
    )


def _sends(ctx: Context, loop: Step) -> bool:
    """Whether a round of the loop sends an HTTP request: then it does more than to write an item."""
    ev, graph, facts = ctx.project.evaluator, ctx.project.graph, ctx.project.modules[loop.module]
    scope = next(each.scope for each in facts.calls if each.order == loop.order)
    bindings = (each for bound in facts.scopes[scope].bindings.values() for each in bound)
    around = {(each.loop, each.loop_end) for each in bindings if each.loop < loop.order <= each.loop_end}
    caller = graph.function_of(loop.module, scope)
    entered = {
        edge.callee
        for edge in graph.edges.get(caller, ())
        if any(start < edge.order <= end for start, end in around)
    }
    functions = ctx.project.phases.reached_from(entered)
    return any(
        isinstance(value, External) and value.name in URL_POSITION
        for module in {function[0] for function in functions}
        for each in ctx.project.modules[module].calls
        if graph.function_of(module, each.scope) in functions
        for value in ev.values(Where(module, each.scope, each.order), each.func)
    )


def _enters_project(ev: Evaluator, module: int, call: Call) -> bool:
    found = ev.values(Where(module, call.scope, call.order), call.func)
    return bool(found) and all(
        isinstance(value.target if isinstance(value, Partial) else value, PROJECT) for value in found
    )


class LoopSearch:
    """Looks through the names in an expression for what loops give them."""

    def __init__(self, ev: Evaluator, module: int) -> None:
        self._ev, self._module = ev, module

    def iterated(self, call: Call) -> Iterator[tuple[Where, Expr]]:
        """What the loops run over of which an element goes into the call, as an argument or its object."""
        where = Where(self._module, call.scope, call.order)
        pending: list[tuple[Where, Expr]] = [(where, arg.value) for arg in call.args]
        if isinstance(call.func, Attr):
            pending.append((where, call.func.base))
        elif isinstance(call.func, CallRef):
            pending.append((where, call.func))  # `partial(save, order)()`
        yield from self.elements(pending)

    def elements(self, pending: list[tuple[Where, Expr]]) -> Iterator[tuple[Where, Expr]]:
        """What loops run over of which an element goes into the expressions."""
        seen: set[tuple[Where, int]] = set()
        while pending and len(seen) < MOST_PARTS:
            where, expr = pending.pop()
            if (where, id(expr)) in seen:
                continue
            seen.add((where, id(expr)))
            if isinstance(expr, Element):
                yield where, expr.base
            else:
                pending.extend(self._parts(where, expr))

    def _parts(self, where: Where, expr: Expr) -> Iterator[tuple[Where, Expr]]:
        """What goes into an expression. The rounds of comprehensions inside it are over when it is there."""
        match expr:
            case Ref(name):
                yield from ((seen, binding.value) for seen, binding in self._bindings(where, name))
            case Attr(base):
                yield where, base
            case Item(base, key):
                yield from ((where, base), (where, key))
            case Text(parts) | Items(parts) | Opaque(parts) | Either(parts):
                yield from ((where, part) for part in parts)
            case Pairs(pairs):
                yield from ((where, value) for _, value in pairs)
                yield from ((where, key) for key, _ in pairs if key is not None)
            case CallRef(site):
                call = self._ev.modules[self._module].calls[site]
                yield from ((where, arg.value) for arg in call.args)
                if isinstance(call.func, (Attr, CallRef)):
                    yield where, call.func.base if isinstance(call.func, Attr) else call.func

    def _bindings(self, where: Where, name: str) -> Iterator[tuple[Where, Binding]]:
        scope, at = self._ev.names.binding_scope(self._module, where.scope, name, where.at)
        if scope is None or scope.kind is ScopeKind.MODULE:
            return
        reaching, _ = reaching_bindings(scope.bindings.get(name, ()), at)
        for binding in reaching:
            yield Where(self._module, scope.index, binding.order), binding

    def is_short(self, where: Where, base: Expr) -> bool:
        """Whether a loop over `base` makes few rounds, whatever the input: `range(3)`, `("a", "b")`."""
        if isinstance(base, CallRef):
            call = self._ev.modules[self._module].calls[base.site]
            if isinstance(call.func, Attr) and call.func.name in VIEWS and not call.args:
                base = call.func.base
        found = self._ev.values(where, base)
        is_filled = any(self._ev.fillings.of(self._module, where.scope, base))
        return bool(found) and not is_filled and all(self._is_few(value) for value in found)

    def _is_few(self, value: object) -> bool:
        match value:
            case Display(expr=Items(items)):
                return len(items) <= FEW
            case Display(expr=Pairs(pairs)):
                return len(pairs) <= FEW and all(key is not None for key, _ in pairs)
            case Returned("builtins.range", (module, site)):
                call = self._ev.call((module, site))
                seen = Where(module, call.scope, call.order)
                ends = [self._ev.values(seen, arg.value) for arg in call.args]
                return all(len(end) == 1 and isinstance(end[0], Constant) for end in ends)
            case Returned("builtins.enumerate" | "builtins.reversed" | "builtins.sorted", (module, site)):
                call = self._ev.call((module, site))
                return self.is_short(Where(module, call.scope, call.order), call.args[0].value)
        return False

    def mentions_records(self, where: Where, base: Expr) -> bool:
        """Whether it is, or is made of, what stands under `Records`, or is an event's `records`."""
        pending, seen = [(where, base)], 0
        while pending and seen < MOST_PARTS:
            seen += 1
            current = pending.pop()
            match current[1]:
                case Item(_, key) if key == RECORDS:
                    return True
                case Attr(base, "records") if self._is_event(current[0], base):
                    return True
                case CallRef(site) if any(
                    arg.value == RECORDS for arg in self._ev.modules[self._module].calls[site].args
                ):
                    return True
            pending.extend(self._parts(*current))
        return False

    def _is_event(self, where: Where, base: Expr) -> bool:
        """Whether it is an argument of the function, as `event` is, or a data class of Powertools."""
        if isinstance(base, Ref):
            scope, _ = self._ev.names.binding_scope(self._module, where.scope, base.name, where.at)
            if scope is not None and any(param.name == base.name for param in scope.params):
                return True
        return any(
            isinstance(value, Returned) and value.callee.startswith(DATA_CLASSES)
            for value in self._ev.values(where, base)
        )
