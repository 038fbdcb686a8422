"""HCL read with tree-sitter, which is an optional dependency: the extra `terraform`."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from lambda_lint.deployment.hcl import (
    Access,
    Arithmetic,
    Attribute,
    Block,
    Call,
    Conditional,
    Expression,
    Literal,
    Name,
    Object,
    Template,
    Tuple,
    Unknown,
)
from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node, Parser

MAX_DEPTH = 60
"""Levels of blocks and expressions; what is deeper is not known."""

_ESCAPE = re.compile(r"\\(?:([nrt\"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([$%])\4\{")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_WRAPPERS = frozenset({"collection_value", "expression", "literal_value", "template_expr"})
_OPERATORS = frozenset({"+", "-", "*", "/"})
_SIMPLE = re.compile(
    rb"""(?P<null>null)|(?P<word>true|false|[0-9]+(?:\.[0-9]+)?)|"(?P<text>[^"\\$%\r\n]*)"
    |(?P<name>[A-Za-z_][\w-]*)(?P<attributes>(?:\.[A-Za-z_][\w-]*)*)""",
    re.VERBOSE,
)
"""Nine of ten expressions; the tree has five nodes for each."""


def parse(text: str, matters: Callable[[str, tuple[str, ...]], bool] = lambda *_: True) -> Block:
    """The whole text as a block without a type. Raises `TemplateError` for what is broken.

    `matters` tells by type and labels which blocks of the file are looked into; others have no content.
    """
    data = text.encode()
    root = _parser().parse(data).root_node
    reader = _Reader(data, text, matters)
    if root.has_error:
        raise TemplateError("not valid HCL", reader.first_error(root))
    body = next((child for child in root.named_children if child.type == "body"), None)
    return reader.block("", (), Span(0, 0), body, 0)


@cache
def _parser() -> Parser:
    import tree_sitter  # noqa: PLC0415 - an optional dependency
    import tree_sitter_hcl  # noqa: PLC0415

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


class _Reader:
    def __init__(self, data: bytes, text: str, matters: Callable[[str, tuple[str, ...]], bool]) -> None:
        self._data = data
        self._matters = matters
        self._offsets: list[int] | None = None
        """The character of each byte, if they are not the same."""
        if len(data) != len(text):
            starts = (byte & 0xC0 != 0x80 for byte in data)
            self._offsets = [count - 1 for count in accumulate(starts)] + [len(text)]

    def first_error(self, root: Node) -> int:
        node = root
        while True:
            broken = [child for child in node.children if child.has_error or child.is_missing]
            if node.is_error or node.is_missing or not broken:
                return self._span(node).start
            node = broken[0]

    def block(self, type_: str, labels: tuple[str, ...], key: Span, body: Node | None, depth: int) -> Block:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for child in body.named_children if body is not None and depth < MAX_DEPTH else ():
            if child.type == "attribute":
                name, value = (part for part in child.named_children if part.type != "comment")
                attribute = Attribute(self._text(name), self._span(name), self._expression(value, depth))
                attributes[attribute.name] = attribute
            elif child.type == "block":
                blocks.append(self._nested(child, depth + 1))
        return Block(type_, labels, key, attributes, tuple(blocks))

    def _nested(self, node: Node, depth: int) -> Block:
        head = [part for part in node.named_children if part.type in {"identifier", "string_lit"}]
        labels = tuple(self._text(part).strip('"') for part in head[1:])
        type_ = self._text(head[0])
        body = None
        if depth > 1 or self._matters(type_, labels):
            body = next((part for part in node.named_children if part.type == "body"), None)
        return self.block(type_, labels, self._span(head[-1]), body, depth)

    def _expression(self, node: Node, depth: int) -> Expression:
        span = self._span(node)
        if depth >= MAX_DEPTH:
            return Unknown(span)
        if (simple := _SIMPLE.fullmatch(self._data, node.start_byte, node.end_byte)) is not None:
            return _simple(simple, span)
        parts = [part for part in node.named_children if part.type != "comment"]
        below = depth + 1
        if node.type in _WRAPPERS and parts:
            return self._chain(span, parts, below)
        match node.type:
            case "string_lit" | "quoted_template" | "heredoc_template":
                return self._template(span, parts, below)
            case "numeric_lit":
                return Literal(span, self._text(node))
            case "variable_expr":
                return Name(span, self._text(node))
            case "function_call":
                return self._call(span, parts, below)
            case "tuple":
                items = (part for part in parts if part.type == "expression")
                return Tuple(span, tuple(self._expression(item, below) for item in items))
            case "object":
                pairs = (part.named_children for part in parts if part.type == "object_elem")
                return Object(span, tuple(self._pair(pair, below) for pair in pairs))
            case "conditional":
                test, yes, no = (self._expression(part, below) for part in parts)
                return Conditional(span, test, yes, no)
            case "operation" | "binary_operation":
                return self._operation(node, parts, below)
        return Unknown(span)

    def _chain(self, span: Span, parts: list[Node], depth: int) -> Expression:
        base = self._expression(parts[0], depth)
        steps = tuple(step for part in parts[1:] for step in self._steps(part, depth))
        return Access(span, base, steps) if steps else base

    def _steps(self, node: Node, depth: int) -> Iterator[str | Expression]:
        if node.type == "get_attr":
            yield self._text(node.named_children[0])
        elif node.type == "index":
            inner = node.named_children[0]
            keys = [child for child in inner.named_children if child.type == "expression"]
            yield (
                self._expression(keys[0], depth)
                if keys
                else Literal(self._span(inner), self._text(inner)[1:])
            )
        else:
            yield Unknown(self._span(node))
            pending = list(node.named_children)
            while pending:
                inner = pending.pop(0)
                if inner.type == "get_attr":
                    yield self._text(inner.named_children[0])
                elif inner.type.endswith("_splat"):
                    pending = [*inner.named_children, *pending]

    def _call(self, span: Span, parts: list[Node], depth: int) -> Expression:
        arguments = parts[1].children if len(parts) > 1 else []
        if any(argument.type == "ellipsis" for argument in arguments):
            return Unknown(span)
        given = (argument for argument in arguments if argument.type == "expression")
        return Call(span, self._text(parts[0]), tuple(self._expression(each, depth) for each in given))

    def _pair(self, nodes: list[Node], depth: int) -> tuple[Expression, Expression]:
        key, value = (self._expression(node, depth) for node in nodes if node.type != "comment")
        # A bare name is a text as a key.
        return (Literal(key.span, key.name) if isinstance(key, Name) else key), value

    def _operation(self, node: Node, parts: list[Node], depth: int) -> Expression:
        if node.type == "operation":
            return self._expression(parts[0], depth)
        operator = next((child.type for child in node.children if not child.is_named), "")
        sides = [self._expression(part, depth) for part in parts]
        if operator not in _OPERATORS or len(sides) != 2:
            return Unknown(self._span(node))
        return Arithmetic(self._span(node), operator, sides[0], sides[1])

    def _template(self, span: Span, parts: list[Node], depth: int) -> Expression:
        is_heredoc = bool(parts) and parts[0].type == "heredoc_start"
        found: list[str | Expression | None] = []
        content = Span(span.start + 1, max(span.end - 1, span.start + 1))
        if is_heredoc:
            names = [part for part in parts if part.type == "heredoc_identifier"]
            content = Span(self._span(names[0]).end, self._span(names[-1]).start)
        for before, part in zip([*parts[:1], *parts], parts, strict=False):
            if "heredoc" not in before.type + part.type and before.end_byte < part.start_byte:
                # White space beside an interpolation is in none of the parts.
                found.append(self._data[before.end_byte : part.start_byte].decode())
            match part.type:
                case "template_literal":
                    text = self._text(part)
                    found.append(text if is_heredoc else _unescaped(text))
                case "template_interpolation":
                    inner = [child for child in part.named_children if child.type == "expression"]
                    found.append(self._expression(inner[0], depth) if inner else None)
                case "template_directive":
                    found.append(None)
        if is_heredoc:
            # The tree leaves out the end of the last line.
            found.append("\n")
        elif all(isinstance(part, str) for part in found):
            return Literal(span, "".join(part for part in found if isinstance(part, str)))
        return Template(span, tuple(found), content, is_heredoc)

    def _text(self, node: Node) -> str:
        return self._data[node.start_byte : node.end_byte].decode()

    def _span(self, node: Node) -> Span:
        start, end = node.start_byte, node.end_byte
        if self._offsets is not None:
            start, end = self._offsets[start], self._offsets[end]
        return Span(start, end)


def _simple(match: re.Match[bytes], span: Span) -> Expression:
    if match["null"] is not None:
        return Literal(span, None)
    text = match["word"] if match["word"] is not None else match["text"]
    if text is not None:
        return Literal(span, text.decode())
    name = match["name"].decode()
    steps = match["attributes"].decode().split(".")[1:]
    base = Name(Span(span.start, span.start + len(name)), name)
    return Access(span, base, tuple(steps)) if steps else base


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_meant, text)


def _meant(escape: re.Match[str]) -> str:
    letter, short, long, sign = escape.groups()
    if sign:
        return f"{sign}{{"
    if letter:
        return _ESCAPED.get(letter, letter)
    number = int(short or long, 16)
    # No text can hold the others.
    return chr(number) if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
