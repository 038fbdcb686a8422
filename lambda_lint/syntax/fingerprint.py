"""Hashes by which a finding is recognized when lines above it come and go: GitHub's, and a baseline's.

GitHub's is `primaryLocationLineHash`, as the upload action of code scanning computes it: of the hundred
UTF-16 units from the line's start on, blanks not counted, and a number that tells equal stretches apart.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from operator import mul

WINDOW = 100
KEPT_TEXTS = 8
"""Texts of which the hashes are kept: a template is in a part for each of its functions."""
KEY_LENGTH = 16
"""Hexadecimal digits of a line's key: it has to differ only from those of the same function."""
_BASE = 37
_MODULUS = 2**64
_POWERS = tuple(pow(_BASE, exponent, _MODULUS) for exponent in range(WINDOW - 1, -1, -1))
_END_OF_FILE = "\uffff"
_BLANKS = str.maketrans("", "", " \t")
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_COMMENT = re.compile(r"(?<!\S)#.*", re.DOTALL)
_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


class LineHashes:
    """The hash of each line of a text, the first at index 0; computed when it is asked for.

    A byte order mark, if the file has one, is part of the text.
    """

    def __init__(self, text: str) -> None:
        plain = _CARRIAGE_RETURN.sub("\n", text.translate(_BLANKS))
        units = _TWO_UNITS.sub(_surrogates, plain) + _END_OF_FILE + "\0" * WINDOW
        seen: Counter[str] = Counter()
        self._windows: list[tuple[str, int]] = []
        """What the hash of each line is of, and how often that has come up to there."""
        for start in (0, *(match.end() for match in re.finditer("\n", units))):
            window = units[start : start + WINDOW]
            seen[window] += 1
            self._windows.append((window, seen[window]))

    def __len__(self) -> int:
        return len(self._windows)

    def __getitem__(self, index: int) -> str:
        window, count = self._windows[index]
        value = sum(map(mul, map(ord, window), _POWERS)) % _MODULUS
        return f"{value:x}:{count}"


@lru_cache(maxsize=KEPT_TEXTS)
def hashes_of(text: str) -> LineHashes:
    """The hashes of the lines of a text; of the last few texts they are kept."""
    return LineHashes(text)


def line_hashes(text: str) -> list[str]:
    """The hashes of all lines."""
    hashes = LineHashes(text)
    return [hashes[index] for index in range(len(hashes))]


def line_key(line: str) -> str:
    """The hash of a line's own text, without its blanks and the comment that ends it.

    A comment is all behind a blank and a `#`. In a string that is no comment, but what is left tells the line
    from others all the same.
    """
    code = _COMMENT.sub("", line)
    return sha256(" ".join(code.split()).encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


def _surrogates(match: re.Match[str]) -> str:
    """The two UTF-16 units of a character, as characters."""
    code_point = ord(match[0]) - 0x10000
    return chr(0xD800 + (code_point >> 10)) + chr(0xDC00 + (code_point & 0x3FF))
