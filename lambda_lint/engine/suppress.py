"""Which findings a comment silences, and which comments silence nothing.

What a template says in its data is a directive as a comment is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lambda_lint.model.finding import Finding, Suppressed
from lambda_lint.model.labels import Category, Confidence, Severity
from lambda_lint.syntax.comments import Directive, Kind, Named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from lambda_lint.model.location import Location

UNUSED, UNKNOWN = "LL902", "LL903"
_NAMES = {UNUSED: "unused-suppression", UNKNOWN: "unknown-suppression"}
_OWN_CODE = re.compile(r"LL[0-9]+")
_CATEGORIES = frozenset(category.value for category in Category)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What directives may name."""

    codes: Mapping[str, str]
    """The code of every rule, on or off, by its names and by the code itself."""
    categories: Mapping[str, Category]
    """The category of every rule, by code."""
    enabled: Collection[str]
    """The codes of the rules that ran."""
    runs: Callable[[str, str], bool] = lambda _code, _path: True
    """Whether a rule, by its code, ran on a file, by its path: few rules run on test code."""

    def codes_of(self, directive: Directive, name: str) -> frozenset[str]:
        """The rules that a name in a directive stands for; none if it is unknown."""
        code = self.codes.get(name.upper()) or (None if directive.kind is Kind.NOQA else self.codes.get(name))
        if code is not None:
            return frozenset({code})
        if directive.kind is Kind.NOQA:
            return frozenset()
        return frozenset(code for code, category in self.categories.items() if category.value == name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comments leave of the findings, both parts sorted by `Finding.order`."""

    kept: tuple[Finding, ...]
    """What no comment silences, and what is to be said of the comments themselves (without `line_hash`)."""
    suppressed: tuple[Suppressed, ...]


def apply(
    findings: Iterable[Finding],
    directives: Mapping[str, Iterable[Directive]],
    rulebook: Rulebook,
    reported: Collection[str],
    *,
    partial: bool = False,
) -> Outcome:
    """Split findings by the directives of all files, and judge the directives.

    `directives` go by the path of their file, as `Location.path` says it. A comment silences a finding at its
    own place, or on a step of its path in whatever file; a comment for a whole file only what is in that
    file. Directives are judged in the files that are `reported` on, and only for rules that ran. In a
    `partial` run, in which rules did not look at every file of the project, a comment on a line may be there
    for a finding that the run could not make: it is not called unused.
    """
    claims = [
        _Claim(directive, name, rulebook.codes_of(directive, name.text))
        for path in sorted(directives)
        for directive in directives[path]
        for name in directive.names
    ]
    kept, suppressed = _split(findings, claims)
    own = [
        *_malformed(directives),
        *(_unknown(claim, rulebook) for claim in claims if claim.is_unknown),
        *(_unused(claim) for claim in claims if claim.is_unused(rulebook, partial=partial)),
    ]
    asked = [finding for finding in own if finding.code in rulebook.enabled]
    here = [finding for finding in asked if finding.location.path in reported]
    kept_own, suppressed_own = _split(here, [claim for claim in claims if claim.is_for_whole_file])
    return Outcome(
        tuple(sorted([*kept, *kept_own], key=lambda finding: finding.order)),
        tuple(sorted([*suppressed, *suppressed_own], key=lambda entry: entry.finding.order)),
    )


@dataclass(slots=True)
class _Claim:
    """One name in one directive, and whether it has silenced something."""

    directive: Directive
    name: Named
    codes: frozenset[str]
    is_used: bool = False

    @property
    def is_for_whole_file(self) -> bool:
        return self.directive.kind is Kind.IGNORE_FILE

    @property
    def is_unknown(self) -> bool:
        """`# noqa` also speaks to other linters: there only what looks like a code of ours can be unknown."""
        if self.codes:
            return False
        return self.directive.kind is not Kind.NOQA or _OWN_CODE.fullmatch(self.name.text.upper()) is not None

    def is_unused(self, rulebook: Rulebook, *, partial: bool) -> bool:
        if self.is_used or not self.codes or not self.codes.issubset(rulebook.enabled):
            return False
        path = self.directive.location.path
        if not all(rulebook.runs(code, path) for code in self.codes):
            return False
        if self.is_for_whole_file:
            # What it silences of these is only found out by asking whether it is used.
            return self.codes.isdisjoint(_NAMES)
        return not partial


class _Index:
    """The claims by what they speak of."""

    def __init__(self, claims: Iterable[_Claim]) -> None:
        self._by_file: dict[tuple[str, str], list[_Claim]] = {}
        self._by_line: dict[tuple[str, str, int], list[_Claim]] = {}
        self._by_extent: dict[tuple[str, str], list[_Claim]] = {}
        for claim in claims:
            directive = claim.directive
            path = directive.location.path
            for code in claim.codes:
                if claim.is_for_whole_file:
                    self._by_file.setdefault((code, path), []).append(claim)
                    continue
                if directive.extents:
                    self._by_extent.setdefault((code, path), []).append(claim)
                    continue
                for line in range(directive.first_line, directive.last_line + 1):
                    self._by_line.setdefault((code, path, line), []).append(claim)

    def silencing(self, finding: Finding) -> Iterator[_Claim]:
        """The claims that silence a finding, those at its own place first; some more than once."""
        yield from self._by_file.get((finding.code, finding.location.path), ())
        for location in (finding.location, *(step.location for step in finding.path)):
            for line in _lines(location):
                yield from self._by_line.get((finding.code, location.path, line), ())
            for claim in self._by_extent.get((finding.code, location.path), ()):
                if any(span.start <= location.span.start < span.end for span in claim.directive.extents):
                    yield claim


def _lines(location: Location) -> range:
    ends_before_line = location.end.column == 1 and location.end.line > location.start.line
    return range(location.start.line, location.end.line + (not ends_before_line))


def _split(findings: Iterable[Finding], claims: Iterable[_Claim]) -> tuple[list[Finding], list[Suppressed]]:
    index = _Index(claims)
    kept, suppressed = [], []
    for finding in findings:
        silencing = list(index.silencing(finding))
        for claim in silencing:
            claim.is_used = True
        if silencing:
            reasons = (claim.directive.reason for claim in silencing)
            suppressed.append(Suppressed(finding, next(filter(None, reasons), None)))
        else:
            kept.append(finding)
    return kept, suppressed


def _malformed(directives: Mapping[str, Iterable[Directive]]) -> Iterator[Finding]:
    for entries in directives.values():
        for directive in entries:
            if directive.problem is not None:
                yield _finding(UNKNOWN, directive.problem, directive.location)


def _unknown(claim: _Claim, rulebook: Rulebook) -> Finding:
    # Between codes there is no likeness that means anything.
    names = (name for name, code in rulebook.codes.items() if name != code)
    close = get_close_matches(claim.name.text, sorted({*names, *_CATEGORIES}), n=1)
    hint = f", did you mean `{close[0]}`?" if close else ""
    message = f"`{claim.name.text}` is no rule and no category{hint}"
    return _finding(UNKNOWN, message, claim.name.location)


def _unused(claim: _Claim) -> Finding:
    where = "in this file" if claim.is_for_whole_file else "here"
    if claim.directive.extents:
        where = "in this resource"
    return _finding(UNUSED, f"`{claim.name.text}` silences nothing {where}", claim.name.location)


def _finding(code: str, message: str, location: Location) -> Finding:
    return Finding(
        code=code,
        name=_NAMES[code],
        category=Category.TOOL,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        message=message,
        location=location,
    )
