from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fakepacks import install, rules

from lambda_lint.errors import LambdaLintError, UsageError
from lambda_lint.model.labels import Category
from lambda_lint.registry import load_registry
from lambda_lint.scaffold import new_rule
from lambda_lint.settings.vocabulary import KnownRule, Vocabulary
from lambda_lint.testing import cases_of, check_case
from lambda_lint.testing.engine import Engine

ROOT = Path(__file__).parents[1]
EMPTY = Vocabulary(())


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack with one rule, AC010 `first-rule` of the category cost."""
    package = install(tmp_path, rules(("cost", "first-rule", "AC010", "")))
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / package


def test_what_is_written_loads_and_its_page_holds(pack: Path) -> None:
    made = new_rule("slow-s3-call", Category.COST, pack, load_registry().vocabulary)
    assert (made.code, made.new_packages) == ("AC011", ())
    loaded = load_registry()
    info = loaded.get("slow-s3-call").info
    assert (info.code, info.category) == ("AC011", Category.COST)
    assert info.summary == "Finds calls of `legacy.send`."
    cases = cases_of(made.page)
    assert len(cases) >= 2
    assert sum(len(file.expectations) for case in cases for file in case.files) >= 1
    for case in cases:
        check_case(case, Engine(loaded))


def test_what_is_written_is_clean(tmp_path: Path) -> None:
    made = new_rule("slow-call", Category.COST, tmp_path, EMPTY, "AC001")
    assert made.new_packages == (tmp_path, tmp_path / "cost")
    configuration = str(ROOT / "pyproject.toml")
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--config", configuration, str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(made.module)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.stdout.startswith("Success: "), done.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("SlowCall", "is no name for a rule"),
        ("slow_call", "is no name for a rule"),
        ("slow--call", "is no name for a rule"),
        ("-slow", "is no name for a rule"),
        ("1st-call", "is no name for a rule"),
        ("../slow", "is no name for a rule"),
        ("slöw", "is no name for a rule"),
        ("", "is no name for a rule"),
        ("import", "is a word of Python's"),
        ("match", "is a word of Python's"),
        ("client-in-handler", "there is already a rule `client-in-handler` \\(LL001\\)"),
        ("ll001", "there is already a rule `client-in-handler`"),
        ("first-rule", "there is already a rule `first-rule` \\(AC010\\)"),
        ("all", "already means several rules"),
        ("design", "already means several rules"),
        ("ll", "already means several rules"),
    ],
)
def test_names_that_are_refused(pack: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        new_rule(name, Category.COST, pack, load_registry().vocabulary)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("AC1", "is no code"),
        ("ac001", "is no code"),
        ("A001", "is no code"),
        ("AC010", "the code `AC010` is taken"),
        ("LL001", "the code `LL001` is taken"),
    ],
)
def test_codes_that_are_refused(pack: Path, code: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        new_rule("slow-call", Category.COST, pack, load_registry().vocabulary, code)
    assert not (pack / "cost" / "slow_call.py").exists()


def test_a_code_that_only_the_folder_knows_is_taken(pack: Path) -> None:
    with pytest.raises(UsageError, match="is taken"):
        new_rule("slow-call", Category.COST, pack, EMPTY, "AC010")


def test_codes_follow_those_of_the_category(pack: Path) -> None:
    known = load_registry().vocabulary
    codes = [new_rule(f"rule-{number}", Category.COST, pack, known).code for number in range(2)]
    assert codes == ["AC011", "AC012"]
    assert new_rule("another", Category.DESIGN, pack, known).code == "AC020"
    assert new_rule("one-more", Category.COST, pack, known).code == "AC013"


def test_codes_that_are_taken_elsewhere_are_left_out(pack: Path) -> None:
    elsewhere = Vocabulary([KnownRule("AC011", "other-rule", Category.SECURITY)])
    assert new_rule("slow-call", Category.COST, pack, elsewhere).code == "AC012"


def test_codes_may_run_out(pack: Path) -> None:
    (pack / "cost" / "last.md").write_text("# last-rule (AC899)\n")
    with pytest.raises(UsageError, match="no code is left after `AC899`"):
        new_rule("slow-call", Category.COST, pack, EMPTY)


def test_pages_that_are_no_rules_show_no_code(tmp_path: Path) -> None:
    (tmp_path / "cost").mkdir()
    (tmp_path / "cost" / "notes.md").write_bytes(b"# Notes \xff\n")
    with pytest.raises(UsageError, match=r"no page in `.*` shows which codes"):
        new_rule("slow-call", Category.COST, tmp_path, EMPTY)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no folder `.*nowhere`"):
        new_rule("slow-call", Category.COST, tmp_path / "nowhere", EMPTY, "AC001")


@pytest.mark.parametrize("suffix", [".py", ".md"])
def test_nothing_is_overwritten(pack: Path, suffix: str) -> None:
    kept = pack / "cost" / f"slow_call{suffix}"
    kept.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        new_rule("slow-call", Category.COST, pack, EMPTY)
    assert kept.read_text() == "mine"
    assert {path.stem for path in (pack / "cost").iterdir()} <= {
        "__init__",
        "first_rule",
        "slow_call",
        "__pycache__",
    }


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cost").write_text("a file where the category's folder would be")
    with pytest.raises(LambdaLintError, match=r"`.*cost` cannot be written: File exists"):
        new_rule("slow-call", Category.COST, tmp_path, EMPTY, "AC001")
