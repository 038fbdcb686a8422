"""What a run works on: bytes by path. Where they come from is the caller's business."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a project. Paths are POSIX, relative to the working folder if below it."""

    files: Mapping[str, bytes]
    """Every Python file of the project."""
    templates: Mapping[str, bytes] = field(default_factory=dict)
    """Every file that may be a template."""
    targets: frozenset[str] | None = None
    """The files and templates to report on; None means all."""
    root: str = "."
    """The repository's root relative to the working folder: `.`, `..`, `../..`."""
    settings_root: str = "."
    """The folder to which the patterns of the settings are relative, told in the same way."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Files that could not be read, and why."""

    def is_reported(self, path: str) -> bool:
        return self.targets is None or path in self.targets
