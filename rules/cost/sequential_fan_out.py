"""LL011: requests for many items that are made one after another."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    URL_POSITION,
    External,
    Reach,
    Rule,
    SdkKind,
    SdkMethod,
    Severity,
    SourceKind,
    Violation,
    fan_out,
    item_loop_around,
)

from ._fan_out import is_free

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, ItemLoop

BY_DESIGN = frozenset({SourceKind.CUSTOM_RESOURCE, SourceKind.DURABLE, SourceKind.SECRET_ROTATION})
ONE_FOR_EACH = (
    "let the map state of a workflow, or a message in a queue for each item, start them side by side"
)


class SequentialFanOut(Rule[cst.Call]):
    """A loop waits for one request after another."""

    code = "LL011"
    severity = Severity.INFO
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what} in each round of {loop}, one after another"
    help = (
        "make the requests side by side with a `ThreadPoolExecutor`, or give each item to an invocation "
        "of its own by a queue or the map state of a workflow"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        request = _request(call, ctx)
        if request is None or _is_by_design(call, ctx):
            return
        loop = item_loop_around(ctx, call)
        if loop is None or _comes_later(call, loop, ctx) or not is_free(call, loop, ctx):
            return
        what, help_ = request
        where = "a loop" if loop.step is None else f"the loop in `{loop.step.caller}`"
        yield self.violation(call, path=ctx.path_to(call), help=help_, what=what, loop=where)


def _request(call: cst.Call, ctx: Context) -> tuple[str, str | None] | None:
    """What the call does, in words, if it waits for an answer; and what to do if that is particular."""
    if ctx.invocation_of(call) is not None:
        return "another function is invoked", ONE_FOR_EACH
    match ctx.object_of(call.func):
        case SdkMethod(owner, name) if owner.kind is SdkKind.CLIENT and owner.service:
            if owner.is_async and not isinstance(ctx.parent(call), cst.Await):
                return None
            started = fan_out.STARTS.get((owner.service, name))
            if started is not None:
                return f"`{name}` starts {started}", ONE_FOR_EACH
            if name in fan_out.REQUESTS.get(owner.service, ()):
                return f"`{name}` is called", None
        case External(name) if name in URL_POSITION:
            last = name.rpartition(".")[2]
            is_async = name.startswith(("aiohttp.", "httpx.AsyncClient"))
            if last in fan_out.NO_HTTP_REQUESTS or (is_async and not _is_awaited(call, ctx)):
                return None
            return f"`{name.replace('()', '')}` is called", None
    return None


def _is_awaited(call: cst.Call, ctx: Context) -> bool:
    """`await session.get(url)`, and `async with session.get(url) as answer`."""
    return isinstance(ctx.parent(call), cst.Await | cst.WithItem)


def _is_by_design(call: cst.Call, ctx: Context) -> bool:
    reaching = ctx.handlers_reaching(call)
    return bool(reaching) and all(BY_DESIGN.intersection(handler.sources) for handler in reaching)


def _comes_later(call: cst.Call, loop: ItemLoop, ctx: Context) -> bool:
    """Whether the module makes another such request before, in the rounds of the same loop or function."""
    around = loop.node or ctx.module.tree.module
    before = takewhile(lambda node: node is not call, ctx.module.tree.subtree(around))
    return any(
        isinstance(node, cst.Call) and _request(node, ctx) is not None and _is_in(node, loop, ctx)
        for node in before
    )


def _is_in(node: cst.Call, loop: ItemLoop, ctx: Context) -> bool:
    other = item_loop_around(ctx, node)
    if other is None or loop.step is None or other.step is None:
        return other is not None and other.node is not None and other.node is loop.node
    return (other.step.module, other.step.caller) == (loop.step.module, loop.step.caller)
