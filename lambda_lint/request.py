"""What somebody wants analyzed, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.engine.adopt import Adoption
from lambda_lint.settings.options import Options

if TYPE_CHECKING:
    from lambda_lint.fixing import Fixing

STDIN_NAME = "stdin.py"
"""What standard input is called when nobody says which file it is."""

NOTHING_SAID = Options()
EVERYTHING = Adoption()


@dataclass(frozen=True, slots=True)
class Stdin:
    """A text that stands for a file: what an editor has not saved yet."""

    data: bytes
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants analyzed, and how."""

    paths: tuple[Path, ...] = ()
    options: Options = NOTHING_SAID
    config: Path | None = None
    isolated: bool = False
    stdin: Stdin | None = None
    adoption: Adoption = EVERYTHING
    cache: bool = True
    """Whether results are taken from the cache, and put there."""
    cache_dir: Path | None = None
    describes: bool = False
    """Whether the result tells of functions; then nothing is taken from the cache, nor put there."""
    fixing: Fixing | None = None
    """None leaves files as they are, and tells nothing of what would be fixed."""
    cwd: Path = field(default_factory=Path.cwd)

    @property
    def places(self) -> tuple[Path, ...]:
        """What decides where the configuration and the project's root are looked for."""
        if self.stdin is None:
            return self.paths
        return () if self.stdin.path is None else (self.stdin.path,)
