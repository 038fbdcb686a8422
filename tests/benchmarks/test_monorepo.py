"""The generated monorepo: which findings stand in it, and what it depends on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from handler_texts import BREACHES, HANDLERS, Breach
from monorepo import write_monorepo

from lambda_lint import app
from lambda_lint.request import Request

if TYPE_CHECKING:
    from pathlib import Path


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_planted_findings_are_all_that_is_found(tmp_path: Path) -> None:
    made = write_monorepo(tmp_path, 100)
    found = app.run(Request(paths=(tmp_path,), isolated=True, cwd=tmp_path)).result.findings
    assert made.planted.keys() == {breach.rule for breaches in BREACHES.values() for breach in breaches}
    assert made.planted.total() == 20
    assert Counter(finding.name for finding in found) == made.planted


def test_every_breach_can_be_planted() -> None:
    for kind, breaches in BREACHES.items():
        for breach in breaches:
            assert breach.apply(HANDLERS[kind]) != HANDLERS[kind]
    with pytest.raises(ValueError, match="idle-wait cannot be planted"):
        Breach("idle-wait", (("nowhere", ""),)).apply(HANDLERS["api"])


def test_a_monorepo_depends_on_its_size_and_seed_alone(tmp_path: Path) -> None:
    small, again, large, other = (tmp_path / name for name in ("small", "again", "large", "other"))
    made = write_monorepo(small, 20)
    write_monorepo(again, 20)
    write_monorepo(large, 45)
    write_monorepo(other, 20, seed=1)
    assert texts(small) == texts(again) != texts(other)
    assert texts(small).items() < texts(large).items()
    assert made.files == sum(name.endswith(".py") for name in texts(small))
