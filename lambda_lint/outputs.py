"""Where reports go: `FORMAT` is standard output, `FORMAT:FILE` a file that is there whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.engine.write import replace_bytes
from lambda_lint.errors import LambdaLintError, UsageError
from lambda_lint.reporters import FORMATS, reporter
from lambda_lint.settings.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.model.finding import Result
    from lambda_lint.reporters.style import Style


@dataclass(frozen=True, slots=True)
class Destination:
    """A format, and the file it is written to; None is standard output."""

    format: str
    file: Path | None = None


def destinations(wanted: Iterable[str]) -> tuple[Destination, ...]:
    """What `--output-format` asks for. What cannot work is refused now, not after a long run."""
    found = tuple(dict.fromkeys(_destination(text) for text in wanted))
    files = [destination.file for destination in found]
    for destination in found:
        if files.count(destination.file) > 1:
            place = "standard output" if destination.file is None else f"`{destination.file}`"
            raise UsageError(f"two reports cannot both go to {place}: write one to a file, as `FORMAT:FILE`")
    return found


def _destination(text: str) -> Destination:
    name, colon, file = text.strip().partition(":")
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"; there are {', '.join(FORMATS)}"
        raise UsageError(f"there is no output format `{name}`{hint}")
    if not colon:
        return Destination(name)
    if not file:
        raise UsageError(f"`{text}` names no file")
    path = Path(file)
    if path.is_dir():
        raise UsageError(f"`{file}` is a folder: a report needs a file")
    if not path.parent.is_dir():
        raise UsageError(f"the folder of `{file}` does not exist")
    return Destination(name, path)


def write_file(file: Path, format_name: str, result: Result, style: Style) -> None:
    """Write one report to its file."""
    text = StringIO()
    reporter(format_name)(result, text, style)
    try:
        replace_file(file, text.getvalue())
    except OSError as error:
        raise LambdaLintError(f"`{file}` cannot be written: {error.strerror}") from error


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file in one step."""
    replace_bytes(path, text.encode("utf-8", "backslashreplace"))
