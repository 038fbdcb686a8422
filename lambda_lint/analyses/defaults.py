"""Whether code that runs at each invocation leaves a parameter, or a field of a class, at its default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.model.labels import Phase
from lambda_lint.semantics import passing
from lambda_lint.semantics.arguments import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import libcst as cst

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Arg, Call
    from lambda_lint.semantics.values import FunctionKey, Incoming

PER_INVOCATION = frozenset({Phase.INVOKE, Phase.BOTH})


def is_default_used(ctx: Context, function: cst.FunctionDef, name: str) -> bool:
    """Whether a call of the function is known that does not pass the parameter, or the runtime calls it."""
    ev, key = ctx.project.evaluator, ctx.function_key(function.body)
    scope = ev.scope(key)
    if any(key in handler.roots for handler in ctx.project.handlers):
        return name not in [param.name for param in scope.params[:2]]
    return any(
        incoming.call is not None
        and not ev.wraps(incoming)
        and _runs(ctx, incoming)
        and passing.passed(ev, passing.given_by(ev, incoming, None), scope, name, bound=incoming.bound)
        is DEFAULT
        for incoming in ev.callers.get(key, ())
    )


def is_field_left_out(ctx: Context, cls: cst.ClassDef, name: str) -> bool:
    """Whether an invocation makes an instance of the class without saying what the field is."""
    key = (ctx.module.number, ctx.module.lowered.scope_index(cls.body))
    fields = ctx.project.evaluator.scope(key).fields
    return any(not _gives(call.args, fields, name) for call in _makers(ctx, key))


def _makers(ctx: Context, cls: FunctionKey) -> Iterator[Call]:
    """The calls that make instances of the class at each invocation."""
    for caller, edges in ctx.project.graph.edges.items():
        if ctx.project.phases.of_function(caller) in PER_INVOCATION:
            orders = {edge.order for edge in edges if edge.made == cls and not edge.in_main}
            yield from (call for call in ctx.project.modules[caller[0]].calls if call.order in orders)


def _runs(ctx: Context, incoming: Incoming) -> bool:
    call = ctx.project.modules[incoming.module].calls[incoming.call or 0]
    function = ctx.project.graph.function_of(incoming.module, call.scope)
    return ctx.project.phases.of_function(function) in PER_INVOCATION


def _gives(args: Sequence[Arg], fields: Sequence[str], name: str) -> bool:
    """Whether the arguments give the field, or may."""
    if any(arg.star or arg.keyword == name for arg in args):
        return True
    positional = [arg for arg in args if arg.keyword is None]
    return name in fields[: len(positional)]
