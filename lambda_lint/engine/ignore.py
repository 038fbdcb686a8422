"""Comments that suppress what was found, each put where the suppression engine heeds it.

Where that is, is not argued but tried: a comment counts when the new text, read again, has a directive at its
place that speaks of the finding. So nothing gets into a string or out of place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lambda_lint.engine.ignore_text import Place, PythonText, TemplateText
from lambda_lint.engine.write import encoded, template_source, write_text
from lambda_lint.errors import LambdaLintError, UsageError, WriteError
from lambda_lint.model.labels import Category
from lambda_lint.syntax.comments import Kind, directives
from lambda_lint.syntax.deep import with_deep_stack
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from lambda_lint.engine.fix import Lint
    from lambda_lint.engine.ignore_text import Text
    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.model.finding import Finding, Result


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file with comments that it did not have."""

    source: Source
    """The file as it was read."""
    text: str
    suppressed: int
    """How many findings the comments suppress."""


@dataclass(frozen=True, slots=True)
class Ignores:
    """What comments can do about findings."""

    files: tuple[Rewritten, ...]
    notes: tuple[str, ...]
    """What no comment can suppress, and why."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of writing them."""

    result: Result
    """Of the files as they are with them."""
    failures: tuple[str, ...] = ()
    """Why files that should have been changed were not."""


def add_ignores(inputs: Inputs, lint: Lint, reason: str, cwd: Path) -> Added:
    """Suppress all that is found, as far as comments can."""
    check_reason(reason)
    found = ignores(lint(inputs).findings, inputs, reason)
    files, templates, failures = dict(inputs.files), dict(inputs.templates), []
    added = written = 0
    for each in found.files:
        path = each.source.path
        try:
            data = encoded(each.source, each.text)
            write_text(cwd / path, each.source, each.text)
        except WriteError as error:
            failures.append(str(error))
            continue
        (templates if path in templates else files)[path] = data
        added, written = added + each.suppressed, written + 1
    what = f"{added} finding{'s' * (added != 1)} in {written} file{'s' * (written != 1)}"
    result = lint(replace(inputs, files=files, templates=templates))
    notes = (*result.notes, f"suppressed: {what}", *found.notes)
    return Added(replace(result, notes=notes), tuple(failures))


def check_reason(reason: str) -> None:
    """Raise UsageError for a reason that would not be read again."""
    read = directives(Source("", f"# lambda-lint: ignore[all] -- {reason}"), None)
    if reason and [(each.kind, each.reason) for each in read] != [(Kind.IGNORE, reason)]:
        raise UsageError(f"a comment cannot give `{reason}` as its reason")


def ignores(findings: Iterable[Finding], inputs: Inputs, reason: str) -> Ignores:
    """Comments for findings that were found in these inputs."""
    return with_deep_stack(lambda: _ignores(findings, inputs, reason))


def _ignores(findings: Iterable[Finding], inputs: Inputs, reason: str) -> Ignores:
    by_path: dict[str, list[Finding]] = {}
    of_the_tool: list[Finding] = []
    for finding in findings:
        is_own = finding.category is Category.TOOL
        (of_the_tool if is_own else by_path.setdefault(finding.location.path, [])).append(finding)
    files, notes = [], []
    for path, found in sorted(by_path.items()):
        text = _text(path, inputs)
        if not text.has_comments:
            by_hand = f"{_counted(found)} must be suppressed by hand, in `Metadata`"
            notes.append(f"`{path}`: JSON has no comments, so {by_hand}")
            continue
        settled = _Settling(text, found, reason).settled()
        if settled:
            rewritten = text.with_comments(((place, each.name) for each, place in settled.items()), reason)
            files.append(Rewritten(text.source, rewritten.text, len(settled)))
        notes.extend(
            f"`{path}:{finding.location.start.line}`: there is no place for a comment that suppresses "
            f"`{finding.name}`"
            for finding in found
            if finding not in settled
        )
    if of_the_tool:
        notes.append(f"{_counted(of_the_tool)} about files or comments cannot be suppressed by a comment")
    return Ignores(tuple(files), tuple(notes))


def _text(path: str, inputs: Inputs) -> Text:
    if path in inputs.templates:
        return TemplateText(template_source(path, inputs.templates[path]))
    return PythonText(Source.from_bytes(path, inputs.files[path]))


def _counted(findings: list[Finding]) -> str:
    return f"{len(findings)} finding{'s' * (len(findings) != 1)}"


class _Settling:
    """The search for a place for each comment of one file."""

    def __init__(self, text: Text, findings: Iterable[Finding], reason: str) -> None:
        self._text = text
        self._reason = reason
        self._places = {finding: list(_places(text, finding)) for finding in findings}

    def settled(self) -> dict[Finding, Place]:
        """The findings for which there is a place. All are tried at once, unless that breaks the text."""
        waiting = dict(self._places)
        while True:
            tried = {finding: places[0] for finding, places in waiting.items()}
            heeded = self._heeded(tried)
            if heeded is None:
                return self._one_by_one()
            if len(heeded) == len(tried):
                return tried
            further = {
                finding: places if finding in heeded else places[1:] for finding, places in waiting.items()
            }
            waiting = {finding: places for finding, places in further.items() if places}

    def _one_by_one(self) -> dict[Finding, Place]:
        settled: dict[Finding, Place] = {}
        for finding, places in self._places.items():
            for place in places:
                tried = {**settled, finding: place}
                if len(self._heeded(tried) or ()) == len(tried):
                    settled = tried
                    break
        return settled

    def _heeded(self, tried: Mapping[Finding, Place]) -> set[Finding] | None:
        """The findings that are suppressed by these comments; None if the text is broken by them."""
        wanted = ((place, finding.name) for finding, place in tried.items())
        commented = self._text.with_comments(wanted, self._reason)
        source = self._text.source
        try:
            again = type(self._text)(Source(source.path, commented.text, source.encoding, source.has_bom))
            found = [each for each in again.directives if each.kind is Kind.IGNORE]
        except LambdaLintError:
            return None
        speaking = {
            (name.text, each.location.start.line, line)
            for each in found
            for name in each.names
            for line in range(each.first_line, each.last_line + 1)
        }
        return {
            finding
            for finding, place in tried.items()
            if any(
                (finding.name, commented.standing[place], commented.moved(line)) in speaking
                for line in _lines(finding)
            )
        }


def _places(text: Text, finding: Finding) -> Iterator[Place]:
    """Where a comment may stand, the most natural first."""
    lines = _lines(finding)
    first, last = text.statement_at(lines[0])
    for line in dict.fromkeys((*lines, last)):
        if text.ends_in_code(line):
            yield Place(line)
    yield Place(first, is_above=True)


def _lines(finding: Finding) -> range:
    start, end = finding.location.start, finding.location.end
    ends_before_line = end.column == 1 and end.line > start.line
    return range(start.line, end.line + (not ends_before_line))
