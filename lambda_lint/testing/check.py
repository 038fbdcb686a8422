"""Run a case and compare; then ask what must hold for every case."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from lambda_lint.testing.cases import parse_page
from lambda_lint.testing.checks import CHECKS
from lambda_lint.testing.checks_fixes import problems_of_fixing
from lambda_lint.testing.compare import unmet
from lambda_lint.testing.mutate import MUTATIONS, mutants_of, original_lines
from lambda_lint.testing.trial import is_ours, start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.model.finding import Result
    from lambda_lint.testing.cases import Case
    from lambda_lint.testing.checks import Check
    from lambda_lint.testing.mutate import Lines, Mutant, Mutation
    from lambda_lint.testing.trial import Linter, Trial

UPDATE = "LAMBDA_LINT_UPDATE_SNAPSHOTS"
"""Set to `1`, this environment variable makes snapshots what they are found to be."""


class CaseFailedError(AssertionError):
    """A case does not hold. The message says where, and what is different."""


def check_case(case: Case, lint: Linter | None = None, checks: Iterable[Check] = CHECKS) -> None:
    """Raise `CaseFailedError` unless the case finds what it says and passes every check."""
    trial = start(case, lint or _installed())
    problems: list[str] = []
    if trial.result.crashed:
        problems.append("the run crashed")
    if difference := unmet(trial):
        problems.append(f"expected and found differ:\n{difference}")
    problems += _snapshot(trial)
    if not problems:
        problems += [f"{check.__name__}: {problem}" for check in checks for problem in check(trial)]
    _report(case, problems)


def check_mutants(
    case: Case, lint: Linter | None = None, mutations: Iterable[Mutation] = MUTATIONS
) -> tuple[str, ...]:
    """Raise `CaseFailedError` unless each mutant has the case's findings, no more and no less.

    What of them can be fixed must come out well. Returns the names of the mutations that applied.
    """
    trial = start(case, lint or _installed())
    expected = _located(trial, trial.result, original_lines(case))
    problems: list[str] = []
    mutants = mutants_of(case, mutations)
    for name, mutant in mutants.items():
        problems += [f"{name}: {problem}" for problem in _survivors(trial, expected, mutant)]
    _report(case, problems)
    return tuple(mutants)


def render(result: Result) -> str:
    """The findings as a person sees them in a pipe: what a snapshot holds."""
    from lambda_lint.reporters.full import report  # noqa: PLC0415 - imports rich
    from lambda_lint.reporters.style import Style  # noqa: PLC0415 - belongs to the line above

    stream = StringIO()
    report(result, stream, Style(quiet=True))
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").split("\n")) + "\n"


def _installed() -> Linter:
    from lambda_lint.testing.engine import installed  # noqa: PLC0415 - loads every rule

    return installed()


def _report(case: Case, problems: list[str]) -> None:
    if problems:
        raise CaseFailedError("\n".join([f"{case.page}:{case.line}: {case.title}", *problems]))


def _snapshot(trial: Trial) -> Iterator[str]:
    snapshot = trial.case.snapshot
    if snapshot is None:
        return
    found = render(trial.result)
    if found == snapshot.text:
        return
    if os.environ.get(UPDATE) == "1":
        _update(trial.case, found)
        return
    difference = "".join(
        difflib.unified_diff(
            snapshot.text.splitlines(keepends=True), found.splitlines(keepends=True), "snapshot", "found"
        )
    )
    yield f"the output differs from the snapshot ({UPDATE}=1 updates it):\n{difference}"


def _update(case: Case, found: str) -> None:
    """Write the output into the page, which may have changed since the case was read."""
    page = case.page.read_text(encoding="utf-8")
    lines = page.split("\n")
    for other in parse_page(case.page, page):
        if other.title == case.title and other.snapshot is not None:
            first = other.snapshot.line - 1
            text = [(other.snapshot.indent + line).rstrip() for line in found.rstrip("\n").split("\n")]
            lines[first : first + other.snapshot.text.count("\n")] = text
    case.page.write_text("\n".join(lines), encoding="utf-8")


def _located(trial: Trial, result: Result, lines: Lines) -> Counter[tuple[str, str, int]]:
    """Each finding's rule, and the line of the case that it speaks of."""
    found: Counter[tuple[str, str, int]] = Counter()
    findings = [*trial.own(result), *(finding for finding in result.findings if is_ours(finding))]
    for finding in dict.fromkeys(findings):
        place = (finding.location.path, finding.location.start.line)
        found[(finding.name, *lines.get(place, place))] += 1
    return found


def _survivors(trial: Trial, expected: Counter[tuple[str, str, int]], mutant: Mutant) -> Iterator[str]:
    files = {path: text.encode() for path, text in mutant.files.items()}
    project = replace(trial.project, files=files)
    result = trial.lint(project)
    found = _located(trial, result, mutant.lines)
    for word, places in (("lost", expected - found), ("new", found - expected)):
        for (rule, path, line), count in sorted(places.items()):
            text = trial.text(path).split("\n")[line - 1].strip()
            yield f"{word} ({count}): [{rule}] {path}:{line}: {text}\n{_difference(trial, mutant)}"
    for problem in problems_of_fixing(trial.lint, project, result):
        yield f"{problem}\n{_difference(trial, mutant)}"


def _difference(trial: Trial, mutant: Mutant) -> str:
    before = {file.path: file.text for file in trial.case.files}
    return "".join(
        "".join(
            difflib.unified_diff(
                before.get(path, "").splitlines(keepends=True),
                text.splitlines(keepends=True),
                path,
                path,
                n=0,
            )
        )
        for path, text in mutant.files.items()
    )
