"""Fixes applied in passes until nothing is left to fix, in memory; `fix_files` writes what comes of it.

A pass applies, file by file, the fixes that do not meet; then the project is linted again, as one fix may
make another possible, needless or wrong. A file keeps its last good text: one that parses, that can be
written in the file's encoding, that was not there before, and in which what was fixed is no longer found.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from lambda_lint.engine.apply import Applied, compatible
from lambda_lint.engine.write import encoded
from lambda_lint.errors import LambdaLintError, WriteError
from lambda_lint.model.labels import Safety
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.model.finding import Finding, Result

MOST_PASSES = 100

UNDONE = "the file would be again what it was before: fixes undo one another"
BROKEN = "what comes of it is no valid Python; this is a mistake in the rule"
LASTING = "its fix does not do away with it; this is a mistake in the rule"
MISTAKES = (UNDONE, BROKEN, LASTING)
"""What only a mistake in a rule can bring about."""
ENDLESS = f"fixes are still left after {MOST_PASSES} passes; run it again for the rest"


class Lint(Protocol):
    """Lints a project as often as it is changed."""

    def __call__(self, inputs: Inputs) -> Result: ...


@dataclass(frozen=True, slots=True)
class Change:
    """A file and the text it shall have."""

    source: Source
    """The file as it was read."""
    text: str
    fixed: tuple[Finding, ...]
    """What was fixed, each as it was found in its pass."""

    @property
    def data(self) -> bytes:
        """What the file shall hold."""
        return encoded(self.source, self.text)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What came of fixing a project."""

    result: Result
    """Of linting it as it is with all changes; the notes say what could not be fixed."""
    changes: tuple[Change, ...]
    """By path."""


def fix(inputs: Inputs, lint: Lint, *, unsafe: bool) -> Fixed:
    """Fix all that can be fixed in the files that are reported on; unsafe fixes only if asked."""
    return _Fixing(inputs, lint, {Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}).fixed()


@dataclass(slots=True)
class _File:
    """A file that is being fixed."""

    source: Source
    text: str
    fixed: list[Finding] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    """Every text it has had."""
    refused: dict[str, str] = field(default_factory=dict)
    """The names of rules whose fixes are given up here, and why."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What a pass did to a file."""

    before: str
    after: Applied
    findings: list[Finding]


class _Fixing:
    def __init__(self, inputs: Inputs, lint: Lint, allowed: set[Safety]) -> None:
        self._inputs, self._lint, self._allowed = inputs, lint, allowed
        self._files: dict[str, _File] = {}

    def fixed(self) -> Fixed:
        result, is_whole = self._lint(self._inputs), True
        for _ in range(MOST_PASSES):
            waiting = self._fixable(result)
            if not waiting and is_whole:
                break
            steps = self._pass(waiting)
            # Between passes only what is being fixed is linted; whether that was all, a whole run tells.
            is_whole = not steps
            result = self._lint(self._inputs if is_whole else self._only(waiting))
            undone = [path for path, step in steps.items() if not self._keeps(path, step, result)]
            if undone:
                result = self._lint(self._only(waiting))
        else:
            result = self._lint(self._inputs)
            for path in self._fixable(result):
                self._files[path].refused[""] = ENDLESS
        files = sorted(self._files.items())
        changes = [Change(each.source, each.text, tuple(each.fixed)) for _, each in files if each.fixed]
        notes = [
            f"`{path}`: {f'`{rule}` is not fixed: ' if rule else ''}{reason}"
            for path, each in files
            for rule, reason in sorted(each.refused.items())
        ]
        return Fixed(replace(result, notes=(*result.notes, *notes)), tuple(changes))

    def _fixable(self, result: Result) -> dict[str, list[Finding]]:
        """What may be fixed, by file."""
        found: dict[str, list[Finding]] = {}
        for finding in result.findings:
            path = finding.location.path
            if finding.fix is None or not finding.fix.edits or finding.fix.safety not in self._allowed:
                continue
            if path not in self._files:
                source = Source.from_bytes(path, self._inputs.files[path])
                self._files[path] = _File(source, source.text, texts={source.text})
            if finding.name not in self._files[path].refused:
                found.setdefault(path, []).append(finding)
        return found

    def _only(self, waiting: Mapping[str, list[Finding]]) -> Inputs:
        return replace(self._inputs, targets=frozenset(waiting))

    def _pass(self, waiting: Mapping[str, list[Finding]]) -> dict[str, _Step]:
        steps = {}
        for path, findings in waiting.items():
            chosen = compatible(findings)
            step = self._step(self._files[path], chosen)
            if step is None and len(chosen) > 1:
                # One of them is to blame. Alone, each shows what it does.
                step = self._step(self._files[path], chosen[:1])
            if step is None:
                continue
            self._set(path, step.after.text)
            steps[path] = step
        return steps

    def _step(self, file: _File, findings: list[Finding]) -> _Step | None:
        edits = [edit for finding in findings if finding.fix is not None for edit in finding.fix.edits]
        after = Applied(file.text, edits)
        problem = _problem(file, after.text)
        if problem is None:
            return _Step(file.text, after, findings)
        if len(findings) == 1:
            file.refused[findings[0].name] = problem
        return None

    def _set(self, path: str, text: str) -> None:
        file = self._files[path]
        file.text = text
        files = {**self._inputs.files, path: encoded(file.source, text)}
        self._inputs = replace(self._inputs, files=files)

    def _keeps(self, path: str, step: _Step, result: Result) -> bool:
        """Keep what a step did to a file if it mended what it should; else undo it."""
        file = self._files[path]
        left = [finding for finding in result.findings if finding.location.path == path]
        lasting = {finding.name for finding in step.findings if _is_among(finding, left, step.after)}
        if lasting:
            self._set(path, step.before)
            file.refused.update(dict.fromkeys(lasting, LASTING))
            return False
        file.fixed.extend(step.findings)
        file.texts.add(step.after.text)
        return True


def _problem(file: _File, text: str) -> str | None:
    """Why a file may not get this text."""
    from lambda_lint.syntax.parse import parse  # noqa: PLC0415 - imports libcst

    if text in file.texts:
        return UNDONE
    try:
        encoded(file.source, text)
        parse(Source(file.source.path, text))
    except WriteError as error:
        return str(error)
    except LambdaLintError:
        return BROKEN
    return None


def _is_among(finding: Finding, left: list[Finding], after: Applied) -> bool:
    """Whether a finding is still there after a pass: the same rule says the same of the same place."""
    place = after.place_of(finding.location.span.start)
    return any(
        other.code == finding.code and other.message == finding.message and other.location.span.start in place
        for other in left
    )
