"""LL101: failed records of a batch of which only the code, or only the template, speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Confidence,
    Deployment,
    Related,
    Rule,
    Severity,
    Spot,
    Violation,
    deliveries,
    does_work,
    failures_told,
    may_tell_failures,
    record_loops,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, EventSource, Fact, Told

KEY = deliveries.FAILURES_KEY
IGNORED = (
    "`{name}` returns `{key}`, and the mapping of {source} does not ask for it: records that failed count as "
    "done, and are lost"
)
MISSPELT = (
    "the mapping of {source} asks for `{key}`, and `{name}` returns `{other}`: records that failed count as "
    "done, and are lost"
)
MISSING = (
    "the mapping of {source} asks for `{key}`, which `{name}` never returns: an error fails the whole batch, "
    "and anything that is returned counts as success for all of it"
)
ASK = "set `FunctionResponseTypes: [ReportBatchItemFailures]` on the mapping"
SPELL = "call the key `batchItemFailures`, and the keys in it `itemIdentifier`"
RETURN = "catch errors per record, and return the failed ones as `batchItemFailures`"


class PartialBatchMismatch(Rule[Deployment]):
    """The function returns failed records that nobody asks for, or the other way round."""

    code = "LL101"
    severity = Severity.ERROR
    message = IGNORED
    help = ASK

    def check(self, deployment: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        function = deployment.function
        mappings = [
            (source, source.polling.response_types)
            for source in function.sources
            if source.kind in deliveries.PARTIAL and source.polling is not None
            if source.polling.is_enabled.value is not False
        ]
        if not mappings or not deployment.handlers:
            return
        told = list(failures_told(deployment))
        exact = next((each for each in told if each.key == KEY), None)
        is_asked = [deliveries.REPORTS_FAILURES in (asked.value or ()) for _, asked in mappings]
        for (source, asked), is_it in zip(mappings, is_asked, strict=True):
            if not asked.is_known:
                continue
            if exact is not None:
                if not is_it:
                    # With several mappings, the answer may be meant for the other one.
                    is_sure = function.certain and not any(is_asked)
                    yield self._mismatch(deployment, source, asked, IGNORED, exact, ASK, is_sure=is_sure)
            elif is_it and told:
                yield self._mismatch(deployment, source, asked, MISSPELT, told[0], SPELL)
            elif is_it and self._says_nothing(deployment, source):
                yield self._mismatch(deployment, source, asked, MISSING, None, RETURN)

    def _mismatch(
        self,
        deployment: Deployment,
        source: EventSource,
        asked: Fact[tuple[str, ...]],
        message: str,
        told: Told | None,
        help: str,  # noqa: A002 - the word users read
        *,
        is_sure: bool = True,
    ) -> Violation:
        handler = deployment.handlers[0]
        is_sure = is_sure and deployment.function.certain
        return self.violation(
            asked.place or source.place,
            severity=Severity.WARNING if told is None else None,
            confidence=Confidence.HIGH if is_sure else Confidence.MEDIUM,
            related=(
                Related(told.spot, "returned here")
                if told is not None
                else Related(Spot(handler.module, handler.order), "the handler that it calls"),
            ),
            help=help,
            message=message,
            name=handler.name,
            key=KEY,
            other=told.key if told is not None else "",
            source=deliveries.TITLES[source.kind],
        )

    @staticmethod
    def _says_nothing(deployment: Deployment, source: EventSource) -> bool:
        """Whether the code works through several records, and surely never tells which failed."""
        size = source.polling.batch_size if source.polling is not None else None
        if size is None or not size.is_known or size.value == 1:
            return False
        project = deployment.project
        return does_work(deployment) and all(
            any(True for _ in record_loops(project, handler)) and not may_tell_failures(project, handler)
            for handler in deployment.handlers
        )
