"""What a run knows of each function: as the commands `functions` and `graph` show it."""

from dataclasses import dataclass
from enum import Enum

from lambda_lint.model.labels import SourceKind
from lambda_lint.model.location import Location, Span


class CodeKind(str, Enum):
    """Where the code of a function is."""

    FOUND = "found"
    INLINE = "inline"
    """In the template."""
    NOT_ANALYSED = "not-analysed"
    """In a file that cannot be read or parsed."""
    NOT_FOUND = "not-found"
    """The template names a folder, and the handler is in no file there."""
    IMAGE = "image"
    ELSEWHERE = "elsewhere"
    """In a bucket, or where the template does not say literally."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a function has of something, by its template or by default."""

    value: int | str | None = None
    """None if it is not known."""
    is_default: bool = False
    """Whether that is because nothing is said."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that a function works with. Two are the same only if they name one thing."""

    service: str
    """As ARNs and clients call it, such as `sqs`."""
    id: str | None = None
    """The logical id, if it is known to be a resource of a template."""
    template: str | None = None
    """The file that declares it."""
    name: str | None = None
    """Its literal name, if that is known."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A source of events."""

    kind: SourceKind
    resource: Resource | None = None
    """What feeds the function, if it is known."""
    detail: str | None = None
    """Such as `GET /orders` or `rate(5 minutes)`."""


@dataclass(frozen=True, slots=True)
class Use:
    """A service that the function's code calls, or a resource to which Lambda hands its events on."""

    resource: Resource
    """Without id and name if it is not known which."""
    what: tuple[str, ...]
    """Operations of the SDK, or `on failure`, `on success`, `dead letters`; sorted."""


@dataclass(frozen=True, slots=True)
class Invoked:
    """A function that the function runs."""

    name: str | None
    """What users call it, with `*` for what is not known; None if nothing is."""
    function: tuple[str, str] | None
    """Template and logical id, if a template declares it."""
    how: tuple[str, ...]
    """`waiting`, `asynchronous`, `unknown`, `on failure`, `on success`; sorted."""


@dataclass(frozen=True, slots=True)
class FunctionInfo:
    """A function: a deployed one, or a handler that no template deploys."""

    name: str
    """The logical id; of a handler without a template path and function, such as `src/app.py:main`."""
    location: Location
    """Of the logical id, or of the handler's name."""
    is_deployed: bool
    code: CodeKind
    handler: str | None = None
    """As the template has it, such as `app.main`."""
    handlers: tuple[str, ...] = ()
    """The handlers that were found, as `path:function`."""
    deployed_name: str | None = None
    runtime: Setting = Setting()
    memory: Setting = Setting()
    """MiB."""
    timeout: Setting = Setting()
    """Seconds."""
    triggers: tuple[Trigger, ...] = ()
    inferred: bool = False
    """True when the triggers come from how the code uses the event, not from a template."""
    uses: tuple[Use, ...] = ()
    invokes: tuple[Invoked, ...] = ()
    about: frozenset[tuple[str, Span, str]] = frozenset()
    """Path, range and code of what the rules found in the code that the function runs, and in the template of
    the function itself: also of what is suppressed."""

    @property
    def key(self) -> tuple[str, str]:
        """What the function is known by: its template, or its file, and its name."""
        return self.location.path, self.name
