"""The blocks of a function that are worth functions of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lambda_lint.api import Tree

MOST = 3
SMALLEST = 3
"""A block with less logic than this is not worth a name."""
LARGEST = 0.75
"""A block that holds more of the whole than this only moves the problem; its parts are better advice."""
LONGEST_NAME = 50
COMPOUND = (cst.FunctionDef, cst.For, cst.While, cst.With, cst.Match, cst.Try, cst.TryStar)


@dataclass(frozen=True, slots=True)
class Region:
    """A compound statement, or the first of some plain statements that follow each other."""

    node: cst.CSTNode
    statements: int
    title: str


def regions(nodes: Sequence[cst.CSTNode], tree: Tree, sizes: Mapping[cst.CSTNode, int]) -> tuple[Region, ...]:
    """The largest of the blocks in `nodes` that do not overlap, in source order."""
    total = sizes.get(nodes[0], 0)
    found = [region for region in candidates(nodes, tree, sizes) if region.statements >= SMALLEST]
    chosen: list[Region] = []
    for region in sorted(found, key=lambda region: -region.statements):
        if region.statements > LARGEST * total:
            continue
        if len(chosen) < MOST and not any(overlap(region.node, other.node, tree) for other in chosen):
            chosen.append(region)
    return tuple(sorted(chosen, key=lambda region: tree.order[region.node]))


def candidates(
    nodes: Sequence[cst.CSTNode], tree: Tree, sizes: Mapping[cst.CSTNode, int]
) -> Iterator[Region]:
    for node in nodes:
        if isinstance(node, cst.IndentedBlock):
            yield from runs(node, sizes)
        elif isinstance(node, COMPOUND) or is_first_branch(node, tree):
            yield Region(node, sizes.get(node, 0), title_of(node, tree, sizes))


def is_first_branch(node: cst.CSTNode, tree: Tree) -> bool:
    return isinstance(node, cst.If) and not isinstance(tree.parent(node), cst.If)


def runs(block: cst.IndentedBlock, sizes: Mapping[cst.CSTNode, int]) -> Iterator[Region]:
    """Plain statements of logic in a row; a compound statement with logic ends a row."""
    first: cst.CSTNode | None = None
    count = 0
    for line in (*block.body, None):
        size = sizes.get(line, 0) if line is not None else 1
        if isinstance(line, cst.SimpleStatementLine):
            first = first or (line if size else None)
            count += size
        elif size:
            if first is not None:
                yield Region(first, count, "")
            first, count = None, 0


def title_of(node: cst.CSTNode, tree: Tree, sizes: Mapping[cst.CSTNode, int]) -> str:
    """What a reader recognizes the block by; empty if there is nothing that tells it from others."""
    match node:
        case cst.For(iter=subject):
            return titled("the loop over", subject)
        case cst.If(test=subject):
            return titled("the branch on", subject)
        case cst.Match(subject=subject):
            return titled("the `match` on", subject)
        case cst.While():
            return "the `while` loop"
        case cst.FunctionDef(name=name):
            return f"the nested function `{name.value}`"
    keyword = "with" if isinstance(node, cst.With) else "try"
    lines = (
        line for line in tree.subtree(node) if isinstance(line, cst.SimpleStatementLine) and line in sizes
    )
    calls = (call for line in lines for call in tree.subtree(line) if isinstance(call, cst.Call))
    first = next(calls, None)
    return "" if first is None else titled(f"the `{keyword}` around", first.func)


def titled(what: str, subject: cst.BaseExpression) -> str:
    name = first_name(subject)
    return f"{what} `{name}`" if name and len(name) <= LONGEST_NAME else ""


def first_name(expression: cst.BaseExpression) -> str | None:
    """What an expression is about: `order["lines"]` of `order["lines"][0]`, of `len(order["lines"]) > 3`."""
    parts: list[str] = []
    while True:
        match expression:
            case cst.Name():
                return "".join((expression.value, *reversed(parts)))
            case cst.Attribute():
                parts.append(f".{expression.attr.value}")
                expression = expression.value
            case cst.Subscript(
                slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]
            ):
                parts.append(f'["{key.raw_value}"]')
                expression = expression.value
            case cst.Subscript():
                parts.clear()
                expression = expression.value
            case cst.Call(func=cst.Name(), args=[argument, *_]):
                expression = argument.value
            case cst.Call(func=cst.Attribute(value=receiver)):
                expression = receiver
            case cst.Comparison():
                expression = expression.left
            case cst.UnaryOperation():
                expression = expression.expression
            case cst.BooleanOperation():
                expression = expression.left
            case _:
                return None


def overlap(one: cst.CSTNode, other: cst.CSTNode, tree: Tree) -> bool:
    return one is other or one in tree.ancestors(other) or other in tree.ancestors(one)
