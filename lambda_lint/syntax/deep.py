"""Room for recursion: the native parser and code generation of libcst go as deep as the code they read."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

STACK = 256 * 1024 * 1024
"""Address space, not memory: pages are touched only as far as the recursion goes."""
FRAMES = 100_000
"""Python frames; high enough for every tree that passes the guards of `parse`."""


class _DeepThread(threading.Thread):
    """Only its type matters: who runs in one need not start another."""


def with_deep_stack(function: Callable[[], Answer]) -> Answer:
    """Run `function` with a large stack and a raised recursion limit; what it raises is raised here."""
    if isinstance(threading.current_thread(), _DeepThread):
        return function()
    answers: list[Answer] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(function())
        except BaseException as failure:  # noqa: BLE001 - raised again in the caller's thread
            failures.append(failure)

    frames_before = sys.getrecursionlimit()
    stack_before = threading.stack_size(STACK)
    try:
        sys.setrecursionlimit(max(FRAMES, frames_before))
        thread = _DeepThread(target=run, name="deep-stack", daemon=True)
        thread.start()
    finally:
        threading.stack_size(stack_before)
    try:
        thread.join()
    finally:
        sys.setrecursionlimit(frames_before)
    if failures:
        raise failures[0]
    return answers[0]
