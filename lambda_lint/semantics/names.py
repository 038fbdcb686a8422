"""Where a name lives: the scope that binds it, and the module that it was imported from.

Looked up in facts alone; what is bound there is for the evaluation to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.semantics.facts import Imported, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.semantics.facts import ModuleFacts, Scope
    from lambda_lint.semantics.linking import Linker


class Home(NamedTuple):
    """A name as its own scope knows it."""

    module: int
    scope: int
    name: str


class Names:
    """Answers for all modules of a project."""

    def __init__(self, modules: Sequence[ModuleFacts], linker: Linker) -> None:
        self._modules = modules
        self._linker = linker
        self._binding_scopes: dict[tuple[int, int, str], tuple[Scope | None, bool]] = {}
        self._starred_in: dict[int, list[int]] = {}

    def binding_scope(
        self, module: int, scope: int, name: str, at: int | None
    ) -> tuple[Scope | None, int | None]:
        """The scope that binds `name` for a use in `scope`, and when it is used there (None: at any time)."""
        key = (module, scope, name)
        known = self._binding_scopes.get(key)
        if known is None:
            known = self._binding_scopes[key] = self._find(module, scope, name)
        return known[0], at if known[1] else None

    def _find(self, module: int, scope: int, name: str) -> tuple[Scope | None, bool]:
        """The scope that binds `name`, and whether it is used there when the use in `scope` runs."""
        scopes = self._modules[module].scopes
        current, is_then = scopes[scope], True
        while True:
            declared = current.outer_names.get(name)
            if declared is not None:
                is_then = False
                current = scopes[0] if declared else scopes[current.parent or 0]
                continue
            # The names of a class are not seen from the functions in it.
            skipped = current.kind is ScopeKind.CLASS and current.index != scope
            if not skipped and (name in current.bindings or any(p.name == name for p in current.params)):
                return current, is_then
            if current.parent is None:
                return None, is_then
            is_then = is_then and current.kind is ScopeKind.COMPREHENSION
            current = scopes[current.parent]

    def binder(self, module: int, name: str) -> int | None:
        """The module that binds what `name` is at the top level of `module`: itself, or by `import *`."""
        if name in self._modules[module].scopes[0].bindings:
            return module
        return self._starred(module, name)

    def _starred(self, module: int, name: str) -> int | None:
        if name.startswith("_"):
            return None
        pending, seen = [*self._stars(module)], {module}
        while pending:
            current = pending.pop()
            if current in seen:
                continue
            seen.add(current)
            if name in self._modules[current].scopes[0].bindings:
                return current
            pending.extend(self._stars(current))
        return None

    def _stars(self, module: int) -> list[int]:
        """The modules whose names `import *` brings in; the last one wins."""
        known = self._starred_in.get(module)
        if known is None:
            stars = self._modules[module].star_imports
            targets = (self._linker.resolve(module, star.module, star.level) for star in stars)
            known = self._starred_in[module] = [target for target in targets if target is not None]
        return known

    def home(self, module: int, scope: int, name: str) -> Home | None:
        """Where `name`, used in `scope`, is at home: through imports from other modules of the project."""
        found, _ = self.binding_scope(module, scope, name, None)
        owner = module if found is not None else self._starred(module, name)
        if owner is None:
            return None
        return self._origin(Home(owner, found.index if found is not None else 0, name))

    def _origin(self, home: Home) -> Home:
        seen = {home}
        while True:
            bindings = self._modules[home.module].scopes[home.scope].bindings.get(home.name, ())
            imported = bindings[-1].value if bindings else None
            if not isinstance(imported, Imported) or imported.name is None:
                return home
            target = self._linker.resolve(home.module, imported.module, imported.level)
            owner = None if target is None else self.binder(target, imported.name)
            if owner is None or Home(owner, 0, imported.name) in seen:
                return home
            home = Home(owner, 0, imported.name)
            seen.add(home)
