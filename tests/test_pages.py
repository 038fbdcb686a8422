"""Every page is a test: the rules' own, further cases of rules, and questions to the semantic model."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambda_lint.settings.options import DEFAULT
from lambda_lint.testing import Case, cases_of, check_case
from lambda_lint.testing.engine import installed
from lambda_lint.testing.questions import QUESTIONS, wrong_answers
from lambda_lint.testing.trial import Project

ROOT = Path(__file__).parents[1]
PAGES = cases_of(ROOT / "rules", ROOT / "lambda_lint" / "own", ROOT / "tests" / "rules")
MODEL = cases_of(ROOT / "tests" / "semantics", questions=QUESTIONS)


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_page(case: Case) -> None:
    check_case(case)


@pytest.mark.parametrize("case", MODEL, ids=str)
def test_model(case: Case) -> None:
    """Pages about the model, which ask what it knows of a line."""
    assert any(file.questions for file in case.files), "the case asks nothing"
    settings = DEFAULT
    if case.configuration is not None:
        settings = installed().settings(Project({}, {}, case.configuration))
    wrong = list(wrong_answers(case, settings))
    assert not wrong, "\n".join(["", *wrong])
