"""Text to tree, or an error that says why not."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.errors import InvalidSyntaxError, SourceError
from lambda_lint.syntax import guard
from lambda_lint.syntax.deep import with_deep_stack
from lambda_lint.syntax.tree import Tree

if TYPE_CHECKING:
    from lambda_lint.syntax.source import Source

SIZE_LIMIT = 1024 * 1024
"""In characters. A tree takes some two hundred times the memory of its text."""

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PLACE = re.compile(r"error at ([0-9]+):")
_PYTHON_2 = re.compile(
    r"""(?:^|[;:])\s*(?:print|exec)\s+(?:["'\w]|>>)
    | ^\s*raise\s+[\w.]+\s*,
    | ^\s*except\s+[\w.]+\s*,\s*[a-z_]\w*\s*:
    | \b(?:0[0-7]+|0[xX][0-9a-fA-F]+[lL]|[0-9]+[lL])\b
    | \b[uU][rR]["']
    | <> | `""",
    re.VERBOSE,
)


def parse(source: Source, size_limit: int = SIZE_LIMIT) -> Tree:
    """The tree of a source.

    Raises `InvalidSyntaxError` for what is no Python, and `SourceError` for what may be Python but cannot be
    analyzed. Syntax that is newer than the Python in use is fine.
    """
    if len(source.text) > size_limit:
        raise SourceError(f"the file has {len(source.text)} characters, and the limit is {size_limit}")
    if source.text.startswith("\ufeff"):
        # libcst takes a byte order mark off any text; one was taken off already.
        raise InvalidSyntaxError("invalid non-printable character U+FEFF")
    guard.check(source.text)
    try:
        return with_deep_stack(lambda: Tree(cst.parse_module(source.text)))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # noqa: BLE001 - a panic in the native parser is no `Exception`
        raise _explained(source, failure) from None


def _explained(source: Source, failure: BaseException) -> SourceError | InvalidSyntaxError:
    """The error to report, in the words of CPython: it knows better than libcst what is wrong and where."""
    text = source.text
    if "\0" in text:
        return InvalidSyntaxError("source code cannot contain null bytes", text.index("\0"))
    surrogate = _LONE_SURROGATE.search(text)
    if surrogate:
        code_point = f"U+{ord(surrogate[0]):04X}"
        return SourceError(f"line {source.line_of(surrogate.start())}: {code_point} is no character")
    try:
        with warnings.catch_warnings():
            # Such as those of invalid escapes.
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return _problem(source, error)
    except (RecursionError, MemoryError):
        return SourceError("the code is nested too deeply")
    place = _PLACE.search(str(failure))
    where = f"line {place[1]}: " if place else ""
    return SourceError(f"{where}Python can read this, but libcst cannot ({type(failure).__name__})")


def _problem(source: Source, error: SyntaxError) -> InvalidSyntaxError:
    line = min(max(error.lineno or 1, 1), len(source.lines))
    message = error.msg[:1].lower() + error.msg[1:] if error.msg[1:2].islower() else error.msg
    if _PYTHON_2.search(source.lines[line - 1]):
        message = f"this looks like Python 2, which AWS Lambda no longer runs: {message}"
    return InvalidSyntaxError(message, source.offset(line, error.offset or 1))
