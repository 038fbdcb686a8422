"""What is remembered of the rules that are installed, and when it is not believed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import fakepacks
import libcst as cst
import pytest

from lambda_lint import rule_record
from lambda_lint.registry import Registry, load_registry
from lambda_lint.rule_entry import Recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OPTIONS = """
in_tests = True
fixable = (Safety.SAFE,)
from dataclasses import dataclass
@dataclass(frozen=True)
class Options:
    max_depth: int = 3
    names: tuple[str, ...] = ("a",)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a pack with two rules, the only one that is installed."""
    folder = tmp_path / "installed"
    fakepacks.see_only(folder, monkeypatch)
    files = fakepacks.rules(("cost", "one", "ACME001", OPTIONS), ("security", "two", "ACME002", "cwe = 798"))
    files["notes.txt"] = "of no importance"
    files["cost/one.py"] = f"from lambda_lint.model.labels import Safety\n{files['cost/one.py']}"
    folder.mkdir()
    return folder / fakepacks.install(folder, files)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "cache/rules.json"


def plain(registry: Registry) -> list[object]:
    return [(each.info, each.recorded, each.always, each.ignorable) for each in registry.entries]


def is_recorded(registry: Registry) -> bool:
    return isinstance(registry.get("one").rule, Recorded)


def test_what_is_remembered_is_what_was_seen(package: Path, record: Path) -> None:
    seen = load_registry(record)
    known = load_registry(record)
    assert (is_recorded(seen), is_recorded(known)) == (False, True)
    assert plain(known) == plain(seen) == plain(load_registry())
    one = known.get("one")
    assert (one.is_rule, known.get("LL900").is_rule) == (True, False)
    assert known.vocabulary.rule("one") == seen.vocabulary.rule("one")
    assert package.is_dir()


def test_a_class_is_imported_when_it_is_asked_for(package: Path, record: Path) -> None:
    load_registry(record)
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[name]
    known = load_registry(record)
    one = known.get("one")
    assert (one.in_tests, [option.key for option in one.options or ()]) == (True, ["max-depth", "names"])
    assert f"{package.name}.cost.one" not in sys.modules
    assert one.subjects == (cst.Call,)
    assert known.instantiate(one, {"names": ["b"]}).options.names == ("b",)
    assert f"{package.name}.security.two" not in sys.modules


def changed_page(package: Path) -> None:
    (package / "cost/one.md").write_text(fakepacks.page("another-one", "ACME001"), "utf-8")


def new_rule(package: Path) -> None:
    (package / "cost/_helper.py").write_text("", "utf-8")


def new_distribution(package: Path) -> None:
    os.utime(package.parent, ns=(1, 1))


def no_more_rule(package: Path) -> None:
    (package / "security/two.py").unlink()
    (package / "security/two.md").unlink()


@pytest.mark.parametrize("change", [changed_page, new_rule, new_distribution, no_more_rule])
def test_what_has_changed_is_seen_anew(package: Path, record: Path, change: Callable[[Path], None]) -> None:
    load_registry(record)
    change(package)
    seen = load_registry(record)
    assert not is_recorded(seen)
    assert plain(seen) == plain(load_registry())
    assert is_recorded(load_registry(record))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"fingerprint": 1, "folders": 2}', '"\\ud800"'])
@pytest.mark.usefixtures("package")
def test_a_damaged_record_says_nothing(record: Path, text: str) -> None:
    record.parent.mkdir()
    record.write_text(text, "utf-8")
    assert not is_recorded(load_registry(record))
    assert is_recorded(load_registry(record))


@pytest.mark.usefixtures("package")
def test_a_record_of_other_fields_says_nothing(record: Path) -> None:
    load_registry(record)
    told = json.loads(record.read_text("utf-8"))
    told["entries"][0]["more"] = 1
    record.write_text(json.dumps(told), "utf-8")
    assert not is_recorded(load_registry(record))


@pytest.mark.usefixtures("package")
def test_a_place_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert load_registry(tmp_path / "file/rules.json").get("one").is_rule


def test_a_pack_whose_folder_cannot_be_listed_is_not_remembered(
    package: Path, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_registry()
    monkeypatch.setattr(sys.modules[package.name], "__path__", [str(package / "archive.zip")])
    rule_record.write(record, (), [package.name])
    assert not record.exists()


def test_what_is_no_part_of_a_rule_does_not_count(tmp_path: Path) -> None:
    before = rule_record.fingerprint([str(tmp_path)])
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "__pycache__").mkdir()
    assert rule_record.fingerprint([str(tmp_path)]) == before
    (tmp_path / "rule.py").write_text("")
    assert rule_record.fingerprint([str(tmp_path)]) != before


def test_a_folder_of_the_path_need_not_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = rule_record.fingerprint([])
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "nowhere")])
    assert rule_record.fingerprint([]) not in {before, None}


def test_the_place_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = rule_record.user_file()
    assert file is not None
    assert file.parent == tmp_path / "lambda-lint"
    monkeypatch.setattr(sys, "path", [*sys.path, "more"])
    assert rule_record.user_file() != file
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/someone")
    assert str(rule_record.user_file()).startswith("/home/someone/.cache/lambda-lint/rules-")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert rule_record.user_file() is None


def test_a_rule_is_explained_without_importing_any(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from lambda_lint.cli import main
        try:
            main(["explain", "client-in-handler"])
        except SystemExit:
            heavy = ("libcst", "rich", "yaml", "pathspec", "importlib.metadata", "lambda_lint_rules")
            print([name for name in heavy if name in sys.modules], file=sys.stderr)
    """
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
        )
        for _ in range(2)
    )
    assert second.stdout == first.stdout != ""
    assert second.stderr == "[]\n" != first.stderr
