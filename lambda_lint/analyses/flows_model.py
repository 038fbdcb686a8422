"""What is known of a part of the event that is in a value: which part, and on which way it came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.knowledge.event_parts import ANY_KEY, PARSERS
from lambda_lint.semantics.phases import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.model.labels import SourceKind
    from lambda_lint.semantics.values import FunctionKey

Key: TypeAlias = "str | int | None"
Path: TypeAlias = "tuple[Key, ...]"

ANY = ANY_KEY
TEXT = "text"
"""In `Flow.through`: put into a longer text."""
PART = "part"
"""In `Flow.through`: a slice, or a formatted form."""
OPERATION = "operation"
"""In `Flow.through`: an operator, such as `%`."""

COPY = "copy"
"""In `Flow.through`: copied, or changed in place; its keys are still those of the part."""

MAX_FLOWS = 16
MAX_STEPS = 16
MAX_THROUGH = 10
MAX_KEYS = 12


def read_of(part: str) -> str:
    """What is said of the place where a part is read."""
    return f"`{part}` is read"


class FlowOrigin(Enum):
    """Where a flow begins."""

    EVENT = "event"
    ENVIRONMENT = "environment"
    """`os.environ` as a whole."""
    SECRET = "secret"  # noqa: S105 - the name of an origin
    """The answer of Secrets Manager."""


@dataclass(frozen=True, slots=True)
class FlowStep(Step):
    """A place that a flow passes, and what happens there."""

    said: str = ""
    is_read: bool = False
    """Whether this is where a part is taken out of the event."""

    @property
    def text(self) -> str:
        return self.said

    def reads(self, part: str) -> bool:
        """Whether it is where the part of that name is read."""
        return self.is_read and self.said == read_of(part)


@dataclass(frozen=True, slots=True)
class Flow:
    """One part of the event that is in a value, or in something that the value holds."""

    origin: FlowOrigin
    entry: FunctionKey
    """The function that was given the event, or reads the application's."""
    sources: tuple[SourceKind, ...]
    """What the event may come from; empty means unknown."""
    path: Path
    """The keys by which the part is reached in the event; ANY for a key that is not told."""
    through: tuple[str, ...] = ()
    """What it went through, the last at the end: full names of callables, `str.split` for methods of text."""
    held: Path = ()
    """The keys under which the value holds it, the outermost at the end; empty if it is the value itself."""
    steps: tuple[FlowStep, ...] = ()

    @property
    def name(self) -> str:
        """The part as people write it: `event.Records[].s3.object.key`."""
        text = self.origin.value
        for key in self.path:
            text += f".{key}" if isinstance(key, str) else "[]"
        return text

    @property
    def is_structured(self) -> bool:
        """Whether keys of the value are keys of the part."""
        last = next((name for name in reversed(self.through) if name != COPY), None)
        return last is None or last in PARSERS

    def via(self, *names: str) -> Flow | None:
        """The flow after it went through something; None if that is too much to follow."""
        through = self.through
        for name in names:
            if through[-1:] != (name,):
                through = (*through, name)
        return replace(self, through=through) if len(through) <= MAX_THROUGH else None

    def at(self, step: FlowStep) -> Flow:
        """The flow after a further step; reads in the same function become one."""
        steps = self.steps
        last = steps[-1] if steps else None
        if (
            step.is_read
            and last is not None
            and last.is_read
            and (last.module, last.caller) == (step.module, step.caller)
        ):
            steps = steps[:-1]
        return replace(self, steps=(*steps, step)) if len(steps) < MAX_STEPS else self

    def taken(self, key: Key) -> Flow | None:
        """What is under a key of the value, or in an element of it; None if the part is not in there."""
        if self.held:
            *rest, outermost = self.held
            fits = outermost == key or outermost is ANY or key is ANY
            return replace(self, held=tuple(rest)) if fits else None
        if not self.is_structured:
            return self
        if self.origin is FlowOrigin.ENVIRONMENT or len(self.path) >= MAX_KEYS:
            return None
        return replace(self, path=(*self.path, key if isinstance(key, str) else ANY))

    def let_go(self) -> Flow:
        """The flow when its value, with all that it holds, is put into one text."""
        return replace(self, held=()) if self.held else self

    def put_into(self, key: Key) -> Flow | None:
        """The flow when its value is put into a list or dict."""
        return replace(self, held=(*self.held, key)) if len(self.held) < MAX_KEYS else None


Flows: TypeAlias = "tuple[Flow, ...]"


def merged(flows: Iterable[Flow | None]) -> Flows:
    """Each flow once, by the shortest way, up to a limit."""
    found: dict[object, Flow] = {}
    for flow in flows:
        if flow is None:
            continue
        key = (flow.origin, flow.entry, flow.path, flow.through, flow.held)
        known = found.get(key)
        if known is None or len(flow.steps) < len(known.steps):
            found[key] = flow
    return tuple(found.values())[:MAX_FLOWS]
