"""Which lines each statement takes: what a comment beside or above a statement speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.syntax.spans import headers_of

if TYPE_CHECKING:
    from lambda_lint.syntax.source import Source
    from lambda_lint.syntax.tree import Tree

_STATEMENTS: tuple[type[cst.CSTNode], ...] = (
    cst.SimpleStatementLine,
    cst.FunctionDef,
    cst.ClassDef,
    cst.If,
    cst.Else,
    cst.For,
    cst.While,
    cst.With,
    cst.Try,
    cst.TryStar,
    cst.ExceptHandler,
    cst.ExceptStarHandler,
    cst.Finally,
    cst.Match,
    cst.MatchCase,
)
_NO_CODE = re.compile(r"[ \t\f]*(?:#.*)?$")


@dataclass(frozen=True, slots=True, order=True)
class Extent:
    """A simple statement, or the header of a compound one: offsets and lines of the source."""

    start: int
    end: int
    first_line: int
    last_line: int


class Statements:
    """The extents of the statements of one source. Without a tree none is known."""

    def __init__(self, source: Source, tree: Tree | None) -> None:
        self._source = source
        self.extents: list[Extent] = []
        self.functions: list[tuple[cst.FunctionDef, Extent]] = []
        """Each function from `def` to the colon: without its decorators."""
        self.first_statement = len(source.text)
        """Where the first statement starts that is no docstring."""
        if tree is not None:
            self._measure(tree)
        self._starts = [extent.start for extent in self.extents]
        self._at_line: dict[int, list[Extent]] = {}
        """The extents that have their first or last line here."""
        for extent in self.extents:
            for line in {extent.first_line, extent.last_line}:
                self._at_line.setdefault(line, []).append(extent)

    def lines_for(self, offset: int) -> tuple[int, int]:
        """The first and last line of which a comment at this offset speaks.

        That is its own line; the whole statement of which its line is the first or last; and if nothing else
        is on its line, the next statement, or within brackets the next line with code.
        """
        line = self._source.line_of(offset)
        if not self._source.text[self._source.line_starts[line - 1] : offset].strip():
            return line, self._next_after(offset, line)
        beside = self._at_line.get(line, [])
        first = min((extent.first_line for extent in beside), default=line)
        return first, max((extent.last_line for extent in beside), default=line)

    def function_for(self, offset: int) -> cst.FunctionDef | None:
        """The function whose header stands on a line of which a comment at this offset speaks."""
        first, last = self.lines_for(offset)
        headers = (
            node for node, extent in self.functions if extent.first_line <= last and first <= extent.last_line
        )
        return next(headers, None)

    def _next_after(self, offset: int, line: int) -> int:
        index = bisect_left(self._starts, offset)
        # Extents do not hold one another, but for a function that is in one with its decorators.
        if any(extent.end > offset for extent in self.extents[max(index - 2, 0) : index]):
            following = bisect_right(self._lines_with_code, line)
            return self._lines_with_code[following]
        return self.extents[index].last_line if index < len(self.extents) else line

    @cached_property
    def _lines_with_code(self) -> list[int]:
        return [number for number, line in enumerate(self._source.lines, 1) if not _NO_CODE.match(line)]

    def _measure(self, tree: Tree) -> None:
        nodes = [node for kind in _STATEMENTS for node in tree.of_type(kind)]
        decorators: dict[cst.CSTNode, cst.CSTNode] = {
            node: node.decorators[0]
            for node in nodes
            if isinstance(node, cst.FunctionDef | cst.ClassDef) and node.decorators
        }
        headers = headers_of(tree, self._source, [*nodes, *decorators.values()])
        for node in nodes:
            extent = self._extent(headers[node].start, headers[node].end)
            self.extents.append(extent)
            if isinstance(node, cst.FunctionDef):
                self.functions.append((node, extent))
            if node in decorators:
                self.extents.append(self._extent(headers[decorators[node]].start, extent.end))
        self.extents.sort()
        body = tree.module.body
        code = body[1:] if tree.module.get_docstring(clean=False) is not None else body
        if code:
            self.first_statement = headers[decorators.get(code[0], code[0])].start

    def _extent(self, start: int, end: int) -> Extent:
        line_of = self._source.line_of
        return Extent(start, end, line_of(start), line_of(end))
