"""One JSON document, as `schema.json` describes it.

`version` is raised when a field is removed or changes its meaning, not when one is added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lambda_lint
from lambda_lint.model.labels import Silencer
from lambda_lint.reporters.encode import encode
from lambda_lint.reporters.summary import by_rule, by_severity, by_silencer
from lambda_lint.reporters.texts import Texts

if TYPE_CHECKING:
    from typing import TextIO

    from lambda_lint.model.finding import Finding, HandlerInfo, Note, Result, Suppressed
    from lambda_lint.model.location import Location, Position
    from lambda_lint.reporters.style import Style

VERSION = 1


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write the whole result as one document."""
    convert = Converter(result)
    document: dict[str, Any] = {
        "version": VERSION,
        "tool": {"name": "lambda-lint", "version": lambda_lint.__version__},
        "findings": [convert.finding(finding) for finding in result.findings],
    }
    if style.show_suppressed:
        document["suppressed"] = [convert.suppressed(silenced) for silenced in result.suppressed]
    document |= {
        "notes": list(result.notes),
        "handlers": [handler_data(handler) for handler in result.handlers],
        "summary": summary_data(result),
    }
    stream.write(encode(document, indent=2) + "\n")


class Converter:
    """Findings as plain data; it holds what they refer to: texts and rules."""

    def __init__(self, result: Result) -> None:
        self._texts = Texts(result.sources)
        self._urls = {rule.code: rule.url for rule in result.rules}

    def finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "code": finding.code,
            "name": finding.name,
            "category": finding.category.value,
            "severity": finding.severity.label,
            "confidence": finding.confidence.label,
            "message": finding.message,
            "location": location_data(finding.location),
            "function": finding.function,
            "call_path": [_note_data(step) for step in finding.path],
            "related": [_note_data(note) for note in finding.related],
            "help": finding.help,
            "url": self._urls.get(finding.code) or None,
            "fix": self._fix(finding),
            "line_hash": finding.line_hash,
        }

    def suppressed(self, silenced: Suppressed) -> dict[str, Any]:
        return {
            "finding": self.finding(silenced.finding),
            "by": silenced.by.value,
            "reason": silenced.reason,
        }

    def _fix(self, finding: Finding) -> dict[str, Any] | None:
        places = self._texts.places(finding.fix, finding.location.path)
        if finding.fix is None or not places:
            return None
        return {
            "title": finding.fix.title,
            "safety": finding.fix.safety.value,
            "edits": [{**_range_data(place), "text": text} for place, text in places],
        }


def handler_data(handler: HandlerInfo) -> dict[str, Any]:
    """A handler, as `lambda-lint handlers` also writes it."""
    return {
        "name": handler.name,
        "location": location_data(handler.location),
        "origins": [origin.value for origin in handler.origins],
        "sources": [source.value for source in handler.sources],
        "inferred": handler.inferred,
        "function": handler.function,
        "reaches": list(handler.reaches),
    }


def summary_data(result: Result) -> dict[str, Any]:
    """The numbers. Rules that found nothing are not named."""
    counts: dict[str, int] = {}
    for row in by_rule(result):
        counts[row.code] = counts.get(row.code, 0) + row.times
    return {
        "files": len(result.files),
        "handlers": len(result.handlers),
        "findings": len(result.findings),
        "suppressed": by_silencer(result)[Silencer.COMMENT],
        "in_baseline": by_silencer(result)[Silencer.BASELINE],
        "by_severity": {severity.label: count for severity, count in by_severity(result).items()},
        "by_rule": dict(sorted(counts.items())),
        "crashed": result.crashed,
    }


def location_data(location: Location) -> dict[str, Any]:
    """A place: the path as the user sees it, the range from `start` up to, not including, `end`."""
    return {"path": location.path, **_range_data(location)}


def _range_data(location: Location) -> dict[str, Any]:
    return {
        "start": _position_data(location.start, location.span.start),
        "end": _position_data(location.end, location.span.end),
    }


def _position_data(position: Position, offset: int) -> dict[str, int]:
    return {
        "line": position.line,
        "column": position.column,
        "utf16_column": position.utf16,
        "offset": offset,
    }


def _note_data(note: Note) -> dict[str, Any]:
    return {"location": location_data(note.location), "text": note.text}
