"""Workflow commands, which GitHub Actions shows beside the changed lines.

GitHub keeps ten annotations of each level for a step and drops the rest, so the worst come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.model.labels import Severity
from lambda_lint.reporters.escape import printable, write
from lambda_lint.reporters.paths import relative_to_root
from lambda_lint.reporters.summary import FIX_MARK, SILENCED, is_fixable, verdict

if TYPE_CHECKING:
    from typing import TextIO

    from lambda_lint.model.finding import Finding, Result
    from lambda_lint.reporters.style import Style

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
DATA_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY_ESCAPES = DATA_ESCAPES | str.maketrans({":": "%3A", ",": "%2C"})


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write one command for each finding, worst first, then the notes and a summary."""
    for finding in sorted(result.findings, key=lambda finding: -finding.severity):
        write(stream, _command(LEVELS[finding.severity], _properties(finding, result), _text(finding, style)))
    if style.show_suppressed:
        for silenced in result.suppressed:
            text = f"{SILENCED[silenced.by]}: {_text(silenced.finding, style)}"
            write(stream, _command("notice", _properties(silenced.finding, result), text))
    if not style.quiet:
        for note in result.notes:
            write(stream, _command("notice", {"title": "lambda-lint"}, printable(note)))
        write(stream, f"lambda-lint: {verdict(result)}\n")


def _properties(finding: Finding, result: Result) -> dict[str, object]:
    start, end = finding.location.start, finding.location.end
    properties: dict[str, object] = {
        "title": f"lambda-lint ({finding.code} {finding.name})",
        "file": printable(relative_to_root(finding.location.path, result.root)),
        "line": start.line,
        "endLine": end.line,
    }
    if start.line == end.line:
        # GitHub refuses columns on an annotation of several lines.
        properties |= {"col": start.column, "endColumn": end.column}
    return properties


def _text(finding: Finding, style: Style) -> str:
    """What the log shows too, hence the place at its start."""
    start = finding.location.start
    place = f"{printable(finding.location.path)}:{start.line}:{start.column}"
    mark = f" {FIX_MARK}" if is_fixable(finding, unsafe=style.unsafe_fixes) else ""
    lines = [f"{place}: {finding.code}{mark} {printable(finding.message)}"]
    for step in finding.path:
        path, line = printable(step.location.path), step.location.start.line
        lines.append(f"from {path}:{line}: {printable(step.text)}")
    if finding.help:
        lines.append(f"help: {printable(finding.help)}")
    return "\n".join(lines)


def _command(name: str, properties: dict[str, object], text: str) -> str:
    given = ",".join(f"{key}={str(value).translate(PROPERTY_ESCAPES)}" for key, value in properties.items())
    return f"::{name} {given}::{text.translate(DATA_ESCAPES)}\n"
