"""Paths for those who know the repository but not the folder in which lambda-lint ran."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote

# Everything that RFC 3986 allows in a segment, but the colon: at the start it would look like a scheme.
SAFE = "!$&'()*+,;=@"


def relative_to_root(path: str, root: str) -> str:
    """A path that the user sees, made relative to `Result.root`; POSIX."""
    if root == "." and not PurePath(path).is_absolute():
        return path
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        # No path at all, or on Windows one on another drive than the root's.
        return path.replace(os.sep, "/")


def relative_uri(path: str, root: str) -> str:
    """The same as a URI reference: each segment percent-encoded."""
    return "/".join(quote(_bytes(segment), safe=SAFE) for segment in relative_to_root(path, root).split("/"))


def _bytes(segment: str) -> bytes:
    try:
        # File names that are not UTF-8 come as surrogates, each standing for a byte.
        return segment.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return segment.encode("utf-8", "surrogatepass")
