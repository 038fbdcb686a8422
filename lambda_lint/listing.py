"""What commands other than `check` print, as plain text: aligned columns, handlers, settings."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from lambda_lint.reporters.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lambda_lint.model.finding import HandlerInfo
    from lambda_lint.settings.options import Settings


SHOWN_PART_BY_PART = frozenset({"choices", "per-file-ignores", "severity", "rules"})
"""Tables of the configuration; the choices are told rule by rule."""


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns two blanks apart; the last column is as wide as it likes."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1] = 0
    lines = (
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)


def handler_list(handlers: Iterable[HandlerInfo]) -> str:
    """Each handler: where it stands, how it is known, what triggers it, and what it reaches."""
    return "\n".join("".join(f"{line}\n" for line in _handler_lines(handler)) for handler in handlers)


def _handler_lines(handler: HandlerInfo) -> Iterator[str]:
    yield f"{printable(handler.name)}  (line {handler.location.start.line})"
    if handler.function:
        yield f"  function  {printable(handler.function)}"
    yield f"  known by  {', '.join(origin.value for origin in handler.origins)}"
    sources = ", ".join(source.value for source in handler.sources) or "unknown"
    yield f"  source    {sources}{' (from how it uses the event)' if handler.inferred else ''}"
    first, *others = handler.reaches or ("no other function of the project",)
    yield f"  reaches   {printable(first)}"
    for reached in others:
        yield f"            {printable(reached)}"


def settings_text(settings: Settings, file: str | None, reasons: Iterable[str]) -> str:
    """What holds for a run, in the words of the configuration, and each rule with why it runs or not."""
    lines = [f"configuration: {printable(file) if file else 'none'}", ""]
    lines += [f"{key} = {json.dumps(value)}" for key, value in _settings(settings)]
    return "".join(f"{line}\n" for line in [*lines, "", *reasons])


def _settings(settings: Settings) -> Iterator[tuple[str, object]]:
    for field in fields(settings):
        key, value = field.name.replace("_", "-"), getattr(settings, field.name)
        if key not in SHOWN_PART_BY_PART and value is not None:
            yield key, value
    for pattern, selectors in settings.per_file_ignores:
        yield f"per-file-ignores.{json.dumps(pattern)}", selectors
    for selector, severity in settings.severity:
        yield f"severity.{selector}", severity.label
    for table in settings.rules:
        for option, value in table.options:
            yield f"rules.{table.rule}.{option}", value


def profile(times: Mapping[str, float], rules: Mapping[str, str]) -> str:
    """Seconds of each phase and rule, the slowest first; `rules` are names by code."""
    own = [(seconds, code, rules[code]) for code, seconds in times.items() if code in rules]
    phases = [(seconds, phase, "") for phase, seconds in times.items() if phase not in rules]
    lines = ["seconds, added up over all processes:"]
    for part in (phases, own):
        for seconds, name, more in sorted(part, key=lambda each: (-each[0], each[1])):
            lines.append(f"{seconds:9.3f}  {name} {more}".rstrip())
    return "\n".join(lines)
