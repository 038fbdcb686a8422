"""The cache, processes and times, as users meet them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from command_line import LambdaLint

CACHE = ".lambda_lint_cache"
LOADED = """\
import sys
del sys.path[0]  # the working folder, as a script has it not
import click  # which in Python 3.10 needs `subprocess`
of_click = set(sys.modules)
from lambda_lint.cli import main
try:
    main(["--output-format", "full", *sys.argv[1:]])
finally:
    heavy = ("libcst", "rich", "yaml", "subprocess", "tree_sitter", "lambda_lint.deployment.reader")
    print(*(name for name in heavy if name in sys.modules and name not in of_click))
"""


@pytest.fixture
def cache(project: Path) -> Path:
    return project / CACHE


def test_a_second_run_is_answered_by_the_cache(cache: Path, lambda_lint: LambdaLint) -> None:
    first = lambda_lint()
    assert "LL001" in first.out
    assert (cache / "CACHEDIR.TAG").is_file()
    assert lambda_lint() == first


TEMPLATES = {
    "template.yaml": "Resources:\n  F:\n    Type: AWS::Serverless::Function\n",
    "serverless.yml": "service: s\nprovider: {name: aws}\nfunctions: ${file(more.yml)}\n",
    "more.yml": "f: {handler: src/store.handler}\n",
    "main.tf": 'resource "aws_lambda_function" "f" {}\n',
    ".chalice/config.json": "{}",
    "cdk/app.py": "from aws_cdk.aws_lambda import Function\n",
    "cdk/app.ts": "import { Function } from 'aws-cdk-lib/aws-lambda';\n",
}


def test_what_is_answered_by_the_cache_needs_neither_libcst_nor_rich(project: Path) -> None:
    for name, text in TEMPLATES.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", LOADED]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    first, again = run(), run()
    *report, loaded = again.stdout.splitlines()
    assert first.stdout.splitlines()[:-1] == report
    assert "libcst" in first.stdout.splitlines()[-1]
    assert loaded == ""
    assert again.returncode == 1


def test_without_a_cache_nothing_is_kept(cache: Path, lambda_lint: LambdaLint) -> None:
    assert lambda_lint("--no-cache").code == 1
    assert not cache.exists()


@pytest.mark.parametrize("how", ["option", "environment", "configuration"])
def test_the_cache_may_be_elsewhere(
    cache: Path, how: str, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "environment":
        monkeypatch.setenv("LAMBDA_LINT_CACHE_DIR", "kept/here")
    if how == "configuration":
        (cache.parent / "lambda-lint.toml").write_text('cache-dir = "kept/here"\n')
    lambda_lint(*(("--cache-dir", "kept/here") if how == "option" else ()))
    assert (cache.parent / "kept/here/CACHEDIR.TAG").is_file()
    assert not cache.exists()


def test_the_cache_is_in_the_projects_root(
    cache: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache.parent / "lambda-lint.toml").write_text("")
    monkeypatch.chdir(cache.parent / "src")
    lambda_lint()
    assert cache.is_dir()


def test_a_damaged_cache_is_told_once_and_costs_nothing(cache: Path, lambda_lint: LambdaLint) -> None:
    first = lambda_lint()
    entries = [path for path in cache.rglob("*") if path.is_file() and len(path.name) > 20]
    assert entries
    for path in entries:
        path.write_bytes(b"damaged")
    again = lambda_lint()
    assert again.out.count("was damaged") == 1
    assert [line for line in again.out.splitlines() if "damaged" not in line] == first.out.splitlines()
    assert lambda_lint() == first


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be made read-only there")
def test_a_cache_that_cannot_be_written_is_told(cache: Path, lambda_lint: LambdaLint) -> None:
    cache.write_text("in the way")
    run = lambda_lint()
    assert run.code == 1
    assert run.out.count("the cache cannot be") == 1


def test_the_cache_is_removed(cache: Path, lambda_lint: LambdaLint) -> None:
    lambda_lint()
    assert lambda_lint("clean").err == f"note: {CACHE}: removed\n"
    assert not cache.exists()
    assert lambda_lint("clean").err == f"note: {CACHE}: there is no cache\n"


def test_what_is_no_cache_is_not_removed(project: Path, lambda_lint: LambdaLint) -> None:
    assert "there is no cache" in lambda_lint("clean", "--cache-dir", "src").err
    assert (project / "src/app.py").is_file()


@pytest.mark.usefixtures("project")
def test_fixes_are_made_with_a_cache(lambda_lint: LambdaLint) -> None:
    assert lambda_lint().code == 1
    assert lambda_lint("--fix").code == 0
    assert lambda_lint().code == 0
    assert "boto3.client" in Path("src/store.py").read_text(encoding="utf-8")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_any_number_of_processes_will_do(lambda_lint: LambdaLint, jobs: str) -> None:
    assert lambda_lint("--no-cache", "--jobs", jobs) == lambda_lint("--no-cache")


@pytest.mark.usefixtures("project")
def test_times_are_told(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--no-cache", "--profile")
    assert run.out == lambda_lint("--no-cache").out
    told = [line.split()[1:] for line in run.err.splitlines() if "." in line]
    assert {"files", "plan", "parse", "link", "rules"} <= {words[0] for words in told}
    again = lambda_lint("--profile"), lambda_lint("--profile")
    assert "parse" in again[0].err
    assert "parse" not in again[1].err
