"""Carries out tasks: what is known of them is recalled, what does not matter is passed over."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lambda_lint.engine.collector import patient_collector
from lambda_lint.engine.found import Found
from lambda_lint.engine.keys import Stamps, key_of, salt_of
from lambda_lint.engine.packing import PackingError, pack, unpack
from lambda_lint.engine.pool import Pool
from lambda_lint.engine.relevance import Relevance
from lambda_lint.engine.timing import add, timed
from lambda_lint.syntax.deep import with_deep_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping, Sequence

    from lambda_lint.engine.part import PartRunner
    from lambda_lint.engine.store import Store
    from lambda_lint.engine.task import Task
    from lambda_lint.engine.worker import Setup

WORTH_A_PROCESS = 200_000
"""Bytes of Python that take about as long to analyze as a process takes to start."""


@dataclass(slots=True)
class Means:
    """How a run is carried out; none of it changes the result."""

    jobs: int = 1
    """Processes that may be used; with 1 everything is done in this one."""
    store: Store | None = None
    salt: bytes = b""
    """Stands for everything that findings in the store depend on besides the files of their part."""
    describes: bool = False
    """Whether the result tells of functions. What the store holds does not."""
    thorough: bool = False
    """Whether parts are parsed, too, that cannot hold anything to find."""
    known: MutableMapping[bytes, Found] = field(default_factory=dict)
    """What earlier runs with the same settings and rules found, for runs on nearly the same files."""
    progress: Callable[[int, int], None] | None = None
    """Told how many of how many steps are done."""
    times: MutableMapping[str, float] = field(default_factory=dict)
    """Filled with seconds, by phase and by the code of each rule, added up over all processes."""


class Executor:
    """Finds what there is to find in tasks, in the order in which they are given."""

    def __init__(self, runner: PartRunner, setup: Setup, texts: Mapping[str, str], means: Means) -> None:
        self.runner, self.setup, self.texts, self.means = runner, setup, texts, means

    def run(self, tasks: Sequence[Task], *, thorough: bool) -> list[Found]:
        """What each task found; `thorough`, also of those that no rule about code can find anything in."""
        salt = salt_of(self.means.salt, tasks[0].layers if tasks else {})
        templates = {template.path: template for task in tasks for template in task.templates}
        stamped = Stamps()
        stamps = {path: stamped.of(template) for path, template in templates.items()}
        keys = [key_of(salt, task, stamps) for task in tasks]
        known = {key: found for key in keys if (found := self._known(key)) is not None}
        left = {key: task for key, task in zip(keys, tasks, strict=True) if key not in known}
        for key, found in zip(left, self._analyzed(list(left.values()), thorough=thorough), strict=True):
            self._keep(key, found)
            known[key] = found
            add(self.means.times, found.times)
        return [known[key] for key in keys]

    def _known(self, key: bytes) -> Found | None:
        store, known = self.means.store, self.means.known
        if key not in known and store is not None and (data := store.get(key)) is not None:
            with contextlib.suppress(PackingError):
                known[key] = unpack(data)
        return known.get(key)

    def _keep(self, key: bytes, found: Found) -> None:
        self.means.known[key] = found
        if self.means.store is not None and found.is_repeatable:
            self.means.store.put(key, pack(replace(found, times={})))

    def _analyzed(self, tasks: Sequence[Task], *, thorough: bool) -> list[Found]:
        """What comes of each task; those that do not matter are not carried out."""
        relevance = Relevance(self.runner.selection, self.setup.settings.handlers)
        is_thorough = thorough or self.means.thorough
        with timed(self.means.times, "relevance"):
            left = [task for task in tasks if is_thorough or relevance.matters(task, self.texts)]
        found = iter(self._carried_out(left))
        mattering = set(map(id, left))
        return [next(found) if id(task) in mattering else Found() for task in tasks]

    def _carried_out(self, tasks: Sequence[Task]) -> list[Found]:
        steps = _Steps(sum(2 * len(task.files) for task in tasks), self.means.progress)
        size = sum(len(data) for task in tasks for data in task.files.values())
        jobs = min(self.means.jobs, len(tasks))
        if jobs > 1 and size > WORTH_A_PROCESS:
            with Pool(self.setup, jobs) as pool:
                return pool.run(tasks, steps.begin)
        with patient_collector():
            return with_deep_stack(lambda: [self.runner.run(task, steps.begin) for task in tasks])


class _Steps:
    """Counts files: each is begun twice, to be parsed and to be checked."""

    def __init__(self, total: int, progress: Callable[[int, int], None] | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def begin(self, _path: str) -> None:
        """One step more."""
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)
