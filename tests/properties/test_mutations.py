"""Findings survive changes that keep the meaning, and silence stays silence.

Each case is changed by every second mutation, the next case by the others: so neighbors, which are mostly of
one rule, share them all. `LAMBDA_LINT_ALL_MUTATIONS=1` changes each case by every one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.testing import Case, cases_of, check_mutants
from lambda_lint.testing.mutate import MUTATIONS, Mutation, mutants_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
CASES = cases_of(ROOT / "rules", ROOT / "tests" / "rules")
MEASURING = {"fat-handler": "it measures the handler's own body, which some mutations make longer or empty"}


SHARE = 1 if os.environ.get("LAMBDA_LINT_ALL_MUTATIONS") else 2


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=list(map(str, CASES)))
def test_findings_survive(number: int, case: Case, record_property: Callable[[str, object], None]) -> None:
    mutations = [
        each
        for place, each in enumerate(MUTATIONS, number)
        if place % SHARE == 0 and not (each.reshapes and case.rule in MEASURING)
    ]
    applied = check_mutants(case, mutations=mutations)
    record_property("cases changed by", applied)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_every_mutation_applies(mutation: Mutation) -> None:
    """A mutation that applies to nothing tests nothing. The summary tells how many cases each changed."""
    assert any(mutants_of(case, [mutation]) for case in CASES)
