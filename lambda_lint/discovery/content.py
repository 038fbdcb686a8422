"""Read a file with as few calls of the system as that takes: a run may read tens of thousands."""

from __future__ import annotations

import os

FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def content(path: str, limit: int) -> bytes:
    """The bytes of a file, of a larger one only `limit` and one more; raises OSError."""
    descriptor = os.open(path, FLAGS)
    try:
        data = os.read(descriptor, min(os.fstat(descriptor).st_size, limit) + 1)
        # A file may grow, and what is no file on a disk tells no size.
        while len(data) <= limit and (more := os.read(descriptor, limit + 1 - len(data))):
            data += more
    finally:
        os.close(descriptor)
    return data
