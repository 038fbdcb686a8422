"""The string literals of a module as texts.

A text is the whole of what is written together: implicit concatenation, `+`, an f-string; what is no literal
in it is a hole. Docstrings and other strings that stand alone are no texts.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.syntax.tree import Tree

Leaf: TypeAlias = "cst.SimpleString | cst.FormattedStringText | cst.TemplatedStringText"

SHORTEST = 5
"""With its quotes: a string of fewer characters is not a text that anybody asks about."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that is one token of the source."""

    written: str
    """As the source has it, escapes and all, without the quotes."""
    start: int
    """Where it begins in the text."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A text and the expression that it is."""

    node: cst.BaseExpression
    text: str
    pieces: tuple[Piece, ...] = ()
    """Empty for a text of one token."""

    def written(self, start: int, end: int) -> tuple[str, ...]:
        """How the source writes the part from `start` to `end`, token by token.

        Where escapes stand in the way, the whole token.
        """
        pieces = self.pieces
        if not pieces and isinstance(self.node, cst.SimpleString):
            pieces = (Piece(_inside_quotes(self.node.value), 0),)
        found = []
        for index, piece in enumerate(pieces):
            stop = pieces[index + 1].start if index + 1 < len(pieces) else len(self.text)
            part = self.text[max(start, piece.start) : max(start, min(end, stop))]
            if part:
                found.append(part if part in piece.written else piece.written)
        return tuple(found)


def literals(tree: Tree, hole: str) -> Iterator[Literal]:
    """Every text of the module, those of one kind of node after those of another."""
    for simple in tree.of_type(cst.SimpleString):
        if len(simple.value) < SHORTEST or _is_part(tree.parent(simple)):
            continue
        yield Literal(simple, text_of(simple))
    composed: list[cst.BaseExpression] = [
        *tree.of_type(cst.FormattedString),
        *tree.of_type(cst.TemplatedString),
        *tree.of_type(cst.ConcatenatedString),
        *filter(_is_sum, tree.of_type(cst.BinaryOperation)),
    ]
    for node in composed:
        if not _is_part(tree.parent(node)) and (found := _composed(node, hole)) is not None:
            yield found


def literal_at(node: cst.BaseExpression, hole: str) -> Literal | None:
    """The text that an expression is, if it is one."""
    match node:
        case cst.SimpleString():
            return Literal(node, text_of(node))
        case (
            cst.FormattedString()
            | cst.TemplatedString()
            | cst.ConcatenatedString()
            | cst.BinaryOperation(operator=cst.Add())
        ):
            return _composed(node, hole)
        case _:
            return None


def text_of(leaf: Leaf) -> str:
    """The value of one token; of bytes, each byte as a character."""
    written = leaf.value
    if not isinstance(leaf, cst.SimpleString):
        if "\\" in written:
            written = _evaluated(f"'''{written}'''", written)
        return written.replace("{{", "{").replace("}}", "}")
    inner = _inside_quotes(written)
    if "\\" in inner and "r" not in written[: _prefix(written)].lower():
        return _evaluated(written, inner)
    return inner


def _is_part(parent: cst.CSTNode | None) -> bool:
    """True under a node that is a text itself, and for strings that stand alone."""
    return isinstance(parent, (cst.Expr, cst.ConcatenatedString)) or _is_sum(parent)


def _is_sum(node: cst.CSTNode | None) -> bool:
    return isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add)


def _composed(node: cst.BaseExpression, hole: str) -> Literal | None:
    parts: list[str] = []
    pieces: list[Piece] = []
    size = 0
    for leaf in _leaves(node):
        text = hole if leaf is None else text_of(leaf)
        if leaf is not None and text:
            written = _inside_quotes(leaf.value) if isinstance(leaf, cst.SimpleString) else leaf.value
            pieces.append(Piece(written, size))
        parts.append(text)
        size += len(text)
    return Literal(node, "".join(parts), tuple(pieces)) if pieces else None


def _leaves(node: cst.CSTNode) -> Iterator[Leaf | None]:
    """The tokens in order; None for what is no literal."""
    stack: list[cst.CSTNode] = [node]
    while stack:
        match stack.pop():
            case (
                cst.ConcatenatedString(left=left, right=right)
                | cst.BinaryOperation(left=left, operator=cst.Add(), right=right)
            ):
                stack += (right, left)
            case cst.FormattedString(parts=parts) | cst.TemplatedString(parts=parts):
                stack.extend(reversed(parts))
            case (cst.SimpleString() | cst.FormattedStringText() | cst.TemplatedStringText()) as leaf:
                yield leaf
            case _:
                yield None


def _inside_quotes(written: str) -> str:
    quoted = written[_prefix(written) :]
    quote = 3 if quoted[:3] in {'"""', "'''"} and len(quoted) >= 6 else 1
    return quoted[quote:-quote]


def _prefix(written: str) -> int:
    """How many letters stand before the quote."""
    count = 0
    while written[count] not in "'\"":
        count += 1
    return count


def _evaluated(code: str, otherwise: str) -> str:
    try:
        value = ast.literal_eval(code)
    except (ValueError, SyntaxError):
        return otherwise
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
