"""Checks that a user can silence whatever is found, in every way that the documentation names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lambda_lint.testing.silence import Silencer
from lambda_lint.testing.trial import is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lambda_lint.model.finding import Finding
    from lambda_lint.testing.trial import Project, Trial

UNUSED = "unused-suppression"


def silenced_on_the_line(trial: Trial) -> Iterator[str]:
    """`# lambda-lint: ignore[name]` on the reported line silences what is reported there."""
    yield from _silenced(trial, lambda found: f"# lambda-lint: ignore[{', '.join(_names(found))}] why not")


def silenced_by_noqa(trial: Trial) -> Iterator[str]:
    """`# noqa: CODE` does the same."""
    yield from _silenced(trial, lambda found: f"# noqa: {', '.join(sorted({each.code for each in found}))}")


def silenced_for_the_file(trial: Trial) -> Iterator[str]:
    """`# lambda-lint: ignore-file[name]` at the top silences the whole file."""
    by_path: dict[str, list[Finding]] = {}
    for finding in _silenceable(trial):
        by_path.setdefault(finding.location.path, []).append(finding)
    texts: dict[str, str] = {}
    for path, found in by_path.items():
        comment = f"# lambda-lint: ignore-file[{', '.join(_names(found))}] why not"
        text = _silencer(trial, path).for_file(comment)
        if text is not None:
            texts[path] = text
    silenced = [finding for path in texts for finding in by_path[path]]
    yield from _is_silent(trial, trial.with_texts(texts), silenced)


def silenced_on_the_path(trial: Trial) -> Iterator[str]:
    """A suppression on any call of the path silences the finding that passes through it."""
    for finding in _silenceable(trial):
        comment = f"# lambda-lint: ignore[{finding.name}]"
        for step in finding.path:
            path, line = step.location.path, step.location.start.line
            text = _silencer(trial, path).on({line: comment})
            if text is None:
                continue
            for problem in _is_silent(trial, trial.with_texts({path: text}), [finding]):
                yield f"suppressed at the call `{path}:{line}`: {problem}"


def _silenceable(trial: Trial) -> list[Finding]:
    """Findings in files that can hold a comment."""
    return [
        finding
        for finding in trial.result.findings
        if not is_ours(finding) and not finding.location.path.endswith(".json")
    ]


def _names(found: Iterable[Finding]) -> list[str]:
    return sorted({finding.name for finding in found})


def _silencer(trial: Trial, path: str) -> Silencer:
    return Silencer(trial.text(path), path in trial.project.files, path.endswith(".ts"))


def _silenced(trial: Trial, comment: Callable[[list[Finding]], str]) -> Iterator[str]:
    by_line: dict[tuple[str, int], list[Finding]] = {}
    for finding in _silenceable(trial):
        by_line.setdefault((finding.location.path, finding.location.start.line), []).append(finding)
    texts: dict[str, str] = {}
    silenced: list[Finding] = []
    for path in sorted({path for path, _ in by_line}):
        here = {line: found for (where, line), found in by_line.items() if where == path}
        text = _silencer(trial, path).on({line: comment(found) for line, found in here.items()})
        if text is not None:
            texts[path] = text
            silenced += [finding for found in here.values() for finding in found]
    yield from _is_silent(trial, trial.with_texts(texts), silenced)


def _is_silent(trial: Trial, project: Project, silenced: list[Finding]) -> Iterator[str]:
    """Compared by message, since a comment above a statement moves it by a line."""
    if not silenced:
        return
    result = trial.lint(project)
    remaining = Counter((finding.location.path, finding.name, finding.message) for finding in result.findings)
    before = Counter((each.location.path, each.name, each.message) for each in trial.result.findings)
    gone = Counter((each.location.path, each.name, each.message) for each in silenced)
    if left := (remaining - (before - gone)) & gone:
        yield f"these findings are not silenced: {sorted(left.elements())}"
    known = Counter(each.message for each in trial.result.findings if each.name == UNUSED)
    found = Counter(each.message for each in result.findings if each.name == UNUSED)
    if unused := found - known:
        yield f"the suppression counts as unused: {sorted(unused)}"
    if len(result.suppressed) - len(trial.result.suppressed) < len(silenced):
        yield f"{len(result.suppressed)} findings are listed as suppressed, not {len(silenced)} more"
