"""Absolute paths as strings: a walk compares tens of thousands, and `Path` costs ten times as much."""

from __future__ import annotations

import os


def is_below(path: str, folder: str) -> bool:
    """Whether `path` is the folder or stands in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def relative(path: str, folder: str) -> str:
    """The POSIX path from a folder to something in it; empty for the folder itself."""
    return path[len(folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
