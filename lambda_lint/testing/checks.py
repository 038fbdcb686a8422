"""What must hold for every case, whatever it is about. Each check yields what does not.

A check is a function from a `Trial` to problems. To add one, write it and name it in `CHECKS`.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.testing.checks_fixes import CHECKS_OF_FIXES
from lambda_lint.testing.checks_silence import (
    silenced_by_noqa,
    silenced_for_the_file,
    silenced_on_the_line,
    silenced_on_the_path,
)
from lambda_lint.testing.trial import Trial, place, told
from lambda_lint.testing.wording import faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.model.finding import Finding, Result
    from lambda_lint.model.location import Location, Position

Check = Callable[[Trial], Iterator[str]]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SHORTEST_SECRET = 8


def locations_hold(trial: Trial) -> Iterator[str]:
    """Spans lie in the file and are not empty; lines and columns are those of the offsets."""
    for finding in trial.result.findings:
        for location in _locations(finding):
            text = trial.text(location.path)
            span = location.span
            if not 0 <= span.start < span.end <= len(text):
                yield f"the span {span.start}..{span.end} of {finding.name} is empty or outside of the file"
                continue
            for position, offset in ((location.start, span.start), (location.end, span.end)):
                if not _agrees(position, text, offset):
                    yield f"{position} is not where offset {offset} of `{location.path}` is"


def findings_are_sorted(trial: Trial) -> Iterator[str]:
    """Reporters rely on the order."""
    orders = [finding.order for finding in trial.result.findings]
    if orders != sorted(orders):
        yield f"the findings are not sorted: {orders}"


def messages_are_well_worded(trial: Trial) -> Iterator[str]:
    """Messages and advice are worded alike, whatever of the user's code stands in them."""
    for finding in trial.result.findings:
        title = finding.fix.title if finding.fix else None
        for text in filter(None, (finding.message, finding.help, title)):
            for fault in faults_of(text):
                yield f"`{text}` {fault}"


def secrets_stay_hidden(trial: Trial) -> Iterator[str]:
    """What is masked in the sources of a result stands nowhere else in it."""
    sources = trial.result.sources
    for path, shown in sources.items():
        if len(shown) != len(trial.text(path)):
            yield f"the source of `{path}` has another length than the file"
    secrets = {secret for path, shown in sources.items() for secret in _masked(trial.text(path), shown)}
    texts = [text for finding in trial.result.findings for text in _texts(finding)]
    texts += [text for entry in trial.result.suppressed for text in _texts(entry.finding)]
    if any(secret in text for secret in secrets for text in (*texts, *sources.values())):
        yield "a text that is masked in the sources is shown elsewhere"


def same_with_all_rules(trial: Trial) -> Iterator[str]:
    """A rule finds the same alone and in company."""
    if trial.project.select is not None:
        together = trial.lint(replace(trial.project, select=("all",)))
        yield from _differences(trial, trial.result, together)


def same_with_crlf(trial: Trial) -> Iterator[str]:
    """Line ends change nothing but offsets."""
    yield from _reencoded(trial, lambda data: data.replace(b"\n", b"\r\n"))


def same_with_byte_order_mark(trial: Trial) -> Iterator[str]:
    """A byte order mark changes nothing at all."""
    yield from _reencoded(trial, lambda data: BYTE_ORDER_MARK + data)


def same_again(trial: Trial) -> Iterator[str]:
    """Nothing is left over from an earlier run."""
    if trial.lint(trial.project) != trial.result:
        yield "a second run gives another result"


def same_in_any_order(trial: Trial) -> Iterator[str]:
    """The order in which files are given does not matter."""
    if len(trial.case.everything) < 2:
        return
    project = replace(
        trial.project,
        files=_reversed(trial.project.files),
        templates=_reversed(trial.project.templates),
    )
    if trial.lint(project) != trial.result:
        yield "files given in another order give another result"


def survives_pickling(trial: Trial) -> Iterator[str]:
    """Results travel between processes and into the cache."""
    if pickle.loads(pickle.dumps(trial.result)) != trial.result:  # noqa: S301 - made a moment ago
        yield "the result is not the same after pickling"


CHECKS: tuple[Check, ...] = (
    locations_hold,
    findings_are_sorted,
    messages_are_well_worded,
    secrets_stay_hidden,
    same_again,
    same_in_any_order,
    same_with_all_rules,
    same_with_crlf,
    same_with_byte_order_mark,
    survives_pickling,
    silenced_on_the_line,
    silenced_by_noqa,
    silenced_for_the_file,
    silenced_on_the_path,
    *CHECKS_OF_FIXES,
)
"""Run for every case. Checks of workers and the cache belong here once there are any."""


def _reversed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return dict(reversed(list(files.items())))


def _locations(finding: Finding) -> Iterator[Location]:
    yield finding.location
    for note in (*finding.path, *finding.related):
        yield note.location


def _texts(finding: Finding) -> Iterator[str]:
    yield from (finding.message, finding.help or "", finding.function or "")
    for note in (*finding.path, *finding.related):
        yield note.text
    if finding.fix is not None:
        yield finding.fix.title
        yield from (edit.text for edit in finding.fix.edits)


def _masked(text: str, shown: str) -> list[str]:
    """The parts of the text that are not shown, if they are long enough to be no word of ours."""
    pairs = zip(text, shown, strict=False)
    hidden = "".join(real if real != seen else "\n" for real, seen in pairs)
    return [part for part in hidden.split("\n") if len(part) >= SHORTEST_SECRET]


def _agrees(position: Position, text: str, offset: int) -> bool:
    start = text.rfind("\n", 0, offset) + 1
    before = text[start:offset]
    return (
        position.line == text.count("\n", 0, offset) + 1
        and position.column == len(before) + 1
        and position.utf16 == len(before.encode("utf-16-le")) // 2 + 1
    )


def _differences(trial: Trial, before: Result, after: Result) -> Iterator[str]:
    old = Counter(place(finding) for finding in trial.own(before))
    new = Counter(place(finding) for finding in trial.own(after))
    if lost := sorted((old - new).elements()):
        yield f"these findings are lost:{told(lost)}"
    if gained := sorted((new - old).elements()):
        yield f"these findings are new:{told(gained)}"


def _reencoded(trial: Trial, encode: Callable[[bytes], bytes]) -> Iterator[str]:
    def every(files: Mapping[str, bytes]) -> dict[str, bytes]:
        return {path: encode(data) for path, data in files.items()}

    project = replace(
        trial.project, files=every(trial.project.files), templates=every(trial.project.templates)
    )
    yield from _differences(trial, trial.result, trial.lint(project))
