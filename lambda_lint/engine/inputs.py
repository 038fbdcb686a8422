"""What a run works on: bytes by path. Where they come from is the caller's business."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.errors import SourceError
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a project. Paths are POSIX, relative to the working folder if below it."""

    files: Mapping[str, bytes]
    """Every Python file of the project."""
    templates: Mapping[str, bytes] = field(default_factory=dict)
    """Every file that may be a template, and every list of requirements."""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """Files that templates name: variables, parts of them. No finding points at these."""
    targets: frozenset[str] | None = None
    """The files and templates to report on; None means all."""
    left_out: frozenset[str] = frozenset()
    """Modules and folders that are there, and not among the files."""
    scope: str = "."
    """The folder below which there is nothing else."""
    root: str = "."
    """The repository's root relative to the working folder: `.`, `..`, `../..`."""
    settings_root: str = "."
    """The folder to which the patterns of the settings are relative, told in the same way."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Files that could not be read, and why."""

    def is_reported(self, path: str) -> bool:
        return self.targets is None or path in self.targets


def text_of(inputs: Inputs, path: str, size_limit: int) -> str:
    """The decoded text of a file or template; nothing if it is too large or has none."""
    data = inputs.files.get(path, b"")
    try:
        if path in inputs.templates:
            from lambda_lint.deployment.reader import decode_anyway  # noqa: PLC0415 - imports what reads YAML

            # One that is broken is still shown, at the place where it is.
            return decode_anyway(inputs.templates[path])
        return Source.from_bytes(path, data).text if len(data) <= size_limit else ""
    except SourceError:
        return ""


class Texts(dict[str, str]):
    """The whole text of each file, by its path; read when it is asked for."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, path: str) -> str:
        return self.setdefault(path, self._read(path))
