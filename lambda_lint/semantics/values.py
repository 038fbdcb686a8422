"""What an expression can be known to be. Everything else is `UNKNOWN`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from lambda_lint.semantics.facts import Arg, Expr, Scalar

FunctionKey: TypeAlias = tuple[int, int]
"""A function, class or module body: the module's number in the project, and the scope's in the module."""


class SdkKind(Enum):
    CLIENT = "client"
    RESOURCE = "resource"
    SESSION = "session"
    BOTOCORE_SESSION = "botocore-session"
    PART = "part"
    """A part of a resource, such as `dynamodb.Table("orders")`; `name` is `Table`."""
    PAGINATOR = "paginator"
    WAITER = "waiter"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known."""


@dataclass(frozen=True, slots=True)
class Constant:
    """Exactly this value."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Environment:
    """The value of an environment variable."""

    name: str


@dataclass(frozen=True, slots=True)
class FromContext:
    """The context object of the invocation, or something of it.

    `attribute` is then `function_name`, `get_remaining_time_in_millis()`, `invoked_function_arn.split()[6]`.
    """

    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """Text put together from parts that are not all constant; None is a part of which nothing is known."""

    parts: tuple[str | Environment | FromContext | None, ...]


@dataclass(frozen=True, slots=True)
class External:
    """Something of a module outside the project, by its full name: `boto3.client`, `builtins.len`.

    `requests.Session().get` is the method `get` of what calling `requests.Session` returns.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a call of something outside the project returned; `call` says which call made it."""

    callee: str
    call: tuple[int, int]
    """The module's number and the call's."""


@dataclass(frozen=True, slots=True)
class Sdk:
    """An object of the AWS SDK. `service` is None when it is not known which."""

    kind: SdkKind
    service: str | None
    name: str | None = None
    is_async: bool = False
    made: tuple[int, int] | None = field(default=None, compare=False)
    """The module's number and the call's that made it, for clients, resources and sessions.

    Objects that are made at two places count as equal; this is then the first of them.
    """


@dataclass(frozen=True, slots=True)
class SdkMethod:
    """A method of an SDK object, such as `invoke` of a client of `lambda`."""

    owner: Sdk
    name: str


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module of the project."""

    module: int


@dataclass(frozen=True)
class Frame:
    """One call into a project function: what its parameters are, seen from that call."""

    function: FunctionKey
    call: tuple[int, int] | None
    caller: Frame | None
    receiver: Value | None
    outer: Frame | None = None
    """The frame of the function around, for closures."""
    before: Partial | None = None
    """The `functools.partial` through which the call came."""

    @cached_property
    def depth(self) -> int:
        """How many frames it hangs on, through callers, receivers and closures."""
        receiver = self.receiver.frame if isinstance(self.receiver, Instance) else None
        return 1 + max((frame.depth for frame in (self.caller, receiver, self.outer) if frame), default=0)

    @cached_property
    def is_recursive(self) -> bool:
        """Whether the function has been entered before, by a caller of this call."""
        above = self.caller
        while above is not None and above.function != self.function:
            above = above.caller
        return above is not None

    @cached_property
    def _hash(self) -> int:
        return hash((self.function, self.call, self.caller, self.receiver, self.outer, self.before))

    def __hash__(self) -> int:
        return self._hash  # computed once: frames are parts of keys, and hang on each other


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """A function of the project; `frame` is the call that made it, if it is a closure."""

    key: FunctionKey
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A function of a project class, bound to an instance or a class."""

    key: FunctionKey
    owner: Value


@dataclass(frozen=True, slots=True)
class ClassValue:
    """A class of the project."""

    key: FunctionKey


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a project class; `call` is where it was made, None when it is any instance (`self`)."""

    cls: FunctionKey
    call: tuple[int, int] | None
    frame: Frame | None = None
    """The frame in which the call was made."""


@dataclass(frozen=True, slots=True)
class Super:
    """`super()`: looks members up after `cls` in the order of `owner`'s bases."""

    cls: FunctionKey
    owner: Value


@dataclass(frozen=True, slots=True)
class Partial:
    """`functools.partial(target, …)`; `call` is where it was made, which holds the arguments."""

    target: Value
    call: tuple[int, int]
    frame: Frame | None = None
    """The frame in which the call was made."""


@dataclass(frozen=True, slots=True)
class Display:
    """A list, tuple, set or dict that is written out, and where."""

    module: int
    scope: int
    order: int
    expr: Expr
    frame: Frame | None = None

    def __hash__(self) -> int:
        return hash((self.module, self.scope, self.order))  # not of all that it holds


Value: TypeAlias = (
    "Unknown | Constant | Environment | FromContext | Composed | External | Returned | Sdk | SdkMethod"
    " | ModuleValue | FunctionValue | Method | ClassValue | Instance | Super | Partial | Display"
)

Values: TypeAlias = "tuple[Value, ...]"


class Where(NamedTuple):
    """A place from which an expression is seen."""

    module: int
    scope: int
    at: int | None
    """The order of the use; None when it may be at any time, as from another function."""
    frame: Frame | None = None


class Incoming(NamedTuple):
    """A call of a function: from where, and whether the first parameter is the receiver."""

    module: int
    call: int | None
    """None: called by something outside the project, with arguments that are not known."""
    bound: bool
    args: tuple[Arg, ...] | None = None
    """What it passes, if that is not the call's own arguments: `pool.submit(run, 1)` passes 1 to `run`."""
    before: Partial | None = None
    """The `functools.partial` that gives the first arguments."""


UNKNOWN = Unknown()
NONE = Constant(None)


def agreed(values: tuple[Value, ...]) -> Value | None:
    """The one value that it must be; `None` constants beside others are initial values and do not count."""
    kept = [value for value in values if value != NONE] or list(values)
    first = kept[0] if kept else None
    return first if first is not None and first != UNKNOWN and all(v == first for v in kept) else None
