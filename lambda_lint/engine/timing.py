"""How long the phases of a run take."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping


@contextmanager
def timed(
    times: MutableMapping[str, float], phase: str, clock: Callable[[], float] = perf_counter
) -> Iterator[None]:
    """Add the seconds that the block takes to what the phase has taken so far."""
    start = clock()
    try:
        yield
    finally:
        times[phase] = times.get(phase, 0.0) + clock() - start


@contextmanager
def busy(times: MutableMapping[str, float], phase: str) -> Iterator[None]:
    """The same, of time that the processor was at work, so that times of several processes can be added."""
    with timed(times, phase, process_time):
        yield


def add(times: MutableMapping[str, float], more: Mapping[str, float]) -> None:
    """Add seconds, phase by phase."""
    for phase, seconds in more.items():
        times[phase] = times.get(phase, 0.0) + seconds
