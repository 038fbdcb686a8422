"""What runs import, and what they must not: each in a Python of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RUN = """
from lambda_lint.engine.lint import Inputs, lint
from lambda_lint.registry import load_registry
from lambda_lint.settings.options import DEFAULT, Choices, Options

code = b'''
import boto3

def helper():
    return boto3.client("s3")

def lambda_handler(event, context):
    return helper().list_buckets()
'''
settings = DEFAULT.apply(Options(choices=(Choices(select=("all",)),)))
result = lint(Inputs(files={"app.py": code}), settings, load_registry())
assert not result.crashed
assert {finding.name for finding in result.findings} >= {"client-in-handler"}, result.findings
"""


def modules_after(code: str) -> set[str]:
    """The modules that are loaded when the code has run in the checkout, where `rules` could be imported."""
    script = f"{code}\nimport json, sys\nprint('MODULES ' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.rpartition("MODULES ")[2]))


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    return modules_after(RUN)


def test_no_module_is_loaded_under_the_name_of_its_folder(loaded: set[str]) -> None:
    """`rules.x` and `lambda_lint_rules.x` would be two modules with two classes."""
    assert any(name.startswith("lambda_lint_rules.") for name in loaded)
    assert not {name for name in loaded if name.split(".")[0] == "rules"}


def test_a_run_does_without_what_is_slow_to_import(loaded: set[str]) -> None:
    slow = ("libcst.matchers", "libcst.codemod", "rich", "click", "botocore", "boto3")
    assert not {name for name in loaded if name.startswith(slow)}


def test_rules_do_not_import_what_they_look_at(loaded: set[str]) -> None:
    """Nothing linted is ever imported."""
    assert "app" not in loaded


HELP = """
from lambda_lint.cli import main
try:
    main(["--help"])
except SystemExit as done:
    assert not done.code
"""


@pytest.mark.parametrize("code", ["import lambda_lint", HELP], ids=["import", "help"])
def test_a_start_is_light(code: str) -> None:
    loaded = modules_after(code)
    assert not {name for name in loaded if name.split(".")[0] in {"libcst", "rich", "yaml", "pathspec"}}


def test_the_layers_hold() -> None:
    """The import contracts of `pyproject.toml`."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
