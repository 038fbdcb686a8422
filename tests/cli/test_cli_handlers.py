"""`handlers`: what there is, how it is known, what it reaches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import fakepacks
import pytest
from command_line import STORE, write

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint

LISTED = """\
src/app.py:lambda_handler  (line 4)
  function  Orders
  known by  template, convention
  source    sqs
  reaches   src/store.py:save
"""


@pytest.mark.usefixtures("project")
def test_lists_what_is_known_of_each_handler(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("handlers")
    assert (run.code, run.out) == (0, LISTED)
    assert run.err == "note: 1 handler found: 1 by template\n"


def test_lists_several_and_those_of_the_paths_only(project: Path, lambda_lint: LambdaLint) -> None:
    write(
        project,
        {"src/queue.py": "def f(event, context):\n    return [r['body'] for r in event['Records']]\n"},
    )
    run = lambda_lint("handlers")
    assert run.out.startswith(f"{LISTED}\nsrc/queue.py:f  (line 1)\n  known by  convention\n")
    assert "  reaches   no other function of the project\n" in run.out
    assert lambda_lint("handlers", "src/app.py").out == LISTED


def test_a_handler_that_reaches_several_functions(project: Path, lambda_lint: LambdaLint) -> None:
    more = STORE.replace("save(item)", "load(item)")
    write(
        project, {"src/store.py": STORE.replace("    return", "    load(item)\n    return") + f"\n\n{more}"}
    )
    run = lambda_lint("handlers")
    assert "  reaches   src/store.py:load\n            src/store.py:save\n" in run.out


@pytest.mark.usefixtures("project")
def test_json_has_what_reports_have(lambda_lint: LambdaLint) -> None:
    listed = json.loads(lambda_lint("handlers", "--output-format", "json").out)
    reported = json.loads(lambda_lint("--output-format", "json").out)["handlers"]
    assert listed == reported
    assert listed[0]["function"] == "Orders"
    assert listed[0]["sources"] == ["sqs"]


def test_what_could_not_be_read_is_told(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/broken.py": "def f(:\n"})
    run = lambda_lint("handlers")
    assert run.code == 0
    assert "note: src/broken.py:1: " in run.err


@pytest.mark.usefixtures("project")
def test_no_rule_runs(tmp_path: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = fakepacks.rule("XX001").replace("yield", "raise ValueError; yield")
    files = fakepacks.rules(("security", "odd-rule", "XX001", "")) | {"security/odd_rule.py": rule}
    fakepacks.install(tmp_path / "packs", files)
    monkeypatch.syspath_prepend(tmp_path / "packs")
    assert lambda_lint("handlers").code == 0


@pytest.mark.usefixtures("project")
def test_a_path_that_does_not_exist(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("handlers", "nowhere")
    assert (run.code, run.err) == (2, "error: the path `nowhere` does not exist\n")
