"""Values in CloudFormation's form, made of what other formats say.

Terraform and the CDK declare the same resources. Brought into the form of a CloudFormation document, with the
places of what was written, everything that reads stacks reads them, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment.document import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

PACKAGE_IS_MADE = "PackageIsMade"
"""The property of a function by which a reader says that something else makes its package."""

QUOTES = "programming"
"""The style of a scalar that a programming language writes."""

_UNKNOWN_TAG = "!Unknown"


def text(span: Span, said: str) -> Scalar:
    """A text that is known."""
    return Scalar(span, "", said, '"')


def quoted(span: Span, said: str) -> Scalar:
    """A text that is known, and that a program writes between quotes there, perhaps over several lines."""
    return Scalar(span, "", said, QUOTES)


def unknown(span: Span) -> Scalar:
    """Something that only the deployment knows."""
    return Scalar(span, _UNKNOWN_TAG, "?", "")


def is_unknown(value: Value | None) -> bool:
    """Whether a value was made by `unknown`."""
    return value is not None and value.tag == _UNKNOWN_TAG


def sequence(span: Span, items: Iterable[Value]) -> Sequence:
    return Sequence(span, "", tuple(items))


def mapping(span: Span, entries: Iterable[tuple[str, Span, Value]]) -> Mapping:
    """Entries of name, place of the name, and value; of a repeated name, the last."""
    return Mapping(span, "", {name: Entry(text(key, name), value) for name, key, value in entries})


def attribute(span: Span, resource: str, name: str = "") -> Mapping:
    """`Fn::GetAtt`; without a name, what `Ref` gives."""
    return call(span, "Fn::GetAtt", text(span, resource), text(span, name))


def joined(span: Span, parts: Iterable[Value], delimiter: str = "") -> Mapping:
    """`Fn::Join`."""
    return call(span, "Fn::Join", text(span, delimiter), sequence(span, parts))


def either(span: Span, yes: Value, no: Value) -> Mapping:
    """`Fn::If` with a condition of which nothing is known."""
    return call(span, "Fn::If", text(span, "?"), yes, no)


def call(span: Span, name: str, *arguments: Value) -> Mapping:
    return mapping(span, [(name, span, sequence(span, arguments))])


def with_entry(value: Value | None, span: Span, name: str, item: Value) -> Mapping:
    """A mapping with one more entry, or with another value for it; its key is at `span`."""
    entries = dict(value.entries) if isinstance(value, Mapping) else {}
    entries[name] = Entry(text(span, name), item)
    return Mapping(value.span if isinstance(value, Mapping) else span, "", entries)


def put(value: Value | None, path: list[str], key: Span, item: Value) -> Mapping:
    """A mapping with an item at a path; what stands beside the path stays."""
    if len(path) > 1:
        item = put(value.get(path[0]) if value is not None else None, path[1:], key, item)
    return with_entry(value, key, path[0], item)


def with_item(value: Value | None, item: Value) -> Value:
    """A list with one more item; what is no list but there stays unknown."""
    if value is None:
        return sequence(item.span, (item,))
    return sequence(value.span, (*value.items, item)) if isinstance(value, Sequence) else unknown(value.span)
