"""Mutations of imports: other forms that give the same objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.testing.mutate_names import Renamer
from lambda_lint.testing.sources import if_changed, imported_elsewhere, statement
from lambda_lint.testing.uses import BUILTINS, dotted, uses_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lambda_lint.testing.sources import Modules, Sources

# libcst finds the methods of transformers by their names.
# ruff: noqa: N802

MEANT_STATICALLY = frozenset({"__future__", "typing", "typing_extensions", "abc", "enum", "dataclasses"})
"""Modules whose members tools know by their spelling; they are not hidden behind an assignment."""

ATTRIBUTES_ARE_MEMBERS = frozenset(
    {"boto3", "functools", "json", "os", "psycopg2", "pymongo", "pymysql", "redis", "requests", "time"}
)
"""Modules that hold no submodule of interest: `import m` and `from m import x` give the same objects."""


def alias_by_assignment(sources: Sources) -> Modules | None:
    """`import a` is followed by `a_again = a`, and what follows uses that."""
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        uses = uses_of(module)
        allowed = _renamable(sources, path) - uses.strings
        mapping = {name: sources.fresh(f"{name}_again") for name in sorted(allowed)}
        body: list[cst.SimpleStatementLine | cst.BaseCompoundStatement] = []
        for renamed in module.visit(Renamer(mapping, imports=False)).body:
            body.append(renamed)
            body += [
                statement(f"{mapping[name]} = {name}\n") for name in _imported_by(renamed) if name in mapping
            ]
        if mapping and not uses.reads_scopes:
            changed[path] = module.with_changes(body=body)
    return if_changed(sources, changed)


def import_members(sources: Sources) -> Modules | None:
    """`import a` and `a.b()` become `from a import b` and `b()`."""
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        uses = uses_of(module)
        taken = uses.mentioned | set(uses.bound) | BUILTINS
        allowed = _renamable(sources, path)
        for name in sorted(ATTRIBUTES_ARE_MEMBERS & allowed):
            finder = _MembersOf(name)
            changed[path].visit(finder)
            if finder.other or not finder.members:
                continue
            members = {
                member: sources.fresh(f"{name}_{member}") if member in taken else member
                for member in sorted(finder.members)
            }
            taken |= set(members)
            changed[path] = changed[path].visit(_ToMembers(name, members))
    return if_changed(sources, changed)


def import_modules(sources: Sources) -> Modules | None:
    """`from a import b` and `b()` become `import a` and `a.b()`."""
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        uses = uses_of(module)
        allowed = _renamable(sources, path)
        finder = _FromImports(allowed, set(uses.bound))
        module.visit(finder)
        if finder.origin:
            changed[path] = module.visit(_ToModules(finder.origin))
    return if_changed(sources, changed)


def _imported_by(node: cst.CSTNode) -> list[str]:
    """The names that an import binds without `as`, if hiding them keeps their sense."""
    names: list[str] = []
    if not isinstance(node, cst.SimpleStatementLine):
        return names
    for small in node.body:
        match small:
            case cst.Import(names=aliases):
                modules = [dotted(alias.name) for alias in aliases if alias.asname is None]
                names += [name for name in modules if name not in MEANT_STATICALLY and "." not in name]
            case cst.ImportFrom(names=[*aliases], module=module) if dotted(module) not in MEANT_STATICALLY:
                names += [dotted(alias.name) for alias in aliases if alias.asname is None]
            case _:
                pass
    return names


def _renamable(sources: Sources, path: str) -> set[str]:
    """The names that just one statement imports, at the module's top level, and no other module asks for."""
    module = sources.modules[path]
    allowed = set(uses_of(module).bound_only_as("import")) - imported_elsewhere(sources, path)
    counter = _Imports()
    module.visit(counter)
    once = {name for name in allowed if counter.found.count(name) == 1}
    return {name for node in module.body for name in _imported_by(node) if name in once}


class _Imports(cst.CSTVisitor):
    """Every name that an import binds without `as`."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        if node.asname is None:
            self.found.append(dotted(node.name))


class _MembersOf(cst.CSTVisitor):
    """What is used of a module, and whether the module itself is used otherwise."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.members: set[str] = set()
        self.other = False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        if isinstance(node.value, cst.Name) and node.value.value == self.name:
            self.members.add(node.attr.value)
        else:
            node.value.visit(self)
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        # What is assigned to the module's attribute would be lost on the others' copies.
        if dotted(node.target).startswith(f"{self.name}."):
            self.other = True

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_ImportAlias(self, node: cst.ImportAlias) -> bool:
        del node
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.other = self.other or node.value == self.name


class _ToMembers(cst.CSTTransformer):
    def __init__(self, name: str, members: Mapping[str, str]) -> None:
        super().__init__()
        self.name = name
        self.members = members

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        value = original_node.value
        if isinstance(value, cst.Name) and value.value == self.name:
            return cst.Name(self.members[original_node.attr.value], original_node.lpar, original_node.rpar)
        return updated_node

    def leave_Import(
        self, original_node: cst.Import, updated_node: cst.Import
    ) -> cst.BaseSmallStatement | cst.FlattenSentinel[cst.BaseSmallStatement]:
        del original_node
        others = [alias for alias in updated_node.names if dotted(alias.name) != self.name]
        if len(others) == len(updated_node.names):
            return updated_node
        names = [
            cst.ImportAlias(cst.Name(old), None if old == new else cst.AsName(cst.Name(new)))
            for old, new in self.members.items()
        ]
        made = cst.ImportFrom(cst.Name(self.name), names)
        if not others:
            return made.with_changes(semicolon=updated_node.semicolon)
        others[-1] = others[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return cst.FlattenSentinel([made, updated_node.with_changes(names=others)])


class _FromImports(cst.CSTVisitor):
    """The names that can be read from their module instead."""

    def __init__(self, allowed: Collection[str], bound: Collection[str]) -> None:
        self.allowed = allowed
        self.bound = bound
        self.origin: dict[str, str] = {}

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        module = dotted(node.module)
        if node.relative or module not in ATTRIBUTES_ARE_MEMBERS or module in self.bound:
            return False
        if not isinstance(node.names, cst.ImportStar) and all(
            alias.asname is None and dotted(alias.name) in self.allowed for alias in node.names
        ):
            self.origin.update({dotted(alias.name): module for alias in node.names})
        return False


class _ToModules(cst.CSTTransformer):
    def __init__(self, origin: Mapping[str, str]) -> None:
        super().__init__()
        self.origin = origin

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        module = self.origin.get(original_node.value)
        if module is None:
            return updated_node
        return cst.Attribute(
            cst.Name(module), cst.Name(original_node.value), lpar=original_node.lpar, rpar=original_node.rpar
        )

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)

    def visit_Import(self, node: cst.Import) -> bool:
        del node
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        del node
        return False

    def leave_ImportFrom(
        self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom
    ) -> cst.BaseSmallStatement:
        if isinstance(original_node.names, cst.ImportStar) or original_node.relative:
            return updated_node
        module = dotted(original_node.module)
        if self.origin.get(dotted(original_node.names[0].name)) != module:
            return updated_node
        return cst.Import([cst.ImportAlias(cst.Name(module))], semicolon=original_node.semicolon)
