"""Values that stand in no template: what another format says, in the words of CloudFormation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment.document import Entry, Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as MappingType

    from lambda_lint.model.location import Span


def scalar(at: Span, text: str, tag: str = "") -> Scalar:
    """A text that is said at a place."""
    return Scalar(at, tag, text, "")


def sequence(at: Span, items: Iterable[Value]) -> Sequence:
    """A list."""
    return Sequence(at, "", tuple(items))


def mapping(at: Span, entries: MappingType[str, Value | None]) -> Mapping:
    """A mapping; what is None is left out."""
    made = {
        name: Entry(scalar(value.span, name), value) for name, value in entries.items() if value is not None
    }
    return Mapping(at, "", made)


def attribute(at: Span, id_: str, name: str) -> Value:
    """A reference to an attribute of a resource."""
    return mapping(at, {"Fn::GetAtt": sequence(at, (scalar(at, id_), scalar(at, name)))})


def merged(at: Span, *mappings: Value | None) -> Mapping:
    """The entries of several mappings; the last one's count. What is no mapping is left out."""
    entries: dict[str, Entry] = {}
    for each in mappings:
        if isinstance(each, Mapping):
            entries.update(each.entries)
    return Mapping(at, "", entries)


def wrapped(name: str, value: Value | None) -> Value | None:
    """A value as the one entry of a mapping."""
    return None if value is None else mapping(value.span, {name: value})


def in_list(value: Value | None) -> Value | None:
    """A value as the one item of a list."""
    return None if value is None else sequence(value.span, (value,))
