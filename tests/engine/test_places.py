from __future__ import annotations

import libcst as cst
from running import linked

from lambda_lint.deployment.function import Place
from lambda_lint.engine.inputs import Texts
from lambda_lint.engine.locate import Places
from lambda_lint.engine.units import Unit, Units
from lambda_lint.model.location import Span
from lambda_lint.semantics.deployments import Spot
from lambda_lint.syntax.source import Source


def places_of(units: Units) -> Places:
    texts = {source.path: source.text for source in units.sources}
    return Places(units, Texts(texts.__getitem__))


def test_each_node_is_looked_up_once_and_known_from_then_on() -> None:
    units, _ = linked({"app.py": "one()\ntwo()\n"})
    tree = units.unit(0).lowered.tree
    first, second = (Spot(0, tree.order[call]) for call in tree.of_type(cst.Call))
    places = places_of(units)
    assert places.known(first) is None
    places.look_up([first])
    assert places.known(second) is None
    places.look_up([first, second])
    assert places.of(first).start.line == 1
    assert places.of(second).start.line == 2


def test_where_text_and_tree_do_not_fit_the_file_is_still_named() -> None:
    units, _ = linked({"app.py": "one()\n"})
    unit = units.unit(0)
    units.sources[0] = Source("app.py", "two()\n")
    units._kept.put(Unit(units.sources[0], unit.lowered))  # noqa: SLF001 - no input does this
    places = places_of(units)
    spot = Spot(0, unit.lowered.tree.order[unit.lowered.tree.of_type(cst.Call)[0]])
    places.look_up([spot])
    assert places.of(spot).span == Span(0, 0)
    assert places.of(spot).path == "app.py"


def test_lines_are_told_apart_by_hash_in_any_file() -> None:
    units, _ = linked({"app.py": "one()\ntwo()\none()\n"})
    places = places_of(units)
    one, two, again = (places.of(Place("app.py", Span(offset, offset + 3))) for offset in (0, 6, 12))
    assert len({places.line_hash(one), places.line_hash(two), places.line_hash(again)}) == 3
