"""LL073: events, headers, bodies, the environment and secrets in the log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    COPY,
    DEPLOYED_PHASES,
    Constant,
    FlowOrigin,
    Reach,
    Rule,
    Safety,
    Severity,
    SourceKind,
    Violation,
    flows_into,
    log_calls,
)
from lambda_lint.api import event_inputs as inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edits, Fix, Flow

WHOLE = "the whole event"
SECRET = "a secret"  # noqa: S105 - says what is logged


class LoggedEvent(Rule[cst.Call]):
    """Personal data and secrets that come with an event, or with the environment, end up in the log."""

    code = "LL073"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = DEPLOYED_PHASES
    message = "{what} is logged"
    help = "log what you look for when something goes wrong, such as the request id and the keys of the items"
    cwe = 532
    security_severity = 5.0
    fixable = (Safety.UNSAFE,)

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        name = ctx.name_of(call.func) or ""
        if name.rpartition(".")[2] == log_calls.INJECT:
            yield from self._injected(call, ctx)
            return
        level = _level(name, call, ctx)
        if level is None or not ctx.runs_per_invocation(call):
            return
        found = [(what, flow) for arg in _shown(call) for what, flow in _told(arg, ctx)]
        if not found:
            return
        what = min((each for each, _ in found), key=_rank)
        is_personal = any(not _is_impersonal(flow) for _, flow in found)
        yield self.violation(
            call,
            severity=None if is_personal and level >= log_calls.INFO else Severity.INFO,
            path=ctx.path_to(call),
            fix=partial(_only_keys, call, ctx),
            what=what,
        )

    def _injected(self, call: cst.Call, ctx: Context) -> Iterator[Violation]:
        """`@logger.inject_lambda_context(log_event=True)`."""
        for arg in call.args:
            is_asked = arg.keyword is not None and arg.keyword.value == log_calls.LOG_EVENT
            if is_asked and ctx.value_of(arg.value) == Constant(value=True):
                sources = [source for each in _decorated(call, ctx) for source in each]
                is_impersonal = bool(sources) and inputs.IMPERSONAL.issuperset(sources)
                yield self.violation(
                    arg,
                    severity=Severity.INFO if is_impersonal else None,
                    fix=partial(_dropped, call, arg),
                    what=WHOLE,
                )


def _decorated(call: cst.Call, ctx: Context) -> list[tuple[object, ...]]:
    """The sources of the handlers that the call decorates."""
    decorator = ctx.parent(call)
    function = None if decorator is None else ctx.parent(decorator)
    return [handler.sources for handler in ctx.handlers if handler.node is function]


def _level(name: str, call: cst.Call, ctx: Context) -> int | None:
    """The level at which the call logs; None if it does not."""
    if name in log_calls.PRINTS:
        return log_calls.INFO
    method = log_calls.logger_method(name)
    if method != log_calls.LOG:
        return None if method is None else log_calls.LEVELS[method]
    given = ctx.value_of(call.args[0].value) if call.args else None
    match given:
        case Constant(int(level)):
            return level
        case None if call.args and (ctx.name_of(call.args[0].value) or "").endswith(".DEBUG"):
            return log_calls.LEVELS["debug"]
    return log_calls.INFO


def _shown(call: cst.Call) -> Iterator[cst.BaseExpression]:
    for arg in call.args:
        if arg.keyword is None or arg.keyword.value not in log_calls.NOT_LOGGED:
            yield arg.value


def _told(shown: cst.BaseExpression, ctx: Context) -> Iterator[tuple[str, Flow]]:
    """What should not be in a log, in words."""
    for flow in flows_into(ctx, shown):
        if not all(name in log_calls.SHOWN for name in flow.through):
            continue
        if COPY in flow.through and not _copies(shown, ctx):
            continue  # copied before, likely to mask something
        what = _what(flow)
        if what is not None:
            yield what, flow


def _copies(shown: cst.BaseExpression, ctx: Context) -> bool:
    """Whether the copy is made right where it is logged, and is one of everything."""
    for part in ctx.module.tree.subtree(shown):
        match part:
            case cst.Call() if ctx.name_of(part.func) in log_calls.COPIES:
                return True
            case cst.Call(func=cst.Attribute(attr=cst.Name(value="copy"))):
                return True
            case cst.Dict(elements=[cst.StarredDictElement()]):
                return True
    return False


def _what(flow: Flow) -> str | None:
    match flow.origin:
        case FlowOrigin.ENVIRONMENT:
            return None if flow.path else "the whole environment"
        case FlowOrigin.SECRET:
            return f"{SECRET} (`{flow.name}`)" if inputs.is_secret_part(flow.path) else None
        case _ if not flow.path:
            return f"{WHOLE}"
        case _:
            return f"`{flow.name}`" if inputs.is_bulk(flow.path) else None


def _rank(what: str) -> tuple[bool, bool, str]:
    return (not what.startswith(SECRET), what != WHOLE, what)


def _is_impersonal(flow: Flow) -> bool:
    """Whether it comes from an event that is about resources, and not about people."""
    if flow.origin is not FlowOrigin.EVENT or not flow.sources:
        return False
    is_from_bus = flow.path[:1] == ("detail",) and SourceKind.EVENTBRIDGE in flow.sources
    return is_from_bus or inputs.IMPERSONAL.issuperset(flow.sources)


def _dropped(call: cst.Call, arg: cst.Arg, edits: Edits) -> Fix:
    return edits.fix("do not log the event", [edits.remove_argument(call, arg)], Safety.UNSAFE)


def _only_keys(call: cst.Call, ctx: Context, edits: Edits) -> Fix | None:
    """Log the keys of the event, not what they hold."""
    if any("list" in scope.bindings for scope in ctx.module.lowered.facts.scopes):
        return None
    changes = []
    for arg in call.args:
        is_mapping = arg.star or (arg.keyword is not None and arg.keyword.value == "extra")
        for part in ctx.module.tree.subtree(arg.value):
            if isinstance(part, cst.SimpleString) and "%(" in part.value:
                return None
            if isinstance(part, cst.Name) and _is_event(part, ctx):
                if is_mapping and part is arg.value:
                    return None
                changes.append(edits.replace(part, f"list({part.value})"))
    return edits.fix("log the keys of the event alone", changes, Safety.UNSAFE) if changes else None


def _is_event(name: cst.Name, ctx: Context) -> bool:
    """Whether a name is the event itself, and nothing else."""
    if isinstance(ctx.parent(name), (cst.Attribute, cst.Subscript, cst.Call)):
        return False
    found = flows_into(ctx, name)
    return bool(found) and all(flow.name == "event" and not flow.through and not flow.held for flow in found)
