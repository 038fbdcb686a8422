"""Which files a run reads, remembered from an earlier run as long as no folder has changed.

A folder's time changes when something is added to it, taken out or renamed; so that of each folder, and time
and size of each file that was looked into, tell whether a walk would find the same. What changed within the
last moments is not believed: a second change may bear the same time.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambda_lint.discovery.found import Discovered
from lambda_lint.engine.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.engine.store import Store

SETTLED = 2_000_000_000
"""Nanoseconds after which a change is believed to be the last of its time: coarse clocks count in seconds."""

_PATHS = (
    "targets",
    "project",
    "templates",
    "target_templates",
    "companions",
    "skipped_vendored",
    "unreadable",
    "left_out",
)


class Memory:
    """The part of the cache that knows files; `version` stands for the code that looks for them."""

    def __init__(self, store: Store, version: str) -> None:
        self._store, self._version = store, version

    def recall(self, asked: object) -> Discovered | None:
        """What was found for these arguments and settings, if nothing that was looked at has changed."""
        kept = self._store.get(self._key(asked))
        if kept is None:
            return None
        try:
            told = json.loads(kept)
            if _states(told["looked"]) != told["states"]:
                return None
            paths: dict[str, Any] = {name: tuple(told[name]) for name in _PATHS}
            return Discovered(**paths, root=Path(told["root"]), scope=told["scope"])
        except (ValueError, TypeError, LookupError):
            return None

    def keep(self, asked: object, discovered: Discovered) -> None:
        """Remember what was found, unless it may be changing right now."""
        # To allow what could not be read changes no folder's time.
        if not discovered.is_complete:
            return
        around = [str(folder) for place in discovered.folders[:1] for folder in Path(place).parents]
        ignoring = [
            os.path.join(folder, name)  # noqa: PTH118 - as below
            for folder in (*around, *discovered.folders)
            for name in (".gitignore", ".git/info/exclude")
        ]
        looked = [*discovered.folders, *discovered.candidates, *filter(os.path.exists, ignoring)]
        states = _states(looked)
        if max((when for when, _ in states), default=0) > time.time_ns() - SETTLED:
            return
        told = {name: getattr(discovered, name) for name in _PATHS}
        told |= {"root": str(discovered.root), "scope": discovered.scope, "looked": looked, "states": states}
        self._store.put(self._key(asked), json.dumps(told, separators=(",", ":")).encode())

    def _key(self, asked: object) -> bytes:
        return digest(b"files", self._version.encode(), repr(asked).encode("utf-8", "surrogatepass"))


def _states(paths: Iterable[str]) -> list[list[int]]:
    """When each was changed, and its size; nothing for what is gone."""
    return [_state(path) for path in paths]


def _state(path: str) -> list[int]:
    try:
        status = os.stat(path)  # noqa: PTH116 - strings are quicker, and these are many
    except OSError:
        return [0, -1]
    return [status.st_mtime_ns, status.st_size]
