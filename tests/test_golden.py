"""Whole runs: a small project, a command line, and exactly what each format says about it.

Each folder in `golden/` is a scenario: `scenario.toml` and the files of `project/` go in, the other files
are what comes out. `LAMBDA_LINT_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes them anew; read the
difference.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lambda_lint.reporters import FORMATS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
UPDATE = "LAMBDA_LINT_UPDATE_GOLDEN" in os.environ
COMMAND = Path(sys.executable).with_name("lambda-lint")
LOOKS = ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "GITLAB_CI", "LAMBDA_LINT_OUTPUT_FORMAT")
ENDINGS = {"json": "json", "json-lines": "jsonl", "sarif": "sarif"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """What `scenario.toml` says."""

    folder: Path
    command: str
    exit_code: int
    formats: tuple[str, ...] = tuple(FORMATS)
    copy: str | None = None
    """A folder of the repository that is linted, at the same place in the copy, instead of `project/`."""
    secret: str | None = None
    """A text in the project that no output may show."""


def read(folder: Path) -> Scenario:
    table = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    formats = tuple(table.pop("formats", FORMATS))
    return Scenario(folder, formats=formats, **{key.replace("-", "_"): value for key, value in table.items()})


SCENARIOS = [read(path.parent) for path in sorted(GOLDEN.glob("*/scenario.toml"))]
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.folder.name)


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


def run(scenario: Scenario, place: Path, *more: str) -> Ran:
    """Run the scenario's command, as installed, in a copy of its project."""
    source = ROOT / scenario.copy if scenario.copy else scenario.folder / "project"
    if not place.exists():
        shutil.copytree(source, place / (scenario.copy or ""))
    program, *arguments = shlex.split(scenario.command)
    assert program == "lambda-lint"
    environment = {name: value for name, value in os.environ.items() if name not in LOOKS}
    done = subprocess.run(
        [COMMAND, *arguments, *more], cwd=place, env=environment, capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@each
def test_the_output_is_as_reviewed(scenario: Scenario, tmp_path: Path) -> None:
    asked = [f"--output-format={name}:{tmp_path / name}" for name in scenario.formats if name != "full"]
    ran = run(scenario, tmp_path / "project", "--output-format=full", *asked)
    assert ran.err == ""
    assert ran.code == scenario.exit_code
    outputs = {"full": ran.out} if "full" in scenario.formats else {}
    outputs |= {
        name: (tmp_path / name).read_text(encoding="utf-8") for name in scenario.formats if name != "full"
    }
    if "sarif" in outputs:
        outputs["sarif"] = without_pages(outputs["sarif"])
    for name, text in outputs.items():
        expected = scenario.folder / f"{name}.{ENDINGS.get(name, 'txt')}"
        if UPDATE:
            expected.write_text(text, encoding="utf-8", newline="\n")
        assert text == expected.read_text(encoding="utf-8")


def without_pages(log: str) -> str:
    """A SARIF log without the rules' pages, which would change it with every word that is changed in them."""
    data: dict[str, Any] = json.loads(log)
    for each_run in data["runs"]:
        rules = each_run["tool"]["driver"].pop("rules")
        for result in each_run["results"]:
            assert rules[result.pop("ruleIndex")]["id"] == result["ruleId"]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    "scenario",
    [scenario for scenario in SCENARIOS if scenario.secret],
    ids=lambda scenario: scenario.folder.name,
)
def test_a_secret_is_shown_by_nothing(scenario: Scenario, tmp_path: Path) -> None:
    assert scenario.secret is not None
    project = tmp_path / "project"
    runs = [run(scenario, project, f"--output-format={name}") for name in FORMATS]
    runs += [run(scenario, project, "--color=always", "--verbose", "--show-suppressed")]
    assert [ran.code for ran in runs] == [1] * len(runs)
    runs += [run(scenario, project, "--statistics"), run(scenario, project, "--show-settings")]
    files = [path for path in project.rglob("*") if path.is_file()]
    kept = [path for path in files if ".lambda_lint_cache" in path.parts]
    assert kept
    assert not any(scenario.secret.encode() in path.read_bytes() for path in kept)
    assert all(scenario.secret in path.read_text(encoding="utf-8") for path in files if path not in kept)
    for ran in runs:
        assert ran.out
        assert scenario.secret not in ran.out + ran.err


def test_there_is_nothing_else_in_the_folder() -> None:
    known = {scenario.folder.name for scenario in SCENARIOS}
    assert {path.name for path in GOLDEN.iterdir() if path.is_dir()} == known
    for scenario in SCENARIOS:
        outputs = {f"{name}.{ENDINGS.get(name, 'txt')}" for name in scenario.formats}
        inputs = {"scenario.toml"} if scenario.copy else {"scenario.toml", "project"}
        assert {path.name for path in scenario.folder.iterdir()} == outputs | inputs
