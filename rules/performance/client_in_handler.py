"""SDK clients that are created again at each invocation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    DEFAULT_SESSION_SETTERS,
    INVOKED_PHASES,
    SDK_FACTORIES,
    SDK_SESSION_FACTORIES,
    USERS_OF_DEFAULT_SESSION,
    Context,
    External,
    NoEditError,
    Reach,
    Rule,
    Safety,
    SdkKind,
    SdkMethod,
    Severity,
    Violation,
)

from ._creation import SESSIONS, is_made_of_fresh_one, is_wasted, late_default, when
from ._hoist import Hoisting, hoisted
from ._hoist_place import Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Edits, Fix

WITHOUT_CLIENT = frozenset({"available_profiles", "get_credentials", "profile_name", "region_name"})
"""Attributes for which a session loads no description of a service, which is what takes the time."""

REGION_HELP = "read the environment variable `AWS_REGION`, which Lambda sets"
BARE_SESSION = "an SDK session"
SESSION = "an SDK session (about ten times the cost of a client)"
DEFAULT_SESSION = "the SDK's default session (about ten times the cost of a client)"


class ClientInHandler(Rule[cst.Call]):
    """An SDK client, resource or session that each invocation makes anew."""

    code = "LL001"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what} is created {when}"
    help = (
        "create it once, at module level or behind a cache, so that warm invocations reuse it "
        "and its connections"
    )
    fixable = (Safety.SAFE, Safety.UNSAFE)
    Options = Hoisting

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        what = _what_is_made(call, ctx)
        if what is None or not is_wasted(call, ctx):
            return
        if is_made_of_fresh_one(call, ctx) or _takes_fresh_default_session(call, ctx):
            return
        if _lives_in_short_loop(call, ctx):
            return
        yield self.violation(
            call,
            path=ctx.path_to(call),
            help=_better_help(call, what, ctx),
            fix=lambda edits: self._fix(call, ctx, edits),
            what=what,
            when=when(call, ctx),
        )

    def _fix(self, call: cst.Call, ctx: Context, edits: Edits) -> Fix:
        options: Hoisting = self.options
        made = ctx.sdk_of(call)
        if made is None or made.is_async:
            raise NoEditError("it is nothing that can be kept")
        kind = "session" if made.kind in SESSIONS else made.kind.value
        wanted = f"{made.service}_{kind}" if made.service else kind
        name = re.sub(r"\W", "_", wanted)
        keeping = Made(
            call,
            name,
            Safety.SAFE,
            options.fix_with_cached_function,
            may_be_shown=True,
            # Sessions and resources are not made for threads.
            may_be_shared=made.kind is SdkKind.CLIENT,
        )
        return hoisted(keeping, ctx, edits)


def _better_help(call: cst.Call, what: str, ctx: Context) -> str | None:
    """What to do instead where that is something particular."""
    if what == BARE_SESSION and _read_from(call, ctx) == {"region_name"}:
        return REGION_HELP
    return late_default(call, ctx)


def _what_is_made(call: cst.Call, ctx: Context) -> str | None:
    """The SDK object that this very call makes, in words."""
    match ctx.object_of(call.func):
        case External(name) if name in DEFAULT_SESSION_SETTERS:
            return DEFAULT_SESSION
        case External(name) if name in SDK_FACTORIES:
            kind = SdkKind(SDK_FACTORIES[name])
        case SdkMethod(owner, name) if (owner.kind.value, name) in SDK_SESSION_FACTORIES:
            kind = SdkKind(SDK_SESSION_FACTORIES[owner.kind.value, name])
        case _:
            return None
    if kind in SESSIONS:
        return BARE_SESSION if _read_from(call, ctx) <= WITHOUT_CLIENT else SESSION
    made = ctx.sdk_of(call)
    of_service = f" for `{made.service}`" if made is not None and made.service else ""
    return f"an SDK {kind.value}{of_service}"


def _read_from(session: cst.Call, ctx: Context) -> set[str | None]:
    """The attributes that are read from a session; None among them says that it is used in other ways too."""
    parent = ctx.parent(session)
    if isinstance(parent, cst.Attribute):
        return {parent.attr.value}
    function = ctx.function_around(session)
    match parent:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]) if function:
            return set(_uses(name, function, ctx))
    return {None}


def _uses(name: str, function: cst.CSTNode, ctx: Context) -> Iterator[str | None]:
    for node in ctx.module.tree.subtree(function):
        if isinstance(node, cst.Name) and node.value == name:
            use = ctx.parent(node)
            if isinstance(use, cst.Attribute):
                if use.value is node:
                    yield use.attr.value
            elif not isinstance(use, cst.AssignTarget):
                yield None


def _takes_fresh_default_session(call: cst.Call, ctx: Context) -> bool:
    """Whether the module sets up the default session, of which this client is made, at each invocation."""
    if ctx.name_of(call.func) not in USERS_OF_DEFAULT_SESSION:
        return False
    return ctx.once(_sets_up_default_session)


def _sets_up_default_session(ctx: Context) -> bool:
    return any(
        ctx.name_of(other.func) in DEFAULT_SESSION_SETTERS and ctx.runs_per_invocation(other)
        for other in ctx.module.tree.of_type(cst.Call)
    )


def _lives_in_short_loop(call: cst.Call, ctx: Context) -> bool:
    """Whether it is an asynchronous client whose event loop ends with the invocation, as far as is known."""
    made = ctx.sdk_of(call)
    bound = made is not None and made.is_async and made.kind not in SESSIONS
    return bound and not ctx.runs_in_lasting_loop(call)
