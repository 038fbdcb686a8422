"""Where a text that an expression stands for is written in the module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.values import Composed, Constant, Environment, Value
from lambda_lint.syntax.literals import text_of

if TYPE_CHECKING:
    from lambda_lint.semantics.context import Context

MAX_STEPS = 4
TEXTS = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString, cst.BinaryOperation)
GIVERS = (cst.Assign, cst.AnnAssign, cst.Arg, cst.DictElement, cst.Element, cst.NamedExpr, cst.Param)
"""What hands a text on to somebody else."""

HOLE = "\N{REPLACEMENT CHARACTER}"
"""Stands in a text for what is not known of it."""


def text_behind(value: Value | None) -> str | None:
    """The text that a value is, with holes; None if nothing of it is written out."""
    match value:
        case Constant(str(text)):
            return text
        case Composed(parts):
            return "".join(part if isinstance(part, str) else HOLE for part in parts)
    return None


def place_of(expression: cst.BaseExpression, text: str, ctx: Context) -> cst.BaseExpression:
    """Where the text is written that the expression stands for; the expression itself if that is elsewhere.

    That is the literal itself, the value of the constant that is named, or what is passed for a parameter.
    """
    current: cst.BaseExpression | None = expression
    for _ in range(MAX_STEPS):
        if isinstance(current, TEXTS):
            return current
        if not isinstance(current, cst.Name):
            break
        current = _assigned(current, ctx)
    return literal_of(text, ctx) or expression


def _assigned(name: cst.Name, ctx: Context) -> cst.BaseExpression | None:
    """What is assigned to a name, if that is one expression of this module."""
    module, tree = ctx.module, ctx.module.tree
    names = ctx.project.evaluator.names
    found, at = names.binding_scope(
        module.number, module.lowered.scope_index(name), name.value, tree.order[name]
    )
    if found is None:
        return None
    bindings, may_be_unbound = reaching_bindings(found.bindings.get(name.value, ()), at)
    if len(bindings) != 1 or (may_be_unbound and any(param.name == name.value for param in found.params)):
        return None
    end = tree.nodes[bindings[0].order]
    for node in (end, *tree.ancestors(end)):
        if isinstance(node, (cst.Assign, cst.AnnAssign, cst.NamedExpr)):
            return node.value
    return None


def literal_of(text: str, ctx: Context) -> cst.BaseExpression | None:
    """The first literal of the module with this text that somebody is given."""
    tree = ctx.module.tree
    for literal in tree.of_type(cst.SimpleString):
        parent = tree.parent(literal)
        if isinstance(parent, GIVERS) and text_of(literal) == text and not _is_default(parent, ctx):
            return literal
    return None


def _is_default(giver: cst.CSTNode, ctx: Context) -> bool:
    """Whether it is what to take if an environment variable is not set."""
    call = ctx.parent(giver)
    return isinstance(call, cst.Call) and isinstance(ctx.object_of(call), Environment)
