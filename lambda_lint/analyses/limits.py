"""What else than an argument limits a wait: the object whose method it is, a text of settings, a default."""

from __future__ import annotations

import re
from functools import cached_property
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
    import libcst as cst

    from lambda_lint.analyses.applied import Applied
    from lambda_lint.knowledge.timeouts import Wait
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.project import Project
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
        func.name != "mount" or _mounts_special(where, written, ctx)
        for where, written, func in ctx.project.once(_Calls).limiting
        if owner in ev.values(where, func.base)
    )


def _mounts_special(where: Where, call: Call, ctx: Context) -> bool:
    """Whether an adapter is mounted that may have a timeout of its own."""
    adapter = argument_at(call, 1, "adapter")
    found = None if isinstance(adapter, Absent) else agreed(ctx.project.evaluator.values(where, adapter))
    return not isinstance(found, Returned) or found.callee not in timeouts.PLAIN_ADAPTERS


def user_of(owner: Returned, ctx: Context) -> FunctionKey | None:
    """A function that calls a method of the object at each invocation."""
    return ctx.project.once(_Calls).users.get(owner)


def has_socket_default(ctx: Context) -> bool:
    """Whether `socket.setdefaulttimeout` is called anywhere in the project."""
    return ctx.project.once(_Calls).sets_socket_default


class _Calls:
    """What the calls of all modules say of limits; each is looked at once."""

    def __init__(self, project: Project) -> None:
        self._modules, self._ev = project.modules, project.evaluator
        self._graph, self._phases = project.graph, project.phases

    @cached_property
    def limiting(self) -> list[tuple[Where, Call, Attr]]:
        """The calls of methods that may limit how long their object waits."""
        return [
            (Where(number, call.scope, call.order), call, call.func)
            for number, module in enumerate(self._modules)
            for call in module.calls
            if isinstance(call.func, Attr) and call.func.name in timeouts.LIMITING_METHODS
        ]

    @cached_property
    def sets_socket_default(self) -> bool:
        wanted = (External(timeouts.SOCKET_DEFAULT),)
        return any(
            self._ev.values(Where(number, call.scope, call.order), call.func) == wanted
            for number, module in enumerate(self._modules)
            if any(each.module == "socket" for each in module.imports)
            for call in module.calls
        )

    @cached_property
    def users(self) -> dict[Value, FunctionKey]:
        """What a call returned -> the first function that calls a method of it at each invocation."""
        found: dict[Value, FunctionKey] = {}
        for number, module in enumerate(self._modules):
            for site, call in enumerate(module.calls if number in self._phases.modules else ()):
                if isinstance(call.func, Attr) and self._phases.call_repeats((number, site)):
                    for owner in self._ev.values(Where(number, call.scope, call.order), call.func.base):
                        if isinstance(owner, Returned):
                            found.setdefault(owner, self._graph.function_of(number, call.scope))
        return found
