"""The result in numbers and in one sentence, the same in every format for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.model.labels import Safety, Severity, Silencer

if TYPE_CHECKING:
    from lambda_lint.model.finding import Finding, Result, Suppressed

WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "info"}
SILENCED = {Silencer.COMMENT: "suppressed", Silencer.BASELINE: "in the baseline"}
FIX_MARK = "[*]"
"""Stands behind the name of a finding that `--fix` fixes."""


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


def is_fixable(finding: Finding, *, unsafe: bool) -> bool:
    """Whether `--fix` fixes it; with `unsafe`, together with `--unsafe-fixes`."""
    if finding.fix is None:
        return False
    return finding.fix.safety is Safety.SAFE or (unsafe and finding.fix.safety is Safety.UNSAFE)


def fixable(result: Result) -> str:
    """How many findings can be fixed, and how; empty if none can."""
    safe = sum(is_fixable(finding, unsafe=False) for finding in result.findings)
    more = sum(is_fixable(finding, unsafe=True) for finding in result.findings) - safe
    if not safe:
        return f"{more} fixable with `--fix --unsafe-fixes`" if more else ""
    return f"{FIX_MARK} {safe} fixable with `--fix`" + (
        f" ({more} more with `--unsafe-fixes`)" if more else ""
    )


def silence(entry: Suppressed) -> str:
    """Why a finding does not count, such as `suppressed: sent once a day`."""
    if entry.by is Silencer.BASELINE:
        return SILENCED[entry.by]
    return f"suppressed: {entry.reason}" if entry.reason else "suppressed"


def by_silencer(result: Result) -> dict[Silencer, int]:
    """How many findings comments silenced, and how many the baseline knows; zeros included."""
    counts = Counter(entry.by for entry in result.suppressed)
    return {silencer: counts[silencer] for silencer in Silencer}


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
    if fixes := fixable(result):
        further.append(fixes)
    for silencer, count in by_silencer(result).items():
        if count:
            further.append(f"{count} {SILENCED[silencer]}")
    if result.crashed:
        further.append("incomplete, as a part of the analysis failed")
    return "; ".join([f"{what} in {where}", *further])
