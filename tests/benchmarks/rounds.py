"""Runs side by side: in each round every case runs once, and ratios are made of runs of one round only.

The load and the clock of a machine drift by a quarter within minutes, so two medians taken in different
minutes say little. A ratio here is the median, over the rounds, of one case's figure divided by the other's
in the same round. The order rotates, so that no case always runs after the same one. Slow cases take part
in the first rounds only, and the table says in how many.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from processes import Usage, run

if TYPE_CHECKING:
    from pathlib import Path

    from tools import Tool

Figure = Callable[[Usage], float]

SLOW = 20.0
ENOUGH = 0.8
"""The share of the files that a tool has to read: some leave out empty ones, a sixth of public code."""


@dataclass(frozen=True, slots=True)
class Case:
    """A tool on a folder. `before` is called before each run, untimed; `primed` runs once uncounted."""

    tool: Tool
    folder: Path
    files: int
    before: Callable[[], object] | None = None
    primed: bool = False
    findings: int | None = None
    label: str = ""
    paths: tuple[str, ...] = (".",)

    @property
    def name(self) -> str:
        return self.label or self.tool.name


@dataclass(slots=True)
class Series:
    """The runs of a case, one a round; a problem makes them worthless."""

    case: Case
    runs: list[Usage] = field(default_factory=list)
    problem: str = ""
    findings: int | None = None
    files: int | None = None

    def median(self, figure: Figure) -> float:
        return statistics.median(map(figure, self.runs))


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    slow_rounds: int
    timeout: float
    tell: Callable[[str], object]


def alternate(cases: list[Case], plan: Plan) -> dict[str, Series]:
    """Run the cases in rounds."""
    all_series = [Series(case) for case in cases]
    for series in all_series:
        if series.case.primed:
            _run(series, plan, counts=False)
    for number in range(plan.rounds):
        turn = number % len(all_series)
        for series in all_series[turn:] + all_series[:turn]:
            slow = bool(series.runs) and series.runs[0].wall > SLOW
            if not series.problem and (number < plan.slow_rounds or not slow):
                _run(series, plan)
    return {series.case.name: series for series in all_series}


def _run(series: Series, plan: Plan, *, counts: bool = True) -> None:
    case = series.case
    if case.before is not None:
        case.before()
    usage = run((*case.tool.command, *case.paths), case.folder, plan.timeout)
    series.problem = _judge(series, usage)
    plan.tell(f"  {case.name}: {usage.wall:.2f} s {series.problem}")
    if counts:
        series.runs.append(replace(usage, out="", err=""))


def _judge(series: Series, usage: Usage) -> str:
    """What speaks against it that this run did the work; nothing, when it did."""
    case = series.case
    if usage.code is None:
        return "out of time"
    if usage.code not in case.tool.codes:
        return f"exit code {usage.code}"
    try:
        work = case.tool.account(usage)
    except (ValueError, LookupError):
        return "no account of its work"
    files = work.files
    if case.tool.listing and series.files is None:
        listed = run((*case.tool.listing, *case.paths), case.folder, 60)
        files = len(listed.out.splitlines())
    files = series.files if files is None else files
    if files is not None and files < ENOUGH * case.files:
        return f"read {files} of {case.files} files"
    if case.findings is not None and work.findings != case.findings:
        return f"{work.findings} findings instead of {case.findings}"
    if series.findings is not None and work.findings != series.findings:
        return f"{work.findings} findings after {series.findings}"
    series.files, series.findings = files, work.findings
    return ""


def ratio(ours: Series, theirs: Series, by: Figure, theirs_by: Figure) -> float | None:
    """The median ratio within a round; None when either did not do its work, or had nothing to compare."""
    if ours.problem or theirs.problem:
        return None
    pairs = [(by(one), theirs_by(other)) for one, other in zip(ours.runs, theirs.runs, strict=False)]
    ratios = [one / other for one, other in pairs if one and other]
    return statistics.median(ratios) if ratios else None
