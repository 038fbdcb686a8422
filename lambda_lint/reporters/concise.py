"""One line for each finding, for editors, `grep` and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.model.labels import Severity
from lambda_lint.reporters.escape import printable, write
from lambda_lint.reporters.summary import FIX_MARK, is_fixable, silence, verdict

if TYPE_CHECKING:
    from typing import TextIO

    from lambda_lint.model.finding import Finding, Result
    from lambda_lint.reporters.style import Style

# Written by hand, as rich takes longer to import than a run on a warm cache takes as a whole.
BOLD, DIM, CYAN, RESET = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"
SEVERITY_COLOR = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;34m"}


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write `path:line:column: CODE name message` for each finding, then notes and a summary."""
    for finding in result.findings:
        write(stream, _line(finding, style) + "\n")
    if style.show_suppressed:
        for silenced in result.suppressed:
            remark = printable(silence(silenced))
            write(stream, f"{_line(silenced.finding, style)} ({remark})\n")
    if not style.quiet:
        for note in result.notes:
            write(stream, f"note: {printable(note)}\n")
        write(stream, verdict(result) + "\n")


def _line(finding: Finding, style: Style) -> str:
    start = finding.location.start
    paint = _painted if style.color else _plain
    place = paint(printable(finding.location.path), BOLD) + paint(f":{start.line}:{start.column}:", DIM)
    code = paint(finding.code, SEVERITY_COLOR[finding.severity])
    mark = f" {paint(FIX_MARK, CYAN)}" if is_fixable(finding, unsafe=style.unsafe_fixes) else ""
    return f"{place} {code} {finding.name}{mark} {printable(finding.message)}"


def _painted(text: str, start: str) -> str:
    return f"{start}{text}{RESET}"


def _plain(text: str, _: str) -> str:
    return text
