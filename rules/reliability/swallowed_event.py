"""Errors that are caught and logged, so that the event counts as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    ASYNCHRONOUS_SOURCES,
    INVOKED_PHASES,
    SOURCE_TITLES,
    Confidence,
    Reach,
    Rule,
    Severity,
    Violation,
    is_broad,
)

from ._main_work import is_main_work
from ._reports import is_reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, SourceKind


TEXTS = frozenset({"builtins.repr", "builtins.str", "json.dumps"})


class SwallowedEvent(Rule[cst.ExceptHandler]):
    """A broad `except` on the way of an asynchronous event that only logs."""

    code = "LL033"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = (
        "{catch} {does} and goes on: {source} takes the failed event as done and will not deliver it again"
    )
    help = (
        "raise the error again after logging it, report the record in `batchItemFailures`, or send it "
        "to a queue for failures"
    )

    def check(self, catch: cst.ExceptHandler, ctx: Context, /) -> Iterator[Violation]:
        if not is_broad(ctx, catch):
            return
        sources = asynchronous_sources(catch, ctx)
        if not sources or is_reported(catch, ctx) or not is_main_work(catch, ctx):
            return
        yield self.violation(
            catch,
            path=ctx.path_to(catch),
            confidence=Confidence.MEDIUM,
            catch="a bare `except`" if catch.type is None else f"`except {_text(catch.type)}`",
            does="only logs the error" if _logs(catch, ctx) else "drops the error",
            source=" or ".join(sources),
        )


def asynchronous_sources(node: cst.CSTNode, ctx: Context) -> list[str]:
    """What the sources of all handlers that reach the node are called, if none waits for an answer."""
    reaching = ctx.handlers_reaching(node)
    kinds: dict[SourceKind, None] = {}
    for handler in reaching:
        if not handler.sources or not ASYNCHRONOUS_SOURCES.issuperset(handler.sources):
            return []
        kinds.update(dict.fromkeys(handler.sources))
    return sorted({SOURCE_TITLES[kind] for kind in kinds})


def _logs(catch: cst.ExceptHandler, ctx: Context) -> bool:
    """Whether the `except` calls anything but what makes texts."""
    names = (
        ctx.name_of(node.func) for node in ctx.module.tree.subtree(catch.body) if isinstance(node, cst.Call)
    )
    return any(name not in TEXTS for name in names)


def _text(kind: cst.BaseExpression) -> str:
    return cst.Module([]).code_for_node(kind)
