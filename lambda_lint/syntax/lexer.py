"""A light lexer: it knows where strings and comments are, f-strings within f-strings included.

It yields only what its users ask about, comments and the tokens of which code grows deep, and it never fails:
on text that is no Python it yields something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = "comment"
STRING = "string"
LINE_END = "line"


def tokens(text: str) -> Iterator[tuple[str, int]]:
    """What each token is and where it starts, in order.

    `COMMENT`, `STRING`, `LINE_END` (in brackets too, but not after a backslash), or the token itself: a
    bracket, an operator, a keyword that nests. Of an f-string come the tokens of its expressions, each in its
    braces.
    """
    return ((kind, start) for kind, start, _ in _lex(text, _CODE, _CODE))


def comments(text: str) -> list[Span]:
    """The comments, each from its `#` to the end of the line."""
    if "#" not in text:
        return []
    found = _lex(text, _COMMENTS, _COMMENTS_AND_BRACKETS)
    return [Span(start, end) for kind, start, end in found if kind == COMMENT]


_VERBATIM = ("code", "open", "close")
_STRINGS = r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<formatted>(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?:'''|\"""|'|"))
  | (?P<string>(?:(?<!\w)(?:[rR][bB]?|[bB][rR]?|[uU]))?(?:
        '''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*(?:'''|\Z)
      | \"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:\"""|\Z)
      | '[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'?
      | "[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"?
    ))"""
_BRACKETS = r"| (?P<open>[(\[{]) | (?P<close>[)\]}])"
_WORDS = "and await case del elif else if in is lambda match not or yield"
_COMMENTS = re.compile(_STRINGS, re.VERBOSE | re.DOTALL)
_COMMENTS_AND_BRACKETS = re.compile(_STRINGS + _BRACKETS + "| (?P<code>:)", re.VERBOSE | re.DOTALL)
_CODE = re.compile(
    _STRINGS
    + _BRACKETS
    + rf"""
  | (?P<code>\*\*=? | //=? | <<=? | >>=? | -> | [-+*/%@&|^<>=!:]= | \.(?!\d) | [-+*/%@&|^~<>=!:;,]
      | (?<!\w)(?:{_WORDS.replace(" ", "|")})(?!\w))
  | (?P<line>\r\n|\r|\n)
  | \\(?:\r\n|\r|\n)""",
    re.VERBOSE | re.DOTALL,
)


def _literal_text(end: str) -> re.Pattern[str]:
    """What may end a stretch of literal text in an f-string, and the escapes that do not."""
    return re.compile(
        r"\\N\{[^{}\r\n]*\} | \\(?:\r\n|[^{}])"
        rf"| (?P<doubled>\{{\{{|\}}\}}) | (?P<open>\{{) | (?P<close>\}}) | (?P<end>{end})",
        re.VERBOSE | re.DOTALL,
    )


_LITERAL_TEXT = {
    "'": _literal_text(r"['\r\n]"),
    '"': _literal_text(r'["\r\n]'),
    "'''": _literal_text("'''"),
    '"""': _literal_text('"""'),
}
"""By the quotes of the f-string. One of single quotes that is never closed ends with its line."""


@dataclass(slots=True)
class _Formatted:
    """An f-string that has begun, or the specification after the colon of an expression in one."""

    quotes: str
    is_specification: bool = False
    depth: int = 0
    """How many brackets are open, those around the expression included; 0 in literal text."""


def _lex(text: str, outside: re.Pattern[str], inside: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """What `outside` finds, and in the expressions of f-strings `inside`: kind, start, end."""
    around: list[_Formatted] = []
    offset = 0
    while True:
        current = around[-1] if around else None
        if current is None:
            match = outside.search(text, offset)
        elif current.depth:
            match = inside.search(text, offset)
        else:
            match = _LITERAL_TEXT[current.quotes].search(text, offset)
        if match is None:
            return
        start, offset = match.span()
        group = match.lastgroup
        if group == "formatted":
            yield STRING, start, offset
            around.append(_Formatted(match[0].lstrip("fFtTrR")))
        elif current is not None and not current.depth:
            brace = _in_literal_text(match, around)
            if brace:
                offset = start + 1
                yield brace, start, offset
        elif group is not None:
            yield match[0] if group in _VERBATIM else group, start, offset
            if current is not None and group in _VERBATIM and _in_expression(match, around):
                offset = start + 1


def _in_expression(match: re.Match[str], around: list[_Formatted]) -> bool:
    """Follow a token in an expression of an f-string; whether a specification begins with it."""
    current, group = around[-1], match.lastgroup
    if group == "open":
        current.depth += 1
    elif group == "close":
        current.depth -= 1
    elif match[0][0] == ":" and current.depth == 1:
        # `{x:=8}` is no assignment but the specification `=8`.
        around.append(_Formatted(current.quotes, is_specification=True))
        return True
    return False


def _in_literal_text(match: re.Match[str], around: list[_Formatted]) -> str:
    """Follow an escape, a brace or the end of literal text; the brace that opens or closes an expression."""
    current, group = around[-1], match.lastgroup
    if group == "end":
        while around.pop().is_specification:
            pass
    elif group == "open" or (group == "doubled" and current.is_specification and match[0] == "{{"):
        current.depth = 1
        return "{"
    elif group in ("close", "doubled") and current.is_specification:
        around.pop()
        around[-1].depth = 0
        return "}"
    return ""
