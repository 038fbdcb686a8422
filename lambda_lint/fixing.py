"""What `--fix` and `--diff` do around the fixes: files are written or differences shown, and it is told."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.engine.fix import fix
from lambda_lint.engine.write import write_text
from lambda_lint.errors import WriteError
from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lambda_lint.engine.fix import Change, Lint
    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.model.finding import Result

LINES = re.compile(r"[^\n]*\n|[^\n]+")
ADDED, REMOVED, PLACE, BOLD, RESET = "\x1b[32m", "\x1b[31m", "\x1b[36m", "\x1b[1m", "\x1b[0m"
COLORS = {"+++": BOLD, "---": BOLD, "@@": PLACE, "+": ADDED, "-": REMOVED}
NO_END = "\\ No newline at end of file"


@dataclass(frozen=True, slots=True)
class Fixing:
    """What is to be done about what can be fixed."""

    unsafe: bool = False
    writes: bool = True
    """Whether files are changed; else what would be is only told."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it. The result is that of the files as they are then, with a note of what was fixed."""

    result: Result
    changes: tuple[Change, ...] = ()
    failures: tuple[str, ...] = ()
    """Why files that should have been changed were not."""


def attempt(inputs: Inputs, lint: Lint, fixing: Fixing, cwd: Path) -> Attempt:
    """Lint, fix, and write what has changed."""
    fixed = fix(inputs, lint, unsafe=fixing.unsafe)
    if not fixing.writes:
        return Attempt(_with_note(fixed.result, fixed.changes, "could be fixed"), fixed.changes)
    tried = [(change, _failure(change, cwd)) for change in fixed.changes]
    written = [change for change, failure in tried if failure is None]
    failures = [failure for _, failure in tried if failure is not None]
    result = fixed.result
    if failures:
        files = {change.source.path: change.data for change in written}
        result = lint(replace(inputs, files={**inputs.files, **files}))
    return Attempt(_with_note(result, written, "fixed"), tuple(written), tuple(failures))


def _failure(change: Change, cwd: Path) -> str | None:
    """Write a file. If that cannot be done, it stays as it was, and the answer is why."""
    try:
        write_text(cwd / change.source.path, change.source, change.text)
    except WriteError as error:
        return str(error)
    return None


def _with_note(result: Result, changes: Sequence[Change], verb: str) -> Result:
    return replace(result, notes=(*result.notes, f"{verb}: {total(changes)}")) if changes else result


def total(changes: Sequence[Change]) -> str:
    """How much was fixed, such as `3 findings in 2 files`."""
    number = sum(len(change.fixed) for change in changes)
    return f"{counted(number, 'finding')} in {counted(len(changes), 'file')}"


def enumeration(changes: Sequence[Change], verb: str) -> str:
    """What was fixed, by file and rule; nothing if nothing was."""
    if not changes:
        return ""
    lines = [f"{verb} {total(changes)}:"]
    for change in changes:
        lines.append(f"- {printable(change.source.path)}")
        times = Counter((finding.code, finding.name) for finding in change.fixed)
        width = len(str(max(times.values())))
        lines += [f"    {number:>{width}} x {code} {name}" for (code, name), number in sorted(times.items())]
    return "\n".join(lines) + "\n"


def difference(changes: Iterable[Change], *, color: bool = False) -> str:
    """The changes as a patch, file by file. What is no text for a terminal is escaped only in color."""
    lines = [line for change in changes for line in _difference(change)]
    if color:
        lines = [_painted(line) for line in lines]
    return "".join(lines)


def _difference(change: Change) -> Iterator[str]:
    path = Path(change.source.path).as_posix()
    before, after = (LINES.findall(text) for text in (change.source.text, change.text))
    for line in difflib.unified_diff(before, after, path, path):
        yield from (line,) if line.endswith("\n") else (f"{line}\n", f"{NO_END}\n")


def _painted(line: str) -> str:
    text = printable(line.removesuffix("\n"))
    color = next((color for start, color in COLORS.items() if text.startswith(start)), None)
    return f"{color}{text}{RESET}\n" if color else f"{text}\n"
