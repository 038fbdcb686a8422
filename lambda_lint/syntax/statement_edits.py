"""Statements taken out of a text, so that what is left of their lines and blocks is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.model.fix import Edit
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lambda_lint.syntax.lines import Lines
    from lambda_lint.syntax.tree import Tree

Block: TypeAlias = "cst.Module | cst.IndentedBlock"


class LeftOver(Exception):  # noqa: N818 - it says what is in the way
    """Something that is no statement of a block cannot be taken out of it."""


def line_of(tree: Tree, statement: cst.CSTNode) -> cst.CSTNode:
    """A compound statement itself, and for a small one the line it stands on."""
    parent = tree.parent(statement)
    return parent if isinstance(parent, (cst.SimpleStatementLine, cst.SimpleStatementSuite)) else statement


def block_of(tree: Tree, line: cst.CSTNode) -> Block | None:
    """The block that holds a line or a compound statement; None for `elif`, or a body beside its header."""
    parent = tree.parent(line)
    if isinstance(parent, (cst.Module, cst.IndentedBlock)) and any(each is line for each in parent.body):
        return parent
    return None


def _small(line: cst.CSTNode) -> Sequence[cst.BaseSmallStatement]:
    return line.body if isinstance(line, (cst.SimpleStatementLine, cst.SimpleStatementSuite)) else ()


def _left(line: cst.CSTNode, gone: set[int]) -> list[cst.BaseSmallStatement]:
    return [small for small in _small(line) if id(small) not in gone]


class Removals:
    """Makes the edits that take statements out of one module."""

    def __init__(self, tree: Tree, lines: Lines, spans: Mapping[cst.CSTNode, Span], text: str) -> None:
        self._tree, self._lines, self._spans, self._text = tree, lines, spans, text
        self._comments_go: set[int] = set()

    def edits(
        self, statements: Sequence[cst.CSTNode], with_comments: Collection[cst.CSTNode] = ()
    ) -> Iterator[Edit]:
        """The edits, in the order of the lines' first statements; of some the comments above go too."""
        self._comments_go = {id(line_of(self._tree, statement)) for statement in with_comments}
        gone = {id(statement) for statement in statements}
        lines = list(dict.fromkeys(line_of(self._tree, statement) for statement in statements))
        left = {id(line): _left(line, gone) for line in lines if id(line) not in gone}
        whole = [line for line in lines if not left.get(id(line))]
        emptied: set[int] = set()
        for line in lines:
            if kept := left.get(id(line)):
                yield self._shortened(line, kept)
            elif isinstance(line, cst.SimpleStatementSuite):
                yield Edit(self._spans[line], "pass")
            else:
                yield self._without(line, whole, emptied)

    def _shortened(self, line: cst.CSTNode, kept: list[cst.BaseSmallStatement]) -> Edit:
        """One line with the small statements that are left of it."""
        spans = [self._spans[small] for small in _small(line)]
        text = "; ".join(self._text[self._spans[small].start : self._spans[small].end] for small in kept)
        return Edit(Span(spans[0].start, spans[-1].end), text)

    def _without(self, line: cst.CSTNode, whole: list[cst.CSTNode], emptied: set[int]) -> Edit:
        block = block_of(self._tree, line)
        if block is None:
            raise LeftOver("it is no statement of a block")
        decorators = line.decorators if isinstance(line, (cst.FunctionDef, cst.ClassDef)) else ()
        first, end = self._spans[decorators[0] if decorators else line].start, self._spans[line].end
        needs_pass = isinstance(block, cst.IndentedBlock) and all(each in whole for each in block.body)
        if needs_pass and id(block) not in emptied:
            emptied.add(id(block))
            return Edit(Span(first, end), "pass")
        return Edit(self._with_blank_lines(block, line, first, end), "")

    def _with_blank_lines(self, block: Block, line: cst.CSTNode, first: int, end: int) -> Span:
        """The lines from `first` to `end`, and blank lines beside them that would be too many."""
        lines = self._lines
        start, following = lines.start(first), lines.next(end)
        if id(line) in self._comments_go:
            start = lines.above_comments(start)
        if block.body[-1] is line:
            while start and block.body[0] is not line and lines.is_blank(lines.start(start - 1)):
                start = lines.start(start - 1)
            return Span(start, following)
        if block.body[0] is line or (start and lines.is_blank(lines.start(start - 1))):
            following = lines.after_blank_lines(following)
        return Span(start, following)
