"""The commands about rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from lambda_lint.registry import load_registry

if TYPE_CHECKING:
    from command_line import LambdaLint, Terminal

ROOT = Path(__file__).parents[2]


def test_rules_in_a_pipe(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("rules")
    head, *rows = run.out.splitlines()
    assert head.split() == ["CODE", "NAME", "CATEGORY", "SEVERITY", "DEFAULT", "FIX", "SUMMARY"]
    assert [row.split()[0] for row in rows] == [info.code for info in load_registry().infos]
    client = next(row for row in rows if row.startswith("LL001"))
    assert client.split()[1:5] == ["client-in-handler", "performance", "warning", "on"]
    assert (run.code, run.err) == (0, "")


def test_rules_in_a_terminal(lambda_lint: LambdaLint, terminal: Terminal) -> None:
    lambda_lint("rules", "--color", "never", stdout=terminal)
    lines = terminal.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split()[:2] == ["CODE", "NAME"]
    assert any("client-in-handler" in line for line in lines)
    assert "CATEGORY" not in lines[0]


def test_all_that_is_known_of_rules_in_a_wide_terminal(
    lambda_lint: LambdaLint, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    lambda_lint("rules", "--color", "never", stdout=terminal)
    assert terminal.getvalue().splitlines()[0].split()[:3] == ["CODE", "NAME", "CATEGORY"]


def test_rules_as_json(lambda_lint: LambdaLint) -> None:
    records = {
        record["code"]: record for record in json.loads(lambda_lint("rules", "--output-format", "json").out)
    }
    assert set(records) == {info.code for info in load_registry().infos}
    client = records["LL001"]
    assert client["name"] == "client-in-handler"
    assert client["severity"] == "warning"
    assert client["on_by_default"] is True
    assert client["page"].startswith("# client-in-handler (LL001)\n")


@pytest.mark.parametrize("word", ["client-in-handler", "LL001", "ll001", "Client-In-Handler"])
def test_explain_in_a_pipe_is_markdown(lambda_lint: LambdaLint, word: str) -> None:
    run = lambda_lint("explain", word)
    assert run.out.startswith(
        "# client-in-handler (LL001)\n\n"
        "performance · warning · on by default · fix: safe or unsafe\n\n## What it does"
    )
    assert (run.code, run.err) == (0, "")


def test_explain_in_a_terminal_is_drawn(lambda_lint: LambdaLint, terminal: Terminal) -> None:
    lambda_lint("explain", "fat-handler", stdout=terminal)
    drawn = terminal.getvalue()
    assert "\x1b[" in drawn
    assert "## " not in drawn
    assert "# error:" not in drawn


def test_explain_with_color_for_a_pager(lambda_lint: LambdaLint) -> None:
    assert "\x1b[" in lambda_lint("explain", "LL020", "--color", "always").out


def test_explain_what_does_not_exist(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("explain", "client-in-handle")
    assert (run.code, run.out) == (2, "")
    assert run.err == "error: there is no rule `client-in-handle`; did you mean `client-in-handler`?\n"


def test_the_schema_of_the_configuration(lambda_lint: LambdaLint) -> None:
    schema = json.loads(lambda_lint("config-schema").out)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    good = {
        "select": ["LL001", "design"],
        "output-format": ["sarif:out.sarif"],
        "severity": {"LL020": "info"},
    }
    assert validator.is_valid(good)
    assert not validator.is_valid({"selct": ["LL001"]})
    assert not validator.is_valid({"output-format": ["xml"]})


def test_new_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    run = lambda_lint("new-rule", "odd-thing", "--category", "performance", "--code", "LL077")
    assert run.out == "rules/performance/odd_thing.py\nrules/performance/odd_thing.md\n"
    assert run.err == "note: the code is LL077; begin with the page\n"
    again = lambda_lint("new-rule", "odd-thing", "--category", "performance")
    assert (again.code, again.err) == (2, "error: `rules/performance/odd_thing.py` exists already\n")


def test_new_rule_of_a_pack(tmp_path: Path, lambda_lint: LambdaLint) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    arguments = ("new-rule", "odd-thing", "--category", "cost", "--folder", str(pack))
    assert "give this one's with `--code`" in lambda_lint(*arguments).err
    run = lambda_lint(*arguments, "--code", "AC001")
    assert run.code == 0
    assert run.err.splitlines()[:2] == [
        f"note: `{pack}` is a new package: name it where the pack lists its packages",
        f"note: `{pack / 'cost'}` is a new package: name it where the pack lists its packages",
    ]
    assert lambda_lint("new-rule", "b", "--category", "luck", "--folder", str(pack)).code == 2


def test_rules_index_writes_the_index(tmp_path: Path, lambda_lint: LambdaLint) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "rules" / "README.md").write_text("old")
    assert lambda_lint("rules-index", str(tmp_path / "rules")).code == 0
    assert (
        "[client-in-handler](performance/client_in_handler.md)" in (tmp_path / "rules/README.md").read_text()
    )
