"""Whether a function keeps nothing by which it, or anybody else, could wait for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.api import Context

ADDS = frozenset({"add", "append"})


def is_dropped(held: cst.BaseExpression, ctx: Context) -> bool:
    """Whether a thread, task or future that the expression is goes nowhere."""
    if isinstance(held, cst.Name):
        return _is_only(held, ctx, _is_harmless)
    match ctx.parent(held):
        case cst.Expr():
            return True
        case cst.Attribute(attr=cst.Name(value=name)):
            return name in HARMLESS
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as name)]):
            return _is_only(name, ctx, _is_harmless)
        case cst.AnnAssign(target=cst.Name() as name):
            return _is_only(name, ctx, _is_harmless)
        case cst.Arg():
            return _is_harmless(held, ctx)
    return False


def _is_harmless(read: cst.CSTNode, ctx: Context) -> bool:
    """Whether one use of it does not wait for it: `thread.start()`, `threads.append(thread)` and no more."""
    match ctx.parent(read):
        case cst.Attribute(value=value, attr=cst.Name(value=name)) if value is read:
            return name in HARMLESS
        case cst.Arg() as arg:
            match ctx.parent(arg):
                case cst.Call(func=cst.Attribute(value=cst.Name() as kept, attr=cst.Name(value=name))):
                    return name in ADDS and _is_only(kept, ctx, _is_addition)
    return False


def _is_addition(read: cst.CSTNode, ctx: Context) -> bool:
    parent = ctx.parent(read)
    return isinstance(parent, cst.Attribute) and parent.attr.value in ADDS


def _is_only(name: cst.Name, ctx: Context, is_fine: Callable[[cst.CSTNode, Context], bool]) -> bool:
    """Whether a name belongs to the function around, and nothing else is done with it there."""
    function = ctx.function_around(name)
    is_local = False
    for node in () if function is None else ctx.module.tree.subtree(function):
        if isinstance(node, cst.Name) and node.value == name.value:
            parent = ctx.parent(node)
            if isinstance(parent, (cst.AssignTarget, cst.AnnAssign)) and parent.target is node:
                is_local = True
            elif not is_fine(node, ctx):
                return False
    return is_local
