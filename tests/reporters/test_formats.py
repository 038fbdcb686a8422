"""The table of formats, and the whole output of each for one project."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import lambda_lint
from lambda_lint.reporters import FORMATS, reporter
from lambda_lint.reporters.statistics import report as report_statistics
from lambda_lint.reporters.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.model.finding import Result

COLORFUL = Style(color=True, width=100, hyperlinks=True, show_suppressed=True)


@pytest.mark.parametrize("name", FORMATS)
def test_a_project_plain(
    name: str, orders: Result, render: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    text = render(name, orders).replace(f'"{lambda_lint.__version__}"', '"VERSION"')
    suffix = {"json-lines": "jsonl"}.get(name, name if name in {"json", "sarif"} else "txt")
    golden(f"{name}.{suffix}", text)


@pytest.mark.parametrize("name", FORMATS)
def test_a_project_with_everything_shown(
    name: str, orders: Result, render: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    text = render(name, orders, COLORFUL).replace(f'"{lambda_lint.__version__}"', '"VERSION"')
    suffix = {"json-lines": "jsonl"}.get(name, name if name in {"json", "sarif"} else "txt")
    golden(f"{name}-all.{suffix}", text)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_again(name: str, orders: Result, render: Callable[..., str]) -> None:
    assert render(name, orders, COLORFUL) == render(name, orders, COLORFUL)


@pytest.mark.parametrize("name", FORMATS)
def test_only_full_needs_rich(name: str) -> None:
    program = f"""
import sys
from lambda_lint.reporters import reporter
assert "rich" not in sys.modules
reporter({name!r})
print("rich" in sys.modules, "libcst" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [str(name == "full"), "False"]


def test_statistics_are_no_format_but_look_like_one() -> None:
    assert "statistics" not in FORMATS
    assert callable(report_statistics)
    assert callable(reporter("full"))
