"""A deployed function, whatever the template's format."""

from dataclasses import dataclass

from lambda_lint.model.labels import SourceKind
from lambda_lint.model.location import Span

STAND_IN = "\N{LATIN LETTER TWO WITH STROKE}"
"""Begins every identifier that stands, in inline code, for text that only the deployment knows.

No code uses this letter, so a literal that holds one is known not to be known.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a template's decoded text."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable; `value` is None when the template does not say it literally."""

    name: str
    value: str | None
    place: Place
    """The value's place; a parameter's default if the variable only refers to it."""
    target: str | None = None
    """The logical id of the resource that the value names (`!Ref Queue`, `!GetAtt Table.Arn`); of a function
    also when the value is its name, its ARN, or an alias of it."""
    attribute: str | None = None
    """The attribute of a resource that the value is or begins with, such as `Arn` or `FunctionUrl`."""


@dataclass(frozen=True, slots=True)
class EventSource:
    """What triggers the function.

    `settings` are the scalars of the source, such as `BatchSize`, and its lists joined with commas, such as
    `FunctionResponseTypes`. A setting that is there, but not literally or deeper, has an empty value.
    """

    kind: SourceKind
    place: Place
    settings: tuple[tuple[str, str], ...] = ()
    target: str | None = None
    """The logical id or literal name of the queue, bucket, topic, … that feeds it, if known."""
    target_name: str | None = None
    """Its literal name, if the template gives one."""


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Code written in the template."""

    text: str
    place: Place
    line_starts: tuple[int, ...] | None
    """The template offset at which line i of `text` begins, lines being parted by `\\n`; None for scalars
    whose lines do not map (folded, quoted): then only `place.span.start` is known."""


@dataclass(frozen=True, slots=True)
class DeployedFunction:
    """One function of a template. None always means: the template does not say, or not literally."""

    name: str
    """The logical id."""
    place: Place
    """The logical id's place: small, so that a finding about the function points at one line."""
    handler: str | None = None
    """As written, such as `app.lambda_handler` or `src/app.main`."""
    handler_place: Place | None = None
    folder: str | None = None
    """The code folder, a path in the same form as the template's own; None when code is elsewhere."""
    inline: InlineCode | None = None
    runtime: str | None = None
    timeout: int | None = None
    """Seconds."""
    memory: int | None = None
    """MiB."""
    environment: tuple[Variable, ...] = ()
    environment_known: bool = True
    """False if there may be variables that `environment` does not show."""
    layers: tuple[str, ...] = ()
    """Folders of the layers built in the same template, where known."""
    sources: tuple[EventSource, ...] = ()
    deployed_name: str | None = None
    """A literal `FunctionName`."""
    durable: bool = False
    """True for durable functions, which wait and invoke by design."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read."""

    path: str
    text: str
    functions: tuple[DeployedFunction, ...]
