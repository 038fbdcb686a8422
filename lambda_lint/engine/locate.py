"""Drafts to findings: places are looked up only here, once a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.errors import LambdaLintError
from lambda_lint.model.finding import Finding, Note
from lambda_lint.model.location import Location, Span
from lambda_lint.semantics.deployments import Spot
from lambda_lint.syntax.fingerprint import hashes_of, line_key
from lambda_lint.syntax.source import line_starts
from lambda_lint.syntax.source import location as location_in
from lambda_lint.syntax.spans import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import libcst as cst

    from lambda_lint.deployment.function import Place
    from lambda_lint.engine.check import Draft
    from lambda_lint.engine.inputs import Texts
    from lambda_lint.engine.units import Units
    from lambda_lint.packs import RuleEntry
    from lambda_lint.selection import Selection


@dataclass(slots=True)
class Places:
    """Texts of files, and locations of nodes in them."""

    units: Units
    texts: Texts
    _spots: dict[Spot, Location] = field(default_factory=dict)

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

    def known(self, spot: Spot) -> Location | None:
        """The place of a node that was looked up."""
        return self._spots.get(spot)

    def of(self, at: Spot | Place) -> Location:
        if isinstance(at, Spot):
            return self._spots[at]
        return location_in(at.path, self.texts[at.path], at.span)

    def line_hash(self, location: Location) -> str:
        return hashes_of(self.texts[location.path])[location.start.line - 1]

    def line_key(self, location: Location) -> str:
        text, number = self.texts[location.path], location.start.line
        starts = line_starts(text)
        end = starts[number] if number < len(starts) else len(text)
        return line_key(text[starts[number - 1] : end])


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
