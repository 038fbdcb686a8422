"""The report for a person at a terminal: source, path and advice for each finding, the worst last.

A terminal is read from its end, so files and findings stand in rising severity, and the counts below.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lambda_lint.reporters.canvas import Canvas, message
from lambda_lint.reporters.escape import write
from lambda_lint.reporters.finding_view import NOTE_STYLE, SEVERITY_STYLE, FindingView
from lambda_lint.reporters.line import Line
from lambda_lint.reporters.summary import by_rule, silence, verdict
from lambda_lint.reporters.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from lambda_lint.model.finding import Finding, Result
    from lambda_lint.reporters.style import Style


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write every finding with its source, then what the run has to say, then the counts."""
    canvas = Canvas(style)
    texts = Texts(result.sources)
    urls = {rule.code: rule.url for rule in result.rules}
    for finding, remark in _ordered(result, style):
        source = texts.source(finding.location.path)
        view = FindingView(canvas, finding, source, urls.get(finding.code))
        write(stream, canvas.drawn([*view.lines(remark), Line()]))
    if not style.quiet:
        write(stream, canvas.drawn(_summary(canvas, result)))


def _ordered(result: Result, style: Style) -> Iterator[tuple[Finding, str]]:
    """By file; the worst file last, and in it the worst finding. Suppressed ones come before all."""
    if style.show_suppressed:
        for silenced in result.suppressed:
            yield silenced.finding, silence(silenced)
    in_order = sorted(result.findings, key=lambda finding: finding.order)
    files = [
        sorted(findings, key=lambda finding: finding.severity)
        for _, findings in groupby(in_order, lambda finding: finding.location.path)
    ]
    for file in sorted(files, key=lambda findings: findings[-1].severity):
        for finding in file:
            yield finding, ""


def _summary(canvas: Canvas, result: Result) -> Iterator[Line]:
    rows = list(reversed(by_rule(result)))
    width = max((len(str(row.times)) for row in rows), default=0)
    # A table of one finding would say what stands right above it.
    if len(result.findings) > 1:
        for row in rows:
            line = Line(f"{row.times:>{width + 2}}  ")
            line.append(f"{row.severity.label:<7}", SEVERITY_STYLE[row.severity])
            yield line.append(f"  {row.code}  {row.name}")
        yield Line()
    for note in result.notes:
        yield from canvas.wrapped(
            Line(), Line().append("note", NOTE_STYLE).append(": ").append(message(note)), 2
        )
    style = SEVERITY_STYLE[rows[-1].severity] if rows else "bold red" if result.crashed else "bold green"
    yield from canvas.wrapped(Line(), Line(verdict(result), style), 2)
