"""Names that a module does not use yet, and names under which it knows what it imported."""

from __future__ import annotations

import builtins
import keyword
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.semantics.facts import Imported, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.facts import Binding, Scope
    from lambda_lint.semantics.lower import Lowered

BUILTINS = frozenset(dir(builtins))


class FreeNames:
    """Answers for one module."""

    def __init__(self, lowered: Lowered) -> None:
        self._lowered = lowered
        self._tree = lowered.tree
        self._scopes = lowered.facts.scopes

    def is_free(self, name: str) -> bool:
        """Whether nothing in the module has, means or could mean the name."""
        return name not in self._taken and name not in BUILTINS and not keyword.iskeyword(name)

    def fresh(self, wanted: str) -> str:
        """`wanted` if it is free, else the first of `wanted_2`, `wanted_3`, and so on that is."""
        numbered = (f"{wanted}_{number}" for number in count(2))
        return wanted if self.is_free(wanted) else next(filter(self.is_free, numbered))

    def is_free_for(self, name: str, imported: Imported, at: cst.CSTNode | None) -> bool:
        """Whether the module can import that under the name, such that it means that at `at`; None: anywhere.

        Where the name is bound already, it is bound to just that; and nobody means another thing by it.
        """
        if keyword.iskeyword(name) or name in BUILTINS:
            return False
        scopes = self._scopes if at is None else self._scopes[:1]
        bindings = [each for scope in scopes for each in scope.bindings.get(name, ())]
        if any(each.value != imported for each in bindings) or any(
            name in s.outer_names for s in self._scopes
        ):
            return False
        if at is None:
            return bool(bindings or name not in self._uses) and not self._is_param(name)
        unbound = not self._scopes[0].bindings.get(name)
        if unbound and any(self.binder(name, use) is None for use in self._uses.get(name, ())):
            return False
        return self.means_the_global(name, at)

    def _is_param(self, name: str) -> bool:
        return any(param.name == name for scope in self._scopes for param in scope.params)

    def can_move_up(self, name: str, binding: cst.CSTNode) -> bool:
        """Whether a variable of the function around `binding` can become a global one of the same name.

        So nothing else is bound to the name in that function, and nobody means another thing by the name.
        """
        if name in self._scopes[0].bindings or not self.is_only_binding(name, binding):
            return False
        return not any(self.means_the_global(name, use) for use in self._uses.get(name, ()))

    def is_only_binding(self, name: str, binding: cst.CSTNode) -> bool:
        """Whether without `binding` the name would be the module's in the function around it."""
        scope = self._scopes[self._lowered.scope_index(binding)]
        if scope.kind is not ScopeKind.FUNCTION or len(scope.bindings.get(name, ())) != 1:
            return False
        if any(param.name == name for param in scope.params) or name in scope.outer_names:
            return False
        around = scope.parent
        while around:
            if _binds(self._scopes[around], name):
                return False
            around = self._scopes[around].parent
        return not any(isinstance(self._tree.parent(use), cst.Del) for use in self._uses.get(name, ()))

    def is_settled(self, name: str) -> bool:
        """Whether the module binds the name once and for sure."""
        found = self._scopes[0].bindings.get(name, ())
        return len(found) == 1 and found[0].sure

    def is_one_import(self, name: str) -> bool:
        """Whether the name is the same import wherever the module has it."""
        found = self._scopes[0].bindings.get(name, ())
        return (
            bool(found)
            and isinstance(found[0].value, Imported)
            and self.is_free_for(name, found[0].value, None)
        )

    def runs_later(self, node: cst.CSTNode) -> bool:
        """Whether the node stands in a function, so that all of the module has run before it does."""
        scope = self._scopes[self._lowered.scope_index(node)]
        while scope.kind not in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
            if scope.parent is None:
                return False
            scope = self._scopes[scope.parent]
        return True

    def means_the_global(self, name: str, at: cst.CSTNode | None) -> bool:
        """Whether `name`, written at `at`, is the module's own name; None stands for any place at all."""
        if at is None:
            return not any(_binds(scope, name) for scope in self._scopes[1:])
        found = self.binder(name, at)
        return found is None or found.index == 0

    def binder(self, name: str, at: cst.CSTNode) -> Scope | None:
        """The scope that binds `name` as it is written at `at`; None for a builtin, or who knows what."""
        scope = self._scopes[self._lowered.scope_index(at)]
        first = scope
        while scope.parent is not None:
            seen = scope.kind is not ScopeKind.CLASS or scope is first
            if seen and scope.outer_names.get(name) is True:
                scope = self._scopes[0]
                break
            if seen and _binds(scope, name):
                return scope
            scope = self._scopes[scope.parent]  # type: ignore[index] # the loop asks
        return scope if _binds(scope, name) else None

    def imported(self, module: str, name: str | None, before: int | None) -> Iterator[str]:
        """The module-level names for an import, surely bound and never rebound.

        For `urllib.parse` and `unquote` these are `unquote`, `parse.unquote` and `urllib.parse.unquote`,
        if the module has them. `before` leaves out what is imported after that node.
        """
        through = []
        for bound, found in self._scopes[0].bindings.items():
            value = _settled(found)
            if value is None or value.level or (before is not None and found[0].order >= before):
                continue
            if name is not None and (value.module, value.name) == (module, name):
                yield bound
            elif spelled := self._through(bound, value, module):
                through.append(f"{spelled}.{name}" if name is not None else spelled)
        yield from through

    def _through(self, bound: str, value: Imported, module: str) -> str | None:
        """How the imported module is spelled with the name that is bound."""
        if value.name is None and value.module == module:
            return bound
        package, _, last = module.rpartition(".")
        if value.name is not None and package and (value.module, value.name) == (package, last):
            return bound
        is_first = value.name is None and value.module == bound == module.partition(".")[0]
        return module if is_first and Imported(module, None, 0) in self._plainly_imported else None

    @cached_property
    def _plainly_imported(self) -> frozenset[Imported]:
        """Modules of `import a.b` at the top of the module, without `as`."""
        statements = self._tree.of_type(cst.Import)
        top = (each for each in statements if self._lowered.scope_index(each) == 0)
        return frozenset(
            Imported(cst.Module([]).code_for_node(alias.name).replace(" ", ""), None, 0)
            for each in top
            for alias in each.names
            if alias.asname is None
        )

    @cached_property
    def _uses(self) -> dict[str, list[cst.Name]]:
        """Every place where a name stands for itself: no attribute, keyword of an argument or parameter."""
        tree = self._tree
        no_names = {id(node.attr) for node in tree.of_type(cst.Attribute)}
        no_names |= {id(node.keyword) for node in tree.of_type(cst.Arg)}
        no_names |= {id(node.name) for node in tree.of_type(cst.Param)}
        found: dict[str, list[cst.Name]] = {}
        for node in tree.of_type(cst.Name):
            if id(node) not in no_names:
                found.setdefault(node.value, []).append(node)
        return found

    @cached_property
    def _taken(self) -> frozenset[str]:
        bound = {name for scope in self._scopes for name in (*scope.bindings, *scope.outer_names)}
        params = {param.name for scope in self._scopes for param in scope.params}
        return frozenset({*self._uses, *bound, *params})


def _binds(scope: Scope, name: str) -> bool:
    return name in scope.bindings or any(param.name == name for param in scope.params)


def _settled(found: tuple[Binding, ...]) -> Imported | None:
    """What a name always is, if that is something imported."""
    value = found[0].value
    is_settled = found[0].sure and all(each.value == value for each in found)
    return value if is_settled and isinstance(value, Imported) else None
