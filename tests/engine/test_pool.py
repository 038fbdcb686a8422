"""Several processes: the same answers, and no death is the end."""

from __future__ import annotations

import io
import os
import pickle
import signal
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.function import Template
from lambda_lint.engine import execute
from lambda_lint.engine import pool as pool_module
from lambda_lint.engine.lint import Inputs, Means, lint
from lambda_lint.engine.part import PartRunner
from lambda_lint.engine.pool import Pool, WorkerError, _Work
from lambda_lint.engine.session import processors
from lambda_lint.engine.task import Task
from lambda_lint.engine.worker import Common, Order, Setup, main
from lambda_lint.registry import load_registry
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from lambda_lint.engine.found import Found

CLIENT = b"import boto3\n\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
SETUP = Setup(DEFAULT, ".")

DEADLY = """\
import os, signal, sys
sys.path[:] = {path!r}
from lambda_lint.engine import part
begin = part.Units.load
def load(self, files, templates, inline, begin_with):
    def told(path):
        begin_with(path)
        if path in {deadly!r} and path not in self._fatal:
            {death}
    begin(self, files, templates, inline, told)
part.Units.load = load
from lambda_lint.engine.worker import main
main()
"""


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Inputs:
    """Enough for processes to be worth it, by a lower bar."""
    monkeypatch.setattr(execute, "WORTH_A_PROCESS", 0)
    return Inputs({f"f{number}/app.py": CLIENT for number in range(5)} | {"g/broken.py": b"def"})


def test_the_number_of_processes_changes_nothing(many: Inputs) -> None:
    registry = load_registry()
    steps: list[tuple[int, int]] = []
    alone = lint(many, DEFAULT, registry)
    together = lint(many, DEFAULT, registry, Means(jobs=3, progress=lambda *step: steps.append(step)))
    assert alone == together
    assert [finding.code for finding in alone.findings].count("LL001") == 5
    assert steps[-1] == (11, 12)  # what does not parse is not checked


def test_nothing_linted_is_imported_by_a_worker(
    many: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("libcst.py", "lambda_lint.py", "pickle.py", "signal.py", "dataclasses.py"):
        (tmp_path / name).write_text("raise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    assert len(lint(many, DEFAULT, load_registry(), Means(jobs=2)).findings) == 6


def tasks(*paths: str) -> list[Task]:
    return [Task({path: CLIENT}) for path in paths]


def deadly(monkeypatch: pytest.MonkeyPatch, death: str, *paths: str) -> None:
    text = DEADLY.replace("{death}", death).replace("{deadly!r}", repr(paths))
    monkeypatch.setattr(pool_module, "START", text)


@pytest.mark.parametrize(
    ("death", "told"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("os.kill(os.getpid(), signal.SIGRTMIN + 1)", f"signal {signal.SIGRTMIN + 1}"),
        ("os._exit(7)", "exit code 7"),
    ],
)
def test_a_file_that_ends_its_process_is_named(
    death: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly(monkeypatch, death, "b.py", "d.py")
    begun: list[str] = []
    with Pool(SETUP, 2) as pool:
        found = pool.run(tasks("a.py", "b.py", "c.py", "d.py", "e.py"), begun.append)
    assert [by_code(each) for each in found] == [
        ["LL001"] if path in "ace" else ["LL904"] for path in "abcde"
    ]
    assert {*begun} == {"a.py", "b.py", "c.py", "d.py", "e.py"}
    (finding,) = found[1].findings
    assert finding.message == f"the analysis of this file ended its process ({told})"
    assert finding.location.path == "b.py"
    assert [each.is_repeatable for each in found] == [True, False, True, False, True]


def by_code(found: Found) -> list[str]:
    return [finding.code for finding in found.findings]


def test_the_rest_of_its_part_is_analyzed(monkeypatch: pytest.MonkeyPatch) -> None:
    deadly(monkeypatch, "os._exit(1)", "b.py")
    with Pool(SETUP, 1) as pool:
        (found,) = pool.run([Task({"a.py": CLIENT, "b.py": CLIENT})], lambda _path: None)
    assert sorted(by_code(found)) == ["LL001", "LL904"]


def test_a_worker_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "START", "raise SystemExit(5)  # {path}")
    with Pool(SETUP, 2) as pool, pytest.raises(WorkerError, match=r"ended its process \(exit code 5\)"):
        pool.run(tasks("a.py", "b.py", "c.py"), lambda _path: None)


def test_a_file_that_ends_its_process_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    deadly(monkeypatch, "pass", "b.py")
    monkeypatch.setattr(
        pool_module,
        "START",
        pool_module.START.replace("and path not in self._fatal", "").replace("pass", "os._exit(1)"),
    )
    with Pool(SETUP, 1) as pool, pytest.raises(WorkerError):
        pool.run(tasks("b.py"), lambda _path: None)


def test_an_error_in_a_worker_is_raised_here() -> None:
    unknown = Setup(DEFAULT.__class__(max_file_size="much"), ".")  # type: ignore[arg-type]
    with Pool(unknown, 2) as pool, pytest.raises(TypeError):
        pool.run(tasks("a.py", "b.py"), lambda _path: None)


def test_leaving_ends_the_processes() -> None:
    with Pool(SETUP, 2) as pool:
        processes = [worker._process.pid for worker in pool._workers]  # noqa: SLF001 - to see them end
    for number in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_what_a_part_prints_does_not_get_between_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    deadly(monkeypatch, "print('noise', flush=True)", "a.py")
    with Pool(SETUP, 1) as pool:
        (found,) = pool.run(tasks("a.py"), lambda _path: None)
    assert by_code(found) == ["LL001"]


def test_a_part_is_analyzed_by_hand_as_by_a_worker() -> None:
    (task,) = tasks("a.py")
    with Pool(SETUP, 1) as pool:
        (found,) = pool.run([task], lambda _path: None)
    here = PartRunner(DEFAULT, load_registry(), ".").run(task)
    assert (here.findings, here.handlers) == (found.findings, found.handlers)


def test_a_template_is_sent_to_a_process_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many times as it has functions, the time of a run would grow with their square."""
    sent: list[object] = []
    send = pool_module._Worker._send  # noqa: SLF001 - what is sent is seen nowhere else

    def noted(process: subprocess.Popen[bytes], message: object) -> None:
        sent.append(message)
        send(process, message)

    monkeypatch.setattr(pool_module._Worker, "_send", staticmethod(noted))  # noqa: SLF001 - as above
    template = Template("template.yaml", "Resources:\n", ())
    many = [replace(task, templates=(template,), texts={"a.tf": "x"}) for task in tasks("a.py", "b.py")]
    with Pool(SETUP, 1) as pool:
        found = pool.run(many, lambda _path: None)
    assert [by_code(each) for each in found] == [["LL001"], ["LL001"]]
    assert [(set(each.templates), set(each.texts)) for each in sent if isinstance(each, Common)] == [
        ({"template.yaml"}, {"a.tf"}),
        (set(), set()),
    ]
    assert not any(each.task.templates or each.task.texts for each in sent if isinstance(each, Order))


def test_a_new_process_is_sent_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    deadly(monkeypatch, "os._exit(7)", "b.py")
    template = Template("template.yaml", "Resources:\n", ())
    many = [replace(task, templates=(template,)) for task in tasks("a.py", "b.py", "c.py")]
    with Pool(SETUP, 1) as pool:
        found = pool.run(many, lambda _path: None)
    assert [by_code(each) for each in found] == [["LL001"], ["LL904"], ["LL001"]]


def test_a_worker_that_has_died_is_an_error() -> None:
    with Pool(SETUP, 1) as pool:
        (worker,) = pool._workers  # noqa: SLF001 - to end it from outside
        worker._process.kill()  # noqa: SLF001 - as above
        worker._process.wait()  # noqa: SLF001 - as above
        with pytest.raises(WorkerError):
            pool.run(tasks("a.py"), lambda _path: None)


def test_after_a_failure_nothing_more_is_begun() -> None:
    work = _Work(tasks("a.py"), lambda _path: None)
    work.failures.append(ValueError())
    with Pool(SETUP, 1) as pool:
        work.share(pool._workers[0])  # noqa: SLF001 - as above
    assert not work.found


def test_what_ends_a_process_is_left_alone_the_second_time() -> None:
    found = PartRunner(DEFAULT, load_registry(), ".").run(Task({"a.py": CLIENT}, fatal={"a.py": "it ended"}))
    assert [(finding.code, finding.message) for finding in found.findings] == [("LL904", "it ended")]


def test_a_worker_answers_each_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, where its coverage is seen."""
    first, second = (
        replace(task, templates=(Template("template.yaml", "", ()),)) for task in tasks("a.py", "b.py")
    )
    orders = (Common().lacking(first), Order.of(first), Order.of(second))
    asked = io.BytesIO(b"".join(map(pickle.dumps, (SETUP, *orders, "no task"))))
    answers, noise = (tmp_path / "answers").open("w+b"), (tmp_path / "noise").open("w+b")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=asked))
    monkeypatch.setattr(sys, "stdout", answers)
    monkeypatch.setattr(sys, "stderr", noise)
    before = signal.getsignal(signal.SIGINT)
    try:
        main()
    finally:
        signal.signal(signal.SIGINT, before)
    with answers, noise, (tmp_path / "answers").open("rb") as stream:
        told = [pickle.load(stream) for _ in range(7)]  # noqa: S301 - our own
        assert stream.read() == b""
    assert [each if isinstance(each, str) else type(each).__name__ for each in told] == [
        *("a.py", "a.py", "Found", "b.py", "b.py", "Found", "AttributeError")
    ]


def test_processors_are_counted_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processors() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
