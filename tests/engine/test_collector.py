from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from lambda_lint.engine.collector import OBJECTS, patient_collector

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(("before", "within"), [(700, OBJECTS), (OBJECTS + 1, OBJECTS + 1), (0, 0)])
def test_it_looks_rarely_and_then_as_before(before: int, within: int) -> None:
    gc.set_threshold(before, 9, 8)
    with patient_collector():
        assert gc.get_threshold() == (within, 9, 8)
    assert gc.get_threshold() == (before, 9, 8)
