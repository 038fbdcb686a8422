"""CDK apps in TypeScript, scanned for what is declared in the plain way.

Types, statements and most operators are passed over: what is not a literal, a name, an object, a list or a
call is not known. Functions that are read so are marked as less certain.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lambda_lint.deployment import cdk_stack
from lambda_lint.deployment.cdk_expressions import (
    MODULE,
    Call,
    Expression,
    Items,
    Joined,
    Literal,
    Name,
    Opaque,
    Pairs,
    snake,
)
from lambda_lint.deployment.cdk_program import Program
from lambda_lint.deployment.typescript_imports import imports
from lambda_lint.deployment.typescript_tokens import CLOSING, ENDS, Token, Tokens, pieces
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from lambda_lint.deployment.files import Files
    from lambda_lint.deployment.function import Template

MAX_DEPTH = 30

_DOTTED = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")


def read(path: str, text: str, beside: Files) -> Template:
    """What a file declares. Raises `TemplateError` for what would take too long to read."""
    return cdk_stack.template_of(
        lambda home: _Scanner(text, posixpath.relpath(path, home or ".")).program(),
        path,
        text,
        beside,
        certain=False,
    )


class _Scanner:
    def __init__(self, text: str, path: str) -> None:
        self._program = Program(path)
        self._tokens = Tokens(text)
        self._scopes: list[int] = []
        """The scope of each token: the innermost braces around it."""

    def program(self) -> Program:
        self._program.imports.update(imports(self._tokens.tokens))
        self._measure()
        for number, token in enumerate(self._tokens.tokens):
            before = self._tokens.sign(number - 1)
            if token.kind != "name" or before in {".", "?."}:
                continue
            if token.text in {"const", "let", "var"}:
                self._declare(number + 1)
                continue
            made, after = self._expression(number, 0) if token.text == "new" else self._chain(number, 0)
            if isinstance(made, Call) and before != "new":
                self._program.calls.append(made)
            elif (
                isinstance(made, Name) and made.dotted.startswith("this.") and self._tokens.sign(after) == "="
            ):
                value, _ = self._expression(after + 1, 0)
                self._program.assigned.setdefault((MODULE, made.dotted), []).append(value)
        return self._program

    def _measure(self) -> None:
        around = [MODULE]
        count = MODULE
        for token in self._tokens.tokens:
            if token.text == "{" and token.kind == "sign":
                count += 1
                self._program.parents[count] = around[-1]
                around.append(count)
            self._scopes.append(around[-1])
            if token.text == "}" and token.kind == "sign" and len(around) > 1:
                around.pop()

    def _declare(self, number: int) -> None:
        """`const name: Type = value`."""
        name = self._tokens.token(number)
        position = number + 1
        if self._tokens.sign(position) == ":":
            angles = 0
            while self._tokens.sign(position) not in {"=", *ENDS} or (
                angles and self._tokens.sign(position) == ","
            ):
                angles += {"<": 1, ">": -1}.get(self._tokens.sign(position), 0)
                position = self._tokens.past(position)
        if name.kind == "name" and self._tokens.sign(position) == "=":
            value, _ = self._expression(position + 1, 0)
            self._program.assigned.setdefault((self._scopes[number], name.text), []).append(value)

    # -- expressions: each gives the number of the token after it

    def _expression(self, number: int, depth: int) -> tuple[Expression, int]:
        self._tokens.step()
        first, position = self._part(number, depth)
        parts = [first]
        while self._tokens.sign(position) == "+" and depth < MAX_DEPTH:
            part, position = self._part(position + 1, depth + 1)
            parts.append(part)
        if self._tokens.is_end(position):
            span = Span(first.span.start, max(parts[-1].span.end, first.span.start))
            return (first if len(parts) == 1 else Joined(span, tuple(parts))), position
        if self._tokens.token(position).text in {"as", "!"}:
            end = self._tokens.end(position)
            return first, end
        end = self._tokens.end(position)
        return Opaque(Span(first.span.start, self._tokens.token(end - 1).end)), end

    def _part(self, number: int, depth: int) -> tuple[Expression, int]:
        token = self._tokens.token(number)
        span = Span(token.start, token.end)
        if depth >= MAX_DEPTH or self._tokens.is_end(number, first=True):
            return Opaque(span), self._tokens.past(number) if not self._tokens.is_end(
                number, first=True
            ) else number
        if token.kind == "text":
            return self._string(token, self._scopes[number]), number + 1
        if token.kind == "number":
            return Literal(span, token.text.replace("_", "")), number + 1
        if token.kind == "name":
            return self._chain(number + (token.text == "new"), depth)
        if token.text == "[":
            return self._items(number, depth)
        if token.text == "{":
            return self._object(number, depth)
        return Opaque(span), self._tokens.past(number)

    def _string(self, token: Token, scope: int) -> Expression:
        span = Span(token.start, token.end)
        parts: list[Expression] = []
        for text, is_hole in pieces(token.text):
            is_name = is_hole and _DOTTED.fullmatch(text)
            part = Opaque(span) if is_hole else Literal(span, text)
            parts.append(Name(span, text, scope) if is_name else part)
        return parts[0] if len(parts) == 1 else Joined(span, tuple(parts))

    def _chain(self, number: int, depth: int) -> tuple[Expression, int]:
        """A name with attributes and calls: `this.queue`, `lambda.Code.fromAsset(…).bind(…)`."""
        start, scope = (
            self._tokens.token(number).start,
            self._scopes[number] if number < len(self._scopes) else MODULE,
        )
        found: Expression | None = None
        names = [self._tokens.token(number).text]
        position = number + 1
        while True:
            sign = self._tokens.sign(position)
            if sign in {".", "?."} and self._tokens.token(position + 1).kind == "name":
                names.append(self._tokens.token(position + 1).text)
                position += 2
            elif sign == "!" and self._tokens.sign(position + 1) in {".", *ENDS}:
                position += 1
            elif sign == "<" and self._tokens.token(number - 1).text == "new":
                position = self._after_types(position)
            elif sign == "(" and depth < MAX_DEPTH:
                receiver = found
                if found is None and len(names) > 1:
                    receiver = Name(Span(start, start), ".".join(names[:-1]), scope)
                function = ".".join(names) if found is None else f".{names[-1]}"
                found, position = self._call(start, function, receiver, scope, position, depth + 1)
                names = []
            else:
                break
        span = Span(start, self._tokens.token(position - 1).end)
        if found is not None and not names:
            return found, position
        if found is not None:
            return Call(span, f".{names[-1]}", found, (), {}, scope), position
        if names[0] in {"true", "false"}:
            return Literal(span, names[0]), position
        return Name(span, ".".join(names), scope), position

    def _after_types(self, position: int) -> int:
        while self._tokens.sign(position) not in {"(", *ENDS}:
            position += 1
        return position

    def _call(
        self, start: int, function: str, receiver: Expression | None, scope: int, number: int, depth: int
    ) -> tuple[Call, int]:
        items, position = self._list(number, depth)
        named: dict[str, tuple[Span, Expression]] = {}
        spread: list[Expression] = []
        plain: list[Expression] = []
        for order, item in enumerate(items):
            if isinstance(item, Pairs):
                named.update((snake(name), (span, value)) for name, span, value in item.entries)
            else:
                plain.append(item)
                # What stands third is the construct's properties.
                spread.extend([item] if order == 2 and isinstance(item, Name) else [])
        is_complete = all(item.is_complete for item in items if isinstance(item, Pairs))
        span = Span(start, self._tokens.token(position - 1).end)
        call = Call(span, function, receiver, tuple(plain), named, scope, is_complete, tuple(spread))
        return call, position

    def _items(self, number: int, depth: int) -> tuple[Expression, int]:
        items, position = self._list(number, depth + 1)
        return Items(
            Span(self._tokens.token(number).start, self._tokens.token(position - 1).end), tuple(items)
        ), position

    def _list(self, number: int, depth: int) -> tuple[list[Expression], int]:
        """What stands between brackets, which open at `number`."""
        items: list[Expression] = []
        position = number + 1
        while self._tokens.sign(position) not in CLOSING and position < len(self._tokens.tokens):
            item, position = self._expression(position, depth)
            items.append(item)
            position += self._tokens.sign(position) in {",", ";"}
        return items, position + 1

    def _object(self, number: int, depth: int) -> tuple[Expression, int]:
        entries: list[tuple[str, Span, Expression]] = []
        is_complete = True
        position = number + 1
        while self._tokens.sign(position) != "}" and position < len(self._tokens.tokens):
            key = self._tokens.token(position)
            span = Span(key.start, key.end)
            name = key.text[1:-1] if key.kind == "text" else key.text
            if key.kind in {"text", "name"} and self._tokens.sign(position + 1) == ":":
                value, position = self._expression(position + 2, depth + 1)
                entries.append((name, span, value))
            elif key.kind == "name" and self._tokens.sign(position + 1) in {",", "}"}:
                entries.append((name, span, Name(span, name, self._scopes[position])))
                position += 1
            else:
                is_complete = False
                position = self._tokens.end(position)
            position += self._tokens.sign(position) in {",", ";", ")", "]"}
        end = self._tokens.token(min(position, len(self._tokens.tokens) - 1)).end
        return Pairs(Span(self._tokens.token(number).start, end), tuple(entries), is_complete), position + 1
