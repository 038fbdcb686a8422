"""A process that analyzes parts: what it is asked comes in as pickles, what it found goes out as pickles.

Only the tool's own processes talk to each other like this. The process is started by `engine.pool`.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import dataclass, field, replace
from typing import IO, TYPE_CHECKING

from lambda_lint.engine.collector import patient_collector
from lambda_lint.engine.part import PartRunner
from lambda_lint.registry import load_registry
from lambda_lint.syntax.deep import with_deep_stack

if TYPE_CHECKING:
    from lambda_lint.deployment.function import Template
    from lambda_lint.engine.task import Task
    from lambda_lint.settings.options import Settings


@dataclass(frozen=True, slots=True)
class Setup:
    """What all parts of a run have in common."""

    settings: Settings
    settings_root: str


@dataclass(frozen=True, slots=True)
class Common:
    """What several tasks need: a template is in one for each of its functions, and is sent once."""

    templates: dict[str, Template] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, other: Common) -> None:
        """Take in more."""
        self.templates.update(other.templates)
        self.texts.update(other.texts)

    def lacking(self, task: Task) -> Common:
        """What of a task is not among it."""
        return Common(
            {each.path: each for each in task.templates if each.path not in self.templates},
            {path: text for path, text in task.texts.items() if path not in self.texts},
        )


@dataclass(frozen=True, slots=True)
class Order:
    """A task without what is common, which is named by its paths."""

    task: Task
    templates: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, task: Task) -> Order:
        paths = tuple(template.path for template in task.templates)
        return cls(replace(task, templates=(), texts={}), paths, tuple(task.texts))

    def completed(self, common: Common) -> Task:
        """The task as it was."""
        return replace(
            self.task,
            templates=tuple(common.templates[path] for path in self.templates),
            texts={path: common.texts[path] for path in self.texts},
        )


def main() -> None:
    """Answer orders until there are no more: a path for each file begun, then a `Found` or an error."""
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
    common = Common()
    while True:
        try:
            order: Common | Order = pickle.load(asked)  # noqa: S301 - as above
        except EOFError:
            return
        if isinstance(order, Common):
            common.add(order)
            continue
        try:
            task = order.completed(common)
            runner = runner or PartRunner(setup.settings, load_registry(), setup.settings_root)
            say(with_deep_stack(lambda runner=runner, task=task: runner.run(task, say)))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - raised again by the process that asked
            say(error)
