"""LL054: an invocation that ends its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    LEAVING_CALLS,
    STARTING_CALLS,
    External,
    Reach,
    Rule,
    Severity,
    Violation,
    attempts_around,
    fails,
    work_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Step

WITHOUT_EXCEPTION = frozenset({"os._exit", "os.abort"})
"""What no `except` can catch."""
EXIT = "builtins.SystemExit"
ASIDE = STARTING_CALLS | {"signal.signal"}
"""What is given to these does not run as a part of the invocation, or runs when the process ends anyway."""
CATCHING = frozenset({EXIT, "builtins.BaseException"})


class ProcessExit(Rule[cst.Call | cst.Raise]):
    """The process, which is the execution environment, ends in the middle of an invocation."""

    code = "LL054"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "`{what}` ends the process, so the invocation fails and the next one needs a new environment"
    help = "return what the caller should know, or raise an error that says what went wrong"

    def check(self, node: cst.Call | cst.Raise, ctx: Context, /) -> Iterator[Violation]:
        name = _exit_of(node, ctx)
        if name is None:
            return
        path = ctx.path_to(node)
        if (name in WITHOUT_EXCEPTION or not _is_caught(node, ctx)) and not _is_aside(path, ctx):
            what = "raise SystemExit" if name == EXIT else name.removeprefix("builtins.")
            yield self.violation(node, path=path, what=what)


def _exit_of(node: cst.Call | cst.Raise, ctx: Context) -> str | None:
    """The name of what ends the process."""
    if isinstance(node, cst.Call):
        name = ctx.name_of(node.func)
        return name if name in LEAVING_CALLS else None
    raised = node.exc.func if isinstance(node.exc, cst.Call) else node.exc
    return EXIT if raised is not None and ctx.name_of(raised) == EXIT else None


def _is_caught(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether an `except` around it, in the same function, catches the exit and goes on."""
    return any(
        _catches(handler.type, ctx) and not fails(ctx, handler.body)
        for attempt in attempts_around(ctx, node)
        for handler in attempt.handlers
    )


def _catches(kind: cst.BaseExpression | None, ctx: Context) -> bool:
    if kind is None:
        return True
    kinds = [element.value for element in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
    return any(ctx.name_of(each) in CATCHING for each in kinds)


def _is_aside(path: tuple[Step, ...], ctx: Context) -> bool:
    """Whether it happens in a thread or process that was started, on a signal, or when the process ends."""
    work = work_of(ctx.project)
    return any(
        isinstance(callee, External) and callee.name in ASIDE
        for step in path
        for call in ctx.project.modules[step.module].calls
        if call.order == step.order
        for callee in work.callees(step.module, call)
    )
