"""What a case expects against what was found, and the difference in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.model.finding import Finding
    from lambda_lint.testing.annotations import Expectation
    from lambda_lint.testing.cases import CaseFile
    from lambda_lint.testing.trial import Trial


def unmet(trial: Trial) -> str:
    """All that was expected and is missing, and all that was found unexpectedly; empty if neither."""
    parts: list[str] = []
    for file in trial.case.everything:
        found = [finding for finding in trial.result.findings if finding.location.path == file.path]
        lines = list(_differences(trial, file, found))
        if lines:
            parts.append("\n".join([f"  {file.path}", *lines]))
    known = {file.path for file in trial.case.everything}
    parts += [
        f"  {finding.location.path}\n    unexpected [{finding.name}] {finding.message} (not in the case)"
        for finding in trial.result.findings
        if finding.location.path not in known
    ]
    return "\n".join(parts)


def _differences(trial: Trial, file: CaseFile, found: Sequence[Finding]) -> Iterator[str]:
    missing, unexpected = _match(trial, file.expectations, found)
    lines = file.text.split("\n")
    told: list[tuple[int, str]] = [
        (expectation.line, f"missing     {expectation}") for expectation in missing
    ]
    told += [
        (
            finding.location.start.line,
            f'unexpected  {finding.location.start.column} [{finding.name}] "{finding.message}"',
        )
        for finding in unexpected
    ]
    for number, text in sorted(told):
        line = lines[number - 1].strip() if number <= len(lines) else ""
        yield f"    line {number} (page {file.line + number - 1}): {line}\n      {text}"


def _match(
    trial: Trial, expectations: Sequence[Expectation], found: Sequence[Finding]
) -> tuple[list[Expectation], list[Finding]]:
    """Pair each expectation with a finding of its own; the ones that say more choose first."""
    remaining = list(found)
    missing: list[Expectation] = []
    for expectation in sorted(expectations, key=lambda each: (each.column is None) + (each.message is None)):
        finding = next((each for each in remaining if _meets(trial, expectation, each)), None)
        if finding is None:
            missing.append(expectation)
        else:
            remaining.remove(finding)
    return missing, remaining


def _meets(trial: Trial, expectation: Expectation, finding: Finding) -> bool:
    start = finding.location.start
    return (
        start.line == expectation.line
        and trial.lint.name_of(expectation.rule) == finding.name
        and expectation.column in {None, start.column}
        and (expectation.message or "") in finding.message
    )
