"""The fix that writes through `batch_writer`: the loop moves into `with table.batch_writer() as batch:`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import NoEditError, Safety

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edits, Fix

TITLE = "write through `batch_writer`"
TAKES = {"put_item": "Item", "delete_item": "Key"}
"""The methods of the writer, and the one argument that each takes."""
LINE_START = re.compile(r"(?<=\n)(?=[ \t]*[^ \t\r\n])")
TEXTS = (cst.SimpleString, cst.FormattedString)


def through_writer(call: cst.Call, loop: cst.CSTNode | None, ctx: Context, edits: Edits) -> Fix:
    """All that the loop writes to the call's table goes through one writer."""
    if (
        not isinstance(loop, cst.For)
        or loop.asynchronous is not None
        or not isinstance(call.func, cst.Attribute)
    ):
        raise NoEditError("there is no loop that could stand in a `with`")
    owners = [each for each in _owners(call.func.value, loop, ctx) if _is_plain_write(each, loop, ctx)]
    source, span = ctx.module.source.text, edits.spans[loop]
    before = source[source.rfind("\n", 0, span.start) + 1 : span.start]
    if before.strip() or any("\n" in edits.text_of(node) for node in _texts(loop, ctx)):
        raise NoEditError("the lines of the loop cannot be indented")
    batch, table = edits.fresh_name("batch"), edits.text_of(call.func.value)
    text = source[span.start : span.end]
    for owner in reversed(owners):
        start, end = edits.spans[owner].start - span.start, edits.spans[owner].end - span.start
        text = f"{text[:start]}{batch}{text[end:]}"
    indent = ctx.module.tree.module.default_indent
    head = f"with {table}.batch_writer() as {batch}:\n{before}{indent}"
    return edits.fix(TITLE, [edits.replace(loop, head + LINE_START.sub(indent, text))], Safety.UNSAFE)


def _owners(table: cst.BaseExpression, loop: cst.For, ctx: Context) -> Iterator[cst.BaseExpression]:
    """Each mention of the table in the loop."""
    lower = ctx.module.lowered.expressions.lower
    for node in ctx.module.tree.subtree(loop):
        if isinstance(node, type(table)) and lower(node) == lower(table):
            yield node


def _is_plain_write(owner: cst.BaseExpression, loop: cst.For, ctx: Context) -> bool:
    """Whether a mention is a write that stands for itself; a read might ask for what waits in the writer."""
    method = ctx.parent(owner)
    call = None if method is None else ctx.parent(method)
    match method, call:
        case (
            cst.Attribute(attr=cst.Name(value=name)),
            cst.Call(args=[cst.Arg(keyword=cst.Name(value=keyword))]) as write,
        ) if TAKES.get(name) == keyword and isinstance(ctx.parent(write), cst.Expr):
            if not any(isinstance(above, cst.Try) for above in _between(write, loop, ctx)):
                return True
    raise NoEditError("the loop does more with the table than to write")


def _between(node: cst.CSTNode, loop: cst.For, ctx: Context) -> Iterator[cst.CSTNode]:
    while node is not loop:
        yield node
        node = ctx.module.tree.parents[node]


def _texts(loop: cst.For, ctx: Context) -> Iterator[cst.CSTNode]:
    return (node for node in ctx.module.tree.subtree(loop) if isinstance(node, TEXTS))
