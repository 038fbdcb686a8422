"""Numbers into groups: everything is somewhere, with all that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.engine import groups as groups_module
from lambda_lint.engine.groups import MOST_REPEATED, groups_of, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    import pytest

NUMBERS = st.integers(0, 7)
LINKS = st.dictionaries(NUMBERS, st.sets(NUMBERS))
RELATED = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=3)
SIZES = st.lists(st.integers(0, 50), min_size=8, max_size=8)


def test_each_function_is_a_group_with_what_it_needs() -> None:
    assert groups_of([1, 1, 1, 1], {0: {2}, 1: {2}, 2: {3}}, []) == [[0, 2, 3], [1, 2, 3]]


def test_what_is_large_is_not_repeated_too_often() -> None:
    needs = {number: {9} for number in range(9)}
    assert len(groups_of([1] * 10, needs, [])) == 9
    assert groups_of([1] * 9 + [100], needs, []) == [list(range(10))]


def test_what_is_too_much_is_not_counted_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand functions that need one large package would each be followed through all of it."""
    started: list[int] = []

    def counted(starts: Iterable[int], links: Mapping[int, AbstractSet[int]]) -> set[int]:
        started.extend(starts)
        return reached(starts, links)

    monkeypatch.setattr(groups_module, "reached", counted)
    needs = {number: {1000} for number in range(1000)} | {
        number: {number + 1} for number in range(1000, 1999)
    }
    assert groups_of([1] * 2000, needs, []) == [list(range(2000))]
    assert len(started) < 10


def test_what_is_related_is_together() -> None:
    assert groups_of([1, 1, 1], {}, [(0, 2)]) == [[0, 2], [1]]


def test_a_circle_is_one_group() -> None:
    assert groups_of([1, 1, 1], {0: {1}, 1: {2}, 2: {0}}, []) == [[0, 1, 2]]


@given(SIZES, LINKS, RELATED)
def test_everything_is_somewhere_with_all_that_it_needs(
    sizes: list[int], needs: dict[int, set[int]], related: list[tuple[int, int]]
) -> None:
    groups = groups_of(sizes, needs, related)
    assert set().union(*groups) == set(range(8))
    links = {number: set(needs.get(number, ())) for number in range(8)}
    for one, other in related:
        links[one].add(other)
        links[other].add(one)
    for group in groups:
        assert reached(group, links) == set(group)
        assert group == sorted(set(group))
    assert sum(sizes[number] for group in groups for number in group) <= MOST_REPEATED * sum(sizes)
    assert groups == groups_of(sizes, needs, related)
