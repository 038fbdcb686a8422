"""LL109: batches of more records than the function has time for, or than Lambda allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.api import (
    Confidence,
    Deployment,
    Related,
    Rule,
    Severity,
    SourceKind,
    quotas,
    requests_for_each_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, EventSource, Polling, Violation

WINDOW = (
    "a batch of {size} messages needs a batching window: without one, Lambda takes {most} at most, and "
    "refuses to make the mapping"
)
FIFO = (
    "a batch of {size} messages of a FIFO queue: Lambda takes {most} at most, and refuses to make the mapping"
)
MOST = "a batch of {size:,} records: Lambda takes {most:,} at most, and refuses to make the mapping"
ADD_WINDOW = "set `MaximumBatchingWindowInSeconds` to 1 or more, or the batch size to 10 or less"
LOWER = "lower the batch size"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a function may be thought to be."""

    milliseconds_per_record: int = 50
    """How long a record takes at least whose handling waits for a request."""


class OversizedBatch(Rule[Deployment]):
    """Batches hold more records than the function has time for, or than Lambda allows."""

    code = "LL109"
    severity = Severity.INFO
    message = (
        "a full batch of {size:,} records leaves `{function}` {each} ms for each within its {timeout} "
        "seconds, and it waits for `{request}` for one after another"
    )
    help = "lower the batch size, raise the timeout, or make the requests together or side by side"
    Options = Pace

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        for source in deployment.function.sources:
            polling = source.polling
            if source.kind not in quotas.BATCH_SIZES or polling is None or polling.is_enabled.value is False:
                continue
            refused = _refused(source, polling)
            if refused is not None:
                yield self._impossible(deployment, source, polling, *refused)
            else:
                yield from self._slow(deployment, source, polling)

    def _impossible(
        self, deployment: Deployment, source: EventSource, polling: Polling, message: str, most: int
    ) -> Violation:
        return self.violation(
            polling.batch_size.place or source.place,
            severity=Severity.ERROR,
            confidence=Confidence.HIGH if deployment.function.certain else Confidence.MEDIUM,
            help=ADD_WINDOW if message is WINDOW else LOWER,
            message=message,
            size=polling.batch_size.value,
            most=most,
        )

    def _slow(self, deployment: Deployment, source: EventSource, polling: Polling) -> Iterator[Violation]:
        function, batch = deployment.function, polling.batch_size
        size = quotas.BATCH_SIZES[source.kind] if batch.is_absent else batch.value
        timeout = quotas.DEFAULT_TIMEOUT if function.timeout.is_absent else function.timeout.value
        if not size or not timeout or function.durable:
            return
        each = 1000 * timeout / size
        if each >= self.options.milliseconds_per_record:
            return
        found = min(
            requests_for_each_record(deployment),
            key=lambda request: len(deployment.path_to(request[1])),
            default=None,
        )
        if found is None:
            return
        request, call = found
        yield self.violation(
            batch.place or source.place,
            confidence=Confidence.MEDIUM,
            related=(
                Related(function.timeout.place or function.place, "the function's timeout"),
                Related(call.spot, f"`{request}` is called here"),
            ),
            size=size,
            each=f"{round(each, 1):,g}",
            timeout=timeout,
            function=function.name,
            request=request,
        )


def _refused(source: EventSource, polling: Polling) -> tuple[str, int] | None:
    """Why Lambda does not take the size of the batch, and what it would take."""
    size = polling.batch_size.value or 0
    if source.kind is SourceKind.SQS and size > quotas.MOST_MESSAGES_AT_ONCE:
        if _is_fifo(source):
            return FIFO, quotas.MOST_MESSAGES_AT_ONCE
        if polling.batch_window.is_absent or polling.batch_window.value == 0:
            return WINDOW, quotas.MOST_MESSAGES_AT_ONCE
    return (MOST, quotas.MOST_RECORDS) if size > quotas.MOST_RECORDS else None


def _is_fifo(source: EventSource) -> bool:
    is_declared = source.queue is not None and source.queue.is_fifo.value is True
    return is_declared or any(
        (name or "").endswith(quotas.FIFO_SUFFIX) for name in (source.target_name, source.target)
    )
