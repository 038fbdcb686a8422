"""Facts to bytes and back, for the cache and for other processes.

The bytes are JSON: nothing in them can run code. They hold three lists: every text once; every expression
once, each a row of its fields that names its parts by their places in the list, the parts before the whole;
and the module. So what comes back shares its parts, and no depth of nesting needs a deep stack.

`facts_fields` makes the functions that read and write a class.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_lint.semantics.facts import FACTS_VERSION, Expr, ModuleFacts, Scalar
from lambda_lint.semantics.facts_fields import expressions, functions

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 1 << 63
"""Larger numbers are written as texts: neither JSON nor Python reads any number of decimal digits."""


class FactsError(ValueError):
    """Bytes that are no facts of this version."""


def encode(facts: ModuleFacts) -> bytes:
    """The facts as bytes, the same for the same facts."""
    writing = _Writing(functions())
    module = writing.functions["write_ModuleFacts"](facts, writing)
    document = [FACTS_VERSION, list(map(_plain, writing.texts)), writing.rows, module]
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def decode(data: bytes) -> ModuleFacts:
    """The facts that `encode` was given. Raises `FactsError` for whatever `encode` did not make."""
    try:
        version, *document = json.loads(data)
        facts = _read(*document) if version == FACTS_VERSION else None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise FactsError(f"the facts are damaged ({type(error).__name__})") from error
    if facts is None:
        raise FactsError(f"the facts are of version {version}, not {FACTS_VERSION}")
    return facts


def _read(texts: list[Any], rows: list[list[Any]], module: list[Any]) -> ModuleFacts:
    made = functions()
    readers = [made[f"read_{kind.__name__}"] for kind in expressions()]
    known = list(map(_text, texts))
    built: list[Expr] = []
    for row in rows:
        built.append(readers[row[0]](row, known, built))
    facts: ModuleFacts = made["read_ModuleFacts"](module, known, built)
    return facts


class _Writing:
    """Texts and expressions that were written, and their places."""

    def __init__(self, functions: dict[str, Callable[..., Any]]) -> None:
        self.functions = functions
        self.texts: dict[str, int] = {}
        self.rows: list[tuple[Any, ...]] = []
        self._places: dict[tuple[Any, ...], int] = {}
        self._known: dict[int, int] = {}
        """By identity: an expression that is in several facts is looked at once."""

    def text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def place(self, expr: Expr) -> int:
        """The place of an expression among the rows; it and its parts are added if they are not there."""
        known, functions, pending = self._known, self.functions, [expr]
        while pending:
            current = pending[-1]
            if id(current) in known:
                pending.pop()
                continue
            name = type(current).__name__
            missing = [part for part in functions[f"parts_{name}"](current) if id(part) not in known]
            if missing:
                pending += missing
                continue
            row = functions[f"write_{name}"](current, self)
            place = self._places.setdefault(row, len(self.rows))
            if place == len(self.rows):
                self.rows.append(row)
            known[id(current)] = place
        return known[id(expr)]

    def known(self, expr: Expr) -> int:
        """`place` of a part of an expression, which was added before."""
        return self._known[id(expr)]

    def scalar(self, value: Scalar) -> tuple[Any, ...]:
        """With its kind: `1`, `1.0` and `True` are equal, and not the same."""
        if value is None or isinstance(value, bool):
            return (0, value)
        if isinstance(value, int):
            return (1, value if abs(value) < LARGEST else hex(value))
        if isinstance(value, float):
            return (2, value.hex())
        if isinstance(value, str):
            return (3, self.text(value))
        return (4, self.text(value.decode("latin-1")))


def _plain(text: str) -> str | list[str]:
    """A text as JSON can hold it: a lone surrogate might meet its other half there."""
    if text.isascii():
        return text
    data = text.encode("utf-8", "surrogatepass")
    return text if data.decode("utf-8", "replace") == text else [data.decode("latin-1")]


def _text(written: str | list[str]) -> str:
    if type(written) is str:
        return written
    data: str = written[0]
    return data.encode("latin-1").decode("utf-8", "surrogatepass")
