"""What an annotation says about a value that is there: `Optional[X]`, `X | None` and `"X"` all say `X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.semantics.facts import Attr, Const, Expr, Ref

if TYPE_CHECKING:
    from collections.abc import Callable

WRAPPERS = frozenset({"Annotated", "Optional", "Union"})


def annotated_type(annotation: cst.BaseExpression, lower: Callable[[cst.CSTNode], Expr]) -> Expr:
    """The one type that is named besides `None`; else the annotation as it stands."""
    types: list[Expr] = []
    pending: list[cst.CSTNode] = [annotation]
    while pending:
        node = pending.pop()
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
            pending += [node.left, node.right]
        elif isinstance(node, cst.Subscript) and _last_name(node.value) in WRAPPERS:
            parts = [each.slice.value for each in node.slice if isinstance(each.slice, cst.Index)]
            pending += parts[:1] if _last_name(node.value) == "Annotated" else parts
        else:
            types.append(_unquoted(lower(node)))
    named = [each for each in types if each != Const(None)]
    return named[0] if len(named) == 1 else lower(annotation)


def _last_name(node: cst.CSTNode) -> str:
    name = node.attr if isinstance(node, cst.Attribute) else node
    return name.value if isinstance(name, cst.Name) else ""


def _unquoted(expr: Expr) -> Expr:
    """`"module.Name"` and `"Name | None"` without the quotes."""
    if not isinstance(expr, Const) or not isinstance(expr.value, str):
        return expr
    text = expr.value.strip()
    inner = text.removeprefix("Optional[").removesuffix("]") if text.startswith("Optional[") else text
    names = [part.strip() for part in inner.split("|")]
    kept = [name for name in names if name != "None"]
    words = kept[0].split(".") if len(kept) == 1 else []
    if not words or not all(word.isidentifier() for word in words):
        return expr
    found: Expr = Ref(words[0])
    for word in words[1:]:
        found = Attr(found, word)
    return found
