"""What stands for the code of the tool and of rule packs: it changes whenever any of that does."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from lambda_lint.engine.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CODE_ENDINGS = (".py", ".md", ".json", ".so", ".pyd")


def stamp_of(packages: Iterable[str]) -> bytes:
    """A digest of name, size and time of change of each file of these packages, and of Python's version."""
    said: list[object] = [sys.version]
    for package in packages:
        spec = find_spec(package)
        folders = (spec.submodule_search_locations or ()) if spec else ()
        said.extend(sorted(_files(folder)) for folder in folders)
    return digest(repr(said).encode("utf-8", "surrogatepass"))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    pending = [folder]
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir():
                pending.append(entry.path)
            elif entry.name.endswith(CODE_ENDINGS):
                known = entry.stat()
                yield entry.path, known.st_size, known.st_mtime_ns
