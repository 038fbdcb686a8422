"""LL035: a function that writes to what triggers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    COPY,
    INVOKED_PHASES,
    Composed,
    Constant,
    Environment,
    FlowOrigin,
    Reach,
    Rule,
    SdkKind,
    Severity,
    Violation,
    checks_in,
    flows_into,
    functions_on_way,
    made_with,
    object_writes,
)

from ._key_filters import passes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, EventSource, Flow, Value

UNCHANGED = frozenset({COPY, "json.loads", "builtins.str", "str.strip"})
"""What the name of a bucket may go through and be the same."""
CREATES = "ObjectCreated"
UNLESS = "; unless its trigger leaves out what it writes, it runs again and again"
ALWAYS = ", and so runs again and again"


class RecursiveTrigger(Rule[cst.Call]):
    """A function that writes to its own bucket or queue starts itself, without end."""

    code = "LL035"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "writes {what} to the {place} that triggers the function{outcome}"
    help = (
        "write to another {place}, or let the trigger's filter leave out what the function writes; "
        "a check at the start of the function still costs an invocation for each"
    )

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        write = _write(call, ctx)
        if write is None:
            return
        service, how = write
        sources = _sources(call, service, ctx)
        flow = next(_own_bucket(call, how, ctx), None) if service == "s3" else None
        own = [source for source in sources if _names(call, how, source, ctx)]
        if flow is None and not own:
            return
        if _is_guarded(call, flow, service, ctx):
            return
        severity = (
            _severity(call, how, own or sources, ctx)
            if service == "s3"
            else Severity.WARNING
            if all(map(_is_filtered, own))
            else Severity.ERROR
        )
        if severity is None:
            return
        place, what = object_writes.WORDS[service]
        yield self.violation(
            call,
            severity=severity,
            path=ctx.path_to(call),
            help=str(self.help).format(place=place),
            fields={
                "what": f"an {what}" if what[0] in "aeiou" else f"a {what}",
                "place": place,
                "outcome": ALWAYS if severity is Severity.ERROR else UNLESS,
            },
        )


def _write(call: cst.Call, ctx: Context) -> tuple[str, object_writes.Write] | None:
    """The service, and how the operation is told where to write."""
    operation = ctx.operation_of(call)
    if operation is None:
        return None
    owner, service = operation.owner, operation.owner.service or ""
    kind = owner.name if owner.kind is SdkKind.PART else owner.kind.value
    found = object_writes.WRITES.get((service, kind or "", operation.name))
    return None if found is None else (service, found)


def _sources(call: cst.Call, service: str, ctx: Context) -> list[EventSource]:
    """What templates say that triggers the functions which reach the call."""
    return [
        source
        for handler in ctx.handlers_reaching(call)
        for function in handler.deployed
        for source in function.sources
        if source.kind is object_writes.FEEDS[service] and not _is_off(source)
    ]


def _is_off(source: EventSource) -> bool:
    return source.polling is not None and source.polling.is_enabled.value is False


def _is_filtered(source: EventSource) -> bool:
    """Whether a filter may leave out what the function writes."""
    settings = dict(source.settings)
    is_open = source.polling is not None and not source.polling.filters.is_absent
    return is_open or any(name in settings for name in object_writes.FILTERS)


def _target(call: cst.Call, how: object_writes.Write) -> cst.BaseExpression | None:
    if how.is_held:
        return call.func.value if isinstance(call.func, cst.Attribute) else None
    return _argument(call, how.target, how.position)


def _argument(call: cst.Call, keyword: str | None, position: int | None) -> cst.BaseExpression | None:
    for index, arg in enumerate(call.args):
        if arg.star:
            return None
        if arg.keyword.value == keyword if arg.keyword else index == position:
            return arg.value
    return None


# -- is it what triggers the function?


def _own_bucket(call: cst.Call, how: object_writes.Write, ctx: Context) -> Iterator[Flow]:
    """The flow of the bucket's name from the event to the call."""
    target = _target(call, how)
    for flow in flows_into(ctx, target) if target is not None else ():
        is_name = flow.path[-3:] in {object_writes.NOTIFIED_BUCKET, object_writes.EVENT_BUCKET}
        is_whole = UNCHANGED.issuperset(flow.through)
        is_at = flow.held[:1] in object_writes.BUCKET_PARTS if how.is_held else not flow.held
        if flow.origin is FlowOrigin.EVENT and is_name and is_whole and is_at:
            yield flow


def _names(call: cst.Call, how: object_writes.Write, source: EventSource, ctx: Context) -> bool:
    """Whether the call writes to the very thing that the template names as the source."""
    target = _target(call, how)
    if target is None:
        return False
    values = made_with(ctx, target) if how.is_held else ctx.values_of(target)
    return bool(values) and all(_is_source(value, source, call, ctx) for value in values)


def _is_source(value: Value, source: EventSource, call: cst.Call, ctx: Context) -> bool:
    match value:
        case Constant(str(name)):
            return name in {source.target_name, source.target}
        case Environment(name):
            variables = [
                variable
                for handler in ctx.handlers_reaching(call)
                for function in handler.deployed
                for variable in function.environment
                if variable.name == name and source in function.sources
            ]
            return any(
                (variable.target is not None and variable.target == source.target)
                or (variable.value is not None and variable.value == source.target_name)
                for variable in variables
            )
    return False


# -- does it end?


def _is_guarded(call: cst.Call, flow: Flow | None, service: str, ctx: Context) -> bool:
    """Whether the function looks at the key of the object, or at something of the message, before."""
    steps = (*ctx.path_to(call), *(flow.steps if flow else ()))
    for check in checks_in(ctx, functions_on_way(ctx, call, steps)):
        is_key = check.path[-3:] == object_writes.NOTIFIED or check.path[-2:] == ("object", "key")
        if check.how and (is_key or service != "s3"):
            return True
    return False


def _severity(
    call: cst.Call, how: object_writes.Write, sources: list[EventSource], ctx: Context
) -> Severity | None:
    """How bad it is, by what the template says of the trigger; None if it says that it is not."""
    key = _argument(call, how.key, how.key_position) if how.key else None
    is_same = key is not None and any(
        flow.path[-2:] == ("object", "key") and not {"text", "str.replace"} & set(flow.through)
        for flow in flows_into(ctx, key)
    )
    triggers = [source for source in sources if "Principal" not in dict(source.settings)]
    creating = [source for source in triggers if _fires(source)]
    if triggers and not creating:
        return None
    if is_same:
        return Severity.ERROR
    if not creating:
        return Severity.WARNING
    found = [_severity_by_filter(key, how, source, ctx) for source in creating]
    return next((each for each in (Severity.ERROR, Severity.WARNING) if each in found), None)


def _severity_by_filter(
    key: cst.BaseExpression | None, how: object_writes.Write, source: EventSource, ctx: Context
) -> Severity | None:
    """How bad one trigger is, by its filter and what is known of the key."""
    begins, ends = source.key_prefix, source.key_suffix
    if begins.is_absent and ends.is_absent:
        return Severity.ERROR
    values = ctx.values_of(key) if key is not None else ()
    matches = [passes(value, begins, ends) for value in values]
    if matches and None not in matches:
        return Severity.ERROR if all(matches) else Severity.WARNING if any(matches) else None
    if key is None or how.is_held or _is_literal_part(key, ctx):
        return None
    return Severity.WARNING


def _fires(source: EventSource) -> bool:
    """Whether the trigger tells of new objects, as it does if it does not say of what."""
    events = ",".join(source.events.items) or CREATES
    return not source.events.is_complete or CREATES in events or "*" in events.split(":")[1:2]


def _is_literal_part(key: cst.BaseExpression, ctx: Context) -> bool:
    """Whether the key begins, or ends, with something that is written out."""
    values = ctx.values_of(key)
    return bool(values) and all(
        isinstance(value, Constant)
        or (
            isinstance(value, Composed)
            and (isinstance(value.parts[0], str) or isinstance(value.parts[-1], str))
        )
        for value in values
    )
