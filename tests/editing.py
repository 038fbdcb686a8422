"""Edits of a text, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import libcst as cst

from lambda_lint.api import Edits, Fix, Safety
from lambda_lint.semantics.context import Module
from lambda_lint.semantics.lower import Lowered
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.api import Edit

Node = TypeVar("Node", bound=cst.CSTNode)


class Editor:
    """A text, its edits, and a way to its nodes."""

    def __init__(self, text: str) -> None:
        source = Source("app.py", text)
        self.text = text
        self.tree = parse(source)
        self.edits = Edits(Module(0, source, Lowered("app.py", self.tree), is_test=False))

    def node(self, kind: type[Node], text: str) -> Node:
        """The first node of a type whose text begins so."""
        spans = self.edits.spans
        return next(
            node
            for node in self.tree.nodes
            if isinstance(node, kind) and self.text[spans[node].start :].startswith(text)
        )

    def call(self, text: str) -> cst.Call:
        return self.node(cst.Call, text)

    def statement(self, text: str) -> cst.CSTNode:
        kinds = (cst.BaseSmallStatement, cst.BaseCompoundStatement)
        return next(
            node
            for kind in kinds
            for node in self.tree.nodes
            if isinstance(node, kind) and self.starts(node, text)
        )

    def starts(self, node: cst.CSTNode, text: str) -> bool:
        return self.text[self.edits.spans[node].start :].startswith(text)

    def after(self, *edits: Edit) -> str:
        """The text after a fix of these edits."""
        return applied(self.text, self.edits.fix("change", edits, Safety.SAFE))


def applied(text: str, fix: Fix) -> str:
    """The text after a fix, made in the simplest way."""
    return naively(text, fix.edits)


def naively(text: str, edits: Iterable[Edit]) -> str:
    """Edits one by one from the end of the text to its start."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
