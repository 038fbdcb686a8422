"""What is written in HCL, the language of Terraform: blocks, attributes, expressions, and their offsets.

Named tuples: as many data classes would take longer to import than a small project to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.model.location import Span


class Unknown(NamedTuple):
    """An expression that is not looked into."""

    span: Span


class Literal(NamedTuple):
    """A text, a number, true or false as they are written; `null` is None."""

    span: Span
    text: str | None


class Template(NamedTuple):
    """A text with interpolations."""

    span: Span
    parts: tuple[str | Expression | None, ...]
    """None is a directive, such as `%{ if … }`."""
    content: Span
    """What stands between the quotes, or between the lines that open and close a heredoc."""
    is_heredoc: bool


class Name(NamedTuple):
    """The first name of a reference."""

    span: Span
    name: str


class Access(NamedTuple):
    """Attributes and indexes of something: `aws_sqs_queue.orders[0].arn`."""

    span: Span
    base: Expression
    steps: tuple[str | Expression, ...]
    """A text is an attribute; an expression is an index, and `Unknown` a splat."""


class Call(NamedTuple):
    span: Span
    name: str
    arguments: tuple[Expression, ...]


class Tuple(NamedTuple):
    span: Span
    items: tuple[Expression, ...]


class Object(NamedTuple):
    span: Span
    pairs: tuple[tuple[Expression, Expression], ...]


class Conditional(NamedTuple):
    span: Span
    test: Expression
    yes: Expression
    no: Expression


class Arithmetic(NamedTuple):
    span: Span
    operator: str
    left: Expression
    right: Expression


Expression: TypeAlias = (
    "Access | Arithmetic | Call | Conditional | Literal | Name | Object | Template | Tuple | Unknown"
)


class Attribute(NamedTuple):
    name: str
    key: Span
    value: Expression


class Block(NamedTuple):
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
