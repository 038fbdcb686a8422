"""CloudFormation's functions as they are written, and texts of which some parts may not be known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lambda_lint.deployment.document import PLAIN_TAGS, Mapping, Scalar, Value

PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
"""What `Fn::Sub` replaces; after `!` it only loses the `!`."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a resource, of a parameter without a default, or of a pseudo parameter."""

    name: str
    attribute: str = ""

    def __str__(self) -> str:
        # Without colons, `${AWS.Region}`, so that an ARN still has its parts.
        name = f"{self.name}.{self.attribute}".removesuffix(".").replace("::", ".")
        return f"${{{name}}}"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in parts; None is a part that only the deployment knows."""

    parts: tuple[str | Reference | None, ...]

    def __str__(self) -> str:
        return "".join("?" if part is None else str(part) for part in self.parts)

    @property
    def literal(self) -> str | None:
        """The text, if all of it is known."""
        return str(self) if all(isinstance(part, str) for part in self.parts) else None

    @property
    def shape(self) -> str | None:
        """The text with `${…}` for references: two texts of the same shape are equal once deployed."""
        return None if None in self.parts else str(self)

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it mentions, in order."""
        return tuple(part for part in self.parts if isinstance(part, Reference))


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts."""

    items: tuple[Text, ...]


UNKNOWN = Text((None,))


def call_of(value: Value) -> tuple[str, Value] | None:
    """The function that `value` calls, by its long name, and what stands as its argument."""
    if value.tag not in PLAIN_TAGS:
        name = value.tag.removeprefix("!")
        return (name if name in {"Ref", "Condition"} else f"Fn::{name}"), value
    if isinstance(value, Mapping) and len(value.entries) == 1:
        ((name, entry),) = value.entries.items()
        if name in {"Ref", "Condition"} or name.startswith("Fn::"):
            return name, entry.value
    return None


def is_nothing(value: Value) -> bool:
    """Whether `value` stands for a property that is not there."""
    match call_of(value):
        case ("Ref", Scalar(text="AWS::NoValue")):
            return True
    return isinstance(value, Scalar) and value.text is None and not value.tag
