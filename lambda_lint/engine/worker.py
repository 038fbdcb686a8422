"""A process that analyzes parts: what it is asked comes in as pickles, what it found goes out as pickles.

Only the tool's own processes talk to each other like this. The process is started by `engine.pool`.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from lambda_lint.engine.collector import patient_collector
from lambda_lint.engine.part import PartRunner
from lambda_lint.registry import load_registry
from lambda_lint.syntax.deep import with_deep_stack

if TYPE_CHECKING:
    from lambda_lint.engine.task import Task
    from lambda_lint.settings.options import Settings


@dataclass(frozen=True, slots=True)
class Setup:
    """What all parts of a run have in common."""

    settings: Settings
    settings_root: str


def main() -> None:
    """Answer tasks until there are no more: a path for each file begun, then a `Found` or an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers, patient_collector():
        # What a rule prints must not get between the answers.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _answer(sys.stdin.buffer, answers)


def _answer(asked: IO[bytes], answers: IO[bytes]) -> None:
    def say(answer: object) -> None:
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    setup: Setup = pickle.load(asked)  # noqa: S301 - from our own process
    runner: PartRunner | None = None
    while True:
        try:
            task: Task = pickle.load(asked)  # noqa: S301 - as above
        except EOFError:
            return
        try:
            runner = runner or PartRunner(setup.settings, load_registry(), setup.settings_root)
            say(with_deep_stack(lambda runner=runner, task=task: runner.run(task, say)))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - raised again by the process that asked
            say(error)
