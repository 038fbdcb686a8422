"""The contents of files that templates name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.discovery.content import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def contents_of(files: Iterable[str], known: Mapping[str, bytes], cwd: Path, limit: int) -> dict[str, bytes]:
    """The bytes by path, as a template of the working folder writes it and as users see it.

    They differ above the working folder: `../common.yml`, where users see an absolute path. A file that
    cannot be read, or is larger than the limit, is as good as not there. What is known is not read.
    """
    contents: dict[str, bytes] = {}
    for path in files:
        try:
            data = known[path] if path in known else content(path, limit)
        except OSError:
            continue
        if len(data) <= limit:
            contents[Path(os.path.relpath(path, cwd)).as_posix()] = contents[Path(path).as_posix()] = data
    return contents
