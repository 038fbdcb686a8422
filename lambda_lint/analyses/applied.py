"""What a call comes down to: what runs in the end, and what it is given.

`functools.partial`, pools, threads and event loops stand between a call and the function that does the work:
`pool.submit(requests.get, url)` is a call of `requests.get` with `url`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.knowledge import wrappers
from lambda_lint.semantics.facts import Attr, Const, Pairs
from lambda_lint.semantics.keywords import Keywords
from lambda_lint.semantics.passing import bound_by, handed_on
from lambda_lint.semantics.values import (
    UNKNOWN,
    Display,
    External,
    Partial,
    SdkMethod,
    Value,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Expr
    from lambda_lint.semantics.passing import Given

CALLABLE = (External, SdkMethod, Partial)


@dataclass(frozen=True, slots=True)
class Applied:
    """Something that runs, and its arguments."""

    callee: External | SdkMethod
    owners: Values
    """The object, or the module, in which it was looked up; empty if that is not known."""
    evaluator: Evaluator
    given: Given
    is_direct: bool
    """Whether it is the written call's own function with the written call's own arguments."""

    def argument(self, keyword: str | None, position: int | None = None) -> Values | None:
        """What an argument may be; None if it is certainly not given."""
        found = None if keyword is None else Keywords(self.evaluator, self.given).get(keyword)
        return found if found is not None or position is None else self._at(position)

    def entry(self, keyword: str, key: str) -> Values | None:
        """What an entry of a dict that is given may be; None if it is certainly not there."""
        given = self.argument(keyword)
        found = None if given is None else agreed(given)
        if not isinstance(found, Display) or not isinstance(found.expr, Pairs):
            return None if given is None else (UNKNOWN,)
        seen = self.evaluator.inside(found)
        for written, value in reversed(found.expr.pairs):
            if not isinstance(written, Const):
                return (UNKNOWN,)
            if written.value == key:
                return self.evaluator.values(seen, value)
        return None

    def _at(self, position: int) -> Values | None:
        count = 0
        for where, args in self.given:
            for arg in args:
                if arg.star == "*":
                    return (UNKNOWN,)
                if arg.keyword is None and not arg.star:
                    if count == position:
                        return self.evaluator.values(where, arg.value)
                    count += 1
        return None


def applied_by(call: cst.Call, ctx: Context) -> Applied | None:
    """What the call comes down to, if that is one thing outside the project or of the SDK."""
    return ctx.once_for(_applied_by, call)


def _applied_by(call: cst.Call, ctx: Context) -> Applied | None:
    ev, number = ctx.project.evaluator, ctx.module.number
    written = ctx.call_facts(call)
    where = Where(number, written.scope, written.order)
    callee = agreed(ev.values(where, written.func))
    plain = _unpacked(ev, callee, ((where, written.args),), _owners(ev, where, written.func))
    if plain is None or not isinstance(plain.callee, External) or not _runs_others(plain.callee.name):
        return plain
    return _handed_on(ev, where, written, plain.callee.name) or plain


def _owners(ev: Evaluator, where: Where, function: Expr) -> Values:
    """What a method is looked up in."""
    return ev.values(where, function.base) if isinstance(function, Attr) else ()


def _runs_others(name: str) -> bool:
    return name in wrappers.PASSES_REST or name in wrappers.STARTS or name in wrappers.PASSES_ELEMENTS


def _handed_on(ev: Evaluator, where: Where, call: Call, name: str) -> Applied | None:
    for position, arg in enumerate(call.args):
        callee = agreed(ev.values(where, arg.value))
        args = handed_on(call, name, position) if isinstance(callee, CALLABLE) else None
        if args is not None:
            owners = _owners(ev, where, arg.value)
            return _unpacked(ev, callee, ((where, args),), owners, is_direct=False)
    return None


def _unpacked(
    ev: Evaluator, callee: Value | None, given: Given, owners: Values, *, is_direct: bool = True
) -> Applied | None:
    if isinstance(callee, Partial):
        given, is_direct = (*bound_by(ev, callee), *given), False
    while isinstance(callee, Partial):
        made = ev.call(callee.call)
        seen = Where(callee.call[0], made.scope, made.order, callee.frame)
        callee, owners = callee.target, _owners(ev, seen, made.args[0].value)
    if not isinstance(callee, (External, SdkMethod)):
        return None
    return Applied(callee, owners, ev, given, is_direct)
