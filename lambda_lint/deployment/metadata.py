"""Suppressions that a template holds as data, where it has no comments or they cover too little.

    "Metadata": {"lambda-lint": {"ignore": ["default-memory", {"rule": "LL104", "reason": "a job by night"}]}}

In a resource of CloudFormation it speaks of all that is found in the resource; at the top of a template, and
in `custom` of a service of the Serverless Framework, of the whole file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment.document import Mapping, Scalar, Sequence, parse
from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span
from lambda_lint.syntax.comments import Directive, Kind, Named
from lambda_lint.syntax.source import Source
from lambda_lint.syntax.template_comments import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.document import Entry, Value

KEY, IGNORE, RULE, REASON = "lambda-lint", "ignore", "rule", "reason"
_SHAPE = f"`{KEY}` holds `{IGNORE}`, a list of rules"
_ITEM = f"what is listed in `{IGNORE}` is a rule's name, or `{RULE}` with a `{REASON}`"


def metadata_directives(path: str, text: str) -> tuple[Directive, ...]:
    """The suppressions in the data of a template."""
    if KEY not in text or language_of(path) is not None:
        return ()
    try:
        documents = parse(text)
    except TemplateError:
        # It is told that the template cannot be read.
        return ()
    found = _Found(Source(path, text))
    for document in documents:
        for holder in ("Metadata", "custom"):
            found.add(document.get(holder, KEY), None)
        for resources in _resources(document):
            for entry in resources.entries.values():
                found.add(entry.value.get("Metadata", KEY), entry)
    return tuple(found.directives())


def _resources(document: Value) -> Iterator[Mapping]:
    """The resources of a template, and those that a service of the Serverless Framework adds."""
    added = document.get("resources")
    for holder in (document, *(added.items if isinstance(added, Sequence) else (added,))):
        resources = None if holder is None else holder.get("Resources")
        if isinstance(resources, Mapping):
            yield resources


@dataclass(slots=True)
class _Found:
    """What is said, and of which resources: several may share one text by anchors of YAML."""

    source: Source
    said: dict[Value, list[Span]] = field(default_factory=dict)

    def add(self, value: Value | None, resource: Entry | None) -> None:
        """Keep what is said of a resource, or without one of the file."""
        if value is not None:
            self.said.setdefault(value, []).extend(() if resource is None else _extents(resource))

    def directives(self) -> Iterator[Directive]:
        for value, extents in self.said.items():
            yield from self._of(value, tuple(extents))

    def _of(self, value: Value, extents: tuple[Span, ...]) -> Iterator[Directive]:
        if not isinstance(value, Mapping):
            yield self._malformed(value, _SHAPE)
            return
        for name, (key, listed) in value.entries.items():
            if name != IGNORE:
                yield self._malformed(key, f"`{name}` means nothing here: {_SHAPE}")
            elif isinstance(listed, (Sequence, Scalar)):
                for item in listed.items if isinstance(listed, Sequence) else (listed,):
                    yield self._item(item, extents)
            else:
                yield self._malformed(key, _SHAPE)

    def _item(self, item: Value, extents: tuple[Span, ...]) -> Directive:
        rule, reason = (item.get(RULE), item.get(REASON)) if isinstance(item, Mapping) else (item, None)
        is_known = not isinstance(item, Mapping) or item.entries.keys() <= {RULE, REASON}
        if not is_known or not isinstance(rule, Scalar) or not rule.text:
            return self._malformed(item, _ITEM)
        location = self.source.location(_inner(rule))
        return Directive(
            Kind.IGNORE if extents else Kind.IGNORE_FILE,
            location,
            location.start.line,
            location.end.line,
            (Named(rule.text, location),),
            reason.text if isinstance(reason, Scalar) else None,
            extents=extents,
        )

    def _malformed(self, value: Value, problem: str) -> Directive:
        location = self.source.location(_inner(value))
        return Directive(Kind.MALFORMED, location, location.start.line, location.end.line, problem=problem)


def _extents(resource: Entry) -> tuple[Span, ...]:
    """Where a resource stands; what an alias means is elsewhere."""
    key, span = resource.key.span, resource.value.span
    return (Span(key.start, max(key.end, span.end)),) if span.start >= key.start else (key, span)


def _inner(value: Value) -> Span:
    """A text without its quotes."""
    start, end = value.span.start, value.span.end
    is_quoted = isinstance(value, Scalar) and value.style in {"'", '"'}
    return Span(start + 1, end - 1) if is_quoted and end - start >= 2 else Span(start, end)
