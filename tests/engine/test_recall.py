"""What is kept of a run, and when it is taken."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.packing import PackingError, pack, unpack
from lambda_lint.engine.pool import Pool
from lambda_lint.engine.recall import Recall
from lambda_lint.engine.session import Session
from lambda_lint.engine.store import ENTRIES, Store
from lambda_lint.registry import Registry, load_registry
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from lambda_lint.engine.found import Found
    from lambda_lint.engine.task import Task
    from lambda_lint.model.finding import Result
    from lambda_lint.settings.options import Settings

SECRET = b"AKIA" + b"Q3EGRIZBVOZYTKYM"
FILES = {
    "app.py": b"import boto3\nfrom shared import name\n\ndef handler(event, context):\n"
    b"    return boto3.client('s3').list_objects_v2(Bucket=name)\n",
    "shared.py": b"name = 'orders'\n",
    "other.py": b"key = '" + SECRET + b"'  # lambda-lint: ignore[fat-handler] kept\n",
    "broken.py": b"def\n",
}


RULES = load_registry()


def session(folder: Path, settings: Settings = DEFAULT, **more: Any) -> Session:
    return Session(settings, RULES, Store(folder), **more)


def begun(folder: Path, files: dict[str, bytes], settings: Settings = DEFAULT) -> tuple[Result, int]:
    """The result, and how many files were begun."""
    steps: list[int] = []
    result = session(folder, settings, progress=lambda done, _total: steps.append(done)).result(Inputs(files))
    assert result == Session(settings, RULES).result(Inputs(files))
    return result, len(steps)


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    first, steps = begun(tmp_path, FILES)
    assert {finding.code for finding in first.findings} >= {"LL001", "LL900", "LL902"}
    assert steps
    again, steps = begun(tmp_path, FILES)
    assert steps == 0
    assert again == first


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ({"app.py": FILES["app.py"] + b"# end\n"}, 4),
        ({"shared.py": b"name = 'invoices'\n"}, 4),
        ({"other.py": FILES["other.py"] + b"# end\n"}, 2),
        ({"broken.py": b"def run(event, context): ...\n"}, 2),
        ({"broken.py": b"nothing = 'can be found here'\n"}, 0),
        ({"new.py": b"def run(event, context): ...\n"}, 2),
    ],
)
def test_an_edit_costs_its_own_part(tmp_path: Path, changed: dict[str, bytes], steps: int) -> None:
    begun(tmp_path, FILES)
    assert begun(tmp_path, FILES | changed)[1] == steps
    assert begun(tmp_path, FILES | changed)[1] == 0


def test_a_file_that_is_gone_costs_nothing(tmp_path: Path) -> None:
    begun(tmp_path, FILES)
    assert begun(tmp_path, {path: FILES[path] for path in ("app.py", "shared.py")})[1] == 0


@pytest.mark.parametrize("name", [field.name for field in fields(DEFAULT)])
def test_settings_that_matter_are_part_of_the_key(tmp_path: Path, name: str) -> None:
    others: dict[str, Any] = {
        "choices": (),
        "per_file_ignores": (("*.py", ("LL001",)),),
        "severity": (("LL001", next(iter(type(load_registry().infos[0].severity)))),),
        "rules": (),
        "extend_exclude": ("x",),
        "exclude": ("x",),
        "force_exclude": True,
        "respect_gitignore": False,
        "test_paths": ("app.py",),
        "handlers": ("shared.py:name",),
        "src": ("lib",),
        "baseline": "known.json",
        "fail_on": type(DEFAULT.fail_on).NEVER,
        "output_format": ("json",),
        "fix": True,
        "unsafe_fixes": True,
        "fix_only": True,
        "show_fixes": True,
        "max_file_size": 10,
        "jobs": 3,
        "today": "2026-11-22",
        "cache_dir": "x",
    }
    begun(tmp_path, FILES)
    begun(tmp_path, FILES, replace(DEFAULT, **{name: others[name]}))


def test_options_of_rules_and_choices_are_part_of_the_key(tmp_path: Path) -> None:
    from lambda_lint.settings.options import Choices, Options, RuleTable  # noqa: PLC0415 - used here alone

    begun(tmp_path, FILES)
    select = Options(choices=(Choices(select=("LL001",)),))
    assert {f.code for f in begun(tmp_path, FILES, DEFAULT.apply(select))[0].findings} == {"LL001", "LL900"}
    table = Options(rules=(RuleTable("fat-handler", (("max-statements", 1),)),))
    begun(tmp_path, FILES, DEFAULT.apply(table))


def test_no_secret_is_kept(tmp_path: Path) -> None:
    begun(tmp_path, FILES)
    kept = [path for path in (tmp_path / ENTRIES).rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if SECRET in path.read_bytes()]


def test_a_secret_of_the_cache_is_masked_in_other_files_too(tmp_path: Path) -> None:
    files = FILES | {
        "app.py": FILES["app.py"].replace(b"list_objects_v2(", b"list_objects_v2(  # " + SECRET + b"\n")
    }
    begun(tmp_path, files)
    again, steps = begun(tmp_path, files)
    assert not steps
    assert SECRET.decode() not in again.sources["app.py"]


def test_a_crash_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lambda_lint.rule import Rule  # noqa: PLC0415 - patched here alone

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(Rule, "violation", crash)
        assert session(tmp_path).result(Inputs(FILES)).crashed
    assert not session(tmp_path).result(Inputs(FILES)).crashed


def test_what_a_dead_worker_has_left_out_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = Inputs({f"{name}/app.py": FILES["other.py"] for name in "abc"})
    settings = replace(DEFAULT, jobs=2)
    monkeypatch.setattr("lambda_lint.engine.execute.WORTH_A_PROCESS", 0)
    run, told = Pool.run, "it ended"

    def dying(pool: Pool, tasks: Sequence[Task], begin: Callable[[str], None]) -> list[Found]:
        return run(pool, [replace(tasks[0], fatal=dict.fromkeys(tasks[0].files, told)), *tasks[1:]], begin)

    with monkeypatch.context() as patch:
        patch.setattr(Pool, "run", dying)
        first = session(tmp_path, settings).result(inputs)
    assert [finding.code for finding in first.findings if finding.message == told] == ["LL904"]
    again = session(tmp_path, settings).result(inputs)
    assert again == Session(DEFAULT, RULES).result(inputs) != first
    monkeypatch.setattr(Pool, "run", None)
    assert session(tmp_path, settings).result(inputs) == again


def test_other_code_finds_anew(tmp_path: Path) -> None:
    begun(tmp_path, FILES)
    other = Session(DEFAULT, Registry(RULES.entries, "another version"), Store(tmp_path))
    before = sum(1 for path in (tmp_path / ENTRIES).rglob("*") if path.is_file())
    other.result(Inputs(FILES))
    assert sum(1 for path in (tmp_path / ENTRIES).rglob("*") if path.is_file()) > before


def test_where_nobody_knows_what_is_installed_nothing_is_kept(tmp_path: Path) -> None:
    Session(DEFAULT, Registry(RULES.entries), Store(tmp_path)).result(Inputs(FILES))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[99]", b'[2, "too few"]', b"[[]]", b'[14, "NOT_ONE"]', b"[" * 5000]
)
def test_what_is_no_result_is_refused(text: bytes) -> None:
    with pytest.raises(PackingError):
        unpack(text)


@pytest.mark.parametrize("kept", [b"null", b'{"a": 1}', b"[1]", b"3", pack(("no result", ()))])
def test_what_is_no_result_is_found_anew(tmp_path: Path, kept: bytes) -> None:
    inputs, store = Inputs(FILES), Store(tmp_path)
    recall = Recall(store, b"salt", DEFAULT.max_file_size)
    result = Session(DEFAULT, RULES).result(inputs)
    recall.put(inputs, result)
    assert recall.get(inputs) == result
    store.put(recall._key(inputs), kept)  # noqa: SLF001 - what nobody puts there
    assert recall.get(inputs) is None


def test_a_result_is_packed_without_loss() -> None:
    result = Session(DEFAULT, RULES).result(Inputs(FILES))
    assert unpack(pack(result)) == result
    assert json.loads(pack(result))


SERVICE = b"""\
service: orders
provider: {name: aws, runtime: "${file(common.yml):runtime}"}
functions: {take: {handler: take.work}}
"""
TAKING = b"import boto3\ndef work(first, second):\n    return boto3.client('s3')\n"


def served(folder: Path, runtime: bytes, **files: bytes) -> list[str]:
    """The handlers of a service, which are the same without a store."""
    inputs = Inputs(
        {"take.py": TAKING, **files},
        templates={"serverless.yml": SERVICE},
        beside={"common.yml": b"runtime: " + runtime},
    )
    result = session(folder).result(inputs)
    assert result == Session(DEFAULT, RULES).result(inputs)
    return [handler.name for handler in result.handlers]


def test_what_templates_name_is_part_of_the_key(tmp_path: Path) -> None:
    assert served(tmp_path, b"python3.13") == ["take.py:work"]
    assert served(tmp_path, b"nodejs22.x") == []
    assert served(tmp_path, b"python3.13") == ["take.py:work"]


def test_what_was_read_of_templates_is_part_of_the_key_of_a_part(tmp_path: Path) -> None:
    text = (
        b"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: take.work\n"
    )
    text += b"      Runtime: python3.13\n      CodeUri: .\n      Timeout: !Ref Limit\n"
    text += b"Parameters:\n  Limit: {Type: Number, Default: 3}\n"
    config = b"[default.deploy.parameters]\nparameter_overrides = 'Limit=%d'\n"
    for limit in (3, 30):
        inputs = Inputs(
            {"take.py": TAKING},
            templates={"template.yaml": text},
            beside={"samconfig.toml": config % limit},
        )
        steps: list[int] = []
        session(tmp_path, progress=lambda done, _total, steps=steps: steps.append(done)).result(inputs)
        assert steps, limit


def test_whether_terraform_is_read_is_part_of_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b'resource "aws_lambda_function" "f" {\n  handler = "take.work"\n  filename = "take.zip"\n}\n'
    inputs = Inputs({"take.py": TAKING}, templates={"main.tf": text})
    assert [handler.name for handler in session(tmp_path).result(inputs).handlers] == ["take.py:work"]
    monkeypatch.setattr("lambda_lint.deployment.claims.reads_terraform", lambda: False)
    assert session(tmp_path).result(inputs).handlers == ()
