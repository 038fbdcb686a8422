"""`baseline` writes the findings that a project lives with; `check` then reports new ones only."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from command_line import STORE, write
from invented_secrets import soup

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint

SECRET = soup(40)
FILE = "lambda-lint-baseline.json"
FINDING = "src/store.py:5:12: LL001 client-in-handler"
CONCISE = ("--output-format", "concise")
WITH = ("--baseline", FILE, *CONCISE)
ANEW = "`lambda-lint baseline create --force` writes it anew"
ENTRY = '{"path": "a.py", "function": null, "rule": "fat-handler", "line": "0", "count": 1}'


@pytest.fixture
def known(project: Path, lambda_lint: LambdaLint) -> Path:
    """The project, with a baseline that knows its finding."""
    assert lambda_lint("baseline", "create").code == 0
    return project


def entries(project: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((project / FILE).read_text("utf-8"))["findings"]
    return found


# -- what a baseline does


@pytest.mark.usefixtures("known")
def test_what_is_known_does_not_count(lambda_lint: LambdaLint) -> None:
    run = lambda_lint(*WITH)
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("no findings in 3 files, 1 handler; 1 in the baseline\n")
    shown = lambda_lint(*WITH, "--show-suppressed")
    assert shown.code == 0
    assert FINDING in shown.out
    assert "(in the baseline)\n" in shown.out
    assert "in the baseline" in lambda_lint("--baseline", FILE, "--show-suppressed").out


@pytest.mark.usefixtures("known")
def test_machines_are_told_that_it_is_in_the_baseline(lambda_lint: LambdaLint) -> None:
    told = json.loads(lambda_lint("--baseline", FILE, "--show-suppressed", "--output-format", "json").out)
    assert [(entry["by"], entry["reason"]) for entry in told["suppressed"]] == [("baseline", None)]
    assert (told["summary"]["suppressed"], told["summary"]["in_baseline"]) == (0, 1)
    log = json.loads(lambda_lint("--baseline", FILE, "--show-suppressed", "--output-format", "sarif").out)
    [result] = log["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external"}]
    told_github = lambda_lint("--baseline", FILE, "--show-suppressed", "--output-format", "github").out
    assert "::in the baseline: src/store.py:5:12" in told_github


def test_it_stays_known_when_code_around_it_changes(known: Path, lambda_lint: LambdaLint) -> None:
    moved = STORE.replace("import boto3", '"""The store."""\n\nimport os\nimport boto3')
    write(known, {"src/store.py": moved.replace("    return", "    print(1)\n    return")})
    assert lambda_lint(*WITH).code == 0
    write(known, {"src/store.py": moved.replace("boto3.client(", "boto3 .client(  ") + "  # why\n"})
    assert "1 finding of the baseline is gone" in lambda_lint(*WITH).out


def test_blanks_and_comments_make_no_other_line(known: Path, lambda_lint: LambdaLint) -> None:
    text = STORE.replace("    return", "      return").replace("save(item):", "save(item): # here")
    write(known, {"src/store.py": text.rstrip() + "  # still the same\n"})
    assert lambda_lint(*WITH).code == 0


def test_what_is_new_counts(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {"src/store.py": STORE + "\n\ndef load(key):\n    return boto3.client('s3')\n"})
    write(known, {"src/app.py": (known / "src/app.py").read_text() + "\n\nstore.load\n"})
    write(
        known,
        {
            "src/app.py": (known / "src/app.py")
            .read_text()
            .replace("    return", "    store.load(1)\n    return")
        },
    )
    run = lambda_lint(*WITH)
    assert run.code == 1
    assert "src/store.py:9:12: LL001" in run.out
    assert "src/store.py:5:12" not in run.out


def test_equal_lines_are_counted(known: Path, lambda_lint: LambdaLint) -> None:
    line = STORE.splitlines()[-1].replace("return ", "")
    write(known, {"src/store.py": STORE.replace("    return", f"{line}\n{line}\n    return")})
    assert lambda_lint("baseline", "update").out == f"{FILE}: 3 findings in 1 file; 2 new, 0 gone\n"
    assert sorted(str(entry["count"]) for entry in entries(known)) == ["1", "2"]
    write(known, {"src/store.py": STORE.replace("    return", f"{line}\n{line}\n{line}\n    return")})
    run = lambda_lint(*WITH)
    assert run.code == 1
    assert "1 warning in 3 files, 1 handler; " in run.out
    assert "; 3 in the baseline\n" in run.out
    write(known, {"src/store.py": STORE.replace("    return", f"{line}\n    return")})
    assert "note: 1 finding of the baseline is gone" in lambda_lint(*WITH).out
    assert lambda_lint("baseline", "prune").out == f"{FILE}: 2 findings in 1 file; 1 gone\n"
    assert [entry["count"] for entry in entries(known)] == [1, 1]


def test_what_a_comment_suppresses_is_not_in_the_baseline(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {"src/store.py": STORE.rstrip() + "  # lambda-lint: ignore[LL001]\n"})
    run = lambda_lint(*WITH)
    assert "1 suppressed\n" in run.out
    assert "note: 1 finding of the baseline is gone" in run.out
    assert lambda_lint("baseline", "create", "--force").out == f"{FILE}: 0 findings in 0 files\n"
    assert (known / FILE).read_text() == '{\n  "version": 1,\n  "findings": []\n}\n'


def test_a_crash_gets_into_no_baseline(
    known: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lambda_lint.rule import Rule  # noqa: PLC0415 - patched here alone

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    before = (known / FILE).read_text()
    monkeypatch.setattr(Rule, "violation", crash)
    monkeypatch.setenv("LAMBDA_LINT_CACHE_DIR", str(known / "another"))
    run = lambda_lint(*WITH)
    assert run.code == 2
    assert "LL901" in run.out
    assert "gone" not in run.out
    for command in (("update",), ("prune",), ("create", "--force")):
        run = lambda_lint("baseline", *command)
        assert run.code == 2
        assert "a part of the analysis failed (see `lambda-lint check`): nothing is written" in run.err
    assert (known / FILE).read_text() == before


# -- which entries are stale


def test_only_what_was_looked_at_is_judged(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {"src/store.py": "import boto3\n\n\ndef save(item):\n    return item\n"})
    gone = "note: 1 finding of the baseline is gone: `lambda-lint baseline prune` takes it out"
    assert gone in lambda_lint(*WITH).out
    assert gone in lambda_lint("src", *WITH).out
    assert gone in lambda_lint("src/store.py", *WITH).out
    assert gone in lambda_lint(*WITH, "--select", "LL001").out
    assert "gone" not in lambda_lint("src/app.py", *WITH).out
    assert "gone" not in lambda_lint(*WITH, "--select", "LL020").out
    assert "gone" not in lambda_lint("-", *WITH, stdin=b"x = 1\n").out
    assert gone in lambda_lint("-", "--stdin-filename", "src/store.py", *WITH, stdin=b"x = 1\n").out


def test_a_file_that_is_broken_or_unreadable_is_not_judged(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {"src/store.py": "def save(:\n"})
    run = lambda_lint(*WITH)
    assert "LL900" in run.out
    assert "gone" not in run.out
    assert lambda_lint("baseline", "prune").out == f"{FILE}: 1 finding in 1 file; 0 gone\n"
    assert lambda_lint("baseline", "update").out == f"{FILE}: 2 findings in 1 file; 1 new, 0 gone\n"
    assert lambda_lint(*WITH).code == 0


def test_a_file_that_is_gone_is_judged(known: Path, lambda_lint: LambdaLint) -> None:
    (known / "src/store.py").unlink()
    assert "1 finding of the baseline is gone" in lambda_lint("src", *WITH).out
    assert "gone" not in lambda_lint("template.yaml", *WITH).out


@pytest.mark.usefixtures("known")
def test_handlers_do_not_heed_it(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"lambda-lint.toml": "baseline = 'nowhere.json'\n"})
    assert lambda_lint("handlers").code == 0
    assert lambda_lint("--show-files").code == 0


# -- writing it


def test_the_file(known: Path) -> None:
    text = (known / FILE).read_text("utf-8")
    assert text.splitlines()[:3] == ["{", '  "version": 1,', '  "findings": [']
    assert text.splitlines()[4:] == ["  ]", "}"]
    [entry] = entries(known)
    assert {**entry, "line": ""} == {
        "path": "src/store.py",
        "function": "save",
        "rule": "client-in-handler",
        "line": "",
        "count": 1,
    }


def test_entries_are_sorted_one_a_line(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/b.py": STORE, "src/a.py": STORE, "a.py": f"token = '{SECRET}'\n"})
    write(
        project,
        {"src/app.py": "import a, b\n\n\ndef lambda_handler(event, context):\n    a.save(b.save(1))\n"},
    )
    lambda_lint("baseline", "create")
    lines = (project / FILE).read_text("utf-8").splitlines()[3:-2]
    assert [json.loads(line.rstrip(","))["path"] for line in lines] == ["a.py", "src/a.py", "src/b.py"]


def test_a_secret_is_not_written(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"a.py": f"token = '{SECRET}'\n"})
    assert "2 findings in 2 files" in lambda_lint("baseline", "create").out
    assert SECRET not in (project / FILE).read_text("utf-8")
    write(project, {"a.py": f"token = '{SECRET[::-1]}'\n"})
    assert "LL070" in lambda_lint(*WITH).out


def test_create_does_not_overwrite(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {FILE: "by hand"})
    run = lambda_lint("baseline", "create")
    assert run.code == 2
    assert run.err == (
        f"error: the baseline `{FILE}` exists: `lambda-lint baseline update` brings it up to date, "
        "`--force` writes it anew\n"
    )
    assert (known / FILE).read_text() == "by hand"
    assert lambda_lint("baseline", "create", "--force").out == f"{FILE}: 1 finding in 1 file\n"


def test_it_is_told_how_it_counts(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("baseline", "create")
    assert run.err == (
        f'note: it counts with `--baseline {FILE}`, or `baseline = "{FILE}"` in the configuration\n'
    )
    write(project, {"lambda-lint.toml": f"baseline = '{FILE}'\n"})
    assert lambda_lint("baseline", "create", "--force").err == ""


def test_update_and_prune_keep_what_is_not_looked_at(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {"a.py": f"token = '{SECRET}'\n"})
    assert lambda_lint("baseline", "update", "a.py").out == f"{FILE}: 2 findings in 2 files; 1 new, 0 gone\n"
    write(known, {"a.py": "", "src/store.py": "def save(item):\n    return item\n"})
    assert lambda_lint("baseline", "prune", "--select", "LL020").out.endswith("; 0 gone\n")
    assert lambda_lint("baseline", "prune", "src").out == f"{FILE}: 1 finding in 1 file; 1 gone\n"
    assert lambda_lint("baseline", "update").out == f"{FILE}: 0 findings in 0 files; 0 new, 1 gone\n"


def test_prune_adds_nothing(known: Path, lambda_lint: LambdaLint) -> None:
    write(known, {"a.py": f"token = '{SECRET}'\n"})
    assert lambda_lint("baseline", "prune").out == f"{FILE}: 1 finding in 1 file; 0 gone\n"
    assert lambda_lint(*WITH).code == 1


def test_a_file_that_says_the_same_is_not_written_again(known: Path, lambda_lint: LambdaLint) -> None:
    before = (known / FILE).stat().st_ino
    lambda_lint("baseline", "update")
    lambda_lint("baseline", "prune")
    assert (known / FILE).stat().st_ino == before


@pytest.mark.usefixtures("project")
def test_without_a_file_there_is_nothing_to_update(lambda_lint: LambdaLint) -> None:
    for command in ("update", "prune"):
        run = lambda_lint("baseline", command)
        assert run.code == 2
        assert run.err == f"error: there is no baseline `{FILE}`; `lambda-lint baseline create` writes one\n"


@pytest.mark.usefixtures("project")
def test_a_file_that_cannot_be_written(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("baseline", "create", "--baseline", "nowhere/b.json")
    assert run.code == 2
    assert run.err == "error: `nowhere/b.json` cannot be written: No such file or directory\n"


# -- which file


def test_the_configuration_names_it(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"lambda-lint.toml": "baseline = 'known.json'\n"})
    run = lambda_lint(*CONCISE)
    assert (run.code, run.err) == (
        2,
        "error: there is no baseline `known.json`; `lambda-lint baseline create` writes one\n",
    )
    assert lambda_lint("baseline", "create").out == "known.json: 1 finding in 1 file\n"
    assert lambda_lint(*CONCISE).code == 0
    assert lambda_lint("--no-baseline", *CONCISE).code == 1
    assert 'baseline = "known.json"' in lambda_lint("--show-settings").out
    monkeypatch.chdir(project / "src")
    assert lambda_lint(*CONCISE).code == 0
    assert (
        lambda_lint("baseline", "update").out == f"{project}/known.json: 1 finding in 1 file; 0 new, 0 gone\n"
    )
    write(project, {"src/other.json": '{"version": 1, "findings": []}'})
    assert lambda_lint(*CONCISE, "--baseline", "other.json").code == 1


@pytest.mark.usefixtures("known")
def test_a_baseline_and_none(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--no-baseline", "--baseline", FILE)
    assert (run.code, run.err) == (2, "error: `--baseline` and `--no-baseline` exclude each other\n")


@pytest.mark.parametrize(
    ("value", "message"),
    [("''", "an empty string"), ("3", "a number"), ("['a']", "an array")],
)
def test_a_setting_that_is_no_path(project: Path, lambda_lint: LambdaLint, value: str, message: str) -> None:
    write(project, {"lambda-lint.toml": f"baseline = {value}\n"})
    run = lambda_lint()
    assert run.err == f"error: lambda-lint.toml:1: `baseline` must be the path of a file, not {message}\n"


# -- damaged files


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: is not JSON: expecting value"),
        ('{"version": 1,\n', ":2: is not JSON: expecting property name enclosed in double quotes"),
        ("[]", ": is not a baseline; `lambda-lint baseline create` writes one"),
        ('{"findings": [{}]}', ": is not a baseline; `lambda-lint baseline create` writes one"),
        ('{"version": 1, "findings": 3}', ": is not a baseline; `lambda-lint baseline create` writes one"),
        ("[" * 100_000, ": is not a baseline"),
        (
            '{"version": 2, "findings": []}',
            ": the baseline has version 2, and this lambda-lint reads 1",
        ),
        (
            '{"version": 1, "findings": [\n' + ENTRY + ",\n[]]}",
            f":3: an entry must be an object with `count`, `function`, `line`, `path`, `rule`; {ANEW}",
        ),
        (
            '{"version": 1,\n"findings": [\n\n' + ENTRY.replace("1}", "0}") + "]}",
            f":4: `count` must be a whole number from 1; {ANEW}",
        ),
        (
            '{"version": 1, "findings": [' + ENTRY.replace('"a.py"', "1") + "]}",
            f":1: `path` must be a string; {ANEW}",
        ),
        (
            '{"version": 1, "findings": [' + ENTRY.replace("null", "1") + "]}",
            f":1: `function` must be a string or null; {ANEW}",
        ),
        (
            '{"version": 1, "findings": [\n<<<<<<< ours\n' + ENTRY + "\n=======\n>>>>>>> theirs\n]}",
            f":2: there is a merge conflict; {ANEW}",
        ),
    ],
)
def test_a_damaged_file(project: Path, lambda_lint: LambdaLint, text: str, message: str) -> None:
    write(project, {FILE: text})
    run = lambda_lint(*WITH)
    assert (run.code, run.out, run.err) == (2, "", f"error: {FILE}{message}\n")


def test_a_file_that_is_no_text(project: Path, lambda_lint: LambdaLint) -> None:
    (project / FILE).write_bytes(b"\xff")
    assert lambda_lint(*WITH).err == f"error: {FILE}: is not UTF-8\n"
    os.replace(project / FILE, project / "other")  # noqa: PTH105 - a folder takes its place
    (project / FILE).mkdir()
    assert lambda_lint(*WITH).err == f"error: the baseline `{FILE}` cannot be read: Is a directory\n"


def test_a_number_too_long_for_python(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {FILE: '{"version": ' + "1" * 5000 + ', "findings": []}'})
    assert lambda_lint(*WITH).err.startswith(f"error: {FILE}")


def test_a_layout_of_others_is_read(known: Path, lambda_lint: LambdaLint) -> None:
    data = json.loads((known / FILE).read_text("utf-8"))
    # Two branches that wrote the same.
    data["findings"] *= 2
    write(known, {FILE: "\ufeff" + json.dumps(data, indent=4)})
    assert "1 in the baseline" in lambda_lint(*WITH).out
    assert lambda_lint("baseline", "update").out == f"{FILE}: 1 finding in 1 file; 0 new, 0 gone\n"
    assert len((known / FILE).read_text("utf-8").splitlines()) == 6


def test_odd_names_of_files(project: Path, lambda_lint: LambdaLint) -> None:
    odd = 'src/o"d\\d\n\N{SNOWMAN}.py'
    (project / odd).write_text(f"token = '{SECRET}'\n", "utf-8")
    # A name that is no UTF-8 is a text with a lone surrogate.
    (project / "src" / os.fsdecode(b"\xff.py")).write_text(f"token = '{SECRET}'\n", "utf-8")
    assert lambda_lint("baseline", "create").out == f"{FILE}: 3 findings in 3 files\n"
    assert lambda_lint(*WITH).code == 0
