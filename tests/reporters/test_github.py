from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.model.finding import Result
from lambda_lint.model.labels import Severity
from lambda_lint.reporters.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_the_worst_come_first(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    found = marked("«x»").findings[0]
    severities = [Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR]
    findings = tuple(
        replace(found, severity=severity, message=f"number {number}")
        for number, severity in enumerate(severities)
    )
    lines = render("github", Result(findings)).splitlines()
    assert [(line.split()[0], line[-1]) for line in lines[:-1]] == [
        ("::error", "1"),
        ("::error", "3"),
        ("::warning", "2"),
        ("::notice", "0"),
    ]
    assert lines[-1] == "lambda-lint: 2 errors, 1 warning and 1 info in 0 files, 0 handlers"


def test_columns_only_within_one_line(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    assert "line=1,endLine=1,col=1,endColumn=4::" in render("github", marked("«f()»"))
    assert "line=1,endLine=2::" in render("github", marked("«f(\n)»"))


def test_files_are_relative_to_the_root(
    marked: Callable[..., Result],
    render: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    drawn = render("github", marked("«x»", file="app.py", root=".."))
    assert ",file=here/app.py,line=1" in drawn
    assert "::app.py:1:1: LL001" in drawn


def test_quiet(marked: Callable[..., Result], clean: Result, render: Callable[..., str]) -> None:
    quiet = Style(quiet=True)
    assert render("github", replace(clean, notes=("a note",)), quiet) == ""
    assert render("github", replace(marked("«x»"), notes=("a note",)), quiet).count("\n") == 1


def test_suppressed_findings_are_notices(orders: Result, render: Callable[..., str]) -> None:
    assert "suppressed: " not in render("github", orders)
    assert "::suppressed: src/orders/app.py:28:15" in render("github", orders, Style(show_suppressed=True))
