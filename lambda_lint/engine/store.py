"""The cache: answers by what they depend on, in small files that any number of runs may share.

An entry is written to a file of its own and moved into place, so readers see all of it or nothing; it begins
with a checksum. Nothing in it is ever executed. A cache that cannot be written, or holds something damaged,
costs time and one warning, never a result.

The folder may be anybody's: users say where it is. What others have put there is never touched.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp

FOLDER = ".lambda_lint_cache"
TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder is the cache of lambda-lint. See https://bford.info/cachedir/\n"
)
IGNORE = "*\n"
ENTRIES = "lambda-lint-entries-1"
"""The number is raised when entries are kept in another way; other layouts' entries are dropped."""
_ANY_ENTRIES = re.compile(r"lambda-lint-entries-\d+")
MAX_BYTES = 100 * 1024 * 1024
DIGEST = 16
"""Bytes of a key and of a checksum."""


def remove(folder: Path) -> bool:
    """Remove a cache, and say whether there was one. The folder stays if there is anything else in it."""
    if not folder.is_dir():
        return False
    tag, ignore = folder / "CACHEDIR.TAG", folder / ".gitignore"
    is_own = _holds(tag, TAG)
    found = _entries_in(folder)
    for path in found:
        shutil.rmtree(path)
    if is_own:
        if _holds(ignore, IGNORE):
            ignore.unlink()
        tag.unlink()
    if not found and not is_own:
        return False
    if not any(folder.iterdir()):
        folder.rmdir()
    return True


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text


def _entries_in(folder: Path) -> list[Path]:
    """The folders with entries of any layout."""
    return [
        path
        for path in folder.iterdir()
        if _ANY_ENTRIES.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
    ]


def digest(*parts: bytes) -> bytes:
    """A key for these parts, in this order."""
    hashed = blake2b(digest_size=DIGEST)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "little"))
        hashed.update(part)
    return hashed.digest()


class Store:
    """The entries below a folder, which is made when the first one is put in."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self.warnings: list[str] = []
        """What the user should know, each once."""
        self._entries = os.path.join(folder, ENTRIES)  # noqa: PTH118 - strings are quicker, and these are many
        self._max_bytes = max_bytes
        self._is_writable = True
        self._has_written = False

    def get(self, key: bytes) -> bytes | None:
        """What was put in under the key, if it is there and whole."""
        path = self._path(key)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - as above
                data = file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._warn(f"the cache cannot be read: {_reason(error)}")
            return None
        checksum, content = data[:DIGEST], data[DIGEST:]
        if digest(key, content) == checksum:
            return content
        self._warn(f"the cache in `{self.folder.as_posix()}` was damaged; what was is made anew")
        with suppress(OSError):
            Path(path).unlink()
        return None

    def put(self, key: bytes, content: bytes) -> None:
        """Keep the content. If that cannot be done there is one warning, and nothing more is tried."""
        if not self._is_writable:
            return
        path = Path(self._path(key))
        try:
            if not self._has_written:
                self._prepare()
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = mkstemp(dir=path.parent, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(digest(key, content) + content)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            self._is_writable = False
            self._warn(f"the cache cannot be written: {_reason(error)}")

    def close(self) -> None:
        """Drop the entries that were put in first, if there are too many."""
        if self._has_written:
            with suppress(OSError):
                self._drop_old()

    def _path(self, key: bytes) -> str:
        name = key.hex()
        return os.path.join(self._entries, name[:2], name[2:])  # noqa: PTH118 - as above

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not any(self.folder.iterdir()):
            for name, text in (("CACHEDIR.TAG", TAG), (".gitignore", IGNORE)):
                (self.folder / name).write_text(text, encoding="utf-8")
        for path in _entries_in(self.folder):
            if path.name != ENTRIES:
                shutil.rmtree(path, ignore_errors=True)
        self._has_written = True

    def _drop_old(self) -> None:
        found = []
        for folder in os.scandir(self._entries):
            for entry in os.scandir(folder):
                with suppress(FileNotFoundError):
                    known = entry.stat()
                    found.append((known.st_mtime, known.st_size, entry.path))
        total = sum(size for _, size, _ in found)
        found.sort(reverse=True)
        while total > self._max_bytes:
            _, size, path = found.pop()
            Path(path).unlink(missing_ok=True)
            total -= size

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
