"""LL108: too many readers of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Confidence,
    Deployment,
    Related,
    Rule,
    Severity,
    SourceKind,
    Violation,
    deliveries,
)

from ._together import in_order, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, EventSource

HELP = {
    SourceKind.DYNAMODB: (
        "let one function read the stream and hand the changes on, through EventBridge or SNS"
    ),
    SourceKind.KINESIS: (
        "give each function a consumer with enhanced fan-out, or let one function read the stream and hand "
        "the records on"
    ),
}
LIMITS = {
    SourceKind.DYNAMODB: "more than 2 readers of a shard are throttled",
    SourceKind.KINESIS: "they share the 5 reads and 2 MB a second of each shard",
}


class ContendedStream(Rule[Deployment]):
    """More mappings read a stream than its shards can serve."""

    code = "LL108"
    severity = Severity.INFO
    message = "{count} mappings read {stream} `{name}`: {limit}; it feeds {names}"

    def check(self, deployment: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        for stream in dict.fromkeys(
            key for source in deployment.function.sources if (key := _stream(source, deployment)) is not None
        ):
            readers = [
                (function, source)
                for function in in_order(deployment)
                for source in function.sources
                if _stream(source, deployment) == stream
            ]
            first, source = readers[0]
            if len(readers) <= deliveries.READERS or first != deployment.function:
                continue
            kind, name = stream
            yield self.violation(
                source.place,
                confidence=_confidence([function for function, _ in readers]),
                related=tuple(
                    Related(other.place, f"also read for `{function.name}`")
                    for function, other in readers[1:]
                ),
                help=HELP[kind],
                count=len(readers),
                stream=deliveries.TITLES[kind],
                name=name,
                limit=LIMITS[kind],
                names=listed(list(dict.fromkeys(function.name for function, _ in readers))),
            )


def _confidence(functions: list[DeployedFunction]) -> Confidence:
    return Confidence.HIGH if all(function.certain for function in functions) else Confidence.MEDIUM


def _stream(source: EventSource, deployment: Deployment) -> tuple[SourceKind, str] | None:
    """The stream that is read without throughput of its own, by what tells it from others."""
    if source.kind not in deliveries.STREAMS or source.target is None:
        return None
    if source.polling is not None and source.polling.is_enabled.value is False:
        return None
    return None if _has_own_consumer(source, deployment) else (source.kind, source.target)


def _has_own_consumer(source: EventSource, deployment: Deployment) -> bool:
    settings = dict(source.settings)
    return (
        settings.get(deliveries.CONSUMER, "false") != "false"
        or any(deliveries.CONSUMER_MARK in value for value in settings.values())
        or any(
            resource.type == deliveries.CONSUMER_TYPE and resource.id == source.target
            for resource in deployment.template.resources
        )
    )
