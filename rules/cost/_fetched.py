"""What is used of items of DynamoDB and of objects of S3 that were fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    ESCAPES,
    ITEM_KEYS,
    PROJECTIONS,
    Dependence,
    Fate,
    Part,
    SdkKind,
    applied_by,
    is_noted,
    uses_of,
)

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.api import Context, SdkMethod, Uses

FEW = 2
"""Up to so many attributes are worth naming: who uses more may well use them all."""

TAKEN = frozenset({Fate.GATHERED, Fate.CALLED, Fate.COMPUTED, Fate.CHANGED})
"""Fates of an item after which all of it may be used, besides its escapes."""


def is_unread_object(call: cst.Call, operation: SdkMethod, ctx: Context) -> bool:
    """Whether an object of S3 is opened only to see that it is there, or what its metadata are."""
    owner = operation.owner
    is_client = owner.kind is SdkKind.CLIENT and operation.name == "get_object"
    is_object = owner.kind is SdkKind.PART and (owner.name, operation.name) == ("Object", "get")
    if owner.service != "s3" or not (is_client or is_object):
        return False
    applied = applied_by(call, ctx)
    if applied is None or applied.argument("Range") is not None:
        return False
    uses = uses_of(ctx, call)
    keys = uses.keys()
    return not keys & {"Body", Part.SOME} and not uses.escapes(unless=lambda use: is_noted(ctx, use))


def attributes_used(call: cst.Call, operation: SdkMethod, ctx: Context) -> list[str]:
    """The few attributes that are used of the items that are fetched whole; none if it may be others too."""
    owner = operation.owner
    is_table = owner.kind is SdkKind.CLIENT or (owner.kind is SdkKind.PART and owner.name == "Table")
    key = ITEM_KEYS.get(operation.name) if owner.service == "dynamodb" and is_table else None
    applied = None if key is None else applied_by(call, ctx)
    if key is None or applied is None or any(applied.argument(name) is not None for name in PROJECTIONS):
        return []
    if operation.name == "get_item" and _is_setting(call, ctx):
        return []
    uses = uses_of(ctx, call)
    size = 1 if operation.name == "get_item" else 2
    answered = uses.keys()
    if Part.SOME in answered or _is_taken(uses, key, size, ctx):
        return []
    names = {use.path[size] for use in uses if len(use.path) > size and use.path[0] == key}
    if len(names) > FEW:
        return []
    found = [name for name in names if isinstance(name, str)]
    return sorted(found) if len(found) == len(names) else []


def _is_setting(call: cst.Call, ctx: Context) -> bool:
    """Whether it is always the same item: a setting, which is small and used up to its value."""
    return all(ctx.dependence_of(arg.value) == Dependence.NONE for arg in call.args)


def _is_taken(uses: Uses, key: str, size: int, ctx: Context) -> bool:
    """Whether an item, a list of them or the answer as a whole goes where all of it may be used."""
    whole = [use for use in uses if len(use.path) <= size and use.path[:1] in {(), (key,)}]
    return any(use.fate in TAKEN or use.fate in ESCAPES for use in whole if not is_noted(ctx, use))
