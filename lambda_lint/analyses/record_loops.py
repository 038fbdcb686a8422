"""The loops in which a handler works through the records of its event."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from lambda_lint.semantics.event_paths import EventPaths
from lambda_lint.semantics.facts import Element, Item
from lambda_lint.semantics.values import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Expr
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey

RECORDS = ("Records",)


class RecordLoop(NamedTuple):
    """A loop over the records, or a comprehension."""

    module: int
    function: FunctionKey
    order: int
    """A node of the loop: where it takes its elements from."""


def record_loops(project: Project, handler: HandlerFacts) -> Iterator[RecordLoop]:
    """The loops over `event["Records"]` in the functions that the handler's invocations run."""
    paths = EventPaths(project.evaluator, handler.roots)
    reached = project.phases.reached_from(handler.roots)
    for module in sorted({function[0] for function in reached}):
        for scope in project.modules[module].scopes:
            function = project.graph.function_of(module, scope.index)
            if function not in reached:
                continue
            for bindings in scope.bindings.values():
                for binding in bindings:
                    base = _iterated(binding.value)
                    where = Where(module, scope.index, binding.order)
                    if base is not None and RECORDS in paths.of(where, base):
                        yield RecordLoop(module, function, binding.order)


def loop_node(ctx: Context, loop: RecordLoop) -> cst.For | cst.BaseComp | None:
    """The loop itself, if it stands in this module."""
    if loop.module != ctx.module.number:
        return None
    node: cst.CSTNode | None = ctx.module.tree.nodes[loop.order]
    while node is not None and not isinstance(node, (cst.For, cst.BaseComp)):
        node = ctx.parent(node)
    return node


def _iterated(value: Expr) -> Expr | None:
    """What a name goes through: `items` in `for i, (a, b) in enumerate(items)`."""
    while isinstance(value, Item):
        value = value.base
    return value.base if isinstance(value, Element) else None
