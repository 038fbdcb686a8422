"""What rules say of where they can fire holds for the cases and their mutants: files are left out for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst
import pytest

from lambda_lint.model.labels import Phase
from lambda_lint.packs import RuleEntry
from lambda_lint.rule import Reach
from lambda_lint.testing import Case, cases_of
from lambda_lint.testing.engine import installed
from lambda_lint.testing.mutate import MUTATIONS, mutants_of
from lambda_lint.testing.trial import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.testing.trial import Project

ROOT = Path(__file__).parents[2]
CASES = cases_of(ROOT / "rules", ROOT / "tests" / "rules")
ENTRIES = [entry for entry in installed().registry.entries if entry.rule_type is not None]


def is_held_by_phases(entry: RuleEntry) -> bool:
    """Whether it looks at nodes that a deployed function runs, and at nothing else in the code."""
    nodes = [kind for kind in entry.subjects if kind.__module__.startswith("libcst")]
    in_code = [kind for kind in entry.subjects if kind.__name__ != "DeployedFunction"]
    return nodes == in_code and Phase.NEITHER not in entry.phases


def cases_for(names: set[str]) -> list[Case]:
    return [case for case in CASES if case.rule in names]


CHOOSY = {entry.info.name for entry in ENTRIES if not entry.may_fire("")}
FOR_HANDLERS = {entry.info.name for entry in ENTRIES if entry.reach is Reach.HANDLERS}
BY_PHASES = {entry.info.name for entry in ENTRIES if is_held_by_phases(entry)}
ACROSS_FILES = [each for each in MUTATIONS if each.name == "move_helpers"]


def projects_of(case: Case, *, all_mutants: bool) -> Iterator[Project]:
    """The case, and its mutants."""
    project = start(case, installed()).project
    yield project
    for mutant in mutants_of(case, MUTATIONS if all_mutants else ACROSS_FILES).values():
        yield replace(project, files={path: text.encode() for path, text in mutant.files.items()})


@pytest.mark.parametrize("case", cases_for(CHOOSY), ids=str)
def test_a_rule_fires_only_where_it_said_that_it_may(case: Case) -> None:
    """Not of the very file: the files of a case may know of each other."""
    for project in projects_of(case, all_mutants=True):
        for finding in installed()(project).findings:
            entry = installed().registry.get(finding.code)
            if finding.location.path in project.files and entry.is_rule:
                assert any(entry.may_fire(code.decode()) for code in project.files.values()), finding


@pytest.mark.parametrize("case", cases_for(FOR_HANDLERS - BY_PHASES), ids=str)
def test_a_rule_about_handlers_is_silent_elsewhere(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = list(projects_of(case, all_mutants=False))
    found = [installed()(project).findings for project in projects]
    monkeypatch.setattr(RuleEntry, "reach", Reach.ANYWHERE)
    assert [installed()(project).findings for project in projects] == found


def test_what_only_deployed_functions_run_is_about_handlers() -> None:
    assert BY_PHASES <= FOR_HANDLERS
    assert {"hardcoded-secret", "hardcoded-aws-credentials"}.isdisjoint(FOR_HANDLERS)


def test_each_kind_of_declaration_is_in_use() -> None:
    assert CHOOSY
    assert FOR_HANDLERS - BY_PHASES
    assert any(cst.Call in entry.subjects for entry in ENTRIES if entry.info.name in BY_PHASES)
