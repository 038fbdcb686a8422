"""The words and signs of TypeScript, and where expressions end."""

from __future__ import annotations

import re
from typing import NamedTuple

from lambda_lint.errors import TemplateError

MAX_TOKENS = 200_000
MAX_STEPS = 3_000_000

# An escape is one sign, or what comes after a quote that is never closed would be looked through again from
# each escaped quote.
_TOKEN = re.compile(
    r"""(?P<space>(?:\s|//[^\r\n]*|/\*.*?(?:\*/|\Z))+)
    | (?P<text>'(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*" | `(?:[^`\\]|\\.)*`)
    | (?P<number>[0-9][0-9_]*(?:\.[0-9]+)?)
    | (?P<name>[A-Za-z_$][\w$]*)
    | (?P<sign>\.\.\.|=>|\?\.|\\.|[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"\n": "", "n": "\n", "r": "\r", "t": "\t"}
"""What comes of an escape, if not the sign itself."""
_HOLE = re.compile(r"(?<!\\)\$\{(?:([^{}]*)\})?")
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = frozenset(OPENING.values())
ENDS = frozenset({",", ";", ")", "]", "}", ""})


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    is_after_line_end: bool


class Tokens:
    """The tokens of a text; what stands at a number beyond them is the end."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self._end_offset = len(text)
        self._steps = 0

    def step(self) -> None:
        """Count work: code in code in code can ask for any amount of it."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TemplateError("too much nested code to look through")

    def token(self, number: int) -> Token:
        if 0 <= number < len(self.tokens):
            return self.tokens[number]
        end = self._end_offset
        return Token("sign", "", end, end, is_after_line_end=True)

    def sign(self, number: int) -> str:
        """The punctuation there, if it is any; a name counts too."""
        token = self.token(number)
        return token.text if token.kind in {"sign", "name"} else "text"

    def is_end(self, number: int, *, first: bool = False) -> bool:
        """Whether an expression ends before this token."""
        token = self.token(number)
        if token.kind == "sign" and token.text in ENDS:
            return True
        is_operator = token.kind == "sign" and token.text not in {"[", "(", "{"}
        return not first and token.is_after_line_end and not is_operator

    def past(self, number: int) -> int:
        """After this token, or after what it opens."""
        depth = 0
        position = number
        while position < len(self.tokens):
            token = self.tokens[position]
            self.step()
            if token.kind == "sign":
                depth += (token.text in OPENING) - (token.text in CLOSING)
            position += 1
            if depth <= 0:
                break
        return position

    def end(self, number: int) -> int:
        """Where the expression that goes on at this token ends."""
        position = number
        while position < len(self.tokens) and not self.is_end(position, first=position == number):
            position = self.past(position)
        return position


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    is_after_line_end = False
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "space":
            is_after_line_end = is_after_line_end or "\n" in match[0]
            continue
        found.append(Token(kind, match[0], match.start(), match.end(), is_after_line_end))
        is_after_line_end = False
        if len(found) > MAX_TOKENS:
            raise TemplateError(f"more than {MAX_TOKENS} words and signs")
    return found


def pieces(quoted: str) -> list[tuple[str, bool]]:
    """The parts of a text with its quotes, and whether each is what a template takes from elsewhere."""
    inner = quoted[1:-1]
    if quoted[0] != "`":
        return [(_unescaped(inner), False)]
    found: list[tuple[str, bool]] = []
    end = 0
    for hole in _HOLE.finditer(inner):
        if hole[1] is None:
            # Of braces in braces it is not known where they end.
            return [(inner, True)]
        found += [(_unescaped(inner[end : hole.start()]), False), (hole[1], True)]
        end = hole.end()
    return [*found, (_unescaped(inner[end:]), False)]


def _unescaped(inner: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), inner)
