"""Lists of requirements in a run: found, reported on, suppressed in, and remembered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_line import write

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint, Run

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.13}
"""
FILES = {
    "template.yaml": TEMPLATE,
    "src/app.py": "def handler(event, context):\n    return event\n",
    "src/requirements.txt": "requests==2.32.5\n-r ../lists/base.txt\n",
    "lists/base.txt": "# tools\npytest==8.4.2\n",
    "other/requirements.txt": "pytest  # noqa: LL084\n",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one finding, LL084 in `lists/base.txt`; it is the working folder."""
    folder = write(tmp_path / "shop", FILES)
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder


def told(run: Run) -> list[str]:
    return [line.split(" ")[0] for line in run.out.splitlines() if "LL" in line]


def check(lambda_lint: LambdaLint, *arguments: str) -> Run:
    return lambda_lint("--select", "LL084,LL902,LL903", "--output-format", "concise", *arguments)


@pytest.mark.usefixtures("shop")
def test_it_is_reported_where_it_is_listed(lambda_lint: LambdaLint) -> None:
    run = check(lambda_lint)
    assert told(run) == ["lists/base.txt:2:1:"]
    # What another folder lists is nobody's.
    assert "4 files" in run.err + run.out


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("paths", "count"),
    [
        (["src"], 0),
        (["template.yaml"], 0),
        (["lists"], 1),
        (["lists/base.txt"], 1),
        (["lists", "src", "template.yaml"], 1),
        (["src/requirements.txt"], 0),
    ],
)
def test_only_what_is_asked_for_is_reported(lambda_lint: LambdaLint, paths: list[str], count: int) -> None:
    assert len(told(check(lambda_lint, *paths))) == count


def test_a_list_by_its_name(lambda_lint: LambdaLint, shop: Path) -> None:
    (shop / "src/requirements.txt").write_text("pytest\n")
    assert told(check(lambda_lint, "src/requirements.txt")) == ["src/requirements.txt:1:1:"]


def test_a_list_on_standard_input(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--stdin-filename", "src/requirements.txt", "-", stdin=b"pytest\n")
    assert run.code == 0


def test_suppressions(lambda_lint: LambdaLint, shop: Path) -> None:
    (shop / "lists/base.txt").write_text("pytest  # lambda-lint: ignore[development-dependency]\n")
    assert not told(check(lambda_lint))
    (shop / "lists/base.txt").write_text("# lambda-lint: ignore-file[LL084]\nrequests\n")
    assert told(check(lambda_lint)) == ["lists/base.txt:1:28:"]


def test_settings_by_file(lambda_lint: LambdaLint, shop: Path) -> None:
    (shop / "lambda-lint.toml").write_text('[per-file-ignores]\n"lists/*" = ["LL084"]\n')
    assert not told(check(lambda_lint))


def test_what_is_remembered_depends_on_the_lists(lambda_lint: LambdaLint, shop: Path) -> None:
    for text, places in (("pytest\n", 1), ("# a\n\npytest\n", 3), ("requests\n", None), ("pytest\n", 1)):
        (shop / "lists/base.txt").write_text(text)
        expected = [] if places is None else [f"lists/base.txt:{places}:1:"]
        assert told(check(lambda_lint)) == expected
        assert told(check(lambda_lint)) == expected


@pytest.mark.usefixtures("shop")
def test_other_formats_show_the_file(lambda_lint: LambdaLint) -> None:
    shown = lambda_lint("--select", "LL084", "--output-format", "json")
    (finding,) = json.loads(shown.out)["findings"]
    assert "lists/base.txt" in json.dumps(finding)
    sarif = json.loads(lambda_lint("--select", "LL084", "--output-format", "sarif").out)
    (result,) = sarif["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endColumn"]) == (2, 14)
    assert "pytest==8.4.2" in lambda_lint("--select", "LL084").out


def test_comments_are_added_to_lists(lambda_lint: LambdaLint, shop: Path) -> None:
    lambda_lint("--select", "LL084", "--add-ignore=later")
    text = (shop / "lists/base.txt").read_text()
    assert "pytest==8.4.2  # lambda-lint: ignore[development-dependency]" in text


def test_a_large_list_is_not_read(lambda_lint: LambdaLint, shop: Path) -> None:
    (shop / "lists/base.txt").write_text("pytest\n" + "#" * 3_000_000)
    assert not told(check(lambda_lint))


def test_lists_outside_of_the_project_are_not_read(lambda_lint: LambdaLint, shop: Path) -> None:
    (shop / "src/requirements.txt").write_text("-r ../../base.txt\n-r /base.txt\n-r gone.txt\n")
    (shop.parent / "base.txt").write_text("pytest\n")
    assert not told(check(lambda_lint))
