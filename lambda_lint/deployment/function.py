"""A deployed function, whatever the template's format."""

from dataclasses import dataclass, field

from lambda_lint.deployment.access import Access, Named
from lambda_lint.deployment.fact import NOT_LISTED, UNKNOWN, Fact, Listed, Place
from lambda_lint.deployment.requirements import Packaging, Requirements
from lambda_lint.deployment.triggers import EventSource

__all__ = [
    "STAND_IN",
    "Declared",
    "Delivery",
    "DeployedFunction",
    "EventSource",
    "InlineCode",
    "Layer",
    "Network",
    "Place",
    "Template",
    "Variable",
]

STAND_IN = "\N{LATIN LETTER TWO WITH STROKE}"
"""Begins every identifier that stands, in inline code, for text that only the deployment knows.

No code uses this letter, so a literal that holds one is known not to be known.
"""


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
    given_at: Place | None = None
    """Where the variable is given its value, if the template's format tells that apart from `place`."""


@dataclass(frozen=True, slots=True)
class Network:
    """The subnets and security groups of a function in a VPC, in the form of `Named.text`."""

    subnets: Listed[str] = NOT_LISTED
    security_groups: Listed[str] = NOT_LISTED


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the function."""

    named: Named
    place: Place
    folder: str | None = None
    """Where its content is, for a layer that is built in the same template."""
    packaging: Packaging = field(default_factory=Packaging)
    requirements: Fact[Requirements] = UNKNOWN
    """What it is built with, if its folder says so; for a layer without a list nobody knows."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What becomes of events that invoke the function asynchronously."""

    dead_letter: Fact[Named] = UNKNOWN
    """The queue or topic of its dead letters; for SAM's and CloudFormation's functions alike."""
    on_failure: Fact[Named] = UNKNOWN
    on_success: Fact[Named] = UNKNOWN
    maximum_retries: Fact[int] = UNKNOWN
    maximum_age: Fact[int] = UNKNOWN
    """Seconds."""


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
    """One function of a template. None always means: the template does not say, or not literally.

    A `Fact` tells the two apart. A reader that does not look for something leaves it at its default, unknown.
    """

    name: str
    """The logical id."""
    place: Place
    """The logical id's place: small, so that a finding about the function points at one line."""
    handler: str | None = None
    """As written, such as `app.lambda_handler` or `src/app.main`."""
    handler_place: Place | None = None
    dispatched: tuple[str, ...] = ()
    """Functions in the handler's module among which a framework chooses, such as the routes of Chalice."""
    folder: str | None = None
    """The code folder, a path in the same form as the template's own; None when code is elsewhere."""
    is_packed_as_is: bool = True
    """False if a build makes the package, or nobody knows what is packed: there `folder` is only the likely
    place of the code, and files of it may be missing in the package, or added to it."""
    inline: InlineCode | None = None
    runtime: Fact[str] = UNKNOWN
    timeout: Fact[int] = UNKNOWN
    """Seconds."""
    memory: Fact[int] = UNKNOWN
    """MiB."""
    environment: tuple[Variable, ...] = ()
    environment_known: bool = True
    """False if there may be variables that `environment` does not show."""
    layers: tuple[str, ...] = ()
    """Folders of the layers built in the same template, where known."""
    attached: Listed[Layer] = NOT_LISTED
    """All layers."""
    sources: tuple[EventSource, ...] = ()
    sources_known: bool = True
    """False if the template has sources that could be this function's or another's."""
    deployed_name: str | None = None
    """A literal `FunctionName`."""
    durable: bool = False
    """True for durable functions, which wait and invoke by design."""
    access: Access = field(default_factory=Access)
    network: Fact[Network] = UNKNOWN
    tracing: Fact[str] = UNKNOWN
    """`Active` or `PassThrough`."""
    delivery: Delivery = field(default_factory=Delivery)
    reserved_concurrency: Fact[int] = UNKNOWN
    provisioned_concurrency: Fact[int] = UNKNOWN
    architectures: Fact[tuple[str, ...]] = UNKNOWN
    package_type: Fact[str] = UNKNOWN
    """`Zip` or `Image`; `Zip` if absent."""
    ephemeral_storage: Fact[int] = UNKNOWN
    """MiB."""
    snap_start: Fact[str] = UNKNOWN
    log_retention: Fact[int] = UNKNOWN
    """Days; absent if the template makes no log group of the function, or one that keeps all."""
    packaging: Packaging = field(default_factory=Packaging)
    requirements: Fact[Requirements] = UNKNOWN
    """What its package is built with; absent if nothing in its code folder lists that."""
    certain: bool = True
    """False if the format was read without understanding all of it: rules should be less sure."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Any resource of a template."""

    id: str
    type: str
    """CloudFormation's, such as `AWS::EC2::NatGateway`, whatever the format calls it."""
    place: Place


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read."""

    path: str
    text: str
    functions: tuple[DeployedFunction, ...]
    resources: tuple[Declared, ...] = ()
    others: tuple[DeployedFunction, ...] = ()
    """Functions that are deployed together with these, and that other files declare."""
    also_in: tuple[str, ...] = ()
    """The other files in which what is said of the functions may stand."""
