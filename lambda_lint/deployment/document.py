"""Templates as values with places: YAML and JSON, read without building Python objects of them.

The parser's event stream is composed here, with a stack and not by PyYAML's composer: that one recurses, does
not bound what it builds, and in its C form takes twice as long. An alias is the same object as its anchor, so
aliases of aliases cost nothing; whoever walks values must remember which ones it has seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_VALUES = 200_000
"""Scalars, sequences and mappings of one file; a template at CloudFormation's limit of 1 MB has 50,000."""
MAX_MERGED = 200_000
"""Entries that `<<` copies, summed over one file."""
MAX_DEPTH = 100
"""Levels of nesting; the deepest template of a public corpus has 23."""

# JSON may write a character outside the BMP as two escapes, which YAML refuses. Replacing them keeps offsets.
_SURROGATE_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")

PLAIN_TAGS = frozenset({"", "!", "tag:yaml.org,2002:str"})
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True, eq=False, repr=False)
class Value:
    """A part of a template: a `Scalar`, `Sequence` or `Mapping`. Two are equal only if they are the same.

    Nobody changes one; that nobody can would take a sixth of the time that parsing takes.
    """

    span: Span
    tag: str
    """As written, such as `!Ref`; empty without one."""

    @property
    def children(self) -> tuple[Value, ...]:
        """What stands directly below; not the keys."""
        return ()

    def get(self, *path: str) -> Value | None:
        """Follow `path` through mappings."""
        found: Value = self
        for name in path:
            if not isinstance(found, Mapping) or name not in found.entries:
                return None
            found = found.entries[name].value
        return found

    def walk(self) -> Iterator[Value]:
        """Yield this value and all below, each once, in no particular order."""
        seen = {self}
        pending: list[Value] = [self]
        while pending:
            value = pending.pop()
            yield value
            fresh = [child for child in dict.fromkeys(value.children) if child not in seen]
            seen.update(fresh)
            pending.extend(fresh)


@dataclass(slots=True, eq=False, repr=False)
class Scalar(Value):
    """A text; `null` is None."""

    text: str | None
    style: str
    """`|`, `>`, a quote, or empty for a plain scalar."""

    @property
    def plain(self) -> str | None:
        """The text, if no tag makes something else of it."""
        return self.text if self.tag in PLAIN_TAGS else None


@dataclass(slots=True, eq=False, repr=False)
class Sequence(Value):
    """A list."""

    items: tuple[Value, ...]

    @property
    def children(self) -> tuple[Value, ...]:
        return self.items


class Entry(NamedTuple):
    """A key with its place, and its value."""

    key: Scalar
    value: Value


@dataclass(slots=True, eq=False, repr=False)
class Mapping(Value):
    """Entries by key, merges (`<<`) included. Of a duplicate key, the last."""

    entries: dict[str, Entry]

    @property
    def children(self) -> tuple[Value, ...]:
        return tuple(entry.value for entry in self.entries.values())


def parse(text: str) -> tuple[Value, ...]:
    """Read all documents of a YAML or JSON text. Raises `TemplateError` for what is broken or hostile."""
    import yaml  # noqa: PLC0415 - takes longer than the rest of the start-up, and not every run reads a template

    if text.lstrip()[:1] == "{":
        text = _SURROGATE_ESCAPE.sub(r"\1\\ufffd", text.replace("\t", " "))
    composer = _Composer()
    try:
        # What follows the last event is None.
        for event in iter(getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event, None):
            composer.take(event)
    except yaml.reader.ReaderError as error:
        # Its own position is in bytes with the C parser, in code points without.
        offset = text.find(chr(error.character))
        raise TemplateError(f"character U+{error.character:04X} is not allowed", max(offset, 0)) from error
    except yaml.MarkedYAMLError as error:
        offset = error.problem_mark.index if error.problem_mark else 0
        raise TemplateError(error.problem or "not valid YAML", offset) from error
    except (OverflowError, ValueError) as error:
        # The Python parser lets these through, for escapes and version numbers that no number can hold.
        raise TemplateError("not valid YAML") from error
    return tuple(composer.documents)


@dataclass(slots=True)
class _Open:
    """A sequence or mapping whose end has not come yet; `values` of a mapping are keys and values in turn."""

    event: Any
    values: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class _Composer:
    documents: list[Value] = field(default_factory=list)
    anchors: dict[str, Value] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    count: int = 0
    merged: int = 0

    def take(self, event: Any) -> None:
        match type(event).__name__:
            case "ScalarEvent":
                # Two of three, so before all else.
                self._add(event, _scalar(event))
            case "DocumentStartEvent":
                self.anchors.clear()
            case "SequenceStartEvent" | "MappingStartEvent":
                if len(self.stack) == MAX_DEPTH:
                    raise TemplateError(f"nested deeper than {MAX_DEPTH} levels", event.start_mark.index)
                self.stack.append(_Open(event))
            case "SequenceEndEvent":
                opened = self.stack.pop()
                self._add(opened.event, Sequence(*_extent(opened, event), tuple(opened.values)))
            case "MappingEndEvent":
                opened = self.stack.pop()
                self._add(opened.event, Mapping(*_extent(opened, event), self._entries(opened)))
            case "AliasEvent":
                if event.anchor not in self.anchors:
                    # Or it is inside what the anchor names, and such a value is of no use to anyone.
                    raise TemplateError(
                        f"alias `{event.anchor}` has no anchor before", event.start_mark.index
                    )
                self._append(event, self.anchors[event.anchor])

    def _add(self, event: Any, value: Value) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        self._append(event, value)

    def _append(self, event: Any, value: Value) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            raise TemplateError(f"more than {MAX_VALUES} values", event.start_mark.index)
        (self.stack[-1].values if self.stack else self.documents).append(value)

    def _entries(self, opened: _Open) -> dict[str, Entry]:
        own: dict[str, Entry] = {}
        merges: list[Value] = []
        for key, value in zip(opened.values[::2], opened.values[1::2], strict=True):
            if not isinstance(key, Scalar) or key.text is None:
                continue
            if key.text == "<<" and not key.style:
                merges.extend(value.items if isinstance(value, Sequence) else (value,))
            else:
                own[key.text] = Entry(key, value)
        for merge in merges:
            if isinstance(merge, Mapping):
                self.merged += len(merge.entries)
                if self.merged > MAX_MERGED:
                    raise TemplateError(f"`<<` merges more than {MAX_MERGED} entries", merge.span.start)
                for name, entry in merge.entries.items():
                    own.setdefault(name, entry)
        return own


def _extent(opened: _Open, end: Any) -> tuple[Span, str]:
    # The end of a block collection is where the next token begins, often lines below.
    start = opened.event.start_mark.index
    stop = end.end_mark.index if opened.event.flow_style else opened.values[-1].span.end
    return Span(start, max(start, stop)), opened.event.tag or ""


def _scalar(event: Any) -> Scalar:
    tag, style = event.tag or "", event.style or ""
    if style == '"':
        # The Python parser lets escaped surrogates through, and no output could hold them.
        event.value.encode()
    is_null = not tag and not style and event.value in _NULLS
    span = Span(event.start_mark.index, event.end_mark.index)
    return Scalar(span, tag, None if is_null else event.value, style)
