"""LL051: a handler that cannot be called as the runtime calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Handler, Method, Origin, ParamKind, Reach, Rule, Severity, Violation, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.api import Context, Param

CERTAIN = frozenset({Origin.TEMPLATE, Origin.DECORATOR, Origin.CONFIGURED})
"""Ways to know a handler that do not look at its parameters."""

PASSED = 2


class HandlerSignature(Rule[Handler]):
    """The runtime passes an event and a context, by position, and nothing else."""

    code = "LL051"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    message = "`{handler}` {fault}, but the runtime passes an event and a context"
    help = "let the handler take two parameters, `event` and `context`"

    def check(self, handler: Handler, ctx: Context, /) -> Iterator[Violation]:
        entry = entry_of(ctx.project, handler.facts) if CERTAIN.intersection(handler.origins) else None
        if entry is None or not entry.is_called_plainly:
            return
        params = ctx.project.evaluator.scope(entry.function.key).params
        fault = _fault(params[1:] if isinstance(entry.function, Method) else params)
        if fault is not None:
            yield self.violation(handler.node.name, handler=handler.name, fault=fault)


def _fault(params: Sequence[Param]) -> str | None:
    """What keeps the runtime from calling a function with these parameters, in words."""
    demanded = [each.name for each in params if each.kind is ParamKind.KEYWORD and each.default is None]
    if demanded:
        return f"demands the keyword argument `{demanded[0]}`"
    plain = [each for each in params if each.kind is ParamKind.PLAIN]
    required = sum(each.default is None for each in plain)
    if required > PASSED:
        return f"demands {required} arguments"
    takes_more = any(each.kind is ParamKind.STAR for each in params)
    if len(plain) < PASSED and not takes_more:
        return "takes no arguments" if not plain else "takes only one argument"
    return None
