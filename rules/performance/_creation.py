"""What rules about things made anew share: is one made at each invocation, and would one for all do?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

import libcst as cst

from lambda_lint.api import (
    CONNECTIONS,
    CREDENTIAL_ATTRIBUTES,
    CREDENTIAL_SETTERS,
    Dependence,
    Returned,
    Sdk,
    SdkKind,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

CREDENTIAL_PLACES = {(name,) for name in CREDENTIAL_ATTRIBUTES}

SESSIONS = frozenset({SdkKind.SESSION, SdkKind.BOTOCORE_SESSION})

CHANGES = CREDENTIAL_SETTERS | {
    "add",
    "append",
    "extend",
    "mount",
    "set",
    "set_cookie",
    "setdefault",
    "update",
}
"""Methods by which an object is made to carry something for good."""

Chain = tuple[str, ...]
"""A name, and the names of attributes after it."""


def is_wasted(call: cst.Call, ctx: Context) -> bool:
    """Whether each invocation makes the thing again although the next one could have used it."""
    return ctx.runs_per_invocation(call) and not _varies(call, ctx) and not ctx.is_one_off(call)


def is_made_of_fresh_one(call: cst.Call, ctx: Context) -> bool:
    """Whether a part of it is itself made at each invocation: then that is the finding."""
    values = (value for part in _parts(call) for value in ctx.values_of(part))
    return any(_is_base(value) and ctx.is_made_per_invocation(value) for value in values)


def when(call: cst.Call, ctx: Context) -> str:
    """How often it is made, in words."""
    if ctx.call_facts(call).in_loop:
        return "in each round of a loop"
    step = ctx.loop_on_path(call)
    return "at each invocation" if step is None else f"in each round of the loop in `{step.caller}`"


def late_default(call: cst.Call, ctx: Context) -> str | None:
    """What to do about `clients.setdefault(name, boto3.client(name))`, which looks like a cache."""
    match ctx.parent(ctx.parent(call) or call):
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="setdefault"))):
            return "`setdefault` evaluates its argument even if the key is there: look for the key first"
    return None


def _is_base(value: Value) -> TypeGuard[Sdk | Returned]:
    """Whether it is something that clients or connections are made from."""
    if isinstance(value, Sdk):
        return value.kind in SESSIONS
    return isinstance(value, Returned) and value.callee in CONNECTIONS


def _parts(call: cst.Call) -> list[cst.BaseExpression]:
    """All that goes into what the call makes: the arguments, and the object whose method it is."""
    parts = [arg.value for arg in call.args]
    return [*parts, call.func.value] if isinstance(call.func, cst.Attribute) else parts


# -- does it belong to one invocation?


def _varies(call: cst.Call, ctx: Context) -> bool:
    """Whether it may differ from one invocation to the next, as it is made or by what is done to it then."""
    if any(arg.star and not _is_handed_on(arg, call, ctx) for arg in call.args):
        return True
    parts = _parts(call)
    if any(_carries(part, ctx) for part in parts):
        return True
    bases = (part for part in parts if any(_is_base(value) for value in ctx.values_of(part)))
    places = [place for node in (*bases, *_targets(call, ctx)) if (place := _chain(node))]
    return any(_is_given_something(place, call, ctx) for place in places)


def _is_handed_on(arg: cst.Arg, call: cst.Call, ctx: Context) -> bool:
    """Whether a `*` argument is a parameter of a function around, so that it holds what the callers pass."""
    functions = (each for each in ctx.module.tree.ancestors(call) if isinstance(each, cst.FunctionDef))
    params = (star for each in functions for star in (each.params.star_arg, each.params.star_kwarg))
    names = {param.name.value for param in params if isinstance(param, cst.Param)}
    return isinstance(arg.value, cst.Name) and arg.value.value in names


def _carries(node: cst.CSTNode, ctx: Context) -> bool:
    return ctx.dependence_of(node) != Dependence.NONE


def _targets(call: cst.Call, ctx: Context) -> Iterator[cst.CSTNode]:
    """What the new thing is bound to."""
    parent = ctx.parent(call)
    match parent:
        case cst.Assign():
            yield from (target.target for target in parent.targets)
        case cst.AnnAssign() | cst.NamedExpr():
            yield parent.target
        case cst.WithItem(asname=cst.AsName(name=name)):
            yield name


def _chain(node: cst.CSTNode) -> Chain:
    """`self.session` as `("self", "session")`; empty for anything but names and attributes of names."""
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(node.attr.value)
        node = node.value
    return (node.value, *reversed(names)) if isinstance(node, cst.Name) else ()


def _is_given_something(place: Chain, near: cst.Call, ctx: Context) -> bool:
    """Whether the thing at the place is later given credentials, or state that varies, as a header does."""
    around = (cst.FunctionDef, cst.Lambda) if len(place) == 1 else cst.ClassDef
    changes = ctx.once(_changes).get(place[0])
    if changes is None:
        return False
    tree, end = ctx.module.tree, ctx.module.lowered.layout.end
    root = next((above for above in tree.ancestors(near) if isinstance(above, around)), tree.module)
    first = tree.order[root]
    return any(first <= tree.order[node] <= end[first] and _gives(node, place, ctx) for node in changes)


def _changes(ctx: Context) -> dict[str, list[cst.Call | cst.Assign]]:
    """By the name with which a chain begins: the calls and assignments that may change what it stands for."""
    found: dict[str, list[cst.Call | cst.Assign]] = {}
    tree = ctx.module.tree
    for call in tree.of_type(cst.Call):
        match call.func:
            case cst.Attribute(value=base, attr=cst.Name(value=method)) if method in CHANGES:
                for name in _chain(base)[:1]:
                    found.setdefault(name, []).append(call)
    for assign in tree.of_type(cst.Assign):
        targets = (each.target for each in assign.targets)
        bases = (each.value for each in targets if isinstance(each, (cst.Attribute, cst.Subscript)))
        for name in {name for base in bases for name in _chain(base)[:1]}:
            found.setdefault(name, []).append(assign)
    return found


def _gives(change: cst.Call | cst.Assign, place: Chain, ctx: Context) -> bool:
    if isinstance(change, cst.Assign):
        targets = (each.target for each in change.targets)
        return any(_sets(target, place) and _is_personal(target, change.value, ctx) for target in targets)
    method = cst.ensure_type(change.func, cst.Attribute)
    is_setter = method.attr.value in CREDENTIAL_SETTERS
    return _is_at(method.value, place) and (is_setter or any(_carries(arg.value, ctx) for arg in change.args))


def _sets(target: cst.CSTNode, place: Chain) -> bool:
    """Whether an assignment changes the thing itself: one of its attributes, or an item of one."""
    if isinstance(target, cst.Subscript):
        return _is_at(target.value, place)
    return _is_at(target, place) and len(_chain(target)) > len(place)


def _is_at(node: cst.CSTNode, place: Chain) -> bool:
    return _chain(node)[: len(place)] == place


def _is_personal(target: cst.CSTNode, value: cst.CSTNode, ctx: Context) -> bool:
    return _chain(target)[-1:] in CREDENTIAL_PLACES or _carries(value, ctx)
