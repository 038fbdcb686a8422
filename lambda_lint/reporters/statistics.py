"""How often each rule found something, for `--statistics`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.reporters.escape import write
from lambda_lint.reporters.summary import FIX_MARK, by_rule, is_fixable, verdict

if TYPE_CHECKING:
    from typing import TextIO

    from lambda_lint.model.finding import Result
    from lambda_lint.reporters.style import Style


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write `count CODE severity name` for each rule that found something, most frequent first."""
    rows = sorted(by_rule(result), key=lambda row: (-row.times, -row.severity, row.code, row.name))
    fixable = {finding.code for finding in result.findings if is_fixable(finding, unsafe=style.unsafe_fixes)}
    width = max((len(str(row.times)) for row in rows), default=0)
    for row in rows:
        mark = f" {FIX_MARK}" if row.code in fixable else ""
        write(stream, f"{row.times:>{width}}  {row.code}  {row.severity.label:<7}  {row.name}{mark}\n")
    if not style.quiet:
        write(stream, verdict(result) + "\n")
