"""LL050: a handler that only makes a coroutine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    Handler,
    NoEditError,
    Reach,
    Rule,
    Safety,
    Severity,
    Violation,
    entry_of,
    is_only_a_handler,
)

from ._bodies import yields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edits, Fix

PASSED = 2


class AsyncHandler(Rule[Handler]):
    """Nothing awaits it: the runtime tries to encode the coroutine."""

    code = "LL050"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    fixable = (Safety.UNSAFE,)
    message = "`{handler}` is {what}, which the runtime does not {run}"
    help = "make the handler a plain `def` that calls `asyncio.run` on the coroutine"

    def check(self, handler: Handler, ctx: Context, /) -> Iterator[Violation]:
        node = handler.node
        if node.asynchronous is None or entry_of(ctx.project, handler.facts) is None:
            return
        if not is_only_a_handler(ctx.project, handler.facts):
            return
        if yields(node, ctx):
            what, run = "an asynchronous generator", "iterate over"
            yield self.violation(node.name, handler=handler.name, what=what, run=run)
            return
        yield self.violation(
            node.name,
            fix=lambda edits: _fix(handler, ctx, edits),
            handler=handler.name,
            what="asynchronous",
            run="await",
        )


def _fix(handler: Handler, ctx: Context, edits: Edits) -> Fix:
    """Keep the coroutine under another name, and put a handler below it that runs it."""
    node, name = handler.node, handler.node.name.value
    if node.decorators or ctx.parent(node) is not ctx.module.tree.module or _is_spoken_of(node, ctx):
        raise NoEditError("more depends on the function than its body")
    params = [edits.text_of(each) for each in _plain_params(node)]
    passed = ", ".join(each.name.value for each in _plain_params(node))
    said = "" if node.returns is None else f" -> {edits.text_of(node.returns.annotation)}"
    coroutine = edits.fresh_name(f"_{name}")
    asyncio, imports = edits.ensure_import("asyncio")
    text = f"\n\ndef {name}({', '.join(params)}){said}:\n    return {asyncio}.run({coroutine}({passed}))"
    changes = (edits.replace(node.name, coroutine), edits.insert_after(node, text), *imports)
    return edits.fix(f"run the coroutine in a plain `{name}`", changes, Safety.UNSAFE)


def _plain_params(function: cst.FunctionDef) -> list[cst.Param]:
    """The event and the context, if the function takes them and nothing else."""
    params = function.params
    plain = [*params.posonly_params, *params.params]
    if len(plain) != PASSED or isinstance(params.star_arg, cst.Param) or params.kwonly_params:
        raise NoEditError("it does not take an event and a context alone")
    if params.star_kwarg is not None or any(each.default is not None for each in plain):
        raise NoEditError("it does not take an event and a context alone")
    return plain


def _is_spoken_of(function: cst.FunctionDef, ctx: Context) -> bool:
    """Whether the name stands anywhere else in the module."""
    return any(
        name.value == function.name.value and name is not function.name
        for name in ctx.module.tree.of_type(cst.Name)
    )
