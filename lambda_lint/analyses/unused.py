"""What may be used while a function is deployed: all that code which runs mentions by name.

The call graph says what runs for certain. Something that it does not reach may still be used in a way that it
does not see: by `getattr`, by a framework, from a table of names. A function counts as unused only if no code
that may run so much as mentions its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.model.labels import Phase
from lambda_lint.semantics.facts import (
    Attr,
    Const,
    Either,
    Element,
    Entered,
    Imported,
    Item,
    Items,
    Opaque,
    Pairs,
    Ref,
    ScopeKind,
    Text,
    Within,
)
from lambda_lint.semantics.values import ClassValue, Constant, Instance, ModuleValue, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.facts import Call, Expr, ModuleFacts, Scope
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey

COMPUTED = frozenset({"eval", "exec", "getattr", "globals", "import_module"})
"""Builtins and functions by which code is found by a name that may be computed."""
OWN = (ClassValue, Instance, ModuleValue)


def unused_functions(project: Project) -> frozenset[FunctionKey]:
    """The functions of the project that neither run nor are mentioned by anything that may run."""
    return _Mentions(project).unused()


class _Mentions:
    """Looks through the facts of all modules but tests."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._modules = [number for number in range(len(project.modules)) if number not in project.tests]
        self._by_name: dict[str, list[FunctionKey]] = {}
        self._names: dict[FunctionKey, set[str]] = {}
        """Function or module -> the names that its own code mentions."""
        for module in self._modules:
            for scope in project.modules[module].scopes:
                if scope.kind is ScopeKind.FUNCTION:
                    self._by_name.setdefault(scope.name, []).append((module, scope.index))
            self._gather(module, project.modules[module])

    def unused(self) -> frozenset[FunctionKey]:
        every = {key for keys in self._by_name.values() for key in keys}
        if self._finds_by_computed_name():
            return frozenset()
        live = {key for key in every if self._is_live(key)}
        pending = [*live, *((module, 0) for module in self._modules)]
        seen: set[str] = set()
        while pending:
            names = self._names.get(pending.pop(), set()) - seen
            seen |= names
            for name in names:
                found = [key for key in self._by_name.get(name, ()) if key not in live]
                live.update(found)
                pending.extend(found)
        return frozenset(every - live)

    def _is_live(self, key: FunctionKey) -> bool:
        scope = self._project.evaluator.scope(key)
        if self._project.phases.of_function(key) is not Phase.NEITHER or scope.decorators:
            return True
        return scope.name.startswith("__") and scope.name.endswith("__")

    def _finds_by_computed_name(self) -> bool:
        return any(
            self._computes(module, call)
            for module in self._modules
            for call in self._project.modules[module].calls
            if isinstance(call.func, Ref | Attr) and call.func.name in COMPUTED
        )

    def _computes(self, module: int, call: Call) -> bool:
        """Whether a call may find a function of the project by a name that is not written out."""
        where, evaluator = Where(module, call.scope, call.order), self._project.evaluator
        if call.func != Ref("getattr"):
            return not call.args or not isinstance(call.args[0].value, Const)
        owner, name = (evaluator.values(where, arg.value) for arg in call.args[:2])
        is_written = all(isinstance(value, Constant) for value in name)
        return not is_written and any(isinstance(value, OWN) for value in owner)

    # -- what a function mentions

    def _gather(self, module: int, facts: ModuleFacts) -> None:
        for scope, expr in _expressions(facts):
            key = self._project.graph.function_of(module, scope)
            self._names.setdefault(key, set()).update(_names_in(expr))


def _expressions(facts: ModuleFacts) -> Iterator[tuple[int, Expr]]:
    """The scope and the expression of everything that the facts hold."""
    for scope in facts.scopes:
        yield from ((scope.index, expr) for expr in _of_scope(scope))
    for call in facts.calls:
        yield call.scope, call.func
        yield from ((call.scope, arg.value) for arg in call.args)
    for load in facts.loads:
        yield load.scope, Attr(load.base, load.name)
    for attribute in facts.attr_stores:
        yield attribute.scope, attribute.value
    for item in facts.item_stores:
        yield item.scope, Pairs(((item.key, item.value),))
    for read in facts.key_reads:
        yield read.scope, Item(read.base, Const(read.key))


def _of_scope(scope: Scope) -> Iterator[Expr]:
    for name, bindings in scope.bindings.items():
        for binding in bindings:
            yield from binding.tests
            if not isinstance(binding.value, Imported):
                yield binding.value
            elif binding.value.name not in {None, name}:
                yield Ref(binding.value.name or "")
    yield from scope.decorators
    yield from scope.bases
    for results in (scope.returns, scope.choices, scope.yields):
        yield from (expr for expr, _ in results)
    yield from (param.default for param in scope.params if param.default is not None)


def _names_in(expr: Expr) -> Iterator[str]:
    """Names, attributes, and texts that may be names."""
    pending: list[Expr | None] = [expr]
    while pending:
        match pending.pop():
            case Ref(name):
                yield name
            case Attr(base, name):
                yield name
                pending.append(base)
            case Const(str(text)):
                yield text.rpartition(".")[2]
            case Item(base, key):
                pending.extend((base, key))
            case Element(base) | Entered(base) | Within(_, base):
                pending.append(base)
            case Text(parts) | Items(parts) | Opaque(parts):
                pending.extend(parts)
            case Either(parts, test):
                pending.extend((*parts, test))
            case Pairs(pairs):
                pending.extend(part for pair in pairs for part in pair)
