"""Lints inputs as often as it is asked to, with one configuration, and remembers what it can."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.engine.recall import Recall
from lambda_lint.engine.store import digest
from lambda_lint.engine.timing import timed
from lambda_lint.settings.options import DEFAULT
from lambda_lint.syntax.lean import use_lean_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from lambda_lint.engine.found import Found
    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.engine.store import Store
    from lambda_lint.model.finding import Result
    from lambda_lint.registry import Registry
    from lambda_lint.settings.options import Settings


class Session:
    """Runs with the same settings and rules. Without a store nothing is kept beyond the session."""

    def __init__(
        self,
        settings: Settings,
        registry: Registry,
        store: Store | None = None,
        progress: Callable[[int, int], None] | None = None,
        times: MutableMapping[str, float] | None = None,
        *,
        owns_process: bool = False,
        describes: bool = False,
    ) -> None:
        """`owns_process` allows libcst to be imported in a form that others should not get.

        `describes` asks for what is known of functions.
        """
        self._settings, self._registry, self._store, self._progress = settings, registry, store, progress
        self._owns_process, self._describes = owns_process, describes
        self._times: MutableMapping[str, float] = {} if times is None else times
        self._known: dict[bytes, Found] = {}
        self._salts: dict[str, bytes] = {}

    def result(self, inputs: Inputs) -> Result:
        """What is found; taken from the store if all is as it was in an earlier run."""
        if self._store is None or self._registry.fingerprint is None:
            return self._linted(inputs, b"")
        salt = self._salt(inputs.settings_root)
        recall = Recall(self._store, salt, self._settings.max_file_size)
        with timed(self._times, "cache"):
            known = recall.get(inputs)
        if known is not None:
            return known
        result = self._linted(inputs, salt)
        # Where a rule or a process crashed, another run might find more.
        if all(found.is_repeatable for found in self._known.values()):
            recall.put(inputs, result)
        return result

    def _linted(self, inputs: Inputs, salt: bytes) -> Result:
        if self._owns_process:
            use_lean_nodes()
        from lambda_lint.engine.lint import Means, lint  # noqa: PLC0415 - imports libcst

        means = Means(
            jobs=self._settings.jobs or processors(),
            store=self._store if salt else None,
            salt=salt,
            describes=self._describes,
            known=self._known,
            progress=self._progress,
            times=self._times,
        )
        return lint(inputs, self._settings, self._registry, means)

    def _salt(self, settings_root: str) -> bytes:
        """Stands for the code that runs and the settings that matter to what it finds."""
        if settings_root not in self._salts:
            settings = replace(
                self._settings,
                baseline=None,
                fail_on=DEFAULT.fail_on,
                output_format=(),
                fix=False,
                unsafe_fixes=False,
                fix_only=False,
                show_fixes=False,
                jobs=None,
                cache_dir=None,
            )
            self._salts[settings_root] = digest(
                repr((self._registry.fingerprint, settings, settings_root)).encode()
            )
        return self._salts[settings_root]

    def close(self) -> Sequence[str]:
        """End the session; the answer is what the user should know about the cache."""
        if self._store is None:
            return ()
        self._store.close()
        return self._store.warnings


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
