"""Deployment templates of any format, read into deployed functions.

A format is a module with `claims(path, data)`, which is cheap, `companions(path, data)`, the paths of further
files that it may need, and `read(path, text, beside)`.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Protocol

from lambda_lint.deployment import (
    cdk_python,
    cdk_typescript,
    chalice,
    cloudformation,
    serverless,
    terraform,
)
from lambda_lint.deployment.files import Files
from lambda_lint.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.function import Template

MAX_BYTES = 2 * 1024 * 1024
"""CloudFormation takes templates up to 1 MB."""


class _Format(Protocol):
    def claims(self, path: str, data: bytes, /) -> bool: ...

    def companions(self, path: str, data: bytes, /) -> tuple[str, ...]: ...

    def read(self, path: str, text: str, beside: Files, /) -> Template: ...


_FORMATS: tuple[_Format, ...] = (
    chalice,
    serverless,
    terraform,
    cdk_python,
    cdk_typescript,
    cloudformation,
)


def looks_like_template(path: str, data: bytes) -> bool:
    """Whether a file may declare functions; the answer is cheap, and `read_template` has the last word."""
    return any(format_.claims(path, _ascii(data)) for format_ in _FORMATS)


def companions(path: str, data: bytes) -> tuple[str, ...]:
    """The paths, in the form of `path`, of other files that the template may need; most are not there."""
    small = _ascii(data)
    # A companion itself is of no format; all may have to say what it names in turn.
    formats = [format_ for format_ in _FORMATS if format_.claims(path, small)] or _FORMATS
    return tuple(named for format_ in formats for named in format_.companions(path, small))


def read_template(path: str, data: bytes, beside: Mapping[str, bytes] | None = None) -> Template:
    """Read a template; `path` is POSIX and relative to the working folder, and so are the functions' folders.

    `beside` are other files, by paths of the same form: all templates of the project, and what `companions`
    names.

    Raises `TemplateError` for what is broken or hostile, with an offset into `decode(data)`.
    """
    if len(data) > MAX_BYTES:
        raise TemplateError(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    text = decode(data)
    claimed = (format_ for format_ in _FORMATS if format_.claims(path, _ascii(data)))
    return next(claimed, _FORMATS[-1]).read(path, text, Files.of(beside or {}))


def decode(data: bytes) -> str:
    """The text that offsets count in: without a byte order mark, newlines as they are."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        raise TemplateError(f"not valid {encoding.upper().removesuffix('-SIG')}", len(before)) from error


def _ascii(data: bytes) -> bytes:
    """UTF-16 without its zeros, so that ASCII words are found in it; other bytes as they are."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.replace(b"\0", b"") if is_wide else data
