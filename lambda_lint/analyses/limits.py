"""What else than an argument limits a wait: the object whose method it is, a text of settings, a default."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_lint.knowledge import timeouts
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Attr, Items
from lambda_lint.semantics.members import set_from_outside
from lambda_lint.semantics.values import (
    NONE,
    Composed,
    Constant,
    Display,
    Environment,
    External,
    Returned,
    Value,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from lambda_lint.analyses.applied import Applied
    from lambda_lint.knowledge.timeouts import Wait
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.values import FunctionKey

LOCAL = re.compile(
    r"(?:file|data|unix):|(?:\w+://)?(?:[^/@]*@)?(?:localhost|127(?:\.\d+){3}|\[?::1\]?)(?:[:/?]|$)"
)
SETTINGS_MARKS = ("://", "host=", "dbname=")


def is_near(applied: Applied, wait: Wait) -> bool:
    """Whether the call speaks to something in the execution environment itself."""
    if wait.place is None:
        return False
    position, keywords = wait.place
    given = (value for keyword in keywords for value in applied.argument(keyword, position) or ())
    return any(_is_local(address) for value in given for address in _addresses(applied, value))


def _addresses(applied: Applied, value: Value) -> Values:
    """What a URL object was made of, and the host of a pair of host and port."""
    ev = applied.evaluator
    match value:
        case Display(expr=Items([host, *_])):
            return ev.values(ev.inside(value), host)
        case Returned(callee, key) if callee in timeouts.URL_OBJECTS:
            call = ev.call(key)
            passed = argument_at(call, *timeouts.URL_OBJECTS[callee])
            return (
                () if isinstance(passed, Absent) else ev.values(Where(key[0], call.scope, call.order), passed)
            )
    return (value,)


def _is_local(address: Value) -> bool:
    match address:
        case Constant(str(text)):
            return _is_local_text(text)
        case Environment(name):
            return name in timeouts.LOCAL_VARIABLES
        case Composed(parts):
            names = {part.name for part in parts if isinstance(part, Environment)}
            return bool(names & timeouts.LOCAL_VARIABLES) or _is_local_text(parts[0])
    return False


def _is_local_text(text: object) -> bool:
    return isinstance(text, str) and LOCAL.match(text) is not None


def is_in_settings(applied: Applied, wait: Wait) -> bool:
    """Whether a connection string sets the timeout, or may do so as far as is known."""
    if wait.dsn is None:
        return False
    position, keyword = wait.dsn
    given = applied.argument(keyword, position)
    match None if given is None else agreed(given):
        case Constant(str(text)):
            return any(each in text for each in wait.keywords)
        case Composed(parts):
            written = " ".join(part for part in parts if isinstance(part, str))
            is_whole = any(mark in written for mark in SETTINGS_MARKS)
            return not is_whole or any(each in written for each in wait.keywords)
    return given is not None


def is_deployed_with(variable: str | None, node: cst.CSTNode, ctx: Context) -> bool:
    """Whether the function has an environment variable, as far as a template says."""
    deployed = (each for handler in ctx.handlers_reaching(node) for each in handler.deployed)
    return any(each.name == variable for function in deployed for each in function.environment)


def is_limited_by_maker(owner: Returned, wait: Wait, ctx: Context) -> bool:
    """Whether the object was made with a timeout, or may have been."""
    ev = ctx.project.evaluator
    call = ev.call(owner.call)
    where = Where(owner.call[0], call.scope, call.order)
    for keyword in wait.keywords:
        passed = argument_at(call, None, keyword)
        given = () if isinstance(passed, Absent) else ev.values(where, passed)
        if passed is Absent.UNCLEAR or given not in {(), (NONE,)}:
            return True
    return False


def is_adjusted(owner: Value, method: str, ctx: Context) -> bool:
    """Whether something is done to the object, or to that function of a module, that may set a timeout."""
    ev = ctx.project.evaluator
    names = timeouts.LIMITING_ATTRIBUTES if isinstance(owner, Returned) else {method}
    return any(next(set_from_outside(ev, owner, name), None) for name in names) or any(
        written.func.name != "mount" or _mounts_special(where, written, ctx)
        for where, written in _calls(ctx, timeouts.LIMITING_METHODS)
        if isinstance(written.func, Attr) and owner in ev.values(where, written.func.base)
    )


def _mounts_special(where: Where, call: Call, ctx: Context) -> bool:
    """Whether an adapter is mounted that may have a timeout of its own."""
    adapter = argument_at(call, 1, "adapter")
    found = None if isinstance(adapter, Absent) else agreed(ctx.project.evaluator.values(where, adapter))
    return not isinstance(found, Returned) or found.callee not in timeouts.PLAIN_ADAPTERS


def user_of(owner: Returned, ctx: Context) -> FunctionKey | None:
    """A function that calls a method of the object at each invocation."""
    ev, project = ctx.project.evaluator, ctx.project
    for number, module in enumerate(project.modules):
        for site, call in enumerate(module.calls):
            if not isinstance(call.func, Attr) or not project.phases.call_repeats((number, site)):
                continue
            if owner in ev.values(Where(number, call.scope, call.order), call.func.base):
                return project.graph.function_of(number, call.scope)
    return None


def has_socket_default(ctx: Context) -> bool:
    """Whether `socket.setdefaulttimeout` is called anywhere in the project."""
    wanted = External(timeouts.SOCKET_DEFAULT)
    return any(
        ctx.project.evaluator.values(where, call.func) == (wanted,)
        for where, call in _calls(ctx, None)
        if any(each.module == "socket" for each in ctx.project.modules[where.module].imports)
    )


def _calls(ctx: Context, methods: frozenset[str] | None) -> Iterator[tuple[Where, Call]]:
    """The calls that the project writes, or those of methods with these names."""
    for number, module in enumerate(ctx.project.modules):
        for call in module.calls:
            if methods is None or (isinstance(call.func, Attr) and call.func.name in methods):
                yield Where(number, call.scope, call.order), call
