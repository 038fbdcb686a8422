"""What a part leaves behind: its findings, and nothing that waits for the garbage collector."""

from __future__ import annotations

import gc
from pathlib import Path

from lambda_lint.engine.part import PartRunner
from lambda_lint.engine.task import Task
from lambda_lint.registry import load_registry
from lambda_lint.semantics.evaluate import Evaluator
from lambda_lint.semantics.facts import ModuleFacts
from lambda_lint.semantics.project import Project
from lambda_lint.settings.options import DEFAULT
from lambda_lint.syntax.tree import Tree
from lambda_lint.testing import cases_of

RULES = Path(__file__).parents[2] / "rules"
HELD = (Project, Evaluator, ModuleFacts, Tree)


def _held() -> list[str]:
    return sorted(type(each).__name__ for each in gc.get_objects() if type(each) in HELD)


def test_a_part_is_freed_as_soon_as_it_is_done() -> None:
    """For the first example of each rule: what its answers hold must not hold them in turn."""
    runner = PartRunner(DEFAULT, load_registry(), ".")
    first = {case.page.name: case for case in reversed(list(cases_of(RULES)))}
    tasks = [
        Task({file.path: file.text.encode() for file in case.files if file.path.endswith(".py")})
        for case in first.values()
    ]
    gc.collect()
    gc.disable()
    try:
        before = _held()
        found = [runner.run(task) for task in tasks]
        assert _held() == before
    finally:
        gc.enable()
    assert sum(len(each.findings) for each in found) > len(tasks) / 2
