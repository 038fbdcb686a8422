"""Numbers into groups: those that are connected; and where the connection is only what they share, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

MOST_REPEATED = 3
"""How many times as much as there is may be looked at in all, to look at everything by itself."""


def groups_of(
    sizes: Sequence[int], needs: Mapping[int, AbstractSet[int]], related: Iterable[tuple[int, int]]
) -> list[list[int]]:
    """Groups of numbers, sorted; each number is in one of them at least.

    Of what is connected, each number that nobody needs makes a group with all that it needs, directly or
    not, and with what is related to any of it; unless the groups together would be `MOST_REPEATED` times as
    large as what they are made of: then that is one group.
    """
    links: dict[int, set[int]] = {number: set(needs.get(number, ())) for number in range(len(sizes))}
    for one, other in related:
        links[one].add(other)
        links[other].add(one)
    found = []
    for members in _connected(links):
        found += _apart_if_cheap(sizes, members, links)
    return sorted(found)


def _apart_if_cheap(
    sizes: Sequence[int], members: list[int], links: Mapping[int, AbstractSet[int]]
) -> list[list[int]]:
    left = MOST_REPEATED * sum(sizes[number] for number in members)
    groups = []
    for group in _apart(members, links):
        left -= sum(sizes[number] for number in group)
        if left < 0:
            return [members]
        groups.append(group)
    return groups


def _connected(links: Mapping[int, AbstractSet[int]]) -> Iterator[list[int]]:
    both: dict[int, set[int]] = {number: set(targets) for number, targets in links.items()}
    for number, targets in links.items():
        for target in targets:
            both[target].add(number)
    seen: set[int] = set()
    for number in sorted(both):
        if number not in seen:
            members = reached([number], both)
            seen |= members
            yield sorted(members)


def _apart(members: Sequence[int], links: Mapping[int, AbstractSet[int]]) -> Iterator[list[int]]:
    """What each member needs, without what another one's needs include."""
    needed = {target for number in members for target in links[number] if target != number}
    covered: set[int] = set()
    # Where some need each other in a circle, the first of them stands for all.
    for number in sorted(members, key=lambda number: (number in needed, number)):
        if number not in covered:
            group = reached([number], links)
            covered |= group
            yield sorted(group)


def reached(starts: Iterable[int], links: Mapping[int, AbstractSet[int]]) -> set[int]:
    """The starts, and all that links lead to from there."""
    found = set(starts)
    pending = list(found)
    while pending:
        new = links[pending.pop()] - found
        found |= new
        pending += new
    return found
