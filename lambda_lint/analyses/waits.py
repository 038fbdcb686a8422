"""Calls that wait for the network for as long as it takes, since nothing gives them a timeout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.analyses import limits
from lambda_lint.analyses.applied import applied_by
from lambda_lint.knowledge import timeouts
from lambda_lint.knowledge.timeouts import Wait
from lambda_lint.model.labels import Phase
from lambda_lint.semantics.facts import Items
from lambda_lint.semantics.values import (
    NONE,
    Constant,
    Display,
    External,
    Returned,
    Value,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.analyses.applied import Applied
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.phases import Step

CONNECT = Wait((), heeds_socket_default=True, place=(0, ("address",)), instead="settimeout")


@dataclass(frozen=True, slots=True)
class EndlessWait:
    """A call by which an invocation may be held up for ever."""

    name: str
    """The full name of what waits."""
    keyword: str | None
    """What would give it a timeout; None if no argument does."""
    instead: str | None
    is_direct: bool
    """Whether the written call takes that argument."""
    is_told: bool
    """Whether an argument says that it shall wait: `timeout=None`."""
    path: tuple[Step, ...]
    """From the handler to the call, or to the function that uses what was made here once."""
    is_used_later: bool = False


def endless_wait(call: cst.Call, ctx: Context) -> EndlessWait | None:
    """How the call waits, if it may hold up an invocation for ever."""
    applied = applied_by(call, ctx)
    if applied is None or not isinstance(applied.callee, External):
        return None
    name = applied.callee.name
    wait = CONNECT if name in timeouts.SOCKET_CONNECT else timeouts.WAITS.get(name)
    if wait is None:
        return None
    given = _given(applied, wait)
    if wait.has_default if given is None else not _is_endless(applied, given, wait):
        return None
    if limits.is_near(applied, wait) or limits.is_in_settings(applied, wait):
        return None
    made = Returned(name, (ctx.module.number, ctx.module.lowered.call_of[call])) if wait.is_object else None
    found = _waiting(call, made, ctx)
    if found is None or _is_limited(call, applied, made, wait, ctx, is_told=given is not None):
        return None
    path, later = found
    keyword = wait.keywords[0] if wait.keywords else None
    return EndlessWait(name, keyword, wait.instead, applied.is_direct, given is not None, path, later)


def _given(applied: Applied, wait: Wait) -> Values | None:
    """What the argument is that says how long to wait; the first that sets a limit, if several do."""
    positions = (wait.position, *(None for _ in wait.keywords))
    pairs = zip(wait.keywords, positions, strict=False)
    given = [values for keyword, position in pairs if (values := applied.argument(keyword, position))]
    return next((values for values in given if values != (NONE,)), given[0] if given else None)


def _is_endless(applied: Applied, given: Values, wait: Wait) -> bool:
    ev = applied.evaluator
    match agreed(given):
        case Constant(None):
            return True
        case Constant(0):
            return wait.zero_is_forever
        case Display(expr=Items(items)) as parts:
            return any(ev.values(ev.inside(parts), item) == (NONE,) for item in items)
        case Returned(callee, key) if callee in timeouts.LIMIT_CLASSES:
            made = ev.call(key)
            where = Where(key[0], made.scope, made.order)
            return all(not arg.star and ev.values(where, arg.value) == (NONE,) for arg in made.args)
    return False


def _waiting(call: cst.Call, made: Returned | None, ctx: Context) -> tuple[tuple[Step, ...], bool] | None:
    """The way to the wait, and whether that is not the call itself; None if no invocation waits."""
    if ctx.runs_per_invocation(call):
        return ctx.path_to(call), False
    if made is None or ctx.phase_of(call) is not Phase.INIT:
        return None
    user = limits.user_of(made, ctx)
    return None if user is None else (ctx.project.phases.path_to(user), True)


def _is_limited(
    call: cst.Call, applied: Applied, made: Returned | None, wait: Wait, ctx: Context, *, is_told: bool
) -> bool:
    """Whether something else than the argument sets a limit, or may do so."""
    objects = [owner for owner in applied.owners if isinstance(owner, Returned)]
    owner_name, _, method = applied.callee.name.rpartition(".")
    if owner_name.endswith("()") and not objects:
        return True
    owners: list[Value] = [*objects, *([made] if made else [External(owner_name)])]
    return (
        (wait.from_maker and any(limits.is_limited_by_maker(each, wait, ctx) for each in objects))
        or any(limits.is_adjusted(owner, method, ctx) for owner in owners)
        or (wait.heeds_socket_default and not is_told and limits.has_socket_default(ctx))
        or (wait.variable is not None and limits.is_deployed_with(wait.variable, call, ctx))
    )
