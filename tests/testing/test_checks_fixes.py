"""The harness sees what is wrong with fixes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.model.finding import Finding, Result, RuleInfo
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Safety, Severity
from lambda_lint.model.location import Span
from lambda_lint.syntax.source import location
from lambda_lint.testing.cases import Case, parse_page
from lambda_lint.testing.check import CaseFailedError, check_case, check_mutants
from lambda_lint.testing.checks_fixes import CHECKS_OF_FIXES

if TYPE_CHECKING:
    from lambda_lint.testing.trial import Project

INFO = RuleInfo(
    "TOY001",
    "bad-word",
    Category.DESIGN,
    Severity.WARNING,
    on_by_default=True,
    summary="",
    page="",
    url="",
    fixable=(Safety.SAFE,),
)
WORSE = replace(INFO, code="TOY002", name="worse-word")


@dataclass
class Fixer:
    """Finds words and has others for them."""

    words: dict[str, str]
    safety: Safety = Safety.SAFE
    infos: tuple[RuleInfo, ...] = (INFO, WORSE)
    lone: bool = False
    """Whether the rules are off by default."""

    def name_of(self, word: str) -> str | None:
        return next((info.name for info in self.infos if word in (info.name, info.code)), None)

    def info(self, word: str) -> RuleInfo:
        return next(info for info in self.infos if info.name == word)

    def is_rule(self, word: str) -> bool:
        return self.name_of(word) is not None

    def chooses(self, configuration: str) -> bool:
        del configuration
        return False

    def __call__(self, project: Project) -> Result:
        findings = []
        for path, data in project.files.items():
            text = data.decode()
            for word, better in self.words.items():
                start = text.find(word)
                if start != -1:
                    span = Span(start, start + len(word))
                    fix = Fix("mend", (Edit(span, better),), self.safety)
                    info = WORSE if word == "worse" else INFO
                    findings.append(
                        Finding(
                            info.code,
                            info.name,
                            Category.DESIGN,
                            Severity.WARNING,
                            Confidence.HIGH,
                            "`it` is bad",
                            location(path, text, span),
                            fix=fix,
                        )
                    )
        rules = () if self.lone and project.select is None else self.infos
        return Result(tuple(findings), rules=rules)


def case_of(text: str) -> Case:
    return parse_page(Path("bad_word.md"), text)[0]


def problems(text: str, fixer: Fixer) -> str:
    with pytest.raises(CaseFailedError) as failed:
        check_case(case_of(text), fixer, CHECKS_OF_FIXES)
    return str(failed.value)


BAD = "```python\nbad()  # error: [bad-word]\n```\n"


@pytest.mark.parametrize("lone", [False, True])
def test_good_fixes_pass(lone: bool) -> None:
    fixer = Fixer({"bad": "good"}, lone=lone)
    check_case(case_of(BAD + "\n```python fixed\n\ngood()\n```\n"), fixer, CHECKS_OF_FIXES)
    check_mutants(case_of(BAD), fixer)


def test_a_case_without_fixes_passes() -> None:
    check_case(case_of("```python\ngood()\n```\n"), Fixer({}), CHECKS_OF_FIXES)


@pytest.mark.parametrize(
    ("fixer", "problem"),
    [
        (Fixer({"bad": "good"}, Safety.UNSAFE), "has a fix that is unsafe, which its `fixable` does not say"),
        (Fixer({"bad": "good"}, Safety.UNSAFE), "its page has no `## Fix safety`"),
        (Fixer({"bad": "(("}), "the text is no Python"),
        (Fixer({"bad": "(("}), "what comes of it is no valid Python"),
        (Fixer({"bad": "bad or bad"}), "its fix does not do away with it"),
        (Fixer({"bad": "worse", "worse": "worse"}), "its fix brings [worse-word] in `app.py`"),
        (Fixer({"bad": "worse", "worse": "worse"}), "all fixes together bring [worse-word] in `app.py`"),
        (Fixer({"bad": "go\r\nod"}), "is fixed in another way with CRLF"),
    ],
)
def test_what_is_wrong_with_a_fix_is_told(fixer: Fixer, problem: str) -> None:
    assert problem in problems(BAD, fixer)


def test_a_block_that_shows_something_else_is_told() -> None:
    told = problems(BAD + "\n```python fixed\nbetter()\n```\n", Fixer({"bad": "good"}))
    assert "`app.py` after fixing differs from the block headed `fixed`" in told
    assert "-better()" in told
    assert "+good()" in told
    untouched = "```python\ncalm()\n```\n\n```python fixed\ncalmer()\n```\n"
    assert "-calmer()" in problems(untouched, Fixer({}))


def test_what_is_left_although_it_has_a_fix_is_told() -> None:
    case = "```python\nbad()  # error: [bad-word]\nnever()  # error: [bad-word]\n```\n"
    told = problems(case, Fixer({"bad": "good", "never": "(("}))
    assert "app.py:2:1 [bad-word] is left although it has a fix" in told


def test_mutants_are_fixed_too() -> None:
    with pytest.raises(CaseFailedError, match="no valid Python"):
        check_mutants(case_of(BAD), Fixer({"bad": "(("}))


class Forgetful(Fixer):
    """Sees what a fix leaves to do only when it looks at it for the third time."""

    looks = 0

    def __call__(self, project: Project) -> Result:
        result = super().__call__(project)
        if b"bad" in b"".join(project.files.values()):
            self.looks = 0
            return result
        self.looks += 1
        return result if self.looks > 2 else Result((), rules=self.infos)


def test_a_second_run_that_changes_more_is_told() -> None:
    assert "a second run changes more" in problems(BAD, Forgetful({"bad": "good", "good": "best"}))
