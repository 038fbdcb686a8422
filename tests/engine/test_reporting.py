"""What is reported, and where: targets, tests, severities, order, repeats, progress, handlers."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import libcst as cst
import pytest
from running import run, told

from lambda_lint.engine import units
from lambda_lint.model.labels import Confidence, Origin, Severity, SourceKind
from lambda_lint.rule import Related, Rule, Violation
from lambda_lint.semantics.context import Module
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context


class PerInvocation(Rule[cst.Call]):
    """Reports each call that runs at each invocation, with the way to it."""

    code = "AA001"
    severity = Severity.WARNING
    message = "runs each time"
    help = "do it once"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        if ctx.runs_per_invocation(subject) and not ctx.is_project_call(subject):
            yield self.violation(
                subject,
                path=ctx.path_to(subject),
                related=(Related(subject.func, "what is called"),),
                severity=Severity.ERROR if ctx.loop_around(subject) is not None else None,
                confidence=Confidence.LOW,
            )


class EveryModule(Rule[Module]):
    code = "AA002"
    severity = Severity.INFO
    message = "a module"
    in_tests = True

    def check(self, subject: Module, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        yield self.violation(subject.tree.module)


APP = {
    "app.py": """
        from work import helper

        def main(event, context):
            helper()
    """,
    "work.py": """
        def helper():
            for each in (1, 2):
                print(each)
            print("done")
    """,
}


def test_a_finding_knows_its_way_its_relations_and_its_words() -> None:
    inside, after = run(APP, PerInvocation).findings
    assert (inside.severity, after.severity) == (Severity.ERROR, Severity.WARNING)
    assert (after.name, after.function, after.help) == ("per-invocation", "helper", "do it once")
    assert after.confidence is Confidence.LOW
    assert [(note.location.path, note.location.start.line, note.text) for note in after.path] == [
        ("app.py", 4, "`main` calls `helper`")
    ]
    assert [(note.location.start.line, note.location.end.column, note.text) for note in after.related] == [
        (4, 10, "what is called")
    ]
    assert after.line_hash != inside.line_hash


def test_given_files_alone_are_reported_but_all_are_known() -> None:
    whole = run(APP, PerInvocation)
    part = run(APP, PerInvocation, targets=["work.py"])
    assert part.findings == whole.findings
    assert part.files == ("work.py",)
    assert set(part.sources) == {"app.py", "work.py"}
    other = run(APP, PerInvocation, targets=["app.py"])
    assert not other.findings
    assert [handler.name for handler in other.handlers] == ["app.py:main"]
    assert not run(APP, PerInvocation, targets=[]).files


def test_a_comment_on_the_way_silences_what_stands_behind_it() -> None:
    files = {**APP, "app.py": APP["app.py"].replace("helper()\n    ", "helper()  # noqa: AA001\n    ")}
    assert "noqa" in files["app.py"]
    for targets in (None, ["work.py"]):
        result = run(files, PerInvocation, targets=targets)
        assert not result.findings
        assert len(result.suppressed) == 2
        assert "work.py" in result.sources


def test_an_unused_comment_is_not_judged_where_not_every_file_was_looked_at() -> None:
    files = {"app.py": "x = 1  # lambda-lint: ignore[per-invocation]\n", "other.py": ""}
    assert [finding.code for finding in run(files, PerInvocation).findings] == ["LL902"]
    assert not run(files, PerInvocation, targets=["app.py"]).findings


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_of_the_files_does_not_matter(order: tuple[int, ...]) -> None:
    files = {
        **APP,
        "a/app.py": "from work import helper\ndef handler(event, context):\n    helper()\n",
        "broken.py": "def f(:\n",
    }
    expected = run(files, PerInvocation, EveryModule)
    paths = list(files)
    assert run({paths[i]: files[paths[i]] for i in order}, EveryModule, PerInvocation) == expected
    assert [f.order for f in expected.findings] == sorted(f.order for f in expected.findings)


def test_test_code_is_left_to_rules_that_are_meant_for_it() -> None:
    files = {
        "tests/test_app.py": "def handler(event, context):\n    print(1)\n",
        "app.py": "def handler(event, context):\n    print(1)\n",
    }
    result = run(files, PerInvocation, EveryModule)
    assert told(result.findings) == [
        "app.py:1 AA002 a module",
        "app.py:2 AA001 runs each time",
        "tests/test_app.py:1 AA002 a module",
    ]
    assert [handler.name for handler in result.handlers] == ["app.py:handler"]


def test_severities_and_ignores_of_the_settings() -> None:
    settings = replace(DEFAULT, severity=(("every-module", Severity.ERROR),))
    assert {f.severity for f in run(APP, EveryModule, settings=settings).findings} == {Severity.ERROR}
    ignoring = replace(DEFAULT, per_file_ignores=(("work.py", ("AA002",)),))
    assert told(run(APP, EveryModule, settings=ignoring).findings) == ["app.py:1 AA002 a module"]
    unparsed = replace(DEFAULT, per_file_ignores=(("old/*", ("syntax-error",)),))
    assert not run({"old/a.py": "def f(:\n"}, settings=unparsed).findings


def test_progress_is_told_step_by_step() -> None:
    steps: list[tuple[int, int]] = []
    run({**APP, "broken.py": "def f(:\n"}, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6)]


SHARED = """
    Resources:
      One:
        Type: AWS::Serverless::Function
        Properties: {Runtime: python3.13, CodeUri: ., Handler: app.main, Events: {A: {Type: SQS}}}
      Two:
        Type: AWS::Serverless::Function
        Properties: {Runtime: python3.13, CodeUri: ., Handler: app.main}
"""
OTHER = """
    Resources:
      Three:
        Type: AWS::Lambda::Function
        Properties: {Runtime: python3.13, Handler: app.main, Code: .}
"""


def test_several_templates_may_name_one_handler() -> None:
    result = run(APP, PerInvocation, templates={"b.yaml": OTHER, "a.yaml": SHARED})
    assert len(result.findings) == 2
    (handler,) = result.handlers
    assert handler.name == "app.py:main"
    assert handler.function == "One"
    assert handler.origins == (Origin.TEMPLATE, Origin.CONVENTION)
    assert handler.sources == (SourceKind.SQS,)
    assert handler.reaches == ("work.py:helper",)
    assert (handler.location.path, handler.location.start.line, handler.location.start.column) == (
        "app.py",
        3,
        5,
    )


def test_handlers_in_files_that_are_not_reported_are_told_by_file() -> None:
    (handler,) = run(APP, targets=["work.py"]).handlers
    assert (handler.location.path, handler.location.start.line) == ("app.py", 1)


def test_trees_that_were_let_go_are_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run(APP, PerInvocation, EveryModule)
    monkeypatch.setattr(units, "KEPT_CHARACTERS", 1)
    assert run(APP, PerInvocation, EveryModule) == expected
