"""The terminal: whether to use color, how wide it is, the progress bar, pipes that close early."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lambda_lint.errors import LambdaLintError
from lambda_lint.reporters.escape import printable, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import TextIO

    from rich.progress import Progress, TaskID
    from typing_extensions import Self

    from lambda_lint.reporters.style import Style

PATIENCE = 1.0
"""Seconds that a run may take before a progress bar appears."""


def wants_color(choice: str, stream: TextIO, environment: Mapping[str, str]) -> bool:
    """`--color`, else NO_COLOR, else FORCE_COLOR, else a CI that shows color, else a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    if environment.get("GITHUB_ACTIONS") or environment.get("GITLAB_CI"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def style_of(stream: TextIO, environment: Mapping[str, str], color: str = "auto") -> Style:
    """How a report on this stream should look."""
    import shutil  # noqa: PLC0415 - asked by who shows a report

    from lambda_lint.reporters.style import Style  # noqa: PLC0415 - as above

    is_terminal = stream.isatty()
    return Style(
        color=wants_color(color, stream, environment),
        width=shutil.get_terminal_size().columns if is_terminal else None,
        hyperlinks=is_terminal and environment.get("TERM") != "dumb",
    )


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output for a report; who stops reading early (`| head`) has seen enough, and that is no error.

    The run goes on after it, so that the exit code is that of the result and not of the reader.
    """
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        # What is still in the buffer would fail once more when Python exits.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        # Windows says EINVAL for a pipe that is closed.
        if error.errno not in {errno.EPIPE, errno.EINVAL}:
            raise LambdaLintError(f"standard output cannot be written: {error.strerror}") from error


def show(text: str) -> None:
    """Write what a command is asked for to standard output."""
    with standard_output() as stream:
        write(stream, text)


def note(text: str) -> None:
    """Tell something beside that on standard error."""
    write(sys.stderr, f"note: {printable(text)}\n")


def admit(error: Exception) -> None:
    """Say that lambda-lint itself failed, and where. The error's own text may quote what was analyzed."""
    import traceback  # noqa: PLC0415 - should not be needed

    kind = type(error).__name__
    write(sys.stderr, f"error: lambda-lint failed with {kind}; this is a mistake in lambda-lint\n")
    for frame in traceback.extract_tb(error.__traceback__):
        write(sys.stderr, f"  {frame.filename}:{frame.lineno} in {frame.name}\n")


class ProgressBar:
    """A bar on standard error that appears only on a terminal, and only when a run takes long.

    Call it with how much is done and how much there is.
    """

    def __init__(self, stream: TextIO, *, shown: bool = True, patience: float = PATIENCE) -> None:
        self._stream = stream
        self._shown = shown and stream.isatty()
        self._appears = time.monotonic() + patience
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        if not self._shown or time.monotonic() < self._appears:
            return
        if self._bar is None or self._task is None:
            self._bar, self._task = self._appear(total)
        self._bar.update(self._task, completed=done, total=total)

    def _appear(self, total: int) -> tuple[Progress, TaskID]:
        from rich.console import Console  # noqa: PLC0415 - most runs are over before it is needed
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(file=self._stream),
            transient=True,
        )
        bar.start()
        return bar, bar.add_task("analyzing", total=total)
