"""Which files list what a function is packaged with, and which others those name: told by names and bytes.

Nothing that reads them is imported here: a run of which everything is known from an earlier one asks this.
"""

from __future__ import annotations

import posixpath
import re

PIPFILE, POETRY_LOCK, PYPROJECT, UV_LOCK = "Pipfile", "poetry.lock", "pyproject.toml", "uv.lock"
REQUIREMENTS = "requirements.txt"

NAMES = frozenset({PIPFILE, f"{PIPFILE}.lock", POETRY_LOCK, PYPROJECT, REQUIREMENTS, UV_LOCK})
"""The files that builds look for."""

_LISTS = (".in", ".txt")
_LIST_NAME = re.compile(r"requirements[\w.-]*\.(?:in|txt)")
_NAMED = re.compile(
    rb"""^[ \t]*(?:-r|-c|--requirement|--constraint)[ \t=]*["']?([^\s#"']+)""",
    re.MULTILINE,
)


def is_manifest(path: str) -> bool:
    """Whether a file is a list of requirements, as far as its name tells."""
    name = path.rpartition("/")[2]
    return name in NAMES or _LIST_NAME.fullmatch(name) is not None


def is_list(path: str) -> bool:
    """Whether a file that is read beside the templates is a list of requirements and not a template.

    A list of requirements may name others, whatever they are called.
    """
    return path.endswith(_LISTS) or is_manifest(path)


def named_lists(path: str, data: bytes) -> tuple[str, ...]:
    """The paths, in the form of `path`, of the lists that a list of requirements includes."""
    if not path.endswith(_LISTS) or (b"-" not in data):
        return ()
    folder = posixpath.dirname(path)
    names = (match[1].decode("utf-8", "replace") for match in _NAMED.finditer(data))
    paths = (posixpath.normpath(posixpath.join(folder, name)) for name in names if "://" not in name)
    return tuple(dict.fromkeys(each for each in paths if each.endswith(_LISTS)))
