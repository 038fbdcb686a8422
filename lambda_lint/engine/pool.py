"""Several processes that share the parts of a project among them.

Processes and not threads, as libcst's parser holds the interpreter's lock; and a file that ends the process
that analyzes it ends no more than that: the file is named, and a new process goes on.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.engine.found import Found
from lambda_lint.engine.worker import Common, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from typing_extensions import Self

    from lambda_lint.engine.task import Task
    from lambda_lint.engine.worker import Setup

START = """\
import sys
sys.path[:] = {path!r}
from lambda_lint.syntax.lean import use_lean_nodes
use_lean_nodes()
from lambda_lint.engine.worker import main
main()
"""
"""The folder that the tool runs in is no place to import from: what is linted is never imported."""


class WorkerError(RuntimeError):
    """A worker ended without having begun a file."""


class Pool:
    """Worker processes. Leaving the `with` block ends them."""

    def __init__(self, setup: Setup, size: int) -> None:
        self._setup = setup
        self._workers = [_Worker(setup) for _ in range(size)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()

    def run(self, tasks: Sequence[Task], begin: Callable[[str], None]) -> list[Found]:
        """What came of each task, in their order; the largest are begun first.

        `begin` is told each file that a worker begins with, from one thread at a time.
        """
        work = _Work(tasks, begin)
        threads = [
            threading.Thread(target=work.share, args=(worker,), daemon=True) for worker in self._workers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if work.failures:
            raise work.failures[0]
        return [work.found[number] for number in range(len(tasks))]


class _Work:
    """Tasks that are left, and what came of the others."""

    def __init__(self, tasks: Sequence[Task], begin: Callable[[str], None]) -> None:
        sizes = [sum(map(len, task.files.values())) for task in tasks]
        self._waiting = deque(sorted(range(len(tasks)), key=lambda number: -sizes[number]))
        self._tasks = tasks
        self._begin = begin
        self._lock = threading.Lock()
        self.found: dict[int, Found] = {}
        self.failures: list[BaseException] = []

    def share(self, worker: _Worker) -> None:
        """Hand tasks to a worker until none is left."""
        try:
            while not self.failures:
                try:
                    number = self._waiting.popleft()
                except IndexError:
                    return
                self.found[number] = worker.run(self._tasks[number], self._told)
        except BaseException as failure:  # noqa: BLE001 - raised again in the thread that waits
            self.failures.append(failure)

    def _told(self, path: str) -> None:
        with self._lock:
            self._begin(path)


class _Worker:
    """A process, replaced by a new one when it dies."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._common: Common
        """What the process was sent that later tasks may need, too."""
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", START.format(path=sys.path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._send(process, self._setup)
        self._common = Common()
        return process

    def run(self, task: Task, begin: Callable[[str], None]) -> Found:
        """What comes of a task. A file that ends the process is left out and reported, and so on."""
        while True:
            last = ""
            lacking = self._common.lacking(task)
            self._common.add(lacking)
            self._send(self._process, lacking)
            self._send(self._process, Order.of(task))
            try:
                while isinstance(answer := pickle.load(self._process.stdout), str):  # type: ignore[arg-type]  # noqa: S301
                    begin(last := answer)
            except (EOFError, pickle.UnpicklingError):
                reason = f"the analysis of this file ended its process ({self._end_of_process()})"
                if not last or last in task.fatal:
                    raise WorkerError(reason.replace("of this file ", "")) from None
                task = replace(task, fatal={**task.fatal, last: reason})
                self._process = self._started()
                continue
            if isinstance(answer, Found):
                return answer
            raise answer

    @staticmethod
    def _send(process: subprocess.Popen[bytes], message: object) -> None:
        try:
            pickle.dump(message, process.stdin, pickle.HIGHEST_PROTOCOL)  # type: ignore[arg-type]
            process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            return  # it has died; reading its answer will tell

    def _end_of_process(self) -> str:
        """How the process has ended."""
        code = self.end()
        if code >= 0:
            return f"exit code {code}"
        names = {number.value: number.name for number in signal.Signals}
        return names.get(-code, f"signal {-code}")

    def end(self) -> int:
        """End the process, whatever it is doing; the answer is its exit code, or less than 0 for a signal."""
        self._process.kill()
        code = self._process.wait()
        for stream in filter(None, (self._process.stdin, self._process.stdout)):
            with suppress(OSError):
                stream.close()
        return code
