"""Where nodes stand in the text, for the few nodes that something is reported on.

libcst's trees carry no positions. They are found by generating the code of the tree again, token by token,
and looking each token up in the text. White space that libcst emits is ignored, white space in the text is
skipped: so neither the blanks that libcst loses (`except E :`) nor mixed line ends can shift a position.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst
from libcst._nodes.internal import CodegenState

from lambda_lint.errors import SourceError
from lambda_lint.model.location import Span
from lambda_lint.syntax.deep import with_deep_stack

if TYPE_CHECKING:
    from collections.abc import Collection

    from lambda_lint.syntax.source import Source
    from lambda_lint.syntax.tree import Tree

_BLANKS = re.compile(r"(?:[ \t\f\r\n]|\\(?:\r\n|\r|\n))*")
_BLANKS_AND_COMMENTS = re.compile(r"(?:[ \t\f\r\n]|\\(?:\r\n|\r|\n)|#[^\r\n]*)*")
_BLANK_STARTS = frozenset(" \t\f\r\n\\")
_LITERAL_TEXT = (cst.FormattedStringText, cst.TemplatedStringText)


def spans_of(tree: Tree, source: Source, nodes: Collection[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    """The range of each node in `source.text`.

    Of an expression without the parentheses around it, of a function or class from `def` or `class` on
    (without decorators), of a statement without the comments before it, of an element without its comma.
    """
    positions = _positions(tree, source, nodes)
    return {node: positions.spans[id(node)] for node in nodes}


def headers_of(tree: Tree, source: Source, statements: Collection[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    """The range of each statement: of a compound one up to the colon, or to the end of a body on its line."""
    bodies = {statement: _body(statement) for statement in statements}
    positions = _positions(tree, source, [*statements, *filter(None, bodies.values())])
    headers = {}
    for statement, body in bodies.items():
        span = positions.spans[id(statement)]
        if isinstance(body, cst.SimpleStatementSuite):
            span = Span(span.start, positions.spans[id(body)].end)
        elif body is not None:
            span = Span(span.start, positions.ends_before[id(body)])
        headers[statement] = span
    return headers


def _body(statement: cst.CSTNode) -> cst.CSTNode | None:
    if isinstance(statement, cst.Match):
        return statement.cases[0]
    body = getattr(statement, "body", None)
    return body if isinstance(body, cst.BaseSuite) else None


def _positions(tree: Tree, source: Source, nodes: Collection[cst.CSTNode]) -> _Positions:
    positions = _Positions(tree, source, nodes)
    if nodes:
        try:
            with_deep_stack(positions.find)
        except RecursionError:
            raise SourceError("the code is nested too deeply to find positions in it") from None
    return positions


class _AllFoundError(Exception):
    """Ends the code generation when the last wanted node has been passed."""


class _Positions(CodegenState):
    """Receives the tokens of the tree in order and follows them in the text."""

    def __init__(self, tree: Tree, source: Source, nodes: Collection[cst.CSTNode]) -> None:
        super().__init__(tree.module.default_indent, tree.module.default_newline)
        self.spans: dict[int, Span] = {}
        self.ends_before: dict[int, int] = {}
        """Where the last token before a node ends."""
        self._module = tree.module
        self._source = source
        self._text = source.text
        self._wanted = {id(node) for node in nodes}
        self._literals = {id(node) for kind in _LITERAL_TEXT for node in tree.of_type(kind)}
        self._noticed = self._wanted | self._literals
        """One set to ask, as it is asked for every bit of white space."""
        self._left = len(self._wanted)
        self._starts: dict[int, int] = {}
        self._starting: list[int] = []
        """Wanted nodes whose first token has not come yet."""
        self._offset = 0
        self._end = 0
        """Where the last token that is no comment ended."""
        self._in_literal = False

    def find(self) -> None:
        try:
            self._module._codegen(self)  # noqa: SLF001 - there is no public way to see the tokens
        except _AllFoundError:
            return

    def before_codegen(self, node: cst.CSTNode) -> None:
        key = id(node)
        if key in self._noticed:
            self._in_literal = key in self._literals
            if key in self._wanted:
                self.ends_before[key] = self._end
                self._starting.append(key)

    def after_codegen(self, node: cst.CSTNode) -> None:
        key = id(node)
        if key in self._wanted:
            if key not in self.spans:
                self.finish(key)
            self._left -= 1
            if not self._left:
                raise _AllFoundError

    def record_syntactic_position(  # type: ignore[override] # a lighter context manager
        self, node: cst.CSTNode, **_: cst.CSTNode | None
    ) -> _Recording:
        # libcst names another node that gives the end, too: with comments left out, none is needed.
        return _Recording(self, id(node)) if id(node) in self._wanted else _NOT_RECORDING

    def restart(self, key: int) -> None:
        """What came before, such as an opening parenthesis, is no part of the node."""
        if self._starts.pop(key, None) is not None:
            self._starting.append(key)

    def finish(self, key: int) -> None:
        """What comes now, such as a comma, is no part of the node."""
        start = self._starts.get(key)
        if start is None:
            self._starting.remove(key)
            start = self._end
        self.spans[key] = Span(start, self._end)

    def add_indent_tokens(self) -> None:
        """Indentation is white space."""

    def pop_trailing_newline(self) -> None:
        """Line ends are white space."""

    def add_token(self, value: str) -> None:
        if not value:
            return
        if self._in_literal:
            # Text of an f-string: blanks in it are what they are.
            self._in_literal = False
            self._accept(self._offset, value, is_comment=False)
        elif value[0] not in _BLANK_STARTS:
            self._accept(self._find(value), value, is_comment=value[0] == "#")

    def _find(self, token: str) -> int:
        text, offset = self._text, self._offset
        if text.startswith(token, offset):
            return offset
        blanks = _BLANKS.match(text, offset)
        after = blanks.end() if blanks else offset
        if text.startswith(token, after):
            return after
        blanks = _BLANKS_AND_COMMENTS.match(text, after)
        return blanks.end() if blanks else after

    def _accept(self, start: int, token: str, *, is_comment: bool) -> None:
        if not self._text.startswith(token, start):
            line = self._source.line_of(start)
            raise SourceError(f"line {line}: cannot find the positions of the syntax tree in the text")
        self._offset = start + len(token)
        if is_comment:
            return
        self._end = self._offset
        if self._starting:
            for key in self._starting:
                self._starts[key] = start
            self._starting.clear()


class _Recording:
    """A context manager of libcst's making: within it stands what belongs to the node itself."""

    def __init__(self, positions: _Positions | None, key: int) -> None:
        self._positions = positions
        self._key = key

    def __enter__(self) -> None:
        if self._positions:
            self._positions.restart(self._key)

    def __exit__(self, kind: object, *_: object) -> None:
        if self._positions and kind is None:
            self._positions.finish(self._key)


_NOT_RECORDING = _Recording(None, 0)
