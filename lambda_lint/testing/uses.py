"""How the names of a module are bound and mentioned: what decides whether one may be renamed."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from functools import lru_cache

import libcst as cst

# libcst finds the methods of visitors by their names.
# ruff: noqa: N802

BUILTINS = frozenset(dir(builtins))
SCOPE_READERS = frozenset({"locals", "globals", "vars", "eval", "exec", "dir"})


@dataclass(slots=True)
class Uses:
    """How the names of one module are bound and mentioned."""

    bound: dict[str, set[str]] = field(default_factory=dict)
    """Name to the ways in which it is bound anywhere: module, function, class, parameter, import, other."""
    mentioned: set[str] = field(default_factory=set)
    """Every `Name` that is not an attribute, a keyword or a part of an import."""
    attributes: set[str] = field(default_factory=set)
    keywords: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    """Contents of plain strings."""
    reads_scopes: bool = False
    """True when code may look its own variables up by name."""

    def bound_only_as(self, *ways: str) -> list[str]:
        """Names bound in these ways and in no other, in the order of the source; dunders excluded."""
        return [
            name
            for name, found in self.bound.items()
            if found <= set(ways) and name not in BUILTINS and not name.startswith("__")
        ]


@lru_cache(maxsize=256)
def uses_of(module: cst.Module) -> Uses:
    collector = _Collector()
    module.visit(collector)
    return collector.uses


def dotted(node: cst.BaseExpression | None) -> str:
    """The text of a dotted name; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    return ".".join([node.value, *reversed(parts)])


def target_names(target: cst.CSTNode) -> list[str]:
    """The names that an assignment target binds."""
    names: list[str] = []
    waiting = [target]
    while waiting:
        node = waiting.pop()
        match node:
            case cst.Name():
                names.append(node.value)
            case cst.Tuple() | cst.List():
                waiting.extend(element.value for element in reversed(node.elements))
            case _:
                pass
    return names


class _Collector(cst.CSTVisitor):
    """Fills a `Uses`."""

    def __init__(self) -> None:
        self.uses = Uses()
        self.scopes = ["module"]
        self.globals: list[set[str]] = [set()]

    def bind(self, name: str, way: str | None = None) -> None:
        found = self.uses.bound.setdefault(name, set())
        found.add(way or ("module" if name in self.globals[-1] else self.scopes[-1]))

    def bind_target(self, target: cst.CSTNode) -> None:
        for name in target_names(target):
            self.bind(name)

    def enter(self, scope: str) -> None:
        self.scopes.append(scope)
        self.globals.append(set())

    def leave(self) -> None:
        self.scopes.pop()
        self.globals.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.bind(node.name.value)
        self.enter("function")

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        del original_node
        self.leave()

    def visit_Lambda(self, node: cst.Lambda) -> None:
        del node
        self.enter("function")

    def leave_Lambda(self, original_node: cst.Lambda) -> None:
        del original_node
        self.leave()

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.bind(node.name.value)
        self.enter("class")

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        del original_node
        self.leave()

    def visit_Param(self, node: cst.Param) -> None:
        self.bind(node.name.value, "parameter")

    def visit_Global(self, node: cst.Global) -> None:
        self.globals[-1].update(item.name.value for item in node.names)

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self.bind_target(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self.bind_target(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self.bind_target(node.target)

    def visit_For(self, node: cst.For) -> None:
        self.bind_target(node.target)

    def visit_CompFor(self, node: cst.CompFor) -> None:
        # A comprehension is a scope of its own, whatever is around it.
        for name in target_names(node.target):
            self.bind(name, "function")

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self.bind_target(node.target)

    def visit_WithItem(self, node: cst.WithItem) -> None:
        if node.asname is not None:
            self.bind_target(node.asname.name)

    def visit_ExceptHandler(self, node: cst.ExceptHandler) -> None:
        if node.name is not None:
            self.bind_target(node.name.name)

    def visit_Del(self, node: cst.Del) -> None:
        self.bind_target(node.target)

    def visit_MatchAs(self, node: cst.MatchAs) -> None:
        if node.name is not None:
            self.bind_target(node.name)

    def visit_MatchStar(self, node: cst.MatchStar) -> None:
        if node.name is not None:
            self.bind_target(node.name)

    def visit_MatchMapping(self, node: cst.MatchMapping) -> None:
        if node.rest is not None:
            self.bind_target(node.rest)

    def visit_TypeVar(self, node: cst.TypeVar) -> None:
        self.bind(node.name.value, "other")

    def visit_TypeAlias(self, node: cst.TypeAlias) -> None:
        self.bind(node.name.value, "other")

    def visit_Import(self, node: cst.Import) -> bool:
        for alias in node.names:
            self.bind_alias(alias)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        if not isinstance(node.names, cst.ImportStar):
            for alias in node.names:
                self.bind_alias(alias)
                if dotted(node.module) == "__future__":
                    self.bind(dotted(alias.name), "other")
        return False

    def bind_alias(self, alias: cst.ImportAlias) -> None:
        if alias.asname is not None:
            # Renaming what is already an alias adds nothing to the tests.
            self.bind(target_names(alias.asname.name)[0], "alias")
        elif isinstance(alias.name, cst.Name):
            self.bind(alias.name.value, "import")
        else:
            self.bind(dotted(alias.name).split(".")[0], "other")

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        self.uses.attributes.add(node.attr.value)
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        if node.keyword is not None:
            self.uses.keywords.add(node.keyword.value)
        node.value.visit(self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.uses.mentioned.add(node.value)
        if node.value in SCOPE_READERS:
            self.uses.reads_scopes = True

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        value = node.evaluated_value
        if isinstance(value, str):
            self.uses.strings.add(value)
