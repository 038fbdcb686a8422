"""The result in numbers and in one sentence, the same in every format for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.model.labels import Safety, Severity

if TYPE_CHECKING:
    from lambda_lint.model.finding import Finding, Result

WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "info"}
FIX_MARK = "[*]"
"""Stands behind the name of a finding that has a safe fix."""


class RuleCount(NamedTuple):
    """How often a rule found something at one severity: settings and rules may vary it per finding."""

    severity: Severity
    times: int
    code: str
    name: str


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun, such as `1 file` or `12 files`."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def by_severity(result: Result) -> dict[Severity, int]:
    """The number of findings of each severity, worst first; zeros included."""
    counts = Counter(finding.severity for finding in result.findings)
    return {severity: counts[severity] for severity in WORST_FIRST}


def by_rule(result: Result) -> list[RuleCount]:
    """The number of findings of each rule, worst first, then most frequent."""
    counts = Counter((finding.severity, finding.code, finding.name) for finding in result.findings)
    rows = [RuleCount(severity, count, code, name) for (severity, code, name), count in counts.items()]
    return sorted(rows, key=lambda row: (-row.severity, -row.times, row.code, row.name))


def has_safe_fix(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.safety is Safety.SAFE


def verdict(result: Result) -> str:
    """The last line of a report, such as `1 error and 3 warnings in 12 files, 4 handlers`."""
    found = [
        counted(count, severity.label, PLURALS[severity])
        for severity, count in by_severity(result).items()
        if count
    ]
    what = " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found) or "no findings"
    where = f"{counted(len(result.files), 'file')}, {counted(len(result.handlers), 'handler')}"
    further = []
    fixable = sum(map(has_safe_fix, result.findings))
    if fixable:
        further.append(f"{FIX_MARK} {fixable} with a safe fix")
    if result.suppressed:
        further.append(f"{len(result.suppressed)} suppressed")
    if result.crashed:
        further.append("incomplete, as a part of the analysis failed")
    return "; ".join([f"{what} in {where}", *further])
