"""Which lines of Python code can end in a comment, and which cannot because a string goes on."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENING = frozenset({"FSTRING_START", "TSTRING_START"})
CLOSING = frozenset({"FSTRING_END", "TSTRING_END"})
LINE_ENDS = frozenset({"NEWLINE", "NL"})
BLANK = frozenset({"COMMENT", "INDENT", "DEDENT"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of which only the last can end in a comment. All numbers count from 1."""

    first: int
    last: int
    statement: int
    """The line where the statement begins that goes on here; `first` between statements."""


def stretches(text: str) -> Iterator[Stretch]:
    """All lines of the text. Raises what `tokenize` raises for text that is not Python."""
    first, statement, depth = 1, 0, 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        # From Python 3.12 on the line ends within a replacement field are tokens of their own.
        depth += (kind in OPENING) - (kind in CLOSING)
        if kind in LINE_ENDS and not depth:
            yield Stretch(first, token.start[0], statement or first)
            first = token.start[0] + 1
            statement = 0 if kind == "NEWLINE" else statement
        elif kind not in BLANK | LINE_ENDS:
            statement = statement or token.start[0]
