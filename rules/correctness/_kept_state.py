"""How a module uses a global or an attribute: as a cache, as a memory, or for one invocation."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Constant, Dependence

if TYPE_CHECKING:
    from lambda_lint.api import Context

LOOKUPS = frozenset({"get", "pop", "setdefault"})
NOT_READ = (cst.AssignTarget, cst.AnnAssign, cst.Global, cst.NameItem)
FUNCTIONS = (cst.FunctionDef, cst.Lambda)


def holder(node: cst.BaseExpression) -> cst.BaseExpression:
    """`GROUPS` of `GROUPS[key]` and of `GROUPS.setdefault(key, [])`."""
    while True:
        match node:
            case cst.Subscript(value=value):
                node = value
            case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(method))) if method in LOOKUPS:
                node = value
            case _:
                return node


def written(node: cst.BaseExpression) -> str:
    """The place as it stands in the code."""
    return cst.Module([]).code_for_node(node)


def is_plain(node: cst.BaseExpression, ctx: Context) -> bool:
    """Whether a value, or the key of an item, is a literal."""
    if isinstance(node, cst.Subscript):
        index = node.slice[0].slice
        return isinstance(index, cst.Index) and isinstance(ctx.value_of(index.value), Constant)
    return isinstance(ctx.value_of(node), Constant)


def is_asked_for(place: cst.BaseExpression, ctx: Context) -> bool:
    """Whether the module asks what is in the place: `if key not in SEEN` remembers on purpose."""
    return any(
        isinstance(target.operator, (cst.In, cst.NotIn)) and _is_at(target.comparator, place)
        for comparison in ctx.module.tree.of_type(cst.Comparison)
        for target in comparison.comparisons
    )


def is_looked_up(place: cst.BaseExpression, ctx: Context) -> bool:
    """Whether the module takes something out of the place by its key, as from a cache."""
    tree = ctx.module.tree
    methods = (
        method.value
        for method in tree.of_type(cst.Attribute)
        if method.attr.value in LOOKUPS and isinstance(tree.parent(method), cst.Call)
    )
    items = (
        item.value
        for item in tree.of_type(cst.Subscript)
        if not isinstance(tree.parent(item), (cst.AssignTarget, cst.AugAssign))
    )
    return is_asked_for(place, ctx) or any(_is_at(node, place) for node in (*methods, *items))


def _is_at(node: cst.BaseExpression, place: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.Name, cst.Attribute)) and written(node) == written(place)


def is_conditional(change: cst.CSTNode, place: cst.BaseExpression, ctx: Context) -> cst.If | None:
    """The branch on something of the event in which the change stands; None if it asks for the place."""
    tree = ctx.module.tree
    around = takewhile(lambda above: not isinstance(above, FUNCTIONS), tree.ancestors(change))
    branches = [above for above in around if isinstance(above, cst.If)]
    asked = (name for branch in branches for name in tree.subtree(branch.test))
    is_asked = any(isinstance(node, (cst.Name, cst.Attribute)) and _is_at(node, place) for node in asked)
    decided = [branch for branch in branches if ctx.dependence_of(branch.test) & Dependence.EVENT]
    return decided[-1] if decided and not is_asked else None


def is_read_besides(place: cst.BaseExpression, branch: cst.If, ctx: Context) -> bool:
    """Whether a function of the module reads the place, and not only because the branch calls it."""
    tree = ctx.module.tree
    first = tree.order[branch]
    last = ctx.module.lowered.layout.end[first]
    name = _last_name(place)
    for node in tree.of_type(type(place)):
        is_read = _last_name(node) == name and not isinstance(tree.parent(node), NOT_READ)
        if is_read and not first <= tree.order[node] <= last and ctx.function_around(node) is not None:
            key = ctx.function_key(node)
            calls = [
                first <= edge.order <= last and edge.caller[0] == ctx.module.number
                for edges in ctx.project.graph.edges.values()
                for edge in edges
                if edge.callee == key
            ]
            if not calls or not all(calls):
                return True
    return False


def _last_name(node: cst.CSTNode) -> str:
    name = node.attr if isinstance(node, cst.Attribute) else node
    return name.value if isinstance(name, cst.Name) else ""
