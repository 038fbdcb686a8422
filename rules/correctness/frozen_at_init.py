"""LL057: a time or an identifier that is made once per environment and used as if it were new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    CLOCKS,
    IDENTIFIERS,
    STRFTIME,
    TELLS_GIVEN,
    Phase,
    Reach,
    Related,
    Rule,
    Severity,
    Violation,
)

from ._freshness import Flow
from ._frozen import Kept, kept_by, reads_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class FrozenAtInit(Rule[cst.Call]):
    """Every warm invocation gets what the cold start saw."""

    code = "LL057"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = frozenset({Phase.INIT})
    message = "`{callee}` runs once for each environment, but each invocation uses {kept} as if it were new"
    help = "call it where the value is used, in the handler or below"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        name = ctx.name_of(call.func)
        if name is None or not _is_fresh(name, call):
            return
        is_time = name not in IDENTIFIERS
        for kept in kept_by(call, ctx):
            read = None if kept.is_certain else _taken_for_fresh(kept, ctx, is_time=is_time)
            if kept.is_certain or read is not None:
                yield self.violation(
                    call,
                    path=() if read is None else ctx.path_to(read),
                    related=() if read is None else (Related(read, "used here"),),
                    help=kept.help,
                    callee=name,
                    kept=kept.what,
                )
                return


def _is_fresh(name: str, call: cst.Call) -> bool:
    if name == STRFTIME:
        return len(call.args) == 1
    return name in IDENTIFIERS or (name in CLOCKS and not (name in TELLS_GIVEN and call.args))


def _taken_for_fresh(kept: Kept, ctx: Context, *, is_time: bool) -> cst.CSTNode | None:
    """A place where each invocation uses what is kept as if it were new."""
    reads = reads_of(kept, ctx)
    return next((read for read in reads if Flow(ctx, is_time=is_time).sink(read) is not None), None)
