"""LL110: a queue shows messages again before the function had the time to be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Confidence,
    DeployedFunction,
    Queue,
    Related,
    Rule,
    Severity,
    SourceKind,
    quotas,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, EventSource, Fact, Violation


class ShortVisibilityTimeout(Rule[DeployedFunction]):
    """A queue shows messages again before the function had the time to be done with them."""

    code = "LL110"
    severity = Severity.WARNING
    message = (
        "messages are hidden for {visibility} seconds, and `{function}` may take {timeout}: hide them for "
        "{needed} or more, six times as long{window}"
    )
    help = "set the queue's visibility timeout, or lower the function's timeout"

    def check(self, function: DeployedFunction, _: Context, /) -> Iterator[Violation]:
        for source in function.sources:
            if source.kind is SourceKind.SQS and source.queue is not None:
                yield from self._of_queue(function, source, source.queue)

    def _of_queue(self, function: DeployedFunction, source: EventSource, queue: Queue) -> Iterator[Violation]:
        timeout = _known(function.timeout, quotas.DEFAULT_TIMEOUT)
        visibility = _known(queue.visibility_timeout, quotas.DEFAULT_VISIBILITY)
        if timeout is None or visibility is None or function.durable:
            return
        window = (source.polling.batch_window.value if source.polling else None) or 0
        needed = quotas.VISIBILITY_FACTOR * timeout + window
        if visibility >= needed:
            return
        yield self.violation(
            queue.visibility_timeout.place or queue.place,
            confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
            related=(Related(function.timeout.place or function.place, "the function's timeout"),),
            message=REFUSED if visibility < timeout else None,
            function=function.name,
            visibility=visibility,
            timeout=timeout,
            needed=needed,
            window=f" plus the batching window of {window}" if window else "",
        )


REFUSED = (
    "messages are hidden for {visibility} seconds, less than the {timeout} that `{function}` may take: "
    "Lambda refuses to read the queue; {needed} or more are right, six times as long{window}"
)


def _known(fact: Fact[int], default: int) -> int | None:
    return default if fact.is_absent else fact.value
