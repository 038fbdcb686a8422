"""What it costs to parse a text, reckoned from its tokens.

Measured with libcst 1.9: a bracket costs time in proportion to what it holds, once more for each bracket
around it; an operator, an attribute or a call in proportion to what stands left of it; and each bracket of a
pattern or of `del` doubles the time or worse. Whatever nests also takes stack.
"""

from __future__ import annotations

from dataclasses import dataclass

from lambda_lint.errors import SourceError
from lambda_lint.syntax.lexer import COMMENT, LINE_END, STRING, tokens
from lambda_lint.syntax.source import LINE_END as LINE_ENDS

BRACKETS = 200
"""How many brackets may stand within each other; CPython refuses more, too."""
HEIGHT = 10_000
"""How many links a chain such as `a + b + c` or `a.b.c` may have, with those of what it holds: libcst and our
code generation recurse that deep."""
ALTERNATIVES = 2000
"""How many `elif` one statement may have."""
EFFORT = 30.0
"""About seconds of parsing beyond what the size alone costs."""

BRACKET_EFFORT = 16e-6
_LINK_EFFORT = 1.2e-6
_SUBSCRIPT_EFFORT = 4.8e-6
"""Seconds for each token (of those that `lexer` yields) in a bracket, and for each token left of a link."""
_REPEATED_EFFORT = 4e-6
_FACTORS_IN_PATTERN = {"[": 2, "(": 4, "{": 4}
_FACTORS_IN_DEL = {"[": 2, "(": 2, "{": 2}
"""Round brackets of a pattern are that bad only if there is a mistake in it."""

NESTING_WORDS = ("not", "lambda", "else", "await")

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_STATEMENT_ENDS = ";:"
_LINKS = frozenset([*"+-*/%@&|^~.", "//", "<<", ">>", "**", *NESTING_WORDS, "if", "yield"])
_SEPARATORS = frozenset([*",;:=", "->", ":="])


@dataclass(slots=True)
class _Level:
    """What is known of one level of brackets, and of the expression in it that is being read."""

    weight: float
    """What a token costs here."""
    start: int
    """How many tokens there were when the expression began."""
    links: int = 0
    lambdas: int = 0
    tallest_inside: int = 0
    """The height of what the expression holds in brackets."""
    tallest_before: int = 0

    @property
    def height(self) -> int:
        return self.links + self.tallest_inside

    def begin_expression(self, start: int) -> None:
        self.tallest_before = max(self.tallest_before, self.height)
        self.start = start
        self.links = self.lambdas = self.tallest_inside = 0


class Meter:
    """Goes through the tokens of a text and adds up what parsing them would cost."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = 0
        self._effort = 0.0
        self._levels = [_Level(0.0, 0)]
        self._begins_statement = True
        self._has_match = False
        self._factors: dict[str, int] = {}
        """By what each bracket multiplies the work, in a pattern or after `del`."""
        self._line_start = -1
        self._alternatives: dict[int, int] = {}
        """How many `elif` there have been at a column since the last `if` there."""

    def run(self) -> None:
        """Raise `SourceError` where a limit is passed."""
        for kind, start in tokens(self._text):
            if kind == COMMENT:
                continue
            if kind == LINE_END:
                self._line_start = start
                if len(self._levels) == 1:
                    self._begin_statement()
                continue
            self._count += 1
            self._effort += self._levels[-1].weight
            self._add(kind, start)
            if self._effort > EFFORT:
                raise self._refusal("the code up to here is too intricate to parse", start)

    def _begin_statement(self) -> None:
        self._levels = [_Level(0.0, self._count)]
        self._begins_statement = True
        self._factors = {}

    def _add(self, kind: str, start: int) -> None:
        level = self._levels[-1]
        if self._begins_statement:
            self._begins_statement = False
            self._first_word(kind, start)
        if kind in _OPEN:
            if kind != "{":
                self._add_link(level, start, _SUBSCRIPT_EFFORT if kind == "[" else _LINK_EFFORT)
            self._open(kind, level, start)
        elif kind in _CLOSE:
            self._close(level)
        elif kind == ":" and level.lambdas:
            level.lambdas -= 1
        elif kind in _SEPARATORS:
            level.begin_expression(self._count)
            if kind in _STATEMENT_ENDS and len(self._levels) == 1:
                self._begins_statement = True
                self._factors = {}
        elif kind in _LINKS:
            level.lambdas += kind == "lambda"
            if kind == "if" and len(self._levels) == 1:
                # The guard of a `case` is an ordinary expression.
                self._factors = {}
            self._add_link(level, start)
        elif kind != STRING:
            # A comparison or `and` takes time for itself only, but stack as the others do.
            level.links += 1
            level.start = self._count
            self._check_height(level, start)

    def _first_word(self, kind: str, start: int) -> None:
        if kind == "del":
            self._factors = _FACTORS_IN_DEL
        elif kind == "case" and self._has_match:
            self._factors = _FACTORS_IN_PATTERN
        self._has_match = self._has_match or kind == "match"
        column = start - self._line_start
        if kind == "if":
            self._alternatives[column] = 0
        elif kind == "elif":
            self._alternatives[column] = self._alternatives.get(column, 0) + 1
            if self._alternatives[column] > ALTERNATIVES:
                raise self._refusal(f"more than {ALTERNATIVES} `elif` in one statement", start)

    def _add_link(self, level: _Level, start: int, effort: float = _LINK_EFFORT) -> None:
        level.links += 1
        self._effort += (self._count - level.start) * effort
        self._check_height(level, start)

    def _check_height(self, level: _Level, start: int) -> None:
        if level.height > HEIGHT:
            raise self._refusal(f"an expression of more than {HEIGHT} parts", start)

    def _open(self, kind: str, level: _Level, start: int) -> None:
        if len(self._levels) > BRACKETS:
            raise self._refusal(f"more than {BRACKETS} brackets within each other", start)
        weight = level.weight + BRACKET_EFFORT
        if self._factors:
            weight = max(level.weight, _REPEATED_EFFORT) * self._factors[kind]
        self._levels.append(_Level(weight, self._count))

    def _close(self, level: _Level) -> None:
        if len(self._levels) == 1:
            return
        self._levels.pop()
        around = self._levels[-1]
        height = 1 + max(level.height, level.tallest_before)
        around.tallest_inside = max(around.tallest_inside, height)

    def _refusal(self, what: str, start: int) -> SourceError:
        line = len(LINE_ENDS.findall(self._text, 0, start)) + 1
        return SourceError(f"line {line}: {what}")
