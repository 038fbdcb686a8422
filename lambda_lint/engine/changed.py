"""Which lines differ from a revision of Git, so that findings on other lines can be left out.

Git is asked in a way that the user's configuration of it cannot change what comes back.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.errors import UsageError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Collection, Iterator, Mapping

    from lambda_lint.model.finding import Finding

HEAD = "HEAD"
ALWAYS = frozenset({"LL901"})
"""A crash makes the whole run incomplete, wherever it happened."""
OF_THE_FILE = frozenset({"LL900", "LL904", "LL905"})
"""What keeps a file from being analyzed is seldom told at the line that is to blame."""

DIFF = (
    "diff",
    "--unified=0",
    "--inter-hunk-context=0",
    "--find-renames",
    "--text",
    "--ignore-submodules=all",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NEW_NAME = b"+++ "
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')
_ESCAPED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


@dataclass(slots=True)
class Lines:
    """What has changed in one file."""

    written: list[tuple[int, int]] = field(default_factory=list)
    """The first and last line of each stretch that is new or different."""
    deleted_after: list[int] = field(default_factory=list)
    """The lines behind which something has been taken away."""

    def touch(self, lines: Collection[int]) -> bool:
        """Whether a change is on one of these lines, or between two of them."""
        if any(start <= line <= end for start, end in self.written for line in lines):
            return True
        return any(line in lines and line + 1 in lines for line in self.deleted_after)


@dataclass(frozen=True, slots=True)
class Changed:
    """The changes since a revision. Paths are absolute, without links."""

    cwd: Path
    tracked: frozenset[str]
    """The files that Git knows; any other is new."""
    lines: Mapping[str, Lines]
    """The changes in those that have any."""

    def has(self, finding: Finding, data: bytes | None) -> bool:
        """Whether a finding touches a changed line. `data` is its file, which may have been fixed since."""
        if finding.code in ALWAYS:
            return True
        path = os.path.realpath(self.cwd / finding.location.path)
        if path not in self.tracked:
            return True
        lines = self.lines.get(path)
        if lines is None or finding.code in OF_THE_FILE:
            return lines is not None
        start, end = finding.location.start, finding.location.end
        ends_before_line = end.column == 1 and end.line > start.line
        found = range(start.line, end.line + (not ends_before_line))
        saved = Path(path).read_bytes()
        if data is None or data == saved:
            return lines.touch(found)
        places = _saved_lines(saved, data)
        return any(line not in places for line in found) or lines.touch({places[line] for line in found})


def changed_since(revision: str, folder: Path, cwd: Path) -> Changed:
    """What differs in the work tree around `folder` from where it left `revision`.

    Raises UsageError if Git cannot tell.
    """
    git = _Git(folder)
    top = os.fsdecode(git.ask("rev-parse", "--show-toplevel").removesuffix(b"\n"))
    git = _Git(top)
    base = _base(git, revision)
    if base is None:
        return Changed(cwd, frozenset(), {})
    listed = git.ask("ls-files", "-z", "--recurse-submodules").split(b"\0")
    tracked = frozenset(os.path.join(top, os.fsdecode(name)) for name in listed if name)  # noqa: PTH118 - many
    diff = git.ask(*DIFF, base, "--")
    lines = {os.path.join(top, os.fsdecode(name)): changes for name, changes in _files(diff)}  # noqa: PTH118
    return Changed(cwd, tracked, lines)


def _base(git: _Git, revision: str) -> str | None:
    """The commit to compare with; None if there is none yet."""
    commit = git.try_("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if revision == HEAD:
        return commit
    is_shallow = git.try_("rev-parse", "--is-shallow-repository") == "true"
    if commit is None:
        remote = f"origin/{revision}"
        hint = f"; did you mean `{remote}`?" if git.try_("rev-parse", "--verify", "--quiet", remote) else ""
        fetch = "; the clone is shallow: fetch the revision first" if is_shallow and not hint else ""
        raise UsageError(f"git knows no revision `{revision}`{hint}{fetch}")
    base = git.try_("merge-base", commit, HEAD)
    if base is None:
        why = ": the clone is shallow, so fetch more of the history (such as `git fetch --unshallow`)"
        raise UsageError(f"git finds no common ancestor of `{revision}` and HEAD{why if is_shallow else ''}")
    return base


def _saved_lines(saved: bytes, data: bytes) -> dict[int, int]:
    """The lines of a file that are as they were saved, and where they stand in what was saved."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - for what an editor has not saved alone

    matcher = SequenceMatcher(None, saved.split(b"\n"), data.split(b"\n"), autojunk=False)
    return {
        match.b + offset + 1: match.a + offset + 1
        for match in matcher.get_matching_blocks()
        for offset in range(match.size)
    }


@dataclass(frozen=True, slots=True)
class _Git:
    folder: Path | str

    def ask(self, *arguments: str) -> bytes:
        """What Git writes; a UsageError says what went wrong in Git's own words."""
        done = self._run(arguments)
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()
            reason = told[0].removeprefix("fatal: ") if told else f"exit code {done.returncode}"
            raise UsageError(f"`--changed` cannot compare: git says: {reason}")
        return done.stdout

    def try_(self, *arguments: str) -> str | None:
        """The line that Git writes; None if it fails, or has nothing to say."""
        done = self._run(arguments)
        return None if done.returncode else done.stdout.decode("utf-8", "replace").strip() or None

    def _run(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
        import subprocess  # noqa: PLC0415 - only `--changed` asks Git

        command = ["git", "-C", os.fspath(self.folder), "-c", "core.quotePath=false", *arguments]
        try:
            return subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell reads it
        except OSError as error:
            raise UsageError("`--changed` needs git, and it cannot be run") from error


def _files(diff: bytes) -> Iterator[tuple[bytes, Lines]]:
    """The files that a diff without context is about, by their new names."""
    rows = diff.split(b"\n")
    current = Lines()
    index = 0
    while index < len(rows):
        row = rows[index]
        index += 1
        hunk = _HUNK.match(row)
        if hunk is not None:
            removed, start, added = (int(number or b"1") for number in hunk.groups())
            if added:
                current.written.append((start, start + added - 1))
            else:
                current.deleted_after.append(start)
            # What was added may look like anything, such as the name of a file.
            index = _behind(rows, index, removed + added)
        elif row.startswith(_NEW_NAME) and row != b"+++ /dev/null":
            current = Lines()
            yield _name(row.removeprefix(_NEW_NAME)), current


def _behind(rows: list[bytes], index: int, lines: int) -> int:
    """The row behind so many lines of content, and behind what is said of their ends."""
    while lines:
        lines -= not rows[index].startswith(b"\\")
        index += 1
    return index


def _name(written: bytes) -> bytes:
    """A name as it stands in a diff: in quotes if it has odd characters, with a tab if it has blanks."""
    if not written.startswith(b'"'):
        return written.removesuffix(b"\t").removeprefix(b"b/")
    return _ESCAPE.sub(_unescaped, written[1:-1]).removeprefix(b"b/")


def _unescaped(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    return bytes([_ESCAPED[escape[0]] if len(escape) == 1 else int(escape, 8)])
