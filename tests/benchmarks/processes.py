"""One run of a command: wall time, CPU time, and the memory of its main process and its largest worker.

CPU time is what the kernel accounts for the command and for its descendants that were waited for. It cannot
tell their memory apart: `ru_maxrss` is the largest of them all, and includes this process's own from before
the `exec`. So a thread reads the high-water mark (`VmHWM`) of each process of the tree from /proc every 10
milliseconds. As the mark only grows, no more than the growth of the last milliseconds is missed; a process
that lived shorter, or a system without /proc, has no figure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROCESSES = Path("/proc")
INTERVAL = 0.01
NO_COLOR = {"NO_COLOR": "1", "SEMGREP_SEND_METRICS": "off", "PYTHONHASHSEED": "0", "COLUMNS": "200"}


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used, and what it said; `code` is None when it ran out of time."""

    wall: float
    cpu: float
    main: float
    worker: float
    code: int | None
    out: str
    err: str


def run(command: Sequence[str], folder: Path, timeout: float) -> Usage:
    """Run a command in a folder, in a process group of its own, and measure it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=os.environ | NO_COLOR,
            start_new_session=True,
        )
        late = threading.Event()
        timer = threading.Timer(timeout, _end, [process.pid, late])
        memory = _Memory(process.pid)
        timer.start()
        memory.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            _end(process.pid, late)  # its group is not that of the terminal
            raise
        finally:
            wall = time.perf_counter() - started
            timer.cancel()
            memory.stop()
        process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for here
        out.seek(0)
        err.seek(0)
        return Usage(
            wall=wall,
            cpu=used.ru_utime + used.ru_stime,
            main=memory.main / 1024,
            worker=memory.worker / 1024,
            code=None if late.is_set() else process.returncode,
            out=out.read().decode(errors="replace"),
            err=err.read().decode(errors="replace"),
        )


def _end(group: int, late: threading.Event) -> None:
    late.set()
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class _Memory(threading.Thread):
    """The high-water marks of a tree of processes, in KiB."""

    def __init__(self, main: int) -> None:
        super().__init__(daemon=True)
        self.main = 0
        self.worker = 0
        self._process = main
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(INTERVAL):
            self.main = max(self.main, _peak(self._process))
            self.worker = max([self.worker, *map(_peak, _descendants(self._process))])

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _peak(process: int) -> int:
    try:
        status = (PROCESSES / str(process) / "status").read_text()
    except OSError:
        return 0
    _, _, rest = status.partition("VmHWM:")
    return int(rest.split(maxsplit=1)[0]) if rest else 0


def _descendants(process: int) -> Iterator[int]:
    try:
        # A thread's children are listed with that thread alone.
        listed = [path.read_text() for path in (PROCESSES / str(process) / "task").glob("*/children")]
    except OSError:
        return
    for child in map(int, " ".join(listed).split()):
        yield child
        yield from _descendants(child)
