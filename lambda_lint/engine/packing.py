"""Values as JSON text and back: what the cache keeps. Only classes that a packer names can come out of it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from lambda_lint.engine.found import Found
from lambda_lint.model.finding import Finding, HandlerInfo, Note, Result, RuleInfo, Suppressed
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Safety, Severity, Silencer, SourceKind
from lambda_lint.model.location import Location, Position, Span
from lambda_lint.syntax.comments import Directive, Kind, Named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import Enum

_PLAIN = frozenset({str, int, float, bool, type(None)})


class PackingError(ValueError):
    """The text is no packed value."""


class Packer:
    """Packs values of plain types, tuples, data classes and enumerations."""

    def __init__(self, classes: Iterable[type], enums: Iterable[type[Enum]]) -> None:
        classes = tuple(classes)
        self._enums = frozenset(enums)
        self._fields = {kind: tuple(field.name for field in fields(kind)) for kind in classes}
        self._kinds: tuple[Any, ...] = (*classes, *sorted(self._enums, key=str), Location, tuple, dict)
        self._numbers = {kind: number for number, kind in enumerate(self._kinds)}

    def pack(self, value: object) -> bytes:
        """A value of the known classes as text."""
        return json.dumps(self._packed(value), separators=(",", ":"), ensure_ascii=True).encode()

    def unpack(self, data: bytes) -> Any:
        """The value. PackingError if the text is no such value; its types are trusted beyond that."""
        try:
            return self._unpacked(json.loads(data))
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise PackingError(str(error)) from error

    def _packed(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        number = self._numbers[kind]
        if kind is Location:
            start, end = value.start, value.end
            at = (value.span.start, value.span.end, start.line, start.column, start.utf16)
            return [number, value.path, *at, end.line, end.column, end.utf16]
        if kind is tuple:
            return [number, *map(self._packed, value)]
        if kind is dict:
            return [number, value]
        if kind in self._enums:
            return [number, value.name]
        return [number, *(self._packed(getattr(value, name)) for name in self._fields[kind])]

    def _unpacked(self, data: Any) -> Any:
        if type(data) is not list:
            return data
        kind = self._kinds[data[0]]
        if kind is Location:
            _, path, start, end, *at = data
            return Location(path, Span(start, end), Position(*at[:3]), Position(*at[3:]))
        if kind is tuple:
            return tuple(map(self._unpacked, data[1:]))
        if kind is dict:
            return data[1]
        if kind in self._enums:
            return kind[data[1]]
        return kind(*map(self._unpacked, data[1:]))


_RESULTS = Packer(
    (
        Found,
        Result,
        Finding,
        Note,
        Fix,
        Edit,
        Suppressed,
        HandlerInfo,
        RuleInfo,
        Directive,
        Named,
        Span,
    ),
    (Category, Confidence, Origin, Safety, Severity, Silencer, SourceKind, Kind),
)
pack = _RESULTS.pack
unpack = _RESULTS.unpack
