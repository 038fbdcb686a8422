# ruff: noqa: ARG002 - the rules of these tests do not look at what they are given
from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import libcst as cst
import pytest
from running import run, told

from lambda_lint.deployment.function import DeployedFunction, Place
from lambda_lint.model.labels import Severity
from lambda_lint.model.location import Span
from lambda_lint.rule import Related, Rule, Violation
from lambda_lint.semantics.context import Handler, Module
from lambda_lint.semantics.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context

TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: ., Handler: app.main}
"""


class EveryCall(Rule[cst.Call]):
    code = "AA001"
    severity = Severity.WARNING
    message = "a call"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(subject)


class Crashes(Rule[cst.Call]):
    code = "AA002"
    severity = Severity.WARNING
    message = "never said"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        if isinstance(subject.func, cst.Name) and subject.func.value == "bad":
            raise ValueError("no such thing\nand more")
        yield self.violation(subject)


class Silent(Rule[Module]):
    code = "AA003"
    severity = Severity.WARNING
    message = "never said"

    def check(self, subject: Module, ctx: Context, /) -> Iterator[Violation]:
        raise AssertionError


class InHandlers(Rule[Handler]):
    code = "AA004"
    severity = Severity.WARNING
    message = "never said"

    def check(self, subject: Handler, ctx: Context, /) -> Iterator[Violation]:
        raise KeyError(subject.name)


class OverProjects(Rule[Project]):
    code = "AA005"
    severity = Severity.WARNING
    message = "never said"

    def check(self, subject: Project, ctx: Context, /) -> Iterator[Violation]:
        raise LookupError(str(len(subject.modules)))


class OfFunctions(Rule[DeployedFunction]):
    code = "AA006"
    severity = Severity.WARNING
    message = "never said"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:
        raise OSError(subject.name)


class PointsNowhere(Rule[DeployedFunction]):
    code = "AA007"
    severity = Severity.WARNING
    message = "wrong"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(cst.Name("made_up"))


class PointsElsewhere(Rule[cst.Call]):
    code = "AA008"
    severity = Severity.WARNING
    message = "wrong"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(cst.Name("made_up"))


class Exits(Rule[cst.Call]):
    code = "AA009"
    severity = Severity.WARNING
    message = "never said"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        sys.exit(3)


def test_a_rule_that_crashes_is_reported_where_it_was_and_the_others_go_on() -> None:
    result = run({"app.py": "good()\nbad()\ngood()\n"}, EveryCall, Crashes)
    assert [(f.code, f.location.start.line) for f in result.findings] == [
        ("AA001", 1),
        ("AA002", 1),
        ("AA001", 2),
        ("LL901", 2),
        ("AA001", 3),
        ("AA002", 3),
    ]
    crash = result.findings[3]
    assert crash.message.startswith(
        "rule `crashes` crashed here with ValueError: no such thing (in check, line "
    )
    assert crash.severity is Severity.ERROR
    assert (crash.name, crash.location.start.column, crash.location.end.column) == ("rule-crashed", 1, 6)
    assert result.crashed
    assert not run({"app.py": "good()\n"}, EveryCall, Crashes).crashed


@pytest.mark.parametrize(
    ("rule", "where", "what"),
    [
        (Silent, "app.py:1", "rule `silent` crashed here with AssertionError (in check"),
        (InHandlers, "app.py:2", "rule `in-handlers` crashed here with KeyError: 'main' (in check"),
        (OverProjects, "app.py:1", "rule `over-projects` crashed here with LookupError: 2 (in check"),
        (OfFunctions, "template.yaml:2", "rule `of-functions` crashed here with OSError: Orders (in check"),
        (PointsNowhere, "template.yaml:2", "rule `points-nowhere` crashed here with TypeError: a rule about"),
        (PointsElsewhere, "app.py:3", "rule `points-elsewhere` crashed here with KeyError"),
        (Exits, "app.py:3", "rule `exits` crashed here with SystemExit: 3 (in check"),
    ],
)
def test_whatever_a_rule_looks_at(rule: type[Rule[object]], where: str, what: str) -> None:
    files = {"app.py": "import os\ndef main(event, context):\n    os.getcwd()\n", "other.py": ""}
    result = run(files, rule, EveryCall, templates={"template.yaml": TEMPLATE.strip()})
    crash = next(finding for finding in result.findings if finding.code == "LL901")
    assert told([crash])[0].startswith(f"{where} LL901 {what}")
    assert any(finding.code == "AA001" for finding in result.findings)
    assert result.crashed


def test_a_rule_over_the_project_may_crash_where_there_is_nothing() -> None:
    result = run({}, OverProjects)
    assert [f.code for f in result.findings] == ["LL901"]


def test_a_crash_counts_even_if_a_comment_silences_it() -> None:
    result = run({"app.py": "bad()  # lambda-lint: ignore[rule-crashed] known\n"}, Crashes)
    assert not result.findings
    assert result.crashed


class AboutTheTemplate(Rule[DeployedFunction]):
    code = "AA010"
    severity = Severity.WARNING
    message = "`{name}` is deployed"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:
        related = (Related(subject.handler_place or subject.place, "its handler"),)
        yield self.violation(subject.place, name=subject.name, related=related)


class AboutAFile(Rule[Project]):
    code = "AA011"
    severity = Severity.WARNING
    message = "the project"

    def check(self, subject: Project, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(Place(subject.paths[0], Span(2, 4)))


def test_rules_about_templates_and_projects_point_at_places() -> None:
    files = {"app.py": "# one\n"}
    result = run(files, AboutTheTemplate, AboutAFile, templates={"template.yaml": TEMPLATE.strip()})
    assert told(result.findings) == [
        "app.py:1 AA011 the project",
        "template.yaml:2 AA010 `Orders` is deployed",
    ]
    assert result.findings[0].location.start.column == 3
    assert [note.location.start.line for note in result.findings[1].related] == [4]
    assert set(result.sources) == {"app.py", "template.yaml"}
