"""The day on which a run judges dates: the same results on all days between which nothing changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import registry

from lambda_lint.engine.day import dated
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import lint
from lambda_lint.engine.session import Session
from lambda_lint.engine.store import Store
from lambda_lint.knowledge.runtimes import LIFECYCLES
from lambda_lint.model.labels import Severity
from lambda_lint.registry import Registry, load_registry
from lambda_lint.rule import Rule
from lambda_lint.settings.options import DEFAULT, Choices, Options, RuleTable, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lambda_lint.model.finding import Result
    from lambda_lint.rule import Violation
    from lambda_lint.semantics.context import Context

REGISTRY = load_registry()
ONLY = DEFAULT.apply(Options(choices=(Choices(select=("retired-runtime",)),)))
PROPERTIES = "{{Runtime: {runtime}, Code: ., Handler: app.b}}"
FUNCTION = "  F{number}: {{Type: 'AWS::Lambda::Function', Properties: " + PROPERTIES + "}}\n"
TEMPLATE = "Resources:\n" + "".join(
    FUNCTION.format(number=number, runtime=runtime) for number, runtime in enumerate(LIFECYCLES)
)
INPUTS = Inputs(
    files={"app.py": b"def b(event, context): ..."}, templates={"template.yaml": TEMPLATE.encode()}
)

days = st.dates(date(2020, 1, 1), date(2031, 1, 1)).map(date.isoformat)


def on(day: str, ahead: int | None = None) -> Settings:
    rules = () if ahead is None else (RuleTable("LL102", (("days", ahead),)),)
    return replace(ONLY, today=day, rules=rules)


@given(days, st.none() | st.integers(-5, 1000))
def test_the_day_that_counts_is_as_good_as_the_day_itself(day: str, ahead: int | None) -> None:
    settings = on(day, ahead)
    counting = dated(settings, REGISTRY)
    assert counting.today is not None
    assert counting.today <= day
    assert lint(INPUTS, counting, REGISTRY).findings == lint(INPUTS, settings, REGISTRY).findings


@given(days, days)
def test_days_on_which_the_same_is_found_are_one_day(one: str, other: str) -> None:
    same = lint(INPUTS, on(one), REGISTRY).findings == lint(INPUTS, on(other), REGISTRY).findings
    assert same is (dated(on(one), REGISTRY) == dated(on(other), REGISTRY))


@dataclass(frozen=True)
class Today:
    today: str = ""


class Judges(Rule[cst.Call]):
    code = "AA001"
    severity = Severity.WARNING
    message = "x"
    Options = Today

    def check(self, _call: cst.Call, _ctx: Context, /) -> Iterator[Violation]:
        yield from ()


def test_a_rule_that_does_not_say_how_far_it_looks_gets_every_day() -> None:
    assert dated(on("2026-11-22"), registry(Judges)).today == "2026-11-22"


def test_before_any_date_there_is_no_day() -> None:
    assert dated(on("2001-01-01"), REGISTRY).today == ""


def test_without_a_day_it_is_today() -> None:
    today = datetime.now(tz=timezone.utc).date()
    near = {(today + timedelta(shift)).isoformat() for shift in (-1, 0, 1)}
    assert dated(DEFAULT, REGISTRY).today in {dated(on(day), REGISTRY).today for day in near}


def test_without_a_rule_that_asks_no_day_matters() -> None:
    assert dated(on("2026-11-22"), Registry([])).today == ""


def test_results_are_kept_until_something_changes(tmp_path: Path) -> None:
    def begun(day: str) -> tuple[Result, bool]:
        """The result, and whether it took any work."""
        steps: list[int] = []
        settings = dated(on(day), REGISTRY)
        session = Session(settings, REGISTRY, Store(tmp_path), lambda done, _total: steps.append(done))
        return session.result(INPUTS), bool(steps)

    first, worked = begun("2026-11-22")
    assert worked
    assert begun("2026-11-23") == (first, False)
    later, worked = begun("2027-04-01")
    assert worked
    assert len(later.findings) == len(first.findings) + 1


@pytest.mark.parametrize("runtime", LIFECYCLES)
def test_what_is_refused_is_out_of_support(runtime: str) -> None:
    lifecycle = LIFECYCLES[runtime]
    dates = [date.fromisoformat(day) for day in (lifecycle.ended, lifecycle.no_create, lifecycle.no_update)]
    assert dates == sorted(dates)
