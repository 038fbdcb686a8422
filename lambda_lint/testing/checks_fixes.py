"""Checks that fixes do what they say, and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lambda_lint.engine.apply import Applied
from lambda_lint.engine.fix import MISTAKES, fix
from lambda_lint.engine.inputs import Inputs
from lambda_lint.errors import LambdaLintError
from lambda_lint.model.labels import Safety
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lambda_lint.engine.fix import Fixed
    from lambda_lint.model.finding import Finding, Result
    from lambda_lint.model.fix import Fix
    from lambda_lint.testing.cases import CaseFile
    from lambda_lint.testing.trial import Linter, Project, Trial

FIX_SAFETY = "## Fix safety"


def fixes_are_declared(trial: Trial) -> Iterator[str]:
    """A fix is as safe as its rule declares, and a page says why one is not safe."""
    for finding, fix_of_it in _fixable(trial.result):
        info, safety = trial.lint.info(finding.name), fix_of_it.safety
        if safety not in info.fixable:
            yield f"`{finding.name}` has a fix that is {safety.value}, which its `fixable` does not say"
        if safety is Safety.UNSAFE and FIX_SAFETY not in info.page:
            yield f"`{finding.name}` has an unsafe fix, and its page has no `{FIX_SAFETY}`"


def each_fix_mends(trial: Trial) -> Iterator[str]:
    """Each fix alone leaves Python, does away with its finding, and brings no finding of any rule."""
    found = _fixable(trial.result)
    if not found:
        return
    everything = _company(trial)
    before = trial.lint(everything)
    for finding, fix_of_it in found:
        path = finding.location.path
        after = Applied(trial.text(path), fix_of_it.edits)
        changed = replace(everything, files={**everything.files, path: after.text.encode()})
        for problem in _spoilt(path, after.text):
            yield f"{_told(finding)}: {problem}"
        result = trial.lint(changed)
        if _is_left(finding, result, after):
            yield f"{_told(finding)}: its fix does not do away with it\n{after.text}"
        for problem in _new(before, result, {finding.name}):
            yield f"{_told(finding)}: its fix brings {problem}\n{after.text}"


def fixes_come_to_an_end(trial: Trial) -> Iterator[str]:
    """All fixes are applied, those of fixes included, and a second run changes nothing."""
    yield from problems_of_fixing(trial.lint, trial.project, trial.result)


def fixes_keep_line_ends(trial: Trial) -> Iterator[str]:
    r"""With `\r\n` the same comes of it with `\r\n`."""
    if not _fixable(trial.result):
        return
    plain = {change.source.path: change.text for change in _fixed(trial.lint, trial.project).changes}
    files = {path: data.replace(b"\n", b"\r\n") for path, data in trial.project.files.items()}
    for change in _fixed(trial.lint, replace(trial.project, files=files)).changes:
        path = change.source.path
        if change.text.replace("\r\n", "\n") != plain.get(path) or "\n" in change.text.replace("\r\n", ""):
            yield f"`{path}` is fixed in another way with CRLF:\n{change.text!r}"


def fixed_as_shown(trial: Trial) -> Iterator[str]:
    """A block headed `fixed` shows the text after all fixes; blank lines do not count."""
    shown = [file for file in trial.case.files if file.fixed is not None]
    if not shown:
        return
    texts = {change.source.path: change.text for change in _fixed(trial.lint, trial.project).changes}
    for file in shown:
        found = texts.get(file.path, file.text)
        if _lines(found) != _lines(file.fixed or ""):
            difference = _difference(file, found)
            yield f"`{file.path}` after fixing differs from the block headed `fixed`:\n{difference}"


CHECKS_OF_FIXES = (
    fixes_are_declared,
    each_fix_mends,
    fixes_come_to_an_end,
    fixes_keep_line_ends,
    fixed_as_shown,
)


def problems_of_fixing(lint: Linter, project: Project, result: Result) -> Iterator[str]:
    """What goes wrong when everything in a project with this result is fixed, unsafe fixes included."""
    if not _fixable(result):
        return
    fixed = _fixed(lint, project)
    yield from (note for note in fixed.result.notes if note.endswith(MISTAKES))
    for finding, _ in _fixable(fixed.result):
        yield f"{_told(finding)} is left although it has a fix"
    # What a rule says of a thing and of what is made of it may be one finding: then the second is left.
    mended = {finding.name for change in fixed.changes for finding in change.fixed}
    for problem in _new(result, fixed.result, mended):
        yield f"all fixes together bring {problem}"
    files = {**project.files, **{change.source.path: change.data for change in fixed.changes}}
    again = _fixed(lint, replace(project, files=files))
    for change in again.changes:
        yield f"{change.source.path}: a second run changes more:\n{change.source.text}->\n{change.text}"


@dataclass(frozen=True, slots=True)
class _Lint:
    """A linter of projects as one of inputs."""

    lint: Linter
    project: Project

    def __call__(self, inputs: Inputs) -> Result:
        return self.lint(replace(self.project, files=inputs.files, templates=inputs.templates))


def _fixed(lint: Linter, project: Project) -> Fixed:
    return fix(Inputs(project.files, project.templates), _Lint(lint, project), unsafe=True)


def _company(trial: Trial) -> Project:
    """The project with all rules on that are on by default, or with those of the case if they are not."""
    together = replace(trial.project, select=None)
    ran = {rule.name for rule in trial.lint(together).rules}
    return together if trial.rules is None or trial.rules <= ran else trial.project


def _fixable(result: Result) -> list[tuple[Finding, Fix]]:
    """The findings with fixes that can be applied, and these."""
    fixes = ((finding, finding.fix) for finding in result.findings)
    applied = (Safety.SAFE, Safety.UNSAFE)
    return [(finding, fix) for finding, fix in fixes if fix and fix.edits and fix.safety in applied]


def _spoilt(path: str, text: str) -> Iterator[str]:
    try:
        parse(Source(path, text))
    except LambdaLintError as error:
        yield f"the text is no Python: {error}\n{text}"


def _is_left(finding: Finding, result: Result, after: Applied) -> bool:
    place = after.place_of(finding.location.span.start)
    return any(
        (other.location.path, other.name, other.message)
        == (finding.location.path, finding.name, finding.message)
        and other.location.span.start in place
        for other in result.findings
    )


def _new(before: Result, after: Result, passed: Collection[str] = ()) -> Iterator[str]:
    """Findings of a rule that are more than there were in the file; those of some rules are passed over."""
    old = _counts(before)
    for (path, name), count in _counts(after).items():
        if count > old[path, name] and name not in passed:
            messages = [each.message for each in after.findings if each.name == name]
            yield f"[{name}] in `{path}`: {messages}"


def _counts(result: Result) -> Mapping[tuple[str, str], int]:
    return Counter((finding.location.path, finding.name) for finding in result.findings)


def _told(finding: Finding) -> str:
    start = finding.location.start
    return f"{finding.location.path}:{start.line}:{start.column} [{finding.name}]"


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _difference(file: CaseFile, found: str) -> str:
    import difflib  # noqa: PLC0415 - only for a failure

    return "\n".join(
        difflib.unified_diff(_lines(file.fixed or ""), _lines(found), "shown", "found", lineterm="")
    )
