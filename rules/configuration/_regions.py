"""Which calls are given a region, and for which services naming one is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    Constant,
    External,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    SourceKind,
    agreed,
    applied_by,
    literal_of,
    place_of,
    regions,
    text_behind,
)

from ._places import Use, written_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Applied, Context

TEXTS = (cst.SimpleString, cst.FormattedStringText)
SESSIONS = frozenset({SdkKind.SESSION, SdkKind.BOTOCORE_SESSION})


def region_uses(call: cst.Call, ctx: Context) -> Iterator[Use]:
    """The literal regions that a call is given, unless they are right."""
    applied = applied_by(call, ctx)
    if applied is None:
        return
    place = _region_place(applied)
    made = ctx.sdk_of(call) if place is not None else None
    if place is not None:
        position, keyword = place
        match agreed(applied.argument(keyword, position) or ()):
            case Constant(str(region)) if regions.REGION.fullmatch(region):
                if not _is_right(region, call, made, ctx):
                    given = written_argument(call, keyword, position)
                    yield Use(call, place_of(given, region, ctx), region, _what(applied, made))
    if made is not None:
        yield from _endpoint(call, applied, made, ctx)


def _region_place(applied: Applied) -> tuple[int | None, str] | None:
    callee = applied.callee
    if isinstance(callee, External):
        return regions.REGION_ARGUMENTS.get(callee.name)
    return regions.REGION_METHODS.get((callee.owner.kind.value, callee.name))


def _what(applied: Applied, made: Sdk | None) -> str:
    """What gets the region, in words."""
    if made is not None and made.service is not None:
        return f"the {made.kind.value} of `{made.service}`"
    name = applied.callee.name
    return "an SDK session" if made is not None else f"`{name.rpartition('.')[2]}`"


def _endpoint(call: cst.Call, applied: Applied, made: Sdk, ctx: Context) -> Iterator[Use]:
    """A host with a region in it, written as a whole."""
    given = agreed(applied.argument(regions.ENDPOINT_ARGUMENT) or ())
    text = text_behind(given) or ""
    host = regions.ENDPOINT.search(text)
    if host is None or _is_right(host["region"], call, made, ctx):
        return
    region = host["region"]
    written = written_argument(call, regions.ENDPOINT_ARGUMENT, None)
    place = place_of(written, text, ctx)
    if not any(region in part.value for part in ctx.module.tree.subtree(place) if isinstance(part, TEXTS)):
        place = literal_of(region, ctx) or place
    yield Use(call, place, region, f"the endpoint of `{made.service}`")


def _is_right(region: str, call: cst.Call, made: Sdk | None, ctx: Context) -> bool:
    """Whether what gets the region is found there and nowhere else, or was chosen with it."""
    services = [made.service] if made is not None and made.kind not in SESSIONS else _services(call, ctx)
    if made is not None and made.kind not in SESSIONS and made.service is None:
        return True
    return bool(services) and all(_is_found_in(region, service, ctx) for service in services)


def _is_found_in(region: str, service: str | None, ctx: Context) -> bool:
    if service is None or service in regions.CHOSEN_SERVICES:
        return True
    if region in regions.FIXED_REGIONS.get(service, ()):
        return True
    tree = ctx.module.tree
    if region in regions.EAST and service in regions.FINDERS:
        return any(each.attr.value == regions.FINDERS[service] for each in tree.of_type(cst.Attribute))
    if region in regions.EAST and service == "cloudwatch":
        return any(each.raw_value in regions.ACCOUNT_METRICS for each in tree.of_type(cst.SimpleString))
    return False


def _services(call: cst.Call, ctx: Context) -> list[str | None]:
    """The services for which the module uses the session or the configuration that a call makes."""
    key = (ctx.module.number, ctx.module.lowered.call_of[call])
    found: list[str | None] = []
    for other in ctx.module.tree.of_type(cst.Call):
        client = ctx.sdk_of(other)
        if client is None or client.made is None or client.service is None:
            continue
        applied = applied_by(other, ctx)
        if applied is None:
            continue
        owner = applied.callee.owner if isinstance(applied.callee, SdkMethod) else None
        config = applied.argument("config") or ()
        is_user = any(isinstance(each, Returned) and each.call == key for each in config)
        if is_user or (owner is not None and owner.made == key):
            found.append(client.service)
    return found


def argument_to_drop(call: cst.Call, literal: cst.BaseExpression, ctx: Context) -> cst.Arg | None:
    """The argument that is the literal, if the call does as well without it."""
    argument = next((arg for arg in call.args if arg.value is literal), None)
    name = ctx.name_of(call.func)
    is_optional = name in regions.DROPPABLE if name else isinstance(ctx.object_of(call.func), SdkMethod)
    is_region = argument is not None and (
        argument.keyword is None or argument.keyword.value == regions.REGION_KEYWORD
    )
    return argument if is_optional and is_region else None


def is_at_edge(ctx: Context, calls: Iterator[cst.Call]) -> bool:
    """Whether CloudFront runs the code: everywhere, and without environment variables."""
    reaching = [handler.facts for handler in ctx.handlers]
    for call in calls:
        reaching += ctx.handlers_reaching(call)
    return any(SourceKind.EDGE in handler.sources for handler in reaching)
