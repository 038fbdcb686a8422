"""The fix that asks for all pages: a paginator in the place of the call, and a loop over what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Fate, NoEditError, Safety, SdkKind

if TYPE_CHECKING:
    from lambda_lint.api import Context, Edit, Edits, Fix, Pagination, SdkMethod, Uses

TITLE = "ask for all pages"


def all_pages(
    call: cst.Call, operation: SdkMethod, page: Pagination, uses: Uses, ctx: Context, edits: Edits
) -> Fix:
    """`for user in (user for page in client.get_paginator("…").paginate(…) for user in page["…"])`.

    As one expression it leaves the loop's body alone, with its `break`, `continue` and `else`.
    """
    pages = _paginator(call, operation, page, edits)
    read = _only_read(uses, page)
    held = read.value if isinstance(read, cst.Subscript) else _receiver(read)
    if held is call:
        return edits.fix(TITLE, [_looped(read, held, pages, ctx, edits)], Safety.UNSAFE)
    match ctx.parent(call), held:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(name))]), cst.Name(value=read_as) if (
            name == read_as
        ):
            changes = [edits.replace(call, pages), _looped(read, held, name, ctx, edits)]
            return edits.fix(TITLE, changes, Safety.UNSAFE)
    raise NoEditError("the answer goes through something else")


def _paginator(call: cst.Call, operation: SdkMethod, page: Pagination, edits: Edits) -> str:
    owner, func = operation.owner, call.func
    if owner.kind is not SdkKind.CLIENT or owner.is_async or not page.has_paginator:
        raise NoEditError("there is no paginator that a plain loop could run over")
    if not isinstance(func, cst.Attribute) or func.attr.value != operation.name:
        raise NoEditError("the method is not called by its name")
    if any(arg.star or arg.keyword is None or arg.keyword.value == page.limit for arg in call.args):
        raise NoEditError("a paginator takes other arguments")
    given = ", ".join(
        f"{arg.keyword.value}={edits.moved_text(arg.value)}" for arg in call.args if arg.keyword is not None
    )
    return f'{edits.text_of(func.value)}.get_paginator("{operation.name}").paginate({given})'


def _only_read(uses: Uses, page: Pagination) -> cst.CSTNode:
    """The one look-up of the results, if nothing else is done with the answer than to loop over them once."""
    path = tuple(page.results[0].split("."))
    reads = [use.node for use in uses.of(path) if use.fate is Fate.READ]
    loops = [use for use in uses.of(path) if use.fate is not Fate.READ]
    others = [use for use in uses if len(use.path) < len(path) or use.path[0] != path[0]]
    if len(path) > 1 or others or len(reads) != 1 or reads[0] is None:
        raise NoEditError("more is done with the answer than to loop over its results")
    if [use.fate for use in loops] != [Fate.ITERATED]:
        raise NoEditError("more is done with the results than to loop over them")
    return reads[0]


def _receiver(read: cst.CSTNode) -> cst.CSTNode | None:
    """`response` of `response.get("Users", [])`."""
    match read:
        case cst.Call(func=cst.Attribute(value=held, attr=cst.Name("get")), args=[_, cst.Arg(value=default)]):
            return held if isinstance(default, (cst.List, cst.Tuple)) and not default.elements else None
    return None


def _looped(read: cst.CSTNode, held: cst.CSTNode, pages: str, ctx: Context, edits: Edits) -> Edit:
    """The look-up becomes one for each page, in the head of the loop."""
    loop = ctx.parent(read)
    if not isinstance(loop, (cst.For, cst.CompFor)) or loop.iter is not read:
        raise NoEditError("the look-up is not in the head of the loop")
    start, end = edits.spans[read].start, edits.spans[held].end
    look_up = edits.text_of(read)[end - start :]
    return edits.replace(read, f"(item for page in {pages} for item in page{look_up})")
