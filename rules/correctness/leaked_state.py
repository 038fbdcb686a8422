"""Module-level state that an invocation changes, and the next one finds changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    Dependence,
    Reach,
    Rule,
    Severity,
    Violation,
    keeps_content,
    keeps_value,
)

from ._kept_state import (
    holder,
    is_asked_for,
    is_conditional,
    is_looked_up,
    is_plain,
    is_read_besides,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from lambda_lint.api import Context

    Leak: TypeAlias = tuple[cst.BaseExpression, str] | None

LISTS = frozenset({"append", "appendleft", "extend", "extendleft", "insert"})
SETS = frozenset({"add", "update"})

KEEPS = "keeps what this invocation adds, and the next ones find it there"
GROWS = "grows with each invocation and is never emptied"
SUMS = "adds up over all invocations of the environment"
STAYS = "is set only under a condition, and stays so in the invocations that follow"


class LeakedState(Rule[cst.Call | cst.Assign | cst.AugAssign]):
    """A global, or what it holds, that keeps something of an invocation."""

    code = "LL056"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "`{place}` {does}"
    help = "use a local variable and pass it on, or empty it when the invocation begins"

    def check(self, change: cst.Call | cst.Assign | cst.AugAssign, ctx: Context, /) -> Iterator[Violation]:
        found = _leak(change, ctx)
        if found is not None and not ctx.is_one_off(change):
            place, does = found
            yield self.violation(change, path=ctx.path_to(change), place=written(place), does=does)


def _leak(change: cst.Call | cst.Assign | cst.AugAssign, ctx: Context) -> Leak:
    """The place that keeps something, and what becomes of it."""
    match change:
        case cst.Call(func=cst.Attribute(value=base, attr=cst.Name(method))) if method in LISTS | SETS:
            return _added(base, change, method, ctx)
        case cst.AugAssign(target=cst.Subscript() as target):
            return _counted(target, change, ctx)
        case cst.AugAssign(target=cst.Name() | cst.Attribute() as target, operator=cst.AddAssign()):
            return _summed(target, change, ctx)
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Subscript() as target)]):
            return _stored(target, change, ctx)
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name() | cst.Attribute() as target)]):
            return _set(target, change, ctx)
    return None


def _added(base: cst.BaseExpression, call: cst.Call, method: str, ctx: Context) -> Leak:
    """`FOUND.append(x)`, `GROUPS[key].append(x)`."""
    place = holder(base)
    if not keeps_content(ctx, place) or is_asked_for(place, ctx):
        return None
    if any(_carries(arg.value, ctx) for arg in call.args):
        # What a dict is updated with replaces what was there under the same keys.
        return None if method == "update" and is_looked_up(place, ctx) else (place, KEEPS)
    return (place, GROWS) if method in LISTS else None


def _counted(target: cst.Subscript, change: cst.AugAssign, ctx: Context) -> Leak:
    """`COUNTS[user] += 1`; a count of invocations under a plain key is no leak."""
    place = holder(target)
    if not keeps_content(ctx, place):
        return None
    return (place, SUMS) if _carries(target, ctx) or _carries(change.value, ctx) else None


def _summed(target: cst.BaseExpression, change: cst.AugAssign, ctx: Context) -> Leak:
    """`FOUND += [...]`, `TOTAL += count`; to count invocations is no leak."""
    if not keeps_value(ctx, target, change):
        return None
    carries = _carries(change.value, ctx)
    if isinstance(change.value, (cst.List, cst.ListComp)):
        return target, KEEPS if carries else GROWS
    return (target, SUMS) if carries else None


def _stored(target: cst.Subscript, change: cst.Assign, ctx: Context) -> Leak:
    """`SEEN[key] = x`, unless it is a cache; `ANSWER["error"] = x`, if it is not always done."""
    place = holder(target)
    if not keeps_content(ctx, place):
        return None
    index = target.slice[0].slice
    if isinstance(index, cst.Index) and _carries(index.value, ctx):
        return None if is_looked_up(place, ctx) else (place, KEEPS)
    if not isinstance(target.value, (cst.Name, cst.Attribute)) or is_looked_up(place, ctx):
        return None
    return (place, STAYS) if is_plain(target, ctx) and _sticks(place, change, ctx) else None


def _set(target: cst.BaseExpression, change: cst.Assign, ctx: Context) -> Leak:
    """`global VERBOSE; VERBOSE = True`, if it is not always done."""
    return (target, STAYS) if keeps_value(ctx, target, change) and _sticks(target, change, ctx) else None


def _sticks(place: cst.BaseExpression, change: cst.Assign, ctx: Context) -> bool:
    """Whether the event decides if the place is set, and code that runs in any case reads it."""
    branch = is_conditional(change, place, ctx)
    if branch is None or not is_read_besides(place, branch, ctx):
        return False
    return is_plain(change.value, ctx) or _carries(change.value, ctx)


def _carries(node: cst.CSTNode, ctx: Context) -> bool:
    return bool(ctx.dependence_of(node) & (Dependence.EVENT | Dependence.CONTEXT))
