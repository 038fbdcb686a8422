"""Expressions of CDK programs in Python, as far as they are looked into."""

from __future__ import annotations

import ast
import re
from itertools import accumulate

from lambda_lint.deployment.cdk_expressions import (
    ITEM,
    Call,
    Expression,
    Items,
    Joined,
    Literal,
    Name,
    Opaque,
    Pairs,
)
from lambda_lint.model.location import Span

MAX_DEPTH = 60


class Expressions:
    """The expressions of one text."""

    def __init__(self, text: str) -> None:
        self._lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
        self._starts = list(accumulate((len(line) for line in self._lines), initial=0))
        self._characters: dict[int, list[int]] = {}
        """How many characters begin before each byte of a line; of lines where that differs."""
        self._calls: dict[tuple[ast.Call, int], Expression] = {}
        """What was made of each call, in a scope, on the way to one around it."""

    def call(self, node: ast.Call, scope: int) -> Expression:
        """What is made of a call."""
        return self._calls.get((node, scope)) or self.expression(node, scope)

    def expression(self, node: ast.expr, scope: int, depth: int = 0) -> Expression:
        """What an expression is in a scope."""
        span = self.span(node)
        below = depth + 1
        if depth > MAX_DEPTH:
            return Opaque(span)
        match node:
            case ast.Constant(value=str(text)):
                return Literal(span, text)
            case ast.Constant(value=bool(flag)):
                return Literal(span, str(flag).lower())
            case ast.Constant(value=int(number)) if abs(number) < 10**9:
                return Literal(span, str(number))
            case ast.Name() | ast.Attribute() if (dotted := dotted_name(node)) is not None:
                return Name(span, dotted, scope)
            case ast.Attribute(value=origin, attr=attribute):
                receiver = self.expression(origin, scope, below)
                return Call(span, f".{attribute}", receiver, (), {}, scope)
            case ast.Subscript(value=ast.Attribute(value=origin, attr="parents"), slice=index):
                receiver = self.expression(origin, scope, below)
                count = self.expression(index, scope, below)
                return Call(span, ".parents", receiver, (count,), {}, scope)
            case ast.Subscript(value=origin, slice=index):
                receiver = self.expression(origin, scope, below)
                return Call(span, ITEM, receiver, (self.expression(index, scope, below),), {}, scope)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return Items(span, tuple(self.expression(each, scope, below) for each in elements))
            case ast.Dict(keys=keys, values=values):
                return self._pairs(span, keys, values, scope, below)
            case ast.JoinedStr(values=values):
                inner = (each.value if isinstance(each, ast.FormattedValue) else each for each in values)
                return Joined(span, tuple(self.expression(each, scope, below) for each in inner))
            case ast.BinOp(left=left, op=ast.Div() | ast.Add() as op, right=right):
                parts = (self.expression(left, scope, below), self.expression(right, scope, below))
                return Joined(span, parts, is_path=isinstance(op, ast.Div))
            case ast.Call():
                made = self._calls[node, scope] = self._call(node, scope, below)
                return made
        return Opaque(span)

    def _call(self, node: ast.Call, scope: int, depth: int) -> Expression:
        dotted = dotted_name(node.func)
        receiver = None
        if isinstance(node.func, ast.Attribute):
            receiver = self.expression(node.func.value, scope, depth)
        arguments = tuple(
            self.expression(each, scope, depth) for each in node.args if not isinstance(each, ast.Starred)
        )
        named = {
            each.arg: (
                Span(self._offset(each.lineno, each.col_offset), self.span(each.value).start),
                self.expression(each.value, scope, depth),
            )
            for each in node.keywords
            if each.arg is not None
        }
        spread = [self.expression(each.value, scope, depth) for each in node.keywords if each.arg is None]
        is_complete = len(arguments) == len(node.args)
        if dotted is None and receiver is None:
            return Opaque(self.span(node))
        function = (
            dotted
            if dotted is not None
            else f".{node.func.attr}"
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        return Call(self.span(node), function, receiver, arguments, named, scope, is_complete, tuple(spread))

    def _pairs(
        self, span: Span, keys: list[ast.expr | None], values: list[ast.expr], scope: int, depth: int
    ) -> Expression:
        entries = [
            (key.value, self.span(key), self.expression(value, scope, depth))
            for key, value in zip(keys, values, strict=True)
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
        return Pairs(span, tuple(entries), len(entries) == len(keys))

    def span(self, node: ast.expr) -> Span:
        """Where an expression stands."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return Span(self._offset(node.lineno, node.col_offset), self._offset(end_line, end))

    def _offset(self, line: int, column: int) -> int:
        written = self._lines[line - 1]
        if not written.isascii():
            if line not in self._characters:
                begun = (byte & 0xC0 != 0x80 for byte in written.encode())
                self._characters[line] = list(accumulate(begun, initial=0))
            column = self._characters[line][column]
        return self._starts[line - 1] + column


def dotted_name(node: ast.expr) -> str | None:
    """`a.b.c`, if an expression is no more than that."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(names)])
