"""Mutations of names: variables, functions, the event, and imports under another name.

A name is renamed everywhere in a file at once, whatever scope it stands in, which keeps the meaning as
long as the new name is used nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.testing.sources import functions_of, if_changed, imported_elsewhere, looks_like_handler
from lambda_lint.testing.uses import uses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambda_lint.testing.sources import Modules, Sources
    from lambda_lint.testing.uses import Uses

# libcst finds the methods of transformers by their names.
# ruff: noqa: N802

HANDLER_LIKE = re.compile(r"handler|lambda|main|^app$", re.IGNORECASE)
EVENT_NAMES = {"event": ("payload", "request"), "context": ("ctx", "_context")}


def rename_locals(sources: Sources) -> Modules | None:
    """Variables of functions get other names."""

    def names(_path: str, _module: cst.Module, uses: Uses) -> list[str]:
        return uses.bound_only_as("function")

    return _rename(sources, names)


def rename_globals(sources: Sources) -> Modules | None:
    """Functions, classes and variables of modules get other names, where no other file knows them."""

    def names(path: str, module: cst.Module, uses: Uses) -> list[str]:
        known = imported_elsewhere(sources, path) | sources.kept | _handlers(module)
        return [
            name
            for name in uses.bound_only_as("function", "module")
            if "module" in uses.bound[name] and name not in known and not HANDLER_LIKE.search(name)
        ]

    return _rename(sources, names)


def rename_event(sources: Sources) -> Modules | None:
    """Handlers call what they get `payload` and `ctx`."""
    keywords = {word for module in sources.modules.values() for word in uses_of(module).keywords}
    mapping: dict[str, str] = {}
    for name, others in EVENT_NAMES.items():
        new = next((other for other in others if other not in sources.words), None)
        if new is not None and name not in keywords:
            mapping[name] = new
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        uses = uses_of(module)
        here = {
            name: new
            for name, new in mapping.items()
            if uses.bound.get(name, set()) <= {"parameter", "function"}
            and "parameter" in uses.bound.get(name, set())
        }
        if here and not uses.reads_scopes:
            changed[path] = module.visit(Renamer(here))
    return if_changed(sources, changed)


def alias_imports(sources: Sources) -> Modules | None:
    """`import a` becomes `import a as a_alias`, `from a import b` becomes `from a import b as b_alias`."""

    def names(path: str, _module: cst.Module, uses: Uses) -> list[str]:
        known = imported_elsewhere(sources, path)
        return [
            name
            for name in uses.bound_only_as("import", "function", "module")
            if "import" in uses.bound[name] and name not in known
        ]

    return _rename(sources, names, "{}_alias")


def _rename(
    sources: Sources,
    choose: Callable[[str, cst.Module, Uses], list[str]],
    form: str | None = None,
) -> Modules | None:
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        uses = uses_of(module)
        if uses.reads_scopes:
            continue
        mapping = {
            name: sources.fresh(form.format(name) if form else _other_name(name))
            for name in choose(path, module, uses)
            if name not in uses.strings
        }
        if mapping:
            changed[path] = module.visit(Renamer(mapping))
    return if_changed(sources, changed)


def _other_name(name: str) -> str:
    """Another name that says the same, in the same style: rules may look at the words of a name."""
    bare = name.lstrip("_")
    privacy = name[: len(name) - len(bare)]
    if bare.isupper():
        return f"{privacy}OUR_{bare}"
    if bare[:1].isupper():
        return f"{privacy}Our{bare}"
    return f"{privacy}our_{bare}"


def _handlers(module: cst.Module) -> set[str]:
    return {function.name.value for function in functions_of(module) if looks_like_handler(function)}


class Renamer(cst.CSTTransformer):
    """Renames every mention of a name, and makes imports bind the new one if `imports` says so."""

    def __init__(self, mapping: Mapping[str, str], *, imports: bool = True) -> None:
        super().__init__()
        self.mapping = mapping
        self.imports = imports

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        new = self.mapping.get(original_node.value)
        return updated_node if new is None else updated_node.with_changes(value=new)

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_MatchKeywordElement(
        self, original_node: cst.MatchKeywordElement, updated_node: cst.MatchKeywordElement
    ) -> cst.MatchKeywordElement:
        return updated_node.with_changes(key=original_node.key)

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        return updated_node.with_changes(module=original_node.module)

    def leave_ImportAlias(
        self, original_node: cst.ImportAlias, updated_node: cst.ImportAlias
    ) -> cst.ImportAlias:
        name = original_node.name
        asname = updated_node.asname
        if self.imports and asname is None and isinstance(name, cst.Name) and name.value in self.mapping:
            asname = cst.AsName(cst.Name(self.mapping[name.value]))
        return updated_node.with_changes(name=name, asname=asname)
