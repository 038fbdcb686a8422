"""What a mutation works on: a case's parsed files, and what else is to be known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePosixPath

import libcst as cst

from lambda_lint.testing.uses import BUILTINS, dotted, uses_of

# libcst finds the methods of visitors by their names.
# ruff: noqa: N802

Modules = Mapping[str, cst.Module]
Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
CONTEXT_NAMES = frozenset({"context", "_context", "ctx", "_ctx", "_", "__", "lambda_context"})


@dataclass(frozen=True, slots=True)
class Sources:
    """The Python files of a case by path."""

    modules: Modules
    kept: frozenset[str]
    """Words of templates and configuration: names that code must not lose."""
    words: frozenset[str]
    """All words of the case: what a new name must differ from."""
    by_path: bool = False
    """True when the configuration, or a comment for a whole file, tells files apart."""

    def fresh(self, name: str) -> str:
        """`name`, or a name like it that nothing in the case uses."""
        number = 2
        candidate = name
        while candidate in self.words or candidate in BUILTINS:
            candidate = f"{name}_{number}"
            number += 1
        return candidate


def functions_of(module: cst.Module) -> list[cst.FunctionDef]:
    """The functions that stand at the module's top level."""
    return [node for node in module.body if isinstance(node, cst.FunctionDef)]


def looks_like_handler(function: cst.FunctionDef) -> bool:
    """A function that convention may take for a handler: its second parameter is called like a context."""
    params = (*function.params.posonly_params, *function.params.params)
    return len(params) >= 2 and params[1].name.value in CONTEXT_NAMES


def says(function: cst.FunctionDef, *kinds: type[cst.CSTNode]) -> bool:
    """Whether one of these kinds of node is in the function."""
    finder = _Finder(kinds)
    function.visit(finder)
    return finder.found


def imported_elsewhere(sources: Sources, path: str) -> frozenset[str]:
    """Names of the module at `path` that other modules may import or read as attributes of it."""
    pure = PurePosixPath(path)
    stem = pure.parent.name if pure.stem == "__init__" else pure.stem
    found: set[str] = set()
    for other, module in sources.modules.items():
        if other == path:
            continue
        finder = _ImportsOf(stem)
        module.visit(finder)
        found |= finder.names
        if finder.whole:
            found |= uses_of(module).attributes
        if finder.star:
            found |= uses_of(module).mentioned
    return frozenset(found)


def if_changed(sources: Sources, changed: Modules) -> Modules | None:
    """What a mutation returns: None when it left every file as it was."""
    same = all(changed[path] is module for path, module in sources.modules.items())
    return None if same else changed


def statement(code: str) -> Statement:
    """The statement that this is the code of."""
    return cst.parse_statement(code)


def with_import(module: cst.Module, code: str) -> cst.Module:
    """The import stands after the docstring and the `__future__` imports."""
    head = list(takewhile(_stays_first, module.body))
    return module.with_changes(body=[*head, statement(code), *module.body[len(head) :]])


def _stays_first(node: cst.CSTNode) -> bool:
    match node:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString()), *_]):
            return True
        case cst.SimpleStatementLine(body=[cst.ImportFrom(module=module), *_]):
            return dotted(module) == "__future__"
        case _:
            return False


class _ImportsOf(cst.CSTVisitor):
    """How a module imports another one, known by the last part of its name."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.names: set[str] = set()
        self.whole = False
        self.star = False

    def visit_Import(self, node: cst.Import) -> None:
        if any(dotted(alias.name).split(".")[-1] == self.stem for alias in node.names):
            self.whole = True

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        from_here = dotted(node.module).split(".")[-1] in {self.stem, ""}
        if isinstance(node.names, cst.ImportStar):
            self.star = self.star or from_here
            return
        for alias in node.names:
            name = dotted(alias.name)
            if name == self.stem:
                self.whole = True
            if from_here:
                self.names.add(name)


class _Finder(cst.CSTVisitor):
    def __init__(self, kinds: tuple[type[cst.CSTNode], ...]) -> None:
        self.kinds = kinds
        self.found = False

    def on_visit(self, node: cst.CSTNode) -> bool:
        self.found = self.found or isinstance(node, self.kinds)
        return not self.found
