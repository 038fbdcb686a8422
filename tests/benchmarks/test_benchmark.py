"""The benchmark's own logic: what it generates, how it judges a run, and what it makes of the figures."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import corpora
import pytest
import report
import scenarios
import tools
from monorepo import write_monorepo
from processes import Usage, run
from rounds import Case, Plan, Series, alternate, ratio
from scenarios import COLD, TARGETS

QUIET = Plan(rounds=3, slow_rounds=1, timeout=60, tell=lambda _: None)
DONE = Usage(wall=2, cpu=1, main=30, worker=0, code=0, out="", err="")


def python(program: str, name: str = "python", codes: frozenset[int] = frozenset({0})) -> tools.Tool:
    return tools.Tool(name, (sys.executable, "-c", program), tools.silent, codes)


def series(*walls: float, files: int = 1) -> Series:
    case = Case(python(""), Path(), files)
    return Series(case, [replace(DONE, wall=wall) for wall in walls])


def test_a_run_tells_what_a_command_did_and_used(tmp_path: Path) -> None:
    worker = "import time; kept = bytearray(60_000_000); time.sleep(0.3)"
    program = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}]); print(1); sys.exit(3)"
    )
    usage = run((sys.executable, "-c", program), tmp_path, 60)
    assert (usage.code, usage.out, usage.err) == (3, "1\n", "")
    assert usage.wall > 0.3
    assert usage.cpu > 0
    if sys.platform == "linux":
        assert 0 < usage.main < 57 < usage.worker


def test_a_run_ends_in_time(tmp_path: Path) -> None:
    assert run((sys.executable, "-c", "import time; time.sleep(60)"), tmp_path, 0.2).code is None


def test_cases_take_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    cases = [
        Case(
            python(f"open({str(log)!r}, 'a').write({name!r})", name),
            tmp_path,
            0,
            paths=(),
            primed=name == "b",
        )
        for name in "ab"
    ]
    results = alternate(cases, QUIET)
    assert log.read_text(encoding="utf-8") == "b" + "ab" + "ba" + "ab"
    assert [len(result.runs) for result in results.values()] == [3, 3]


@pytest.mark.parametrize(
    ("program", "files", "findings", "problem"),
    [
        ("print('x')", 1, 1, ""),
        ("raise SystemExit(2)", 1, None, "exit code 2"),
        ("print('x')", 1, 2, "1 findings instead of 2"),
        ("print('x')", 5, None, "read 1 of 5 files"),
        ("open('log', 'a').write('x\\n'); print(open('log').read(), end='')", 1, None, "2 findings after 1"),
        ("print('{')", 0, None, "no account of its work"),
    ],
)
def test_a_case_that_did_not_do_its_work_has_a_problem(
    program: str, files: int, findings: int | None, problem: str, tmp_path: Path
) -> None:
    def account(usage: Usage) -> tools.Work:
        return tools.silent(usage) if files else tools.Work(None, json.loads(usage.out))

    listing = (sys.executable, "-c", "print('app.py')")
    tool = replace(python(program), account=account, listing=listing)
    (result,) = alternate([Case(tool, tmp_path, files, findings=findings, paths=())], QUIET).values()
    assert problem in result.problem
    assert bool(result.problem) == bool(problem)


def test_ratios_are_made_within_a_round() -> None:
    fast, slow = series(1, 4, 2), series(2, 4, 40)
    assert ratio(fast, slow, scenarios.wall, scenarios.wall) == 0.5
    assert ratio(slow, series(1), scenarios.wall, scenarios.wall) == 2
    assert ratio(fast, slow, scenarios.wall, scenarios.worker_peak) is None
    slow.problem = "exit code 2"
    assert ratio(fast, slow, scenarios.wall, scenarios.wall) is None


def test_targets_are_met_or_missed_or_not_measured() -> None:
    pythaw, bandit, growth, workers = TARGETS[0], TARGETS[1], TARGETS[-2], TARGETS[8]
    results = {
        "lambda": {COLD: series(2), "pythaw": series(1), "lambda-lint, one worker": series(9)},
        "growth": {"1x": series(1, files=10), "16x": series(11, files=100)},
    }
    results["lambda"]["lambda-lint, two workers"] = series(5)
    values = [report.measured(target, results) for target in (pythaw, bandit, growth, workers)]
    assert values == [2, None, pytest.approx(1.1), 1.8]
    verdicts = [report.verdict(*pair) for pair in zip((pythaw, bandit, growth, workers), values, strict=True)]
    assert verdicts == ["missed", "not measured", "met", "met"]


def test_the_tables_and_the_json_say_the_same() -> None:
    broken = series()
    broken.problem = "out of time"
    results = {"lambda": {COLD: series(2), "pythaw": series(4), "fixit": broken}}
    versions, titles = {"pythaw": "0.3.0"}, {"lambda": "Public code"}
    machine = report.this_machine()
    part = report.readme_part(results, versions, titles, machine)
    assert "| lambda: lambda-lint, cold | pythaw | ≤ 1.3 | 0.5 | met |" in part
    assert "| pythaw (0.3.0) | 1 | 4.00 | 1.00 | 30 | 0 |  | None | 0.50 | 1.00 |" in part
    assert "| fixit | out of time |" in part
    told = json.loads(report.as_json(results, versions, titles, machine))
    assert told["targets"][0]["measured"] == 0.5
    assert told["scenarios"]["lambda"]["cases"]["pythaw"]["runs"][0]["wall"] == 4


def test_the_readme_keeps_what_is_around_the_tables() -> None:
    text = f"before\n{report.BEGIN}\n\nold\n\n{report.END}\nafter\n"
    assert report.with_part(text, "new") == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"
    with pytest.raises(ValueError, match="markers"):
        report.with_part("before", "new")


@pytest.mark.parametrize(
    ("name", "out", "err", "work"),
    [
        ("ruff, no cache", "a.py:1:1: F401 x\nFound 7 errors.\n", "", tools.Work(None, 7)),
        ("pythaw", "Found 3 violations in 2 files.\n", "", tools.Work(None, 3)),
        ("pythaw", "All checks passed!\n", "", tools.Work(None, 0)),
        (
            "bandit",
            '{"metrics": {"_totals": {}, "a.py": {}}, "results": [{}], "errors": []}',
            "",
            tools.Work(1, 1),
        ),
        (
            "flake8",
            "./a.py:1:1: E1 x\n1.2  seconds elapsed\n9   total files processed\n",
            "",
            tools.Work(9, 1),
        ),
        ("semgrep", '{"paths": {"scanned": ["a.py"]}, "results": [{}, {}]}', "", tools.Work(1, 2)),
        ("pylint", '{"messages": [{}], "statistics": {"modulesLinted": 4}}', "", tools.Work(None, 1)),
        ("fixit", "a.py@19:10 Rule: x\n", "9 files checked, 1 file with errors", tools.Work(9, 1)),
        ("fixit", "", "2 files clean", tools.Work(2, 0)),
    ],
)
def test_tools_account_for_their_work(
    name: str, out: str, err: str, work: tools.Work, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    for package in corpora.PEERS:
        (tmp_path / "bin" / package).touch()
    known = {peer.name: peer for peer in tools.peers(tmp_path, tmp_path)}
    assert known[name].account(replace(DONE, out=out, err=err)) == work


def test_our_own_account() -> None:
    out = "a.py:1:1: LL001 x\nsrc/t.yaml:3:1: LL023 y\n1 warning and 1 info in 12 files, 5 handlers\n"
    assert tools.ours("lambda-lint").account(replace(DONE, out=out)) == tools.Work(12, 2)


def test_vendored_packages_are_not_copied(tmp_path: Path) -> None:
    for name in ("app.py", "t.yaml", "x.txt", "lib/six.py", "lib/six.dist-info/METADATA", ".git/hook.py"):
        path = tmp_path / "from" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n", encoding="utf-8")
    target = corpora.copied(tmp_path / "from", tmp_path / "to", corpora.CODE_AND_TEMPLATES)
    assert sorted(path.name for path in target.rglob("*")) == ["app.py", "t.yaml"]
    assert corpora.size_of(target) == (1, 1)


def test_an_edit_changes_one_function_each_time(tmp_path: Path) -> None:
    made = write_monorepo(tmp_path, 5)
    setting = scenarios.Setting(sys.executable, [], tmp_path, cached=True)
    cases = {case.name: case for case in scenarios.edited(setting, tmp_path, made)}
    seen = {(tmp_path / made.handlers[0]).read_bytes()}
    for _ in range(2):
        before = cases[scenarios.HANDLER].before
        assert before is not None
        before()
        seen.add((tmp_path / made.handlers[0]).read_bytes())
    assert len(seen) == 3
    assert all(compile(text, "app.py", "exec") for text in seen)
