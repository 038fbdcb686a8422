"""Drafts to findings: places are looked up only here, once a file, and secrets are taken out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lambda_lint.engine.check import Draft, Spot
from lambda_lint.errors import LambdaLintError
from lambda_lint.model.finding import Finding, Note, Suppressed
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.location import Location, Span
from lambda_lint.syntax.fingerprint import LineHashes, line_key
from lambda_lint.syntax.source import Source
from lambda_lint.syntax.source import location as location_in
from lambda_lint.syntax.spans import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import libcst as cst

    from lambda_lint.deployment.function import Place
    from lambda_lint.engine.units import Units
    from lambda_lint.packs import RuleEntry
    from lambda_lint.selection import Selection


SHORT = 6
"""A line of a secret that has fewer characters tells nothing, and would blot out too much elsewhere."""


@dataclass(slots=True)
class Places:
    """Texts of files, and locations of nodes in them."""

    units: Units
    texts: dict[str, str]
    """The whole text of each file that something may be reported in."""
    _spots: dict[Spot, Location] = field(default_factory=dict)
    _hashes: dict[str, LineHashes] = field(default_factory=dict)
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def look_up(self, spots: Iterable[Spot], known: Mapping[cst.CSTNode, Span] | None = None) -> None:
        """Find those of these nodes that are not known yet, module by module.

        `known` are places that somebody else looked up; then all spots are of that one module.
        """
        by_module: dict[int, set[int]] = {}
        for spot in spots:
            if spot in self._spots:
                continue
            by_module.setdefault(spot.module, set()).add(spot.order)
        for number in self.units.in_good_order():
            if number not in by_module:
                continue
            unit = self.units.unit(number)
            tree, source = unit.lowered.tree, unit.source
            nodes = {tree.nodes[order]: order for order in by_module[number]}
            try:
                spans = spans_of(tree, source, nodes) if known is None else known
            except LambdaLintError:
                # The text and the tree do not fit together: the file is still named, from its start.
                spans = {}
            for node, order in nodes.items():
                self._spots[Spot(number, order)] = source.location(spans.get(node, Span(0, 0)))
            self.texts.setdefault(source.path, source.file_text)

    def known(self, spot: Spot) -> Location | None:
        """The place of a node that was looked up."""
        return self._spots.get(spot)

    def of(self, at: Spot | Place) -> Location:
        if isinstance(at, Spot):
            return self._spots[at]
        return location_in(at.path, self._text(at.path), at.span)

    def _text(self, path: str) -> str:
        """The text of a file, also of one in which nothing was reported so far."""
        if path not in self.texts:
            own = (source.file_text for source in self.units.sources if source.path == path)
            self.texts[path] = next(own, "")
        return self.texts[path]

    def line_hash(self, location: Location) -> str:
        if location.path not in self._hashes:
            self._hashes[location.path] = LineHashes(self._text(location.path))
        return self._hashes[location.path][location.start.line - 1]

    def line_key(self, location: Location) -> str:
        if location.path not in self._lines:
            self._lines[location.path] = Source(location.path, self._text(location.path)).lines
        return line_key(self._lines[location.path][location.start.line - 1])


def findings_of(
    drafts: Iterable[Draft], places: Places, entries: Mapping[str, RuleEntry], selection: Selection
) -> list[Finding]:
    """Findings with locations, in no particular order."""
    drafts = list(drafts)
    places.look_up(spot for draft in drafts for spot in spots_of(draft))
    found = []
    for draft in drafts:
        entry = entries[draft.code]
        location = places.of(draft.at)
        found.append(
            Finding(
                code=draft.code,
                name=entry.info.name,
                category=entry.info.category,
                severity=selection.severity_override(entry) or draft.severity or entry.info.severity,
                confidence=draft.confidence,
                message=draft.message,
                location=location,
                function=draft.function,
                path=tuple(Note(places.of(Spot(step.module, step.order)), step.text) for step in draft.path),
                related=tuple(Note(places.of(at), text) for at, text in draft.related),
                help=draft.help,
                fix=draft.fix,
                line_hash=places.line_hash(location),
                line_key=places.line_key(location),
            )
        )
    return found


def spots_of(draft: Draft) -> Iterable[Spot]:
    """The nodes whose places the draft needs."""
    if isinstance(draft.at, Spot):
        yield draft.at
    for step in draft.path:
        yield Spot(step.module, step.order)
    for at, _ in draft.related:
        if isinstance(at, Spot):
            yield at


class Mask:
    """Hides secrets: every occurrence in any text, by as many `*`, so that offsets stay true."""

    def __init__(self, secrets: Iterable[str]) -> None:
        lines = {line for secret in secrets for line in _telling_lines(secret)}
        self._secrets = sorted(lines, key=lambda secret: (-len(secret), secret))

    def text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "*" * len(secret))
        return text

    def finding(self, finding: Finding) -> Finding:
        """The finding with its message, notes, help and fix masked."""
        return replace(
            finding,
            message=self.text(finding.message),
            path=self._notes(finding.path),
            related=self._notes(finding.related),
            help=None if finding.help is None else self.text(finding.help),
            fix=None if finding.fix is None else self._fix(finding.fix),
        )

    def suppressed(self, entry: Suppressed) -> Suppressed:
        """The entry, masked; what is suppressed is never fixed."""
        reason = None if entry.reason is None else self.text(entry.reason)
        return Suppressed(replace(self.finding(entry.finding), fix=None), reason)

    def _notes(self, notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(Note(note.location, self.text(note.text)) for note in notes)

    def _fix(self, fix: Fix) -> Fix | None:
        """A fix that would write a secret cannot be shown, so it is not offered."""
        edits = tuple(Edit(edit.span, self.text(edit.text)) for edit in fix.edits)
        return fix if edits == fix.edits else None


def _telling_lines(secret: str) -> list[str]:
    """The lines of a secret, but for short ones of a longer text, such as the last of an encoded key."""
    lines = [line for line in secret.splitlines() if line.strip()]
    return [line for line in lines if len(lines) == 1 or len(line.strip()) >= SHORT]
