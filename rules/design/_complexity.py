"""Cognitive complexity: how hard control flow is to follow, not how many paths it has.

After the public definition by SonarSource (G. Ann Campbell, "Cognitive Complexity", 2018): a branch or a loop
costs one, and one more for each that it stands in; `elif` and `else` cost one; so does each run of like
boolean operators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from lambda_lint.api import Tree

STEPS = (cst.If, cst.For, cst.While, cst.Match, cst.ExceptHandler, cst.ExceptStarHandler, cst.IfExp)
NESTS = (*STEPS, cst.FunctionDef, cst.Lambda)


def cognitive_complexity(nodes: Sequence[cst.CSTNode], tree: Tree, counted: Container[cst.CSTNode]) -> int:
    """The complexity of `nodes`, a subtree in source order; what is not in `counted` costs nothing."""
    total = 0
    depth = {nodes[0]: 0}
    for node in nodes[1:]:
        parent = tree.parents[node]
        depth[node] = depth[parent] + (isinstance(parent, NESTS) and not is_elif(node, parent))
        if node not in counted:
            continue
        if isinstance(node, STEPS):
            total += 1 if is_elif(node, parent) else 1 + depth[node]
        elif isinstance(node, cst.Else):
            total += 1
        elif isinstance(node, cst.BooleanOperation):
            goes_on = isinstance(parent, cst.BooleanOperation) and type(parent.operator) is type(
                node.operator
            )
            total += not goes_on
    return total


def is_elif(node: cst.CSTNode, parent: cst.CSTNode) -> bool:
    return isinstance(parent, cst.If) and parent.orelse is node and isinstance(node, cst.If)
