"""How `full` shows one finding: what is wrong, where in the source, how it is reached, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.model.labels import Safety, Severity
from lambda_lint.reporters.canvas import message
from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.excerpt import Excerpt, Role, Row
from lambda_lint.reporters.line import Line, cells
from lambda_lint.reporters.summary import FIX_MARK, counted, is_fixable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.model.finding import Finding, Note
    from lambda_lint.model.location import Location
    from lambda_lint.reporters.canvas import Canvas
    from lambda_lint.syntax.source import Source

SEVERITY_STYLE = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold bright_blue",
}
GUTTER_STYLE = "bright_blue"
NOTE_STYLE = "bright_blue"
MOST_STEPS = 8
MOST_NOTES = 6
SAFETY = {Safety.SAFE: "safe", Safety.UNSAFE: "unsafe", Safety.DISPLAY: "by hand"}


class FindingView:
    """The lines of one finding."""

    def __init__(self, canvas: Canvas, finding: Finding, source: Source | None, url: str | None) -> None:
        self._canvas = canvas
        self._finding = finding
        self._url = url
        self._rows: list[Row] = []
        self._unshown: Sequence[Note] = finding.related
        if source is not None and finding.location.start.line <= len(source.lines):
            gutter = len(f"{len(source.lines)} |   ")
            excerpt = Excerpt(source, finding.location, finding.related, canvas.width - gutter)
            self._rows = list(excerpt.rows())
            self._unshown = excerpt.unplaced
        self._margin = max((len(str(row.number or "")) for row in self._rows), default=1)

    def lines(self, remark: str = "") -> Iterator[Line]:
        """From the headline to the advice; `remark` stands behind the message."""
        yield from self._canvas.wrapped(Line(), self._headline(remark), 2)
        yield self._place()
        bar = self._gutter("|")
        if self._rows:
            yield bar
            yield from map(self._source_line, self._rows)
        remarks = list(self._remarks())
        if self._rows and remarks:
            yield bar
        for label, texts in remarks:
            yield from self._remark(label, texts)

    def _headline(self, remark: str) -> Line:
        finding = self._finding
        link = f" link {self._url}" if self._url and self._canvas.has_links else ""
        head = Line()
        head.append(finding.severity.label, SEVERITY_STYLE[finding.severity])
        head.append(" ").append(f"{finding.code} {finding.name}", f"bold{link}")
        if is_fixable(finding, unsafe=self._canvas.counts_unsafe_fixes):
            head.append(" ").append(FIX_MARK, "cyan")
        head.append(": ").append(message(finding.message))
        if remark:
            head.append(f" ({printable(remark)})", "dim")
        return head

    def _place(self) -> Line:
        place = self._gutter("-->", space=0).append(" ").append(_place(self._finding.location))
        if self._finding.function:
            place.append(f" in {printable(self._finding.function)}", "dim")
        return place

    def _gutter(self, sign: str, space: int = 1) -> Line:
        return Line(" " * (self._margin + space) + sign, GUTTER_STYLE)

    def _source_line(self, row: Row) -> Line:
        styles = {Role.PRIMARY: SEVERITY_STYLE[self._finding.severity], Role.SECONDARY: NOTE_STYLE}
        number = "...".ljust(self._margin + 2) if row.gap else f"{row.number or '':>{self._margin}} |"
        line = Line().append(number, GUTTER_STYLE).append(" ")
        for text, role in row.pieces:
            line.append(text, styles.get(role, "") if text.strip() else "")
        line.rstrip()
        return line

    def _remarks(self) -> Iterator[tuple[str, list[Line]]]:
        finding = self._finding
        if finding.path:
            yield "path", _table(finding.path)
        notes = self._unshown[:MOST_NOTES]
        for note in notes:
            yield "note", [_place(note.location).append(": ").append(message(note.text))]
        if len(self._unshown) > len(notes):
            yield "note", [Line(f"and {counted(len(self._unshown) - len(notes), 'further place')}")]
        if finding.help:
            yield "help", [message(finding.help)]
        if finding.fix:
            yield "fix", [message(finding.fix.title).append(f" ({SAFETY[finding.fix.safety]})", "dim")]
        if self._url and not self._canvas.has_links:
            yield "see", [Line(self._url, may_wrap=False)]

    def _remark(self, label: str, texts: list[Line]) -> Iterator[Line]:
        first = self._gutter("=").append(" ").append(f"{label}:", "bold").append(" ")
        indent = len(first.plain)
        for number, text in enumerate(texts):
            yield from self._canvas.wrapped(Line(" " * indent) if number else first, text, indent)


def _place(location: Location) -> Line:
    return Line(f"{printable(location.path)}:{location.start.line}:{location.start.column}")


def _table(path: Sequence[Note]) -> list[Line]:
    """A line for each step; the middle of a long path is left out."""
    shown = list(path)
    left_out = len(path) - MOST_STEPS
    if left_out > 1:
        shown = [*path[: MOST_STEPS // 2], *path[-(MOST_STEPS // 2) :]]
    places = [_place(step.location) for step in shown]
    widths = [cells(place.plain) for place in places]
    lines = [
        place.append(" " * (max(widths) - width + 2)).append(message(step.text))
        for place, width, step in zip(places, widths, shown, strict=True)
    ]
    if left_out > 1:
        lines.insert(MOST_STEPS // 2, Line(f"... {counted(left_out, 'more call')}", "dim"))
    return lines
