"""Deployment templates of any format, read into deployed functions.

A format is a module with `read(path, text, beside)`, which is imported when there is a file of the format.
"""

from __future__ import annotations

import codecs
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from lambda_lint.deployment.claims import CLOUDFORMATION, claiming, companions, looks_like_template
from lambda_lint.deployment.files import Files
from lambda_lint.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.function import Template

__all__ = ["MAX_BYTES", "companions", "decode", "decode_anyway", "looks_like_template", "read_template"]

MAX_BYTES = 2 * 1024 * 1024
"""CloudFormation takes templates up to 1 MB."""


class _Format(Protocol):
    def read(self, path: str, text: str, beside: Files, /) -> Template: ...


def read_template(path: str, data: bytes, beside: Mapping[str, bytes] | None = None) -> Template:
    """Read a template; `path` is POSIX and relative to the working folder, and so are the functions' folders.

    `beside` are other files, by paths of the same form: all templates of the project, and what `companions`
    names.

    Raises `TemplateError` for what is broken or hostile, with an offset into `decode(data)`.
    """
    if len(data) > MAX_BYTES:
        raise TemplateError(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    text = decode(data)
    claimed = next(claiming(path, data), CLOUDFORMATION)
    format_: _Format = import_module(f"{__package__}.{claimed.reader}")
    return format_.read(path, text, Files.of({} if beside is None else beside))


def decode(data: bytes) -> str:
    """The text that offsets count in: without a byte order mark, newlines as they are."""
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        raise TemplateError(f"not valid {encoding.upper().removesuffix('-SIG')}", len(before)) from error


def decode_anyway(data: bytes) -> str:
    """The same of what is broken, with a character in place of what is wrong."""
    return data.decode(_encoding(data), "replace")


def _encoding(data: bytes) -> str:
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
