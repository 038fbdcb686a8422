"""Whether the code of some functions speaks of something: in a text, as a key, or as the name of a field."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from lambda_lint.semantics.facts import CallRef, ClassObject, Closure, Const, Imported, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lambda_lint.semantics.callgraph import CallGraph
    from lambda_lint.semantics.facts import Expr, ModuleFacts, Scope
    from lambda_lint.semantics.values import FunctionKey


def speaks_of(graph: CallGraph, functions: Iterable[FunctionKey], is_meant: Callable[[str], bool]) -> bool:
    """Whether one of the functions, or a class or module level around them, uses a word that is meant."""
    known = set(functions)
    for module in sorted({function[0] for function in known}):
        facts = graph.ev.modules[module]
        scopes = {
            scope.index
            for scope in facts.scopes
            if scope.kind in {ScopeKind.CLASS, ScopeKind.MODULE}
            or graph.function_of(module, scope.index) in known
        }
        if any(is_meant(name) for index in scopes for name in _names(facts.scopes[index], facts)):
            return True
        if any(is_meant(word) for expr in _expressions(facts, scopes) for word in _texts(expr)):
            return True
    return False


def _names(scope: Scope, facts: ModuleFacts) -> Iterator[str]:
    """The variables and fields: functions that are not reached may well be defined beside them."""
    for name, bindings in scope.bindings.items():
        if not any(_is_definition(binding.value, facts) for binding in bindings):
            yield name


def _is_definition(value: Expr, facts: ModuleFacts) -> bool:
    if isinstance(value, CallRef):
        return facts.calls[value.site].decorates is not None
    return isinstance(value, (ClassObject, Closure, Imported))


def _expressions(facts: ModuleFacts, scopes: set[int]) -> Iterator[Expr]:
    """All that is evaluated in the scopes."""
    for index in scopes:
        scope = facts.scopes[index]
        yield from (binding.value for bindings in scope.bindings.values() for binding in bindings)
        yield from (value for value, _ in (*scope.returns, *scope.yields))
    for call in facts.calls:
        if call.scope in scopes:
            yield from (arg.value for arg in call.args)
            yield from (Const(arg.keyword) for arg in call.args if arg.keyword is not None)
    for store in facts.item_stores:
        if store.scope in scopes:
            yield store.key
            yield store.value
    yield from (given.value for given in facts.attr_stores if given.scope in scopes)
    yield from (Const(given.name) for given in facts.attr_stores if given.scope in scopes)
    yield from (Const(read.key) for read in facts.key_reads if read.scope in scopes)


def _texts(expr: Expr) -> Iterator[str]:
    """The literal texts in an expression."""
    pending: list[object] = [expr]
    while pending:
        current = pending.pop()
        if isinstance(current, Const):
            if isinstance(current.value, str):
                yield current.value
        elif isinstance(current, tuple):
            pending.extend(current)
        elif is_dataclass(current):
            pending.extend(getattr(current, field.name) for field in fields(current))
