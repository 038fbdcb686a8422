"""LL105: functions whose asynchronous events are dropped when they fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Confidence,
    DeployedFunction,
    Related,
    Rule,
    Severity,
    SourceKind,
    Violation,
    deliveries,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, EventSource

ENABLED = ("Enabled", "IsEnabled", "State")
OFF = frozenset({"false", "DISABLED"})
"""The settings by which a trigger is switched off, and their values."""
SCHEDULES = ("ScheduleExpression", "Schedule")
"""The settings that say when a schedule calls."""


class MissingFailureDestination(Rule[DeployedFunction]):
    """Nothing keeps the events that a function does not get done."""

    code = "LL105"
    severity = Severity.WARNING
    message = (
        "an event of {sources} is dropped after {attempts}: `{name}` has neither a dead-letter queue nor a "
        "failure destination"
    )
    help = (
        "give the function a failure destination, which also tells what went wrong, or a dead-letter queue, "
        "and an alarm on what arrives there"
    )

    def check(self, function: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        delivery = function.delivery
        if not (delivery.dead_letter.is_absent and delivery.on_failure.is_absent):
            return
        kinds = {source.kind for source in function.sources}
        if function.durable or SourceKind.CUSTOM_RESOURCE in kinds:
            return
        sources = [source for source in function.sources if _is_asynchronous(source)]
        if not sources:
            return
        titles = dict.fromkeys(deliveries.TITLES[source.kind] for source in sources)
        yield self.violation(
            function.place,
            confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
            related=tuple(
                Related(source.place, f"triggered by {deliveries.TITLES[source.kind]}") for source in sources
            ),
            help=_help_beside_own(sources),
            sources=" or ".join(titles),
            attempts=_attempts(function),
            name=function.name,
        )


def _is_asynchronous(source: EventSource) -> bool:
    settings = dict(source.settings)
    is_off = any(settings.get(name) in OFF for name in ENABLED)
    is_waited_for = settings.get(deliveries.INVOCATION_TYPE) == deliveries.WAITS
    return source.kind in deliveries.QUEUED and not (is_off or is_waited_for or _comes_again(settings))


def _comes_again(settings: dict[str, str]) -> bool:
    """Whether a schedule says the same within an hour, so that nothing is lost with one event."""
    said = next((settings[name] for name in SCHEDULES if name in settings), "")
    return deliveries.AGAIN_SOON.fullmatch(said) is not None


def _attempts(function: DeployedFunction) -> str:
    retries = function.delivery.maximum_retries
    if not retries.is_known:
        return "its last failed attempt"
    count = 1 + (deliveries.RETRIES if retries.value is None else retries.value)
    return f"{count} failed attempts" if count > 1 else "one failed attempt"


def _help_beside_own(sources: list[EventSource]) -> str | None:
    """What to say of a source that has a dead-letter queue, which does not help the function."""
    settings = {name for source in sources for name, _ in source.settings}
    own = next((name for name in deliveries.OWN_LETTERS if name in settings), None)
    if own is None:
        return None
    return (
        f"`{own}` of the trigger keeps what cannot be handed to Lambda, not what fails in the function: give "
        "the function itself a failure destination or a dead-letter queue"
    )
