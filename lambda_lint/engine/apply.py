"""Fixes put into a text: which of them go together, and what comes of them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lambda_lint.model.finding import Finding
    from lambda_lint.model.fix import Edit
    from lambda_lint.model.location import Span


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with fixes, in the order in which these are tried: by where they start, then by code."""
    fixable = (finding for finding in findings if finding.fix is not None and finding.fix.edits)
    return sorted(fixable, key=lambda finding: (_edits(finding)[0].span.start, finding.code, finding.order))


def compatible(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes can be applied together; of two that meet, the first in order.

    Edits that only touch count as meeting: two insertions at one place would come in no order.
    """
    taken: list[Span] = []
    chosen = []
    for finding in in_order(findings):
        spans = [edit.span for edit in _edits(finding)]
        if not any(_meet(span, other) for span in spans for other in taken):
            taken.extend(spans)
            chosen.append(finding)
    return chosen


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return () if finding.fix is None else finding.fix.edits


def _meet(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


class Applied:
    """A text after edits, none of which overlap."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits, key=lambda edit: edit.span)
        self._ends = [edit.span.end for edit in self._edits]
        parts, place = [], 0
        for edit in self._edits:
            parts += [text[place : edit.span.start], edit.text]
            place = edit.span.end
        self.text = "".join([*parts, text[place:]])

    def place_of(self, offset: int) -> range:
        """Where a character of the old text may stand now: itself, or all that took its place."""
        number = bisect_right(self._ends, offset)
        moved = offset + _growth(self._edits[:number])
        if number < len(self._edits) and self._edits[number].span.start <= offset:
            edit = self._edits[number]
            start = moved - (offset - edit.span.start)
            return range(start, start + len(edit.text))
        return range(moved, moved + 1)


def _growth(edits: Sequence[Edit]) -> int:
    return sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)
