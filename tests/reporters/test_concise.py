from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from lambda_lint.model.finding import Result, Suppressed
from lambda_lint.model.labels import Severity
from lambda_lint.reporters.statistics import report as report_statistics
from lambda_lint.reporters.style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_line_for_each_finding(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    result = marked("x = «y»\n", file="src/app.py")
    assert render("concise", result) == (
        "src/app.py:1:5: LL001 client-in-handler this is wrong\n1 warning in 1 file, 0 handlers\n"
    )


def test_quiet_says_nothing_more(
    marked: Callable[..., Result], clean: Result, render: Callable[..., str]
) -> None:
    quiet = Style(quiet=True)
    text = render("concise", replace(marked("«x»"), notes=("no handler was found",)), quiet)
    assert text == "app.py:1:1: LL001 client-in-handler this is wrong\n"
    assert render("concise", clean, quiet) == ""


def test_suppressed_findings_only_if_asked(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    found = marked("«x»").findings[0]
    result = Result((), suppressed=(Suppressed(found, "known"), Suppressed(found, None)))
    assert render("concise", result) == "no findings in 0 files, 0 handlers; 2 suppressed\n"
    assert render("concise", result, Style(show_suppressed=True)).splitlines()[:2] == [
        "app.py:1:1: LL001 client-in-handler this is wrong (suppressed: known)",
        "app.py:1:1: LL001 client-in-handler this is wrong (suppressed)",
    ]


@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_a_failed_analysis_is_not_called_clean(name: str, clean: Result, render: Callable[..., str]) -> None:
    assert "no findings in 1 file, 0 handlers\n" in render(name, clean)
    crashed = render(name, replace(clean, crashed=True))
    assert "no findings in 1 file, 0 handlers; incomplete, as a part of the analysis failed\n" in crashed


def test_statistics(orders: Result, clean: Result) -> None:
    stream = StringIO()
    report_statistics(orders, stream, PLAIN)
    assert stream.getvalue().splitlines() == [
        "2  LL001  warning  client-in-handler [*]",
        "1  LL070  error    hardcoded-secret",
        "1  LL022  warning  sync-lambda-invoke",
        (
            "1 error and 3 warnings in 3 files, 1 handler; [*] 1 fixable with `--fix` (1 more with "
            "`--unsafe-fixes`); 1 suppressed"
        ),
    ]
    quiet = StringIO()
    report_statistics(clean, quiet, Style(quiet=True))
    assert quiet.getvalue() == ""


def test_three_severities_in_one_sentence(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    found = marked("«x»").findings[0]
    result = Result(tuple(replace(found, severity=Severity(number)) for number in (1, 2, 2, 3)))
    assert render("concise", result).endswith("1 error, 2 warnings and 1 info in 0 files, 0 handlers\n")
