"""Where code runs another Lambda function: by the SDK, or by a request to a function URL.

Computed from facts, so that the invocations of all modules can be looked at together: see `recursion`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from lambda_lint.knowledge import http, invoking, wrappers
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Attr
from lambda_lint.semantics.keywords import Keywords
from lambda_lint.semantics.passing import bound_by, handed_on
from lambda_lint.semantics.values import (
    UNKNOWN,
    Constant,
    External,
    Partial,
    Returned,
    SdkKind,
    SdkMethod,
    Value,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.passing import Given


class InvocationMode(Enum):
    """Whether the caller waits."""

    WAITING = "waiting"
    ASYNCHRONOUS = "asynchronous"
    DRY_RUN = "dry-run"
    """Nothing runs."""
    UNKNOWN = "unknown"


MODES = {
    invoking.WAITING: InvocationMode.WAITING,
    invoking.ASYNCHRONOUS: InvocationMode.ASYNCHRONOUS,
    invoking.DRY_RUN: InvocationMode.DRY_RUN,
}


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call that runs a function."""

    call: tuple[int, int]
    """The module's number and the call's."""
    mode: InvocationMode
    target: Values
    """What names the function: its name or ARN, or its URL."""
    keywords: Keywords
    by_url: bool = False


def invocations_in(ev: Evaluator, module: int) -> Iterator[Invocation]:
    """The invocations that a module writes; a request counts only if its target may be a function URL."""
    for number, call in enumerate(ev.modules[module].calls):
        if call.decorates is not None or call.in_main:
            continue
        where = Where(module, call.scope, call.order)
        callee = agreed(ev.values(where, call.func))
        if callee is not None:
            found = _invocation(ev, (module, number), where, call, callee)
            if found is not None:
                yield found


def _invocation(
    ev: Evaluator, here: tuple[int, int], where: Where, call: Call, callee: Value
) -> Invocation | None:
    match callee:
        case SdkMethod() | Partial():
            return _by_sdk(ev, here, callee, ((where, call.args),))
        case External(name) if name in wrappers.PASSES_REST or name in wrappers.STARTS:
            return _in_thread(ev, here, where, call, name)
        case External(name) if name in http.URL_POSITION:
            return _by_url(ev, here, where, call, name)
    return None


def _by_sdk(ev: Evaluator, here: tuple[int, int], callee: Value, given: Given) -> Invocation | None:
    if isinstance(callee, Partial):
        given = (*bound_by(ev, callee), *given)
    while isinstance(callee, Partial):
        callee = callee.target
    if not isinstance(callee, SdkMethod) or callee.name not in invoking.OPERATIONS:
        return None
    owner = callee.owner
    if owner.kind is not SdkKind.CLIENT or owner.service != invoking.SERVICE:
        return None
    keywords = Keywords(ev, given)
    target = keywords.get("FunctionName") or (UNKNOWN,)
    return Invocation(here, _mode(callee.name, keywords), target, keywords)


def _mode(operation: str, keywords: Keywords) -> InvocationMode:
    if operation not in invoking.TYPED_OPERATIONS:
        return InvocationMode.ASYNCHRONOUS
    said = keywords.get("InvocationType")
    if said is None:
        return MODES[invoking.DEFAULT_TYPE]
    match agreed(said):
        case Constant(str(word)):
            return MODES.get(word, InvocationMode.UNKNOWN)
    return InvocationMode.UNKNOWN


def _in_thread(
    ev: Evaluator, here: tuple[int, int], where: Where, call: Call, name: str
) -> Invocation | None:
    """`pool.submit(client.invoke, FunctionName=…)`, `Thread(target=client.invoke, kwargs={…})`."""
    for position, arg in enumerate(call.args):
        callee = agreed(ev.values(where, arg.value))
        if isinstance(callee, (SdkMethod, Partial)):
            args = handed_on(call, name, position)
            return None if args is None else _by_sdk(ev, here, callee, ((where, args),))
    return None


def _by_url(ev: Evaluator, here: tuple[int, int], where: Where, call: Call, name: str) -> Invocation | None:
    address = _address(ev, where, call, name)
    if not address:
        return None
    keywords = Keywords(ev, ((where, call.args),))
    return Invocation(here, InvocationMode.WAITING, address, keywords, by_url=True)


def _address(ev: Evaluator, where: Where, call: Call, name: str) -> Values:
    """The URL that the request is given; if that is a path only, the one that its session was made with."""
    passed = argument_at(call, http.URL_POSITION[name], None)
    for keyword in http.URL_KEYWORDS:
        passed = argument_at(call, None, keyword) if isinstance(passed, Absent) else passed
    given = () if isinstance(passed, Absent) else ev.values(where, passed)
    owner = agreed(ev.values(where, call.func.base)) if isinstance(call.func, Attr) else None
    if not isinstance(owner, Returned) or owner.callee not in http.BASE_URL or any(map(_is_whole, given)):
        return given
    made = ev.call(owner.call)
    base = argument_at(made, *http.BASE_URL[owner.callee])
    if isinstance(base, Absent):
        return given
    return ev.values(Where(owner.call[0], made.scope, made.order), base)


def _is_whole(url: Value) -> bool:
    return isinstance(url, Constant) and "//" in str(url.value)
