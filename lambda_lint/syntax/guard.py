"""Keeps from the native parser what would overflow its stack or keep it busy without end.

A quick look at the text tells that nearly every file is harmless; only the others are gone through token by
token.
"""

from __future__ import annotations

import re
from itertools import accumulate

from lambda_lint.syntax.effort import ALTERNATIVES, BRACKET_EFFORT, EFFORT, HEIGHT, NESTING_WORDS, Meter

_HARMLESS_DEPTH = 30
_HARMLESS_DEPTH_IN_PATTERNS = 6
_HARMLESS_LINKS = 400


def check(text: str) -> None:
    """Raise `SourceError` if the parser should not see this text."""
    if not _is_harmless(text):
        Meter(text).run()


_QUOTED = r"""(?:
      \"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:\"""|\Z)
    | \'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*(?:\'''|\Z)
    | "[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"?
    | '[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'?)"""
"""What is never closed matches as well: to look again from each quote would take time without end."""
_NOT_CODE = re.compile(rf"\#[^\r\n]* | {_QUOTED}", re.VERBOSE | re.DOTALL)
_FORMATTED = re.compile(
    rf"[fFrRtT](?<!\w.)(?:(?<=[fFtT])[rR]?|(?<=[rR])[fFtT]){_QUOTED}", re.VERBOSE | re.DOTALL
)
"""The letters come first in it: a pattern that begins with a few characters is sought three times as fast."""
_WORD = re.compile(rf"\b(?:{'|'.join(NESTING_WORDS)})\b")
_COMPARISONS = ("and", "or", "in", "is", "<", ">", "==", "!=")
_JOINED = re.compile(r"\\(?:\r\n|\r|\n)")
_ENDING = "\n)"
"""Put at the end of the text: if it is not there any more, a string was never closed."""
_DOUBLING_STATEMENT = re.compile(r"(?:^|[;:])[ \t\f]*(?:case|del)\b", re.MULTILINE)
_LINKS_AND_BRACKETS = b"()[]{}+-*/%@&|^~."
_UNINTERESTING = bytes(byte for byte in range(256) if byte not in _LINKS_AND_BRACKETS + b"\n")
_STEPS = [1 if byte in b"([{" else -1 if byte in b")]}" else 0 for byte in range(256)]


def _is_harmless(text: str) -> bool:
    """A quick look, on the safe side: whether no statement is long or deep enough to matter.

    A form that it does not understand, such as brackets that do not match, counts as harmful.
    """
    if text.count("elif") > ALTERNATIVES or any(text.count(word) > HEIGHT for word in _COMPARISONS):
        return False
    if any(map(_is_rich, _FORMATTED.findall(text))):
        return False
    code = _JOINED.sub("", _NOT_CODE.sub("", text + _ENDING))
    if not code.endswith(_ENDING):
        return False
    code = code.removesuffix(_ENDING).replace("\r", "\n")
    if sum(map(code.count, NESTING_WORDS)) > _HARMLESS_LINKS:
        code = _WORD.sub("~", code)
    marks = _marks(code)
    try:
        depths = bytes(accumulate(map(_STEPS.__getitem__, marks)))
    except ValueError:
        return False
    deepest = max(depths, default=0)
    if deepest > _HARMLESS_DEPTH or sum(depths) * BRACKET_EFFORT > EFFORT / 4:
        return False
    if deepest > _HARMLESS_DEPTH_IN_PATTERNS and _DOUBLING_STATEMENT.search(code):
        return False
    return not _has_long_statement(marks, depths)


def _marks(code: str) -> bytes:
    return code.encode("utf-8", "surrogatepass").translate(None, _UNINTERESTING)


def _is_rich(string: str) -> bool:
    """Whether an f-string has more in it than can be passed over."""
    return len(string) > 2 * _HARMLESS_DEPTH and len(_marks(string)) > 2 * _HARMLESS_DEPTH


def _has_long_statement(marks: bytes, depths: bytes) -> bool:
    """Whether too many links and brackets stand between two line ends outside brackets.

    From one such line end it goes to the farthest that is near enough.
    """
    begin = 0
    while len(marks) - begin > _HARMLESS_LINKS:
        end = marks.rfind(b"\n", begin + 1, begin + _HARMLESS_LINKS + 1)
        while end >= 0 and depths[end]:
            end = marks.rfind(b"\n", begin + 1, end)
        if end < 0:
            return True
        begin = end
    return False
