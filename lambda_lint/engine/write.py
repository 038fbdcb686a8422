"""Writes files: whole or not at all, and a source file in the form in which it was read.

What is put in place of a source file is encoded as that was, byte order mark included, and its line ends are
those of the new text. On any doubt the file is left as it is.
"""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

from lambda_lint.errors import LambdaLintError, WriteError
from lambda_lint.syntax.source import Source

WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
MARKS = {"utf-8": codecs.BOM_UTF8, **{name: mark for mark, name in WIDE.items()}}


def template_source(path: str, data: bytes) -> Source:
    """The text of a template, with what is needed to write it again; raises TemplateError."""
    from lambda_lint.deployment.reader import decode  # noqa: PLC0415 - it imports YAML

    encoding = WIDE.get(data[:2], "utf-8")
    return Source(path, decode(data), encoding, has_bom=data.startswith(MARKS[encoding]))


def write_text(path: Path, source: Source, text: str) -> None:
    """Put `text` in the place of the file that `source` was read from; raises WriteError.

    The file must still hold what was read. `source` is that of the file: for code in a template, the one
    that `template_source` gives.
    """
    data = encoded(source, text)
    try:
        current = path.read_bytes()
        if current != encoded(source, source.text):
            raise WriteError(f"`{source.path}` has changed since it was read, and is left as it is")
        if not os.access(path, os.W_OK):
            raise WriteError(f"`{source.path}` is write-protected, and is left as it is")
        replace_bytes(path, data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise WriteError(f"`{source.path}` cannot be written: {reason}") from error


def encoded(source: Source, text: str) -> bytes:
    """The bytes of a text, such that who reads them gets the text."""
    try:
        data = text.encode(source.encoding)
    except (UnicodeError, LookupError, ValueError) as error:
        message = f"`{source.path}` is left as it is: `{source.encoding}` cannot write its text"
        raise WriteError(message) from error
    data = (MARKS[source.encoding] if source.has_bom else b"") + data
    if not _reads_as(source, text, data):
        message = f"`{source.path}` is left as it is: with the new text it would be read in another encoding"
        raise WriteError(message)
    return data


def _reads_as(source: Source, text: str, data: bytes) -> bool:
    from lambda_lint.discovery.walk import TEMPLATE_ENDINGS  # noqa: PLC0415 - it imports the patterns

    read = template_source if source.path.endswith(TEMPLATE_ENDINGS) else Source.from_bytes
    try:
        again = read(source.path, data)
    except LambdaLintError:
        return False
    return (again.text, again.encoding, again.has_bom) == (text, source.encoding, source.has_bom)


def replace_bytes(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file in one step, so that no reader ever sees a part of them.

    A file that is there keeps its mode, and a link stays one.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        # A pipe or a device, such as /dev/null, is written to; replacing it would do away with it.
        target.write_bytes(data)
        return
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.close()
            temporary.chmod(0o666 & ~_umask() if mode is None else stat.S_IMODE(mode))
            temporary.replace(target)
        except BaseException:
            file.close()
            temporary.unlink()
            raise


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _umask() -> int:
    # There is no way to read it but to set it; nothing else runs in this process at that moment.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
