"""LL005: heavy packages that every cold start imports, and that hardly any invocation uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    Phase,
    Reach,
    Rule,
    Severity,
    Violation,
    heavy_packages,
    loaded_with,
    packages_loaded,
)

from ._imports import bound_by, function_running, is_annotation_only, is_never_run, uses_of_names, ways_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

PACKAGE_FILE = "__init__.py"
KEPT = "F401"
"""What other linters call an import that nothing uses: who silences that, means the import."""
EXPORTS = "__all__"
REMOVE = "remove the import, and the package if nothing else needs it"
FOR_TYPES = "import it under `if TYPE_CHECKING`, which costs nothing at run time"
LATER = "import it inside the function that needs it, so that only such an invocation pays for it, and once"

Reason = tuple[str, str]
"""Why the import is not needed at the start, in words, and what to do about it."""


class EagerHeavyImport(Rule[cst.Import | cst.ImportFrom]):
    """A heavy package that every cold start imports although the main path does without it."""

    code = "LL005"
    severity = Severity.INFO
    reach = Reach.HANDLERS
    phases = frozenset({Phase.INIT, Phase.BOTH})
    message = "every cold start imports `{package}`, which takes about {seconds:g} s, and {reason}"
    help = LATER

    def check(self, node: cst.Import | cst.ImportFrom, ctx: Context, /) -> Iterator[Violation]:
        for package, names in bound_by(node, ctx).items():
            seconds = heavy_packages.SECONDS.get(package)
            if seconds is None or not _is_first_of_plain(node, package, ctx) or _is_kept(node, ctx):
                continue
            reason = _reason(names | _other_names(package, ctx), ctx)
            if reason is not None and _is_loaded_for_this_alone(package, ctx):
                why, help_ = reason
                yield self.violation(node, help=help_, package=package, seconds=seconds, reason=why)


# -- is it this statement that loads the package?


def _is_first_of_plain(node: cst.CSTNode, package: str, ctx: Context) -> bool:
    """Whether this is the first import of the package, and all that run at the start are plain ones."""
    if ctx.module.path.endswith(PACKAGE_FILE):
        return False
    found = [
        other for other in _imports(ctx) if package in bound_by(other, ctx) and not _is_later(other, ctx)
    ]
    return bool(found) and found[0] is node and all(_is_plain(other, ctx) for other in found)


def _imports(ctx: Context) -> list[cst.Import | cst.ImportFrom]:
    tree = ctx.module.tree
    found: list[cst.Import | cst.ImportFrom] = [*tree.of_type(cst.Import), *tree.of_type(cst.ImportFrom)]
    return sorted(found, key=lambda node: tree.order[node])


def _is_later(node: cst.CSTNode, ctx: Context) -> bool:
    return function_running(node, ctx) is not None


def _is_plain(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether it stands at module level under no `if` and no `try`, which have their reasons."""
    line = ctx.parent(node)
    return line is not None and isinstance(ctx.parent(line), cst.Module)


def _is_kept(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether a comment says that the import is meant, though nothing uses it."""
    line = ctx.parent(node)
    comment = line.trailing_whitespace.comment if isinstance(line, cst.SimpleStatementLine) else None
    return comment is not None and KEPT in comment.value


def _other_names(package: str, ctx: Context) -> set[str]:
    """What the other imports of the package at module level bind."""
    bound = (bound_by(node, ctx).get(package, set()) for node in _imports(ctx) if not _is_later(node, ctx))
    return set().union(*bound)


def _is_loaded_for_this_alone(package: str, ctx: Context) -> bool:
    """Whether there is a handler for which nothing else loads the package."""
    own = packages_loaded(ctx.project, ctx.module.number)
    if any(package in heavy_packages.BRINGS.get(other, ()) for other in own):
        return False
    here = ctx.module.number
    for modules in loaded_with(ctx.project, here):
        others = {name for module in modules - {here} for name in packages_loaded(ctx.project, module)}
        brought = {name for other in others for name in heavy_packages.BRINGS.get(other, ())}
        if package not in others | brought:
            return True
    return False


# -- who uses it?


def _reason(names: set[str], ctx: Context) -> Reason | None:
    if _is_exported(names, ctx):
        return None
    uses = uses_of_names(names, ctx)
    if not uses:
        return "nothing uses it", REMOVE
    uses = [use for use in uses if not is_annotation_only(use, ctx)]
    if not uses:
        return "only annotations use it", FOR_TYPES
    functions = [function_running(use, ctx) for use in uses]
    known = [function for function in functions if function is not None]
    if len(known) < len(functions):
        return None
    called = sorted({f"`{function.name.value}`" for function in known})
    if all(is_never_run(function, ctx) for function in dict.fromkeys(known)):
        return f"only {_listed(called)} {_verb(called)} it, which no handler reaches", REMOVE
    return _by_side_way(uses, _listed(called), _verb(called), ctx)


def _by_side_way(uses: list[cst.Name], functions: str, verb: str, ctx: Context) -> Reason | None:
    ways: set[int] = set()
    for use in uses:
        found = ways_to(use, ctx)
        if not found:
            return None
        ways |= found
    sides = [ctx.module.tree.nodes[way] for way in sorted(ways)]
    if all(isinstance(side, cst.ExceptHandler | cst.ExceptStarHandler) for side in sides):
        return f"only {functions} {verb} it, after something has failed", LATER
    return (f"only {functions} {verb} it, in one of several ways", LATER) if len(sides) == 1 else None


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _verb(names: list[str]) -> str:
    return "uses" if len(names) == 1 else "use"


def _is_exported(names: set[str], ctx: Context) -> bool:
    """Whether another module may take it from here: by name, by `*`, or because `__all__` says so."""
    here, project = ctx.module.number, ctx.project
    if EXPORTS in project.modules[here].scopes[0].bindings:
        return True
    for module, facts in enumerate(project.modules):
        for imported in (*facts.imports, *facts.star_imports):
            is_meant = imported.name in names or imported.name == "*"
            if is_meant and project.linker.resolve(module, imported.module, imported.level) == here:
                return True
    return any(
        load.name in names and module != here
        for module, facts in enumerate(project.modules)
        for load in facts.loads
    )
