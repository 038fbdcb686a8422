"""What triggers a deployed function, and how: the same for every format of templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.deployment.fact import NOT_LISTED, UNKNOWN, Fact, Listed

if TYPE_CHECKING:
    from lambda_lint.deployment.access import Named
    from lambda_lint.deployment.fact import Place
    from lambda_lint.model.labels import SourceKind


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the same template."""

    id: str
    place: Place
    """The logical id's place."""
    visibility_timeout: Fact[int] = UNKNOWN
    """Seconds; 30 if absent."""
    dead_letter: Fact[Named] = UNKNOWN
    """The queue that its redrive policy names."""
    maximum_receives: Fact[int] = UNKNOWN
    is_fifo: Fact[bool] = UNKNOWN


@dataclass(frozen=True, slots=True)
class Polling:
    """How Lambda reads a queue or a stream for the function. What is left out has the platform's default."""

    batch_size: Fact[int] = UNKNOWN
    batch_window: Fact[int] = UNKNOWN
    """Seconds."""
    response_types: Fact[tuple[str, ...]] = UNKNOWN
    """`FunctionResponseTypes`."""
    maximum_retries: Fact[int] = UNKNOWN
    """-1 means for ever."""
    maximum_age: Fact[int] = UNKNOWN
    """Seconds; -1 means for ever."""
    bisects: Fact[bool] = UNKNOWN
    parallelization: Fact[int] = UNKNOWN
    starting_position: Fact[str] = UNKNOWN
    maximum_concurrency: Fact[int] = UNKNOWN
    failure_destination: Fact[Named] = UNKNOWN
    filters: Fact[tuple[str, ...]] = UNKNOWN
    """The patterns, as JSON texts."""
    is_enabled: Fact[bool] = UNKNOWN


@dataclass(frozen=True, slots=True)
class EventSource:
    """What triggers the function.

    `settings` are the scalars of the source, such as `BatchSize`, and its lists joined with commas, such as
    `FunctionResponseTypes`, by the names that CloudFormation gives them. A setting that is there, but not
    literally or deeper, has an empty value.
    """

    kind: SourceKind
    place: Place
    settings: tuple[tuple[str, str], ...] = ()
    target: str | None = None
    """The logical id or literal name of the queue, bucket, topic, … that feeds it, if known."""
    target_name: str | None = None
    """Its literal name, if the template gives one."""
    polling: Polling | None = None
    """For what Lambda reads itself: queues, streams, brokers. None for what calls the function."""
    queue: Queue | None = None
    """The queue that feeds the function, if it is in the template."""
    key_prefix: Fact[str] = UNKNOWN
    """Of a bucket: what the keys of its events begin with."""
    key_suffix: Fact[str] = UNKNOWN
    """Of a bucket: what they end with."""
    events: Listed[str] = NOT_LISTED
    """Of a bucket: such as `s3:ObjectCreated:*`."""
    api_timeout: Fact[int] = UNKNOWN
    """Of an API: milliseconds until it stops to wait for the function."""
