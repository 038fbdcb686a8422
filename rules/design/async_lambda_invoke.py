"""LL023: a function that hands work to another function without a queue between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import INVOKED_PHASES, InvocationMode, Reach, Rule, Severity, SourceKind, Violation

from ._invokes import plain_invocation, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, HandlerFacts

STREAMS = frozenset({SourceKind.KINESIS, SourceKind.DYNAMODB})
"""Only few consumers read a stream at full speed: a function that hands records on is good practice."""


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Who may hand work on."""

    dispatchers: tuple[str, ...] = ()
    """Handlers, by name, by `path:name`, or by the name of their function in the template."""


class AsyncLambdaInvoke(Rule[cst.Call]):
    """A function hands work to another function without a queue, a topic or a bus between them."""

    code = "LL023"
    severity = Severity.INFO
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "invokes {target} asynchronously, with nothing between them that keeps the work"
    help = (
        "send it to SQS, SNS or EventBridge, which hold, retry and share out the work, or start a Step "
        "Functions execution"
    )
    Options = Exceptions

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        invocation = plain_invocation(call, ctx)
        if invocation is None or invocation.mode is not InvocationMode.ASYNCHRONOUS:
            return
        reaching = ctx.handlers_reaching(call)
        if reaching and all(self.is_dispatcher(handler, ctx) for handler in reaching):
            return
        yield self.violation(call, path=ctx.path_to(call), target=target_of(invocation, ctx))

    def is_dispatcher(self, handler: HandlerFacts, ctx: Context) -> bool:
        """Whether handing work on is the handler's business: by the option, or because a stream feeds it."""
        exceptions: Exceptions = self.options
        names = {handler.name}
        for function in handler.deployed:
            names |= {function.name, function.deployed_name or function.name}
        path = f"/{ctx.project.paths[handler.module]}"
        for entry in exceptions.dispatchers:
            folder, _, name = entry.rpartition(":")
            if name in names and (not folder or path.endswith(f"/{folder.removeprefix('./')}")):
                return True
        return bool(STREAMS.intersection(handler.sources))
