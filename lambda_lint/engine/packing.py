"""Results as JSON text and back: what the cache keeps. Only the classes named here can come out of it."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import Enum
from typing import Any

from lambda_lint.engine.found import Found
from lambda_lint.model.finding import Finding, HandlerInfo, Note, Result, RuleInfo, Suppressed
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Safety, Severity, Silencer, SourceKind
from lambda_lint.model.location import Location, Position, Span
from lambda_lint.syntax.comments import Directive, Kind, Named

_CLASSES = (
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
)
_ENUMS = (Category, Confidence, Origin, Safety, Severity, Silencer, SourceKind, Kind)
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in _CLASSES}
_NUMBERS = {kind: number for number, kind in enumerate((*_CLASSES, *_ENUMS, Location, tuple, dict))}
_KINDS: tuple[Any, ...] = tuple(_NUMBERS)
_PLAIN = frozenset({str, int, float, bool, type(None)})


class PackingError(ValueError):
    """The text is no packed result."""


def pack(value: object) -> bytes:
    """A value of the known classes as text."""
    return json.dumps(_packed(value), separators=(",", ":"), ensure_ascii=True).encode()


def unpack(data: bytes) -> Any:
    """The value. PackingError if the text is no such value; its types are trusted beyond that."""
    try:
        return _unpacked(json.loads(data))
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise PackingError(str(error)) from error


def _packed(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    number = _NUMBERS[kind]
    if kind is Location:
        start, end = value.start, value.end
        at = (value.span.start, value.span.end, start.line, start.column, start.utf16)
        return [number, value.path, *at, end.line, end.column, end.utf16]
    if kind is tuple:
        return [number, *map(_packed, value)]
    if kind is dict:
        return [number, value]
    if issubclass(kind, Enum):
        return [number, value.name]
    return [number, *(_packed(getattr(value, name)) for name in _FIELDS[kind])]


def _unpacked(data: Any) -> Any:
    if type(data) is not list:
        return data
    kind = _KINDS[data[0]]
    if kind is Location:
        _, path, start, end, *at = data
        return Location(path, Span(start, end), Position(*at[:3]), Position(*at[3:]))
    if kind is tuple:
        return tuple(map(_unpacked, data[1:]))
    if kind is dict:
        return data[1]
    if kind in _ENUMS:
        return kind[data[1]]
    return kind(*map(_unpacked, data[1:]))
