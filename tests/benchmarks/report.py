"""The tables of a run: the targets with what was measured, and the medians of each scenario."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from rounds import ratio
from scenarios import COLD, TARGETS, cpu, main_peak, wall, worker_peak
from tools import package_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rounds import Series
    from scenarios import Target

BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"
Results = dict[str, dict[str, "Series"]]


@dataclass(frozen=True, slots=True)
class Machine:
    day: str
    cores: int
    processor: str
    python: str
    system: str

    def __str__(self) -> str:
        return f"{self.day}: {self.cores} cores, {self.processor}, Python {self.python}, {self.system}"


def this_machine() -> Machine:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cpuinfo = Path("/proc/cpuinfo")
    model = (
        re.search(r"model name\s*: (.+)", cpuinfo.read_text(encoding="utf-8")) if cpuinfo.exists() else None
    )
    processor = model[1] if model else platform.processor() or platform.machine()
    today = datetime.now(tz=timezone.utc).date().isoformat()
    return Machine(today, cores, processor, platform.python_version(), platform.system())


def measured(target: Target, results: Results) -> float | None:
    """The ratio that a target is about; None when one of the two was not measured, or did not do its work."""
    scenario = results.get(target.scenario, {})
    ours, theirs = scenario.get(target.ours), scenario.get(target.theirs)
    if ours is None or theirs is None:
        return None
    by = target.theirs_by or target.figure
    times = ratio(ours, theirs, target.figure, by)
    if times is not None and target.per_file:
        times *= theirs.case.files / ours.case.files
    return times


def verdict(target: Target, value: float | None) -> str:
    if value is None:
        return "not measured"
    met = value >= target.bound if target.at_least else value <= target.bound
    return "met" if met else "missed"


def target_table(results: Results) -> Iterator[str]:
    yield "| scenario | against | target | ratio | |"
    yield "|---|---|---:|---:|---|"
    for target in TARGETS:
        value = measured(target, results)
        what = f", {target.what}" if target.what else ""
        bound = f"{'≥' if target.at_least else '≤'} {target.bound:g}"
        shown = "" if value is None else f"{value:.3g}"
        yield (
            f"| {target.scenario}: {target.ours}{what} | {target.theirs} | {bound} | {shown} "
            f"| {verdict(target, value)} |"
        )


def median_table(scenario: Mapping[str, Series], versions: Mapping[str, str]) -> Iterator[str]:
    """The medians. The ratios are those of our cold run to the line's: below 1, ours is the faster."""
    reference = scenario.get(COLD)
    yield "| | rounds | wall s | CPU s | main MiB | worker MiB | files | findings | wall ratio | CPU ratio |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name, series in scenario.items():
        version = versions.get(package_of(name), "")
        title = f"{name} ({version})" if version else name
        if series.problem or not series.runs:
            yield f"| {title} | {series.problem or 'no run'} | | | | | | | | |"
            continue
        times = [ratio(reference, series, figure, figure) if reference else None for figure in (wall, cpu)]
        figures = (
            f"{len(series.runs)}",
            *(f"{series.median(figure):.2f}" for figure in (wall, cpu)),
            *(f"{series.median(figure):.0f}" for figure in (main_peak, worker_peak)),
            "" if series.files is None else str(series.files),
            str(series.findings),
            *("" if value is None else f"{value:.2f}" for value in times),
        )
        yield f"| {title} | {' | '.join(figures)} |"


def readme_part(
    results: Results, versions: Mapping[str, str], titles: Mapping[str, str], machine: Machine
) -> str:
    """What the README shows: the targets, and the medians on public Lambda code."""
    parts = [str(machine) + ".", "", *target_table(results)]
    if "lambda" in results:
        parts += ["", f"{titles['lambda']}:", "", *median_table(results["lambda"], versions)]
    return "\n".join(parts)


def with_part(text: str, part: str) -> str:
    """A text with another part between the two markers."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the markers of the benchmark are missing")
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{after}"


def whole(results: Results, versions: Mapping[str, str], titles: Mapping[str, str]) -> Iterable[str]:
    """Everything, for the terminal."""
    yield from target_table(results)
    for name, scenario in results.items():
        yield f"\n{titles[name]}\n"
        yield from median_table(scenario, versions)


def as_json(
    results: Results, versions: Mapping[str, str], titles: Mapping[str, str], machine: Machine
) -> str:
    """Every run, without what the tools printed."""
    kept = ("wall", "cpu", "main", "worker", "code")
    scenarios = {
        name: {
            "title": titles[name],
            "cases": {
                label: {
                    "problem": series.problem,
                    "files": series.files,
                    "findings": series.findings,
                    "runs": [{key: getattr(usage, key) for key in kept} for usage in series.runs],
                }
                for label, series in scenario.items()
            },
        }
        for name, scenario in results.items()
    }
    targets = [
        {
            "scenario": target.scenario,
            "ours": target.ours,
            "theirs": target.theirs,
            "what": target.what or "wall time",
            "bound": target.bound,
            "at_least": target.at_least,
            "measured": (value := measured(target, results)),
            "verdict": verdict(target, value),
        }
        for target in TARGETS
    ]
    report = {
        "machine": dataclasses.asdict(machine),
        "versions": dict(versions),
        "targets": targets,
        "scenarios": scenarios,
    }
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"
