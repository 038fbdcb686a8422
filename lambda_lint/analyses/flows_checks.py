"""Conditions that a program sets on a part of the event before it goes on with it.

Of the file that uses the part, every condition of the functions on the way is known; of other files, what
decides about a return, and the calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.analyses.flows import flows_into, search_of
from lambda_lint.analyses.flows_model import FlowOrigin
from lambda_lint.semantics import members
from lambda_lint.semantics.facts import Attr, Call, CallRef, Const, Expr, Opaque, ScopeKind
from lambda_lint.semantics.values import ClassValue, External, FunctionValue, Method, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.analyses.flows_model import Flow, Path
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.phases import Step
    from lambda_lint.semantics.values import FunctionKey

Test: TypeAlias = cst.If | cst.While | cst.IfExp | cst.Assert | cst.CompIf
TESTS: tuple[type[Test], ...] = (cst.If, cst.While, cst.IfExp, cst.Assert, cst.CompIf)
MAX_CALLS = 2
EMPTY = (Const(None), Const(""), Const(0), Const(value=True), Const(value=False))


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a part of the event."""

    path: Path
    how: str
    """An operator (`in`, `==`, `<`), the name of what is called, or `str.isdigit`; empty if the condition
    is only whether the part is there."""


Scopes = frozenset[tuple[int, str]]
"""Functions, by module and qualified name."""


def functions_on_way(ctx: Context, node: cst.CSTNode, steps: Iterable[Step]) -> Scopes:
    """The functions that the steps pass on the way to the node, and the one around it."""
    found = {(step.module, step.caller) for step in steps}
    return frozenset({*found, (ctx.module.number, ctx.qualname_around(node) or "")})


def checks_in(ctx: Context, functions: Scopes) -> tuple[Check, ...]:
    """The conditions that the functions set on parts of the event."""
    own = {name for module, name in functions if module == ctx.module.number}
    found = list(_in_tree(ctx, own))
    for module in sorted({module for module, _ in functions} - {ctx.module.number}):
        found.extend(_in_facts(ctx, module, {name for number, name in functions if number == module}))
    return tuple(dict.fromkeys(found))


# -- in the file itself


def _in_tree(ctx: Context, functions: set[str]) -> Iterator[Check]:
    for test in _tests(ctx, functions):
        for node in ctx.module.tree.subtree(test):
            match node:
                case cst.Comparison():
                    yield from _compared(ctx, node)
                case cst.Call():
                    yield from _asked(ctx, node)
        yield from (Check(flow.path, "") for flow in _flows(ctx, test))
    yield from _matched(ctx, functions)
    yield from _required(ctx, functions)


def _tests(ctx: Context, functions: set[str]) -> Iterator[cst.CSTNode]:
    tree = ctx.module.tree
    for node in (node for kind in TESTS for node in tree.of_type(kind)):
        if (ctx.qualname_around(node) or "") in functions:
            yield node.test


def _matched(ctx: Context, functions: set[str]) -> Iterator[Check]:
    """`match name:` compares the name with what its cases are."""
    for match in ctx.module.tree.of_type(cst.Match):
        if (ctx.qualname_around(match) or "") in functions:
            yield from (Check(flow.path, "==") for flow in _flows(ctx, match.subject))


def _compared(ctx: Context, node: cst.Comparison) -> Iterator[Check]:
    sides = [node.left, *(target.comparator for target in node.comparisons)]
    operators = [target.operator for target in node.comparisons]
    for position, side in enumerate(sides):
        others = [other for other in sides if other is not side]
        if all(isinstance(other, (cst.Name, cst.SimpleString)) and _is_empty(other) for other in others):
            continue
        operator = operators[min(position, len(operators) - 1)]
        for flow in _flows(ctx, side):
            yield Check(flow.path, _sign(operator, is_left=position == 0))


def _sign(operator: cst.BaseCompOp, *, is_left: bool) -> str:
    if isinstance(operator, (cst.In, cst.NotIn)):
        return "in" if is_left else "contains"
    return "==" if isinstance(operator, (cst.Equal, cst.NotEqual)) else "<"


def _is_empty(node: cst.Name | cst.SimpleString) -> bool:
    return node.value in {"None", "True", "False", '""', "''"}


def _asked(ctx: Context, call: cst.Call) -> Iterator[Check]:
    """`re.fullmatch(pattern, key)`, `key.endswith(".csv")`, `is_valid(key)`."""
    name = ctx.name_of(call.func) or ""
    if not name and ctx.functions_of(call.func):
        name = "project"
    for arg in call.args:
        yield from (Check(flow.path, name) for flow in _flows(ctx, arg.value))
    if isinstance(call.func, cst.Attribute):
        method = f"str.{call.func.attr.value}"
        yield from (Check(flow.path, method) for flow in _flows(ctx, call.func.value))


def _required(ctx: Context, functions: set[str]) -> Iterator[Check]:
    """`validate(event)` as a statement: something that raises, unless it is satisfied."""
    for statement in ctx.module.tree.of_type(cst.Expr):
        call = statement.value
        if not isinstance(call, cst.Call) or (ctx.qualname_around(call) or "") not in functions:
            continue
        name = ctx.name_of(call.func) or ("raising" if _raises(ctx, ctx.functions_of(call.func)) else "")
        for arg in call.args if name else ():
            yield from (Check(flow.path, f"{name}!") for flow in _flows(ctx, arg.value))


def _raises(ctx: Context, functions: Iterable[FunctionKey]) -> bool:
    """Whether one of the functions, or what it calls right away, makes an exception."""
    pending = [(function, 0) for function in functions]
    seen: set[FunctionKey] = set()
    while pending:
        function, depth = pending.pop()
        if function in seen:
            continue
        seen.add(function)
        if function in _makers_of_exceptions(ctx, function[0]):
            return True
        if depth < MAX_CALLS:
            edges = ctx.project.graph.edges.get(function, ())
            pending.extend((edge.callee, depth + 1) for edge in edges)
    return False


def _makers_of_exceptions(ctx: Context, module: int) -> set[FunctionKey]:
    ev, graph = ctx.project.evaluator, ctx.project.graph
    found: set[FunctionKey] = set()
    for call in ctx.project.modules[module].calls:
        for value in ev.values(Where(module, call.scope, call.order), call.func):
            names = [value.name] if isinstance(value, External) else []
            if isinstance(value, ClassValue):
                names = [base.name for base in members.bases(ev, value.key) if isinstance(base, External)]
            if any(name.endswith(("Error", "Exception")) for name in names):
                found.add(graph.function_of(module, call.scope))
    return found


def _flows(ctx: Context, node: cst.CSTNode) -> Iterator[Flow]:
    return (flow for flow in flows_into(ctx, node) if flow.origin is FlowOrigin.EVENT)


# -- in other files


def _in_facts(ctx: Context, module: int, functions: set[str]) -> Iterator[Check]:
    facts = ctx.project.modules[module]
    for scope in facts.scopes:
        if scope.kind is ScopeKind.FUNCTION and scope.qualname in functions:
            for test, order in scope.choices:
                yield from _decided(ctx, Where(module, scope.index, order), test)
    for call in facts.calls:
        if facts.scopes[call.scope].qualname in functions:
            yield from _called(ctx, Where(module, call.scope, call.order), call)


def _decided(ctx: Context, where: Where, test: Expr) -> Iterator[Check]:
    """What a condition compares, and what it asks a function of the project about."""
    search = search_of(ctx.project)
    while isinstance(test, Opaque) and len(test.parts) == 1:
        test = test.parts[0]
    if isinstance(test, Opaque):
        for part in test.parts:
            if not all(other in EMPTY for other in test.parts if other is not part):
                yield from (Check(flow.path, "in") for flow in search.of(where, part))
    elif isinstance(test, CallRef):
        call = ctx.project.modules[where.module].calls[test.site]
        seen = Where(where.module, call.scope, call.order)
        callees = ctx.project.evaluator.values(seen, call.func)
        if any(isinstance(callee, (FunctionValue, Method)) for callee in callees):
            for arg in call.args:
                yield from (Check(flow.path, "project") for flow in search.of(seen, arg.value))


def _called(ctx: Context, where: Where, call: Call) -> Iterator[Check]:
    """What a call makes sure of: a pattern, a conversion, a function that raises, `name.isalnum()`."""
    search = search_of(ctx.project)
    for callee in ctx.project.evaluator.values(where, call.func):
        name = callee.name if isinstance(callee, External) else ""
        if isinstance(callee, (FunctionValue, Method)) and _raises(ctx, (callee.key,)):
            name = "raising!"
        for arg in call.args if name else ():
            yield from (Check(flow.path, name) for flow in search.of(where, arg.value))
    if isinstance(call.func, Attr):
        method = f"str.{call.func.name}"
        yield from (Check(flow.path, method) for flow in search.of(where, call.func.base))
