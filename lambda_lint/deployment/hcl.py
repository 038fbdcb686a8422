"""What is written in HCL, the language of Terraform: blocks, attributes, expressions, and their offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.model.location import Span


@dataclass(frozen=True, slots=True)
class Unknown:
    """An expression that is not looked into."""

    span: Span


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, true or false as they are written; `null` is None."""

    span: Span
    text: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text with interpolations."""

    span: Span
    parts: tuple[str | Expression | None, ...]
    """None is a directive, such as `%{ if … }`."""
    content: Span
    """What stands between the quotes, or between the lines that open and close a heredoc."""
    is_heredoc: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The first name of a reference."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Access:
    """Attributes and indexes of something: `aws_sqs_queue.orders[0].arn`."""

    span: Span
    base: Expression
    steps: tuple[str | Expression, ...]
    """A text is an attribute; an expression is an index, and `Unknown` a splat."""


@dataclass(frozen=True, slots=True)
class Call:
    span: Span
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Tuple:
    span: Span
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Object:
    span: Span
    pairs: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    span: Span
    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    span: Span
    operator: str
    left: Expression
    right: Expression


Expression: TypeAlias = (
    "Access | Arithmetic | Call | Conditional | Literal | Name | Object | Template | Tuple | Unknown"
)


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    key: Span
    value: Expression


@dataclass(frozen=True, slots=True)
class Block:
    """`type "label" { … }`."""

    type: str
    labels: tuple[str, ...]
    key: Span
    """Its last label, or its type if it has none."""
    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]

    def all(self, type_: str) -> Iterator[Block]:
        """Yield the blocks of a type that stand directly in this one."""
        return (block for block in self.blocks if block.type == type_)
