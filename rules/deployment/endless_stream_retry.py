"""LL107: streams of which one bad record stops a shard until it expires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, DeployedFunction, Rule, Severity, Violation, deliveries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Fact, Polling


class EndlessStreamRetry(Rule[DeployedFunction]):
    """A mapping of a stream that never gives a record up."""

    code = "LL107"
    severity = Severity.WARNING
    message = (
        "a record that keeps failing stops its shard until it expires, after {life}: the mapping of "
        "{stream} limits neither retries nor age{although}"
    )

    def check(self, function: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        for source in function.sources:
            polling = source.polling
            if source.kind not in deliveries.STREAMS or polling is None or polling.is_enabled.value is False:
                continue
            limits = (polling.maximum_retries, polling.maximum_age)
            if all(map(_is_endless, limits)):
                said = next((limit.place for limit in limits if limit.place is not None), None)
                yield self.violation(
                    said or source.place,
                    confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
                    help=_help(polling),
                    life=deliveries.LIFE[source.kind],
                    stream=deliveries.TITLES[source.kind],
                    although=_although(polling),
                )


def _is_endless(limit: Fact[int]) -> bool:
    return limit.is_absent or limit.value == deliveries.ENDLESS


def _although(polling: Polling) -> str:
    """What there is and does not help."""
    if polling.failure_destination.value is not None:
        return ", so nothing ever comes to its failure destination before"
    return ", and halving the batch only isolates the record" if polling.bisects.value else ""


def _help(polling: Polling) -> str:
    """What to add to what there is."""
    more = []
    if polling.bisects.is_absent or polling.bisects.value is False:
        more.append("`BisectBatchOnFunctionError` to give up no more than the bad record")
    if polling.failure_destination.is_absent:
        more.append("a failure destination to know of it")
    wanted = "set `MaximumRetryAttempts` or `MaximumRecordAgeInSeconds`"
    return wanted + (f", with {' and '.join(more)}" if more else "")
