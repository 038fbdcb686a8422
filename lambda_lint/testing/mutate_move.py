"""The mutation that moves functions into another module."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.testing.sources import functions_of, if_changed, looks_like_handler, says, statement
from lambda_lint.testing.uses import dotted, target_names, uses_of

if TYPE_CHECKING:
    from lambda_lint.testing.sources import Modules, Sources


def move_helpers(sources: Sources) -> Modules | None:
    """Functions that need nothing but imports move into a module of their own and are imported from it."""
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        target = _sibling(sources, path)
        imports = _plain_imports(module)
        moved = [
            function
            for function in _helpers(sources, module)
            if _outer_names(module, function) <= set(imports) and not says(function, cst.Global)
        ]
        if sources.by_path or target is None or not moved:
            continue
        origin = ("." if _is_in_package(sources, path, module) else "") + PurePosixPath(target).stem
        needed = {name for function in moved for name in _outer_names(module, function)}
        body = [
            statement(f"from {origin} import {node.name.value}\n")
            if isinstance(node, cst.FunctionDef) and node in moved
            else node
            for node in module.body
        ]
        changed[path] = module.with_changes(body=body)
        changed[target] = cst.Module(
            [*(imports[name] for name in sorted(needed)), *moved], default_indent=module.default_indent
        )
    return if_changed(sources, changed)


def _helpers(sources: Sources, module: cst.Module) -> list[cst.FunctionDef]:
    """Functions of the module that nothing outside knows as handlers, defined once and called somehow."""
    uses = uses_of(module)
    names = [function.name.value for function in functions_of(module)]
    return [
        function
        for function in functions_of(module)
        if not looks_like_handler(function)
        and not function.decorators
        and uses.bound[function.name.value] == {"module"}
        and function.name.value in uses.mentioned - sources.kept
        and not uses.reads_scopes
        and names.count(function.name.value) == 1
    ]


def _outer_names(module: cst.Module, function: cst.FunctionDef) -> set[str]:
    """The names of the module that a function needs."""
    outer = {name for name, ways in uses_of(module).bound.items() if ways - {"function", "parameter"}}
    return (uses_of(cst.Module([function])).mentioned & outer) - {function.name.value}


def _plain_imports(module: cst.Module) -> dict[str, cst.SimpleStatementLine]:
    """What imports at the top of the module bind, each as a statement of its own."""
    uses = uses_of(module)
    found: dict[str, cst.SimpleStatementLine] = {}
    for node in module.body:
        if not isinstance(node, cst.SimpleStatementLine):
            continue
        for small in node.body:
            if not isinstance(small, cst.Import | cst.ImportFrom) or isinstance(small.names, cst.ImportStar):
                continue
            for alias in small.names:
                bound = (
                    target_names(alias.asname.name)[0] if alias.asname else dotted(alias.name).split(".")[0]
                )
                if uses.bound[bound] not in ({"import"}, {"alias"}):
                    continue
                parts: dict[str, object] = {
                    "names": [alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)],
                    "semicolon": cst.MaybeSentinel.DEFAULT,
                }
                if isinstance(small, cst.ImportFrom):
                    parts |= {"lpar": None, "rpar": None}
                found[bound] = cst.SimpleStatementLine([small.with_changes(**parts)])
    return found


def _sibling(sources: Sources, path: str) -> str | None:
    """A new module beside `path`, of the same kind: what a test file holds stays in a test file."""
    pure = PurePosixPath(path)
    stem = "".join(character if character.isalnum() else "_" for character in pure.stem).strip("_")
    if stem == "conftest":
        return None
    name = f"moved_{stem}" if stem.endswith("_test") else f"{stem}_moved"
    return str(pure.with_name(f"{sources.fresh(name)}.py"))


def _is_in_package(sources: Sources, path: str, module: cst.Module) -> bool:
    if str(PurePosixPath(path).with_name("__init__.py")) in sources.modules:
        return True
    return any(
        isinstance(small, cst.ImportFrom) and small.relative
        for node in module.body
        if isinstance(node, cst.SimpleStatementLine)
        for small in node.body
    )
