"""LL012: invocations that do nothing but wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    External,
    Reach,
    Rule,
    SdkKind,
    SdkMethod,
    Severity,
    SourceKind,
    Violation,
    calls_of_invocations,
    waiter_of,
    waiting,
)

from ._waiting import follows_failure, grows, loop_of, question_in, rounds_of, seconds_of, tries_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

BY_DESIGN = frozenset({SourceKind.CUSTOM_RESOURCE, SourceKind.DURABLE, SourceKind.SECRET_ROTATION})
"""Durable functions are not paid for while they wait; the others have nobody else to wait for them."""

LONG = 1
"""Seconds that are worth a word outside a loop."""
BRIEF = 2
"""Seconds that a retry may take, and all rounds of a loop together."""

IN_LOOP = " in each round of a loop"
WHILE_OTHERS_RUN = frozenset(
    {"TaskGroup", "as_completed", "create_task", "ensure_future", "gather", "start_soon", "spawn"}
)
"""Functions that start several asynchronous tasks, of which some work while others sleep."""


class IdleWait(Rule[cst.Call]):
    """A function is paid for while it sleeps, or asks again and again."""

    code = "LL012"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what}"
    help = (
        "let Step Functions wait, have an event or a callback start what comes next, "
        "or send a message with a delay: the time is then not paid for"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        what = _waits(call, ctx)
        if what is not None and not _is_by_design(call, ctx):
            yield self.violation(call, path=ctx.path_to(call), what=what)


def _waits(call: cst.Call, ctx: Context) -> str | None:
    match ctx.object_of(call.func):
        case External(name) if name in waiting.SLEEPS:
            return _sleeps(call, name, ctx)
        case SdkMethod(owner, "wait") if owner.kind is SdkKind.WAITER:
            return _by_waiter(call, owner.service or "", owner.name, ctx)
        case SdkMethod(owner, name) if owner.kind is SdkKind.PART and name.startswith(waiting.RESOURCE_WAIT):
            return f"`{name}` asks again and again until it is so"
    return None


def _is_by_design(call: cst.Call, ctx: Context) -> bool:
    reaching = ctx.handlers_reaching(call)
    return bool(reaching) and all(BY_DESIGN.intersection(handler.sources) for handler in reaching)


# -- sleeping


def _sleeps(call: cst.Call, name: str, ctx: Context) -> str | None:
    length = _argument(call, waiting.SLEEPS[name])
    if length is None or (name != "time.sleep" and _others_run(call, ctx)):
        return None
    seconds, loop = seconds_of(length, ctx), loop_of(call, ctx)
    failed = follows_failure(call, loop, ctx)
    if loop is not None and not failed:
        return _in_loop(name, length, seconds, loop, ctx)
    step = None if loop is not None else ctx.loop_on_path(call)
    least = BRIEF if failed else 0 if step is not None else LONG
    if not seconds or seconds < least or (loop is not None and _has_other_sleep(call, loop, ctx)):
        return None
    where = "" if loop is None else IN_LOOP
    where = where if step is None else f" in each round of the loop in `{step.caller}`"
    return f"`{name}` does nothing for {seconds:g} s{where}"


def _has_other_sleep(call: cst.Call, loop: cst.For | cst.While, ctx: Context) -> bool:
    """Whether the loop also sleeps where nothing has failed: that is the finding then."""
    return any(
        isinstance(node, cst.Call)
        and node is not call
        and ctx.name_of(node.func) in waiting.SLEEPS
        and loop_of(node, ctx) is loop
        and not follows_failure(node, loop, ctx)
        for node in ctx.module.tree.subtree(loop.body)
    )


def _in_loop(
    name: str, length: cst.BaseExpression, seconds: float | None, loop: cst.For | cst.While, ctx: Context
) -> str | None:
    asked = question_in(loop, ctx)
    is_retry = (asked is None or not asked.is_of_sdk) and tries_again(loop, ctx)
    if is_retry and (seconds is None or seconds < BRIEF):
        return None
    if seconds is None:
        if grows(length, loop, ctx) and not (asked is not None and asked.is_of_sdk):
            return None
        length_said = ""
    else:
        rounds = rounds_of(loop, ctx)
        if not seconds or (rounds is not None and rounds * seconds < BRIEF):
            return None
        length_said = f" {seconds:g} s"
    if asked is not None:
        return f"a loop asks `{asked.name}` again and again, and sleeps{length_said} in between"
    return f"`{name}` does nothing for{length_said or ' a while'}{IN_LOOP}"


def _others_run(call: cst.Call, ctx: Context) -> bool:
    """Whether there are several asynchronous tasks, so that something else may be done meanwhile."""
    return any(True for _ in calls_of_invocations(ctx, call, WHILE_OTHERS_RUN))


# -- waiters


def _by_waiter(call: cst.Call, service: str, name: str | None, ctx: Context) -> str | None:
    if name is None:
        return "a waiter asks again and again until it is so"
    known = waiter_of(service, name)
    settings = _argument(call, waiting.WAITER_SETTINGS, position=None)
    if settings is not None and not isinstance(settings, cst.Dict):
        known = None
    if known is None:
        return f"the waiter `{name}` asks again and again until it is so"
    said = {} if not isinstance(settings, cst.Dict) else dict(_entries(settings, ctx))
    delay = said.get(waiting.WAITER_DELAY, known.delay)
    attempts = said.get(waiting.WAITER_ATTEMPTS, known.attempts)
    if delay is None or attempts is None:
        return f"the waiter `{name}` asks again and again until it is so"
    longest = delay * attempts
    return None if longest < BRIEF else f"the waiter `{name}` waits up to {longest:g} s"


def _entries(settings: cst.Dict, ctx: Context) -> Iterator[tuple[str, float | None]]:
    for element in settings.elements:
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            yield str(element.key.evaluated_value), seconds_of(element.value, ctx)


def _argument(call: cst.Call, keyword: str, position: int | None = 0) -> cst.BaseExpression | None:
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == keyword:
            return arg.value
    if position is None or not call.args:
        return None
    first = call.args[position]
    return first.value if first.keyword is None and not first.star else None
