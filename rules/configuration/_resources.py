"""Which literals identify resources, in which calls."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.api import (
    CONNECTIONS,
    SDK_FACTORIES,
    URL_POSITION,
    External,
    SdkKind,
    SdkMethod,
    agreed,
    applied_by,
    place_of,
    resources,
    text_behind,
)

from ._places import Use, written_argument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lambda_lint.api import Applied, Context

HOLE = "\N{REPLACEMENT CHARACTER}"
Found: TypeAlias = "tuple[str, str]"
"""What is identified, and the text that does it."""

WORDS = re.compile(r"[^A-Za-z0-9]+")
FORMS = (resources.ARN, resources.QUEUE_URL)


def resource_uses(call: cst.Call, ctx: Context) -> Iterator[Use]:
    """The literals in the arguments of a call that identify resources of one account."""
    applied = applied_by(call, ctx)
    if applied is None:
        return
    for position, keyword, kind in _parameters(call, applied):
        given = applied.argument(keyword, position)
        text = text_behind(None if given is None else agreed(given))
        named = None if text is None else _named(text, kind, keyword)
        if text is not None and named is not None:
            place = place_of(written_argument(call, keyword, position), text, ctx)
            yield Use(call, place, text, named, _variable(named, text, keyword))
    if isinstance(applied.callee, SdkMethod):
        yield from _nested(call, ctx)


def _parameters(call: cst.Call, applied: Applied) -> Iterator[tuple[int | None, str, str]]:
    """The parameters that may identify something: positions, names, and what it is, if that is known."""
    match applied.callee:
        case SdkMethod(owner, name) if owner.service is not None:
            made = resources.CONSTRUCTORS.get((owner.service, name))
            known = resources.PARAMETERS.get(owner.service, {})
            if owner.kind is SdkKind.RESOURCE and made is not None:
                yield (0, *made)
            elif owner.service == "s3" and owner.kind is SdkKind.CLIENT and name in resources.TRANSFERS:
                yield resources.TRANSFERS[name], "Bucket", "bucket"
                known = {}
            written = (arg.keyword.value for arg in call.args if arg.keyword is not None)
            for keyword in dict.fromkeys((*known, *written)):
                yield None, keyword, known.get(keyword, "")
        case External(name) if name in resources.CALLABLES:
            yield resources.CALLABLES[name]
        case External(name) if name in URL_POSITION:
            yield URL_POSITION[name], "url", ""
        case External(name) if name in CONNECTIONS:
            yield None, "host", ""
        case External(name) if name in SDK_FACTORIES:
            yield None, "endpoint_url", ""


def _named(text: str, kind: str, keyword: str) -> str | None:
    """What the text identifies; None if that is nothing of one account, or not written out."""
    accounts = [found["account"] for form in FORMS if (found := form.search(text))]
    if any(account in resources.EXAMPLE_ACCOUNTS | resources.AWS_ACCOUNTS for account in accounts):
        return None
    if resources.PLACEHOLDER.search(text) or resources.GENERIC.fullmatch(text):
        return None
    if accounts:
        return kind or "resource"
    if resources.HOST.search(text):
        return kind or "endpoint"
    if keyword in resources.ACCOUNT_PARAMETERS:
        is_account = text.isdigit() and text not in resources.EXAMPLE_ACCOUNTS
        return "account" if is_account else None
    is_name = kind and HOLE not in text and text not in resources.DEFAULTS
    return kind if is_name and not text.startswith((*resources.MANAGED_PREFIXES, "arn:")) else None


def _variable(kind: str, text: str, keyword: str) -> str:
    """A name for the environment variable that could take the text's place."""
    ending = "NAME"
    if text.startswith("arn:"):
        ending = "ARN"
    elif "://" in text:
        ending = "URL"
    elif keyword.endswith(("Id", "Ids", "Identifier")) or kind == "account":
        ending = "ID"
    return f"{kind.upper().replace(' ', '_')}_{ending}"


def _nested(call: cst.Call, ctx: Context) -> Iterator[Use]:
    """Names in the dicts that an operation takes."""
    for arg in call.args:
        keyword = "" if arg.keyword is None else arg.keyword.value
        keys = resources.NESTED.get(keyword)
        if keys is not None:
            yield from _entries(call, arg.value, keys, ctx)
        kind = resources.KEYED.get(keyword)
        if kind is not None and isinstance(arg.value, cst.Dict):
            for entry in arg.value.elements:
                if isinstance(entry, cst.DictElement):
                    yield from _written(call, entry.key, "", kind, ctx)


def _entries(call: cst.Call, written: cst.CSTNode, keys: dict[str, str], ctx: Context) -> Iterator[Use]:
    for node in ctx.module.tree.subtree(written):
        match node:
            case cst.DictElement(key=cst.SimpleString(raw_value=key), value=value) if key in keys:
                yield from _written(call, value, key, keys[key], ctx)


def _written(call: cst.Call, value: cst.BaseExpression, key: str, kind: str, ctx: Context) -> Iterator[Use]:
    text = text_behind(ctx.object_of(value))
    named = None if text is None else _named(text, kind, key)
    if text is not None and named is not None:
        yield Use(call, place_of(value, text, ctx), text, named, _variable(named, text, key))


def variables_for(found: Mapping[Found, Sequence[Use]], ctx: Context) -> dict[Found, str]:
    """An environment variable for each text: called as its constant is, or else by what it identifies."""
    plain = {key: _constant(uses, ctx) or uses[0].variable for key, uses in found.items()}
    count = Counter(plain.values())
    return {
        key: name if count[name] == 1 else f"{WORDS.sub('_', key[1]).strip('_').upper()}_{name}"
        for key, name in plain.items()
    }


def _constant(uses: Sequence[Use], ctx: Context) -> str | None:
    for use in uses:
        match ctx.parent(use.literal):
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]) if name.isupper():
                return name
    return None
