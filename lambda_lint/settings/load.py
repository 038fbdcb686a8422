"""Find the configuration file, read it, and say where it is wrong.

Names of rules cannot be judged here, before rule packs are loaded: see `check`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambda_lint.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lambda_lint.settings.options import Options
    from lambda_lint.settings.problem import Problem

FILE_NAMES = ("lambda-lint.toml", ".lambda-lint.toml", "pyproject.toml")
SHARED_FILE = "pyproject.toml"
SHARED_TABLE = ("tool", "lambda-lint")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration file that was read."""

    path: Path
    shown: str
    """The path as the user sees it."""
    root: Path | None
    """Its folder, which is the project's root; None for a file that was named, which may stand anywhere."""
    text: str
    options: Options

    def error(self, problems: Iterable[Problem]) -> ConfigurationError:
        """One error for all that is wrong: a line each, in the order of the file."""
        from lambda_lint.settings.lines import Lines  # noqa: PLC0415 - for what is wrong alone

        lines = Lines(self.text)
        prefix = SHARED_TABLE if self.path.name == SHARED_FILE else ()
        told = [
            (lines.of(prefix + problem.path, problem.needle) or 0, problem.message) for problem in problems
        ]
        where = [
            f"{self.shown}:{line}: {message}" if line else f"{self.shown}: {message}"
            for line, message in sorted(told)
        ]
        return ConfigurationError("\n".join(where))


def load(
    paths: Sequence[Path], cwd: Path, *, config: Path | None = None, isolated: bool = False
) -> ConfigFile | None:
    """The configuration for these arguments: `config` if given, else the nearest file above them."""
    if isolated:
        if config is not None:
            raise UsageError("`--isolated` and `--config` exclude each other")
        return None
    if config is not None:
        path = cwd / config
        if not path.is_file():
            raise UsageError(f"the configuration file `{config}` does not exist")
        return _read(path, cwd, root=None)
    found = find(common_folder(paths, cwd))
    return None if found is None else _read(found, cwd, root=found.parent)


def common_folder(paths: Sequence[Path], cwd: Path) -> Path:
    """The folder that holds everything that was asked for."""
    absolute = [os.path.normpath(cwd / path) for path in paths] or [os.fspath(cwd)]
    try:
        common = Path(os.path.commonpath(absolute))
    except ValueError:  # pragma: no cover - only Windows has paths with nothing in common
        return cwd
    return common if common.is_dir() else common.parent


def find(folder: Path) -> Path | None:
    """The nearest configuration file, from `folder` up to the Git repository's root or the file system's."""
    for candidate in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = candidate / name
            if path.is_file() and (name != SHARED_FILE or _mentions_us(path)):
                return path
        if (candidate / ".git").exists():
            return None
    return None


def _mentions_us(path: Path) -> bool:
    # Most `pyproject.toml` on the way up are somebody else's: what does not name us is not parsed, so
    # that a mistake in it is not our complaint.
    text = _text(path, path.name)
    return SHARED_TABLE[1] in text and _own_table(path, path.name, text) is not None


def _read(path: Path, cwd: Path, root: Path | None) -> ConfigFile:
    shown = path.relative_to(cwd).as_posix() if path.is_relative_to(cwd) else path.as_posix()
    text = _text(path, shown)
    table = _own_table(path, shown, text)
    if table is None:
        raise ConfigurationError(f"{shown}: there is no table `[tool.lambda-lint]`")
    from lambda_lint.settings.read import read_options  # noqa: PLC0415 - many runs have no such file

    problems: list[Problem] = []
    options = read_options(table, shown, problems)
    file = ConfigFile(path, shown, root, text, options)
    if problems:
        raise file.error(problems)
    return file


def _text(path: Path, shown: str) -> str:
    try:
        # Not `read_text`: TOML has LF and CRLF line ends, and a carriage return in a string stays one.
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"{shown}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown}: is not UTF-8") from error


def _own_table(path: Path, shown: str, text: str) -> dict[str, Any] | None:
    from lambda_lint.settings.toml import TOMLDecodeError, loads  # noqa: PLC0415 - as above

    try:
        document: Any = loads(text)
    except TOMLDecodeError as error:
        place = re.search(r" ?\(at line (\d+), column (\d+)\)$", str(error))
        where = f"{shown}:{place[1]}" if place else shown
        message = str(error)[: place.start()] if place else str(error)
        raise ConfigurationError(f"{where}: is not TOML: {message[:1].lower()}{message[1:]}") from error
    if path.name != SHARED_FILE:
        return document  # type: ignore[no-any-return]
    for key in SHARED_TABLE:
        document = document.get(key) if isinstance(document, dict) else None
    if document is not None and not isinstance(document, dict):
        raise ConfigurationError(f"{shown}: `tool.lambda-lint` must be a table")
    return document
