"""What stands in the body of a function, and not in that of one inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

Node = TypeVar("Node", bound=cst.CSTNode)


def own(kind: type[Node], function: cst.FunctionDef, ctx: Context) -> Iterator[Node]:
    """The nodes of a type that belong to the function itself."""
    for node in ctx.module.tree.subtree(function.body):
        if isinstance(node, kind) and ctx.function_around(node) is function:
            yield node


def yields(function: cst.FunctionDef, ctx: Context) -> bool:
    """Whether the function is a generator."""
    return any(True for _ in own(cst.Yield, function, ctx))
