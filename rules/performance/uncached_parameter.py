"""LL003: parameters, secrets and configurations that each invocation fetches again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    Constant,
    Context,
    Environment,
    External,
    Reach,
    Rule,
    SdkKind,
    SdkMethod,
    Severity,
    Violation,
    calls_of_invocations,
    origins_of,
    parameters,
)

from ._creation import is_wasted, when
from ._repeats import given, is_repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

KEEP_CACHE = "make it once, at module level, so that it still remembers at the next invocation"
ENVIRONMENT = "os.environ"
DECRYPT_ONCE = (
    "decrypt it once, at module level or behind a cache, or keep it in Parameter Store or Secrets Manager"
)


class UncachedParameter(Rule[cst.Call]):
    """A parameter, a secret or a configuration that each invocation fetches again."""

    code = "LL003"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what} {when}"
    help = (
        "fetch it once, at module level or behind a cache that expires, such as Powertools' `parameters` "
        "or the AWS Parameters and Secrets Lambda extension"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        found = _found(call, ctx)
        if found is not None:
            what, help_ = found
            often = _how_often(call, ctx)
            yield self.violation(call, path=ctx.path_to(call), help=help_, what=what, when=often)


def _how_often(call: cst.Call, ctx: Context) -> str:
    """How often it is done, in words."""
    said, function, handlers = when(call, ctx), ctx.function_key(call), ctx.handlers_reaching(call)
    if ctx.loop_on_path(call) is not None or len(handlers) != 1 or function in handlers[0].roots:
        return said
    phases, graph = ctx.project.phases, ctx.project.graph
    edges = [edge for each in phases.reached_from(handlers[0].roots) for edge in graph.edges.get(each, ())]
    calls = {(edge.caller, edge.order) for edge in edges if edge.callee == function and not edge.in_main}
    name = ctx.project.evaluator.scope(function).name
    return f"{said}, for each of {len(calls)} calls of `{name}`" if len(calls) > 1 else said


def _found(call: cst.Call, ctx: Context) -> tuple[str, str | None] | None:
    """What is done again at each invocation, in words, and what to do about it if that is particular."""
    match ctx.object_of(call.func):
        case SdkMethod() as operation:
            return _by_sdk(call, operation, ctx)
        case External(name) if name in parameters.CACHES_OF_PARAMETERS:
            if not is_wasted(call, ctx):
                return None
            return f"`{name.rpartition('.')[2]}`, which remembers what it fetched, is made", KEEP_CACHE
        case External(name) if name in parameters.REMEMBERING:
            switch = _switch(call, ctx)
            if switch is None or not is_repeated(call, ctx):
                return None
            label = name.rpartition(".")[2]
            return f"`{label}` passes by its own cache because of `{switch}`", f"leave out `{switch}`"
    return None


def _by_sdk(call: cst.Call, operation: SdkMethod, ctx: Context) -> tuple[str, str | None] | None:
    key = _operation(operation)
    fetch = parameters.FETCHES.get(key)
    if fetch is None and key != parameters.DECRYPT:
        return None
    if not is_repeated(call, ctx):
        return None
    if fetch is None:
        is_own = _is_of_environment(call, ctx)
        return ("`decrypt` decrypts the same text", DECRYPT_ONCE) if is_own else None
    if _asks_for_version(call, ctx) or _goes_on(call, ctx) or _is_changed(call, key[0], ctx):
        return None
    if _fills_environment(call, ctx):
        return None
    return f"`{key[1]}` fetches {_thing(call, fetch, ctx)}", None


def _operation(operation: SdkMethod) -> tuple[str, str]:
    """Service and operation, also behind a paginator."""
    owner = operation.owner
    if owner.kind is SdkKind.PAGINATOR and operation.name == "paginate":
        return owner.service or "", owner.name or ""
    return (owner.service or "", operation.name) if owner.kind is SdkKind.CLIENT else ("", "")


def _thing(call: cst.Call, fetch: parameters.Fetch, ctx: Context) -> str:
    """What is fetched, in words."""
    named = given(call, fetch.argument)
    match None if named is None else ctx.value_of(named):
        case Constant(str(name)):
            return f"the {fetch.what} below `{name}`" if fetch.is_several else f"the {fetch.what} `{name}`"
        case Environment(variable):
            verb = "name" if fetch.is_several else "names"
            return f"the {fetch.what} that `{variable}` {verb}"
    return fetch.what if fetch.is_several else f"a {fetch.what}"


def _switch(call: cst.Call, ctx: Context) -> str | None:
    """The argument by which a function that remembers is told not to."""
    flag, lifetime = given(call, parameters.FORGETTING_FLAG), given(call, parameters.LIFETIME)
    match None if flag is None else ctx.value_of(flag):
        case Constant(True):
            return f"{parameters.FORGETTING_FLAG}=True"
    match None if lifetime is None else ctx.value_of(lifetime):
        case Constant(int(seconds)) if seconds <= 0:
            return f"{parameters.LIFETIME}={seconds}"
    return None


def _is_of_environment(call: cst.Call, ctx: Context) -> bool:
    """Whether what is decrypted comes with the function: from its environment, or written out."""
    text = given(call, parameters.CIPHERTEXT)
    return text is not None and origins_of(ctx, text).is_static


def _asks_for_version(call: cst.Call, ctx: Context) -> bool:
    """Whether a certain version of a secret is asked for, as those do that work on the secret."""
    asked = [value for name in sorted(parameters.VERSIONS) if (value := given(call, name)) is not None]
    return any(ctx.value_of(value) != Constant(parameters.CURRENT_VERSION) for value in asked)


def _goes_on(call: cst.Call, ctx: Context) -> bool:
    """Whether it belongs to a session that was begun by this invocation: that is the finding then."""
    token = given(call, parameters.CONFIGURATION_TOKEN)
    if token is None:
        return False
    return f"sdk:{'.'.join(parameters.CONFIGURATION_SESSION)}" in origins_of(ctx, token).names and any(
        _operation(operation) == parameters.CONFIGURATION_SESSION and ctx.runs_per_invocation(other)
        for other in ctx.module.tree.of_type(cst.Call)
        if (operation := ctx.operation_of(other)) is not None
    )


def _fills_environment(call: cst.Call, ctx: Context) -> bool:
    """Whether its function puts something into the environment of the process, which lasts."""
    function = ctx.function_around(call)
    return function is not None and any(
        isinstance(node, cst.AssignTarget)
        and isinstance(node.target, cst.Subscript)
        and ctx.name_of(node.target.value) == ENVIRONMENT
        for node in ctx.module.tree.subtree(function)
    )


def _is_changed(call: cst.Call, service: str, ctx: Context) -> bool:
    """Whether the same invocations, or others of this module, write such things: then one has to look."""
    writers = parameters.WRITERS.get(service, frozenset())
    near = (ctx.operation_of(other) for other in ctx.module.tree.of_type(cst.Call))
    far = (callee for _, values in calls_of_invocations(ctx, call, writers) for callee in values)
    return any(
        isinstance(callee, SdkMethod) and callee.owner.service == service and callee.name in writers
        for callee in (*near, *far)
    )
