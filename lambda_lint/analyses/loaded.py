"""Which modules are loaded together when an execution environment starts.

An import inside a function, or one that only a type checker sees, loads nothing at the start.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from lambda_lint.semantics.facts import Attr, Imported, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.facts import Binding, ModuleFacts
    from lambda_lint.semantics.project import Project

TYPE_CHECKING_NAME = "TYPE_CHECKING"


def loaded_with(project: Project, module: int) -> list[frozenset[int]]:
    """For each module with a handler whose start loads `module`: all modules of the project that it loads."""
    starts = sorted({handler.module for handler in project.handlers})
    closures = (loaded_from(project, start) for start in starts)
    return [closure for closure in closures if module in closure]


def packages_loaded(project: Project, module: int) -> frozenset[str]:
    """The packages from outside the project that loading the module imports."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for imported in _loading(project.modules[module]):
        is_own = imported.level > 0 or project.linker.resolve(module, imported.module, 0) is not None
        found[is_own].add(imported.module.partition(".")[0])
    return frozenset(found[False] - found[True])


def loaded_from(project: Project, start: int) -> frozenset[int]:
    """All modules of the project that loading one of them loads, itself included."""
    seen = {start}
    queue = deque(seen)
    while queue:
        module = queue.popleft()
        for target in _targets(project, module):
            if target not in seen and target not in project.tests:
                seen.add(target)
                queue.append(target)
    return frozenset(seen)


def _targets(project: Project, module: int) -> Iterator[int]:
    for imported in _loading(project.modules[module]):
        names = [imported.module]
        if imported.name is not None and imported.name != "*":
            names.append(f"{imported.module}.{imported.name}" if imported.module else imported.name)
        for name in names:
            target = project.linker.resolve(module, name, imported.level)
            if target is not None:
                yield target


def _loading(facts: ModuleFacts) -> Iterator[Imported]:
    """The imports that run when the module is loaded."""
    names = facts.scopes[0].bindings
    flags = {name for name, bindings in names.items() if any(map(_is_flag, bindings))}
    bound = [
        binding.value
        for bindings in names.values()
        for binding in bindings
        if isinstance(binding.value, Imported) and not _is_for_types(binding, flags)
    ]
    yield from bound
    yield from facts.star_imports
    packages = {f"{each.module}." for each in bound if each.name is None and not each.level}
    for imported in facts.imports:
        if imported.name is None and any(imported.module.startswith(package) for package in packages):
            yield imported


def _is_flag(binding: Binding) -> bool:
    return isinstance(binding.value, Imported) and binding.value.name == TYPE_CHECKING_NAME


def _is_for_types(binding: Binding, flags: set[str]) -> bool:
    """Whether it stands under `if TYPE_CHECKING` or `if typing.TYPE_CHECKING`."""
    tests = binding.tests
    return any(isinstance(test, Ref) and test.name in flags for test in tests) or any(
        isinstance(test, Attr) and test.name == TYPE_CHECKING_NAME for test in tests
    )
