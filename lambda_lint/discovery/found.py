"""What discovery finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files of a run: absolute paths, sorted; texts, as there may be tens of thousands."""

    targets: tuple[str, ...]
    """The Python files to report on."""
    project: tuple[str, ...]
    """The Python files to read, the targets among them."""
    templates: tuple[str, ...]
    """The deployment templates of the project, and its lists of requirements."""
    target_templates: tuple[str, ...]
    """Those of them to report on."""
    companions: tuple[str, ...]
    """Files that templates may name, such as variables and parts of them."""
    skipped_vendored: tuple[str, ...]
    """Packages of others below the arguments that were left out, as shown to users."""
    unreadable: tuple[str, ...]
    """Folders and templates below the arguments that cannot be read."""
    left_out: tuple[str, ...]
    """Modules and folders that are there, and not read under these paths."""
    scope: str
    """The folder of which everything was looked at, but for what was left out."""
    root: Path
    """The project's root, to which patterns are relative."""
    is_complete: bool = True
    """Whether every folder and template of the project could be read, below the arguments or not."""
    folders: tuple[str, ...] = ()
    """The folders whose entries were looked at."""
    candidates: tuple[str, ...] = ()
    """The files whose content was looked at, to tell templates from others and to follow what they name."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """What was read on the way: of some of the templates and of what they name, all bytes."""
