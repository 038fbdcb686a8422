"""What the expressions of a program are that makes a CDK stack; the same for each language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from lambda_lint.model.location import Span

ITEM = "[]"
"""What `x[0]` and `x["name"]` call."""
MODULE = 0
"""The scope of a file."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Opaque(NamedTuple):
    """Something that is not looked into."""

    span: Span


class Literal(NamedTuple):
    """A text; a number, true or false as they are written."""

    span: Span
    text: str


class Name(NamedTuple):
    """A name with attributes: `self.queue`, `Runtime.PYTHON_3_13`."""

    span: Span
    dotted: str
    scope: int


class Joined(NamedTuple):
    """A text in parts, or parts of a path."""

    span: Span
    parts: tuple[Expression, ...]
    is_path: bool = False


class Items(NamedTuple):
    span: Span
    items: tuple[Expression, ...]


class Pairs(NamedTuple):
    span: Span
    entries: tuple[tuple[str, Span, Expression], ...]
    is_complete: bool = True


class Call(NamedTuple):
    """`function(…)` or `new Class(…)`; what TypeScript gives as an object of properties is in `named`."""

    span: Span
    function: str
    """Dotted; after another call only what follows it, with a dot before: `.parent`."""
    receiver: Expression | None
    """What a method is called on."""
    arguments: tuple[Expression, ...]
    named: dict[str, tuple[Span, Expression]]
    """By names in Python's writing."""
    scope: int
    is_complete: bool = True
    """False if there may be more arguments, as in `*options`."""
    spread: tuple[Expression, ...] = ()
    """What further named arguments are taken from, as in `**options`."""

    @property
    def key(self) -> tuple[Span, int]:
        """Tells it from others: what stands in one place is read once for each scope."""
        return self.span, self.scope


Expression: TypeAlias = "Call | Items | Joined | Literal | Name | Opaque | Pairs"


def snake(name: str) -> str:
    """The name of a property as Python writes it."""
    return _HUMP.sub("_", name).lower()
