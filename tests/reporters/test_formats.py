"""The table of formats, and the whole output of each for one project."""

from __future__ import annotations

import pickle
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
def test_only_full_for_a_terminal_needs_rich(name: str, orders: Result) -> None:
    program = f"""
import io, pickle, sys
from lambda_lint.reporters import reporter
from lambda_lint.reporters.style import Style
result = pickle.loads(sys.stdin.buffer.read())
reporter({name!r})(result, io.StringIO(), Style())
print("rich" in sys.modules, "libcst" in sys.modules)
reporter({name!r})(result, io.StringIO(), Style(color=True, width=80))
print("rich" in sys.modules)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(orders), capture_output=True, check=True
    )
    assert ran.stdout.decode().split() == ["False", "False", str(name == "full")]


def test_statistics_are_no_format_but_look_like_one() -> None:
    assert "statistics" not in FORMATS
    assert callable(report_statistics)
    assert callable(reporter("full"))
