"""What rules about imports ask: what does a statement bind, who uses that, and in the ordinary course?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Dependence, Phase, unused_functions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

MANY = 3
"""Ways of a dispatch from which on each of them is a way beside the others."""

HANDLERS = (cst.ExceptHandler, cst.ExceptStarHandler)


def bound_by(node: cst.Import | cst.ImportFrom, ctx: Context) -> dict[str, set[str]]:
    """Each package from outside the project that the statement imports -> the names that it binds."""
    found: dict[str, set[str]] = {}
    if isinstance(node, cst.ImportFrom) and (node.relative or node.module is None):
        return found
    for alias in node.names if not isinstance(node.names, cst.ImportStar) else ():
        module = node.module if isinstance(node, cst.ImportFrom) else alias.name
        path = _dotted(module)
        if path and ctx.project.linker.resolve(ctx.module.number, path, 0) is None:
            package = path.partition(".")[0]
            name = alias.evaluated_alias or _dotted(alias.name)
            is_path = isinstance(node, cst.Import)
            found.setdefault(package, set()).add(name.partition(".")[0] if is_path else name)
    return found


def _dotted(node: cst.BaseExpression | None) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    return ".".join([node.value, *reversed(parts)]) if isinstance(node, cst.Name) else ""


def uses_of_names(names: set[str], ctx: Context) -> list[cst.Name]:
    """Where the module uses what has one of the names, also by another name that it gets at module level."""
    found: list[cst.Name] = []
    known, pending = set(names), sorted(names)
    while pending:
        for node in _mentions(pending.pop(), ctx):
            other = _other_name(node, ctx)
            if other is None:
                found.append(node)
            elif other not in known:
                known.add(other)
                pending.append(other)
    return found


def _mentions(name: str, ctx: Context) -> Iterator[cst.Name]:
    """Where the name stands, other than in an import or as part of something else."""
    for node in ctx.module.tree.of_type(cst.Name):
        parent = ctx.parent(node)
        is_attribute = isinstance(parent, cst.Attribute) and node is parent.attr
        is_keyword = isinstance(parent, cst.Arg) and node is parent.keyword
        is_target = isinstance(parent, cst.AssignTarget) or (
            isinstance(parent, cst.AnnAssign) and node is parent.target
        )
        is_other = is_attribute or is_keyword or is_target or _is_in_import(node, ctx)
        if node.value == name and not is_other:
            yield node


def _other_name(node: cst.Name, ctx: Context) -> str | None:
    """`frames` in `frames = pandas` at module level."""
    assign = ctx.parent(node)
    line = None if assign is None else ctx.parent(assign)
    if line is None or not isinstance(ctx.parent(line), cst.Module):
        return None
    match assign:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return name
        case cst.AnnAssign(target=cst.Name(value=name), value=value) if value is node:
            return name
    return None


def _is_in_import(node: cst.CSTNode, ctx: Context) -> bool:
    return any(isinstance(above, cst.Import | cst.ImportFrom) for above in ctx.module.tree.ancestors(node))


def function_running(node: cst.CSTNode, ctx: Context) -> cst.FunctionDef | None:
    """The outermost function whose run evaluates the node; None if importing the module does.

    Defaults and decorators belong to whoever defines the function.
    """
    found, child = None, node
    for above in ctx.module.tree.ancestors(node):
        if isinstance(above, cst.FunctionDef) and child is above.body:
            found = above
        child = above
    return found


def is_annotation_only(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether it stands in the annotation of a plain function, where annotations are not evaluated."""
    child = node
    for above in ctx.module.tree.ancestors(node):
        if isinstance(above, cst.Annotation):
            return _postpones_annotations(ctx) and _is_of_plain_function(above, ctx)
        if isinstance(above, cst.BaseSmallStatement | cst.BaseSuite):
            return False
        child = above
    return child is node


def _postpones_annotations(ctx: Context) -> bool:
    return any(
        isinstance(node.module, cst.Name)
        and node.module.value == "__future__"
        and not isinstance(node.names, cst.ImportStar)
        and any(alias.evaluated_name == "annotations" for alias in node.names)
        for node in ctx.module.tree.of_type(cst.ImportFrom)
    )


def _is_of_plain_function(annotation: cst.Annotation, ctx: Context) -> bool:
    """Whether nobody looks at the annotation: that of a field, or under a decorator, may be looked at."""
    for above in ctx.module.tree.ancestors(annotation):
        if isinstance(above, cst.FunctionDef):
            return not above.decorators
        if isinstance(above, cst.ClassDef):
            return False
    return False


def is_never_run(function: cst.FunctionDef, ctx: Context) -> bool:
    """Whether no handler reaches the function, nor any code that may run mentions it."""
    key = ctx.function_key(function.body)
    if ctx.project.phases.of_function(key) is not Phase.NEITHER:
        return False
    return key in unused_functions(ctx.project)


# -- beside the main path


def ways_to(node: cst.CSTNode, ctx: Context) -> set[int]:
    """By which side ways only the node is reached: `except` clauses, branches of a dispatch, by their nodes.

    Empty if an invocation may come there in the ordinary course, or if that is not known.
    """
    found: set[int] = set()
    pending, seen = [node], {node}
    while pending:
        current = pending.pop()
        side = _side_way(current, ctx)
        if side is not None:
            found.add(ctx.module.tree.order[side])
            continue
        function = function_running(current, ctx)
        callers = None if function is None else _callers(function, ctx)
        if not callers:
            return set()
        if isinstance(callers, cst.FunctionDef):
            found.add(ctx.module.tree.order[callers])
            continue
        pending.extend(caller for caller in callers if caller not in seen)
        seen.update(callers)
    return found


def _side_way(node: cst.CSTNode, ctx: Context) -> cst.CSTNode | None:
    """The `except` clause, or the branch of many, around the node in its function."""
    child = node
    for above in ctx.module.tree.ancestors(node):
        if isinstance(above, HANDLERS):
            return above
        if isinstance(above, cst.If) and child is above.body and _is_branch(above, ctx):
            return above
        if isinstance(above, cst.MatchCase) and _is_case(above, ctx):
            return above
        if isinstance(above, cst.FunctionDef) and child is above.body:
            return None
        child = above
    return None


def _is_branch(branch: cst.If, ctx: Context) -> bool:
    """Whether it is one of many branches that the event chooses from."""
    tests, first = [branch.test], branch
    while isinstance(above := ctx.parent(first), cst.If) and above.orelse is first:
        first = above
        tests.append(above.test)
    following = branch.orelse
    while isinstance(following, cst.If):
        tests.append(following.test)
        following = following.orelse
    count = len(tests) + (following is not None)
    return count >= MANY and all(Dependence.EVENT in ctx.dependence_of(test) for test in tests)


def _is_case(case: cst.MatchCase, ctx: Context) -> bool:
    around = ctx.parent(case)
    if not isinstance(around, cst.Match) or len(around.cases) < MANY:
        return False
    return Dependence.EVENT in ctx.dependence_of(around.subject)


def _callers(function: cst.FunctionDef, ctx: Context) -> list[cst.CSTNode] | cst.FunctionDef | None:
    """The calls of the function, all of this module; itself, if a call chooses it from many; else None."""
    key, project = ctx.function_key(function.body), ctx.project
    roots = {root for handler in project.handlers for root in handler.roots}
    edges = [edge for edges in project.graph.edges.values() for edge in edges]
    own = [edge for edge in edges if edge.callee == key and not edge.in_main]
    if not own or any(project.phases.of_function(edge.caller) is Phase.NEITHER for edge in own):
        return None
    chosen = [
        edge
        for edge in own
        if len({other.callee for other in edges if (other.caller, other.order) == (edge.caller, edge.order)})
        >= MANY
    ]
    if len(chosen) == len(own):
        return function
    if key in roots or any(edge.caller[0] != ctx.module.number for edge in own):
        return None
    return [ctx.module.tree.nodes[edge.order] for edge in own]
