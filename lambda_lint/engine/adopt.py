"""What of a result counts: not what the baseline knows, and if so asked only what is on changed lines.

Both are for a project that takes up lambda-lint with findings it cannot mend at once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.discovery import shown
from lambda_lint.discovery.paths import is_below
from lambda_lint.engine.baseline import Baseline, Key, read
from lambda_lint.engine.changed import OF_THE_FILE, Changed, changed_since
from lambda_lint.errors import ConfigurationError, UsageError
from lambda_lint.model.finding import Suppressed
from lambda_lint.model.labels import Silencer
from lambda_lint.settings.load import common_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.model.finding import Finding, Result

DEFAULT_FILE = "lambda-lint-baseline.json"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at."""

    root: Path
    """The project's, to which the paths of a baseline are relative."""
    cwd: Path
    asked: tuple[Path, ...] = ()
    """The files and folders that were asked for; none means the working folder."""
    every_rule: bool = True
    """Whether the command line left it to the configuration which rules run."""

    def keyed(self, path: str) -> str:
        """The path of a finding as a baseline has it."""
        return Path(os.path.relpath(os.path.normpath(self.cwd / path), self.root)).as_posix()

    def judged(self, result: Result) -> Callable[[Key], bool]:
        """Whether a finding that a baseline knows would have been found again, were it still there.

        That of a file or by a rule that was not looked at, or could not be, would not.
        """
        asked = [os.path.normpath(self.cwd / path) for path in self.asked] or [os.fspath(self.cwd)]
        everything = [*result.findings, *(entry.finding for entry in result.suppressed)]
        unread = {self.keyed(each.location.path) for each in everything if each.code in OF_THE_FILE}
        ran = {rule.name for rule in result.rules}

        def judged(key: Key) -> bool:
            if result.crashed or not (self.every_rule or key.rule in ran):
                return False
            if any(is_below(key.path, path) for path in unread):
                return False
            path = os.path.normpath(self.root / key.path)
            return any(is_below(path, place) for place in asked)

        return judged


@dataclass(frozen=True, slots=True)
class Sieve:
    """Takes out of a result what does not count."""

    scope: Scope
    baseline: Baseline | None = None
    changed: Changed | None = None
    since: str = ""
    """The revision, as it was asked for."""

    def __call__(self, result: Result, inputs: Inputs) -> Result:
        """What is left of the result of these inputs; the rest is suppressed, or left out with a note."""
        if self.baseline is not None:
            result = self._without_known(self.baseline, result)
        return result if self.changed is None else self._without_old(self.changed, result, inputs)

    def _without_known(self, baseline: Baseline, result: Result) -> Result:
        new, known, left = baseline.split(result.findings, self.scope.keyed)
        # What is known is not fixed.
        known = [replace(finding, fix=None) for finding in known]
        entries = [*result.suppressed, *(Suppressed(finding, None, Silencer.BASELINE) for finding in known)]
        gone = left.only(self.scope.judged(result)).total
        notes = list(result.notes)
        if gone:
            what = (
                "1 finding of the baseline is gone"
                if gone == 1
                else f"{gone} findings of the baseline are gone"
            )
            notes.append(f"{what}: `lambda-lint baseline prune` takes {'it' if gone == 1 else 'them'} out")
        return replace(
            result,
            findings=tuple(new),
            suppressed=tuple(sorted(entries, key=lambda entry: entry.finding.order)),
            notes=tuple(notes),
        )

    def _without_old(self, changed: Changed, result: Result, inputs: Inputs) -> Result:
        def is_new(finding: Finding) -> bool:
            return changed.has(finding, inputs.files.get(finding.location.path))

        findings = tuple(filter(is_new, result.findings))
        suppressed = tuple(entry for entry in result.suppressed if is_new(entry.finding))
        old = len(result.findings) - len(findings)
        where = f"on lines that have not changed since `{self.since}`"
        note = (f"{old} finding{'s' * (old != 1)} {where} left out",) if old else ()
        return replace(result, findings=findings, suppressed=suppressed, notes=(*result.notes, *note))


@dataclass(frozen=True, slots=True)
class Adoption:
    """What somebody asks for."""

    baseline: Path | None = None
    """A file that takes precedence over that of the configuration; relative to the working folder."""
    without_baseline: bool = False
    changed: str | None = None
    """The revision of Git since which a line must have changed."""
    reason: str | None = None
    """Why everything that counts is to be suppressed, or an empty text; None leaves files as they are."""

    def refuse(self, *, stdin: bool, fixing: bool) -> None:
        """Raise UsageError for what does not go together."""
        if stdin and self.changed is not None:
            raise UsageError("`--changed` compares files, and standard input is none")
        if stdin and self.reason is not None:
            raise UsageError("`--add-ignore` writes to files, and standard input is none")
        if fixing and self.reason is not None:
            raise UsageError(
                "`--add-ignore` does not go together with fixes: fix first, then suppress what is left"
            )

    def file(self, scope: Scope, named: str | None) -> Path | None:
        """The file of the baseline, absolute; `named` is what the configuration says."""
        if self.baseline is not None:
            return Path(os.path.normpath(scope.cwd / self.baseline))
        return None if named is None else Path(os.path.normpath(scope.root / named))

    def sieve(self, scope: Scope, named: str | None) -> Sieve:
        """What takes out of a result what does not count. Files and revisions are looked up now."""
        file = None if self.without_baseline else self.file(scope, named)
        baseline = None if file is None else load_baseline(file, shown(file, scope.cwd))
        if self.changed is None:
            return Sieve(scope, baseline)
        folder = common_folder(scope.asked, scope.cwd)
        return Sieve(scope, baseline, changed_since(self.changed, folder, scope.cwd), self.changed)


def load_baseline(file: Path, shown: str) -> Baseline:
    """Read a baseline; a UsageError says that there is none, a ConfigurationError what is wrong with it."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        message = f"there is no baseline `{shown}`; `lambda-lint baseline create` writes one"
        raise UsageError(message) from error
    except OSError as error:
        raise UsageError(f"the baseline `{shown}` cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown}: is not UTF-8") from error
    return read(text, shown)
