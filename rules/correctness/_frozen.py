"""What a value that is made at INIT is kept in, and where the invocations read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import RECORD_BASES, RECORD_DECORATORS, is_default_used, is_field_left_out

from ._freshness import above_of, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

DEFAULT_HELP = "let the default be `None`, and ask for the value in the body of the function"
FIELD_HELP = "give the field a `default_factory`, which is called for each instance"

NAMING_FIELDS = ("attr", "keyword", "name", "target")

BODIES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A name or an attribute that keeps a value for as long as the environment lives."""

    what: str
    name: str
    within: cst.CSTNode
    """The module, the class or the function in which it is read."""
    is_attribute: bool = False
    is_certain: bool = False
    """Whether the invocations are known to take it for fresh, as they do with a default."""
    help: str | None = None


def kept_by(made: cst.CSTNode, ctx: Context) -> Iterator[Kept]:
    """What keeps a value that is made at `made`, or something that is as old."""
    pending, seen = [made], set[str]()
    while pending:
        node = pending.pop()
        while (above := above_of(node, ctx)) is not None:
            node = above
        for kept in _keeping(node, ctx):
            if kept.what not in seen:
                seen.add(kept.what)
                yield kept
                if kept.within is ctx.module.tree.module:
                    pending.extend(name for name in _names(kept, ctx) if ctx.function_around(name) is None)


def reads_of(kept: Kept, ctx: Context) -> Iterator[cst.CSTNode]:
    """Where each invocation reads it."""
    places = _attributes(kept, ctx) if kept.is_attribute else _names(kept, ctx)
    return (node for node in places if ctx.function_around(node) and ctx.runs_per_invocation(node))


def _keeping(node: cst.CSTNode, ctx: Context) -> Iterator[Kept]:
    """What an expression is assigned to, or is the default of."""
    parent = ctx.parent(node)
    if isinstance(parent, cst.Param):
        yield from _default(parent, ctx)
        return
    body = next((each for each in ctx.module.tree.ancestors(node) if isinstance(each, BODIES)), None)
    for target in targets_of(parent):
        if isinstance(target, cst.Name) and body is None:
            if _is_bound_once(target.value, ctx):
                yield Kept(f"`{target.value}`", target.value, ctx.module.tree.module)
        elif isinstance(target, cst.Name) and isinstance(body, cst.ClassDef):
            yield from _member(target.value, body, ctx)
        elif isinstance(target, cst.Attribute) and isinstance(body, cst.FunctionDef):
            cls = ctx.parent(ctx.parent(body) or body)
            if isinstance(cls, cst.ClassDef):
                yield from _attribute(target.attr.value, cls, ctx)


def _member(name: str, cls: cst.ClassDef, ctx: Context) -> Iterator[Kept]:
    if not _is_record(cls, ctx):
        yield from _attribute(name, cls, ctx)
    elif is_field_left_out(ctx, cls, name):
        what = f"the default of `{cls.name.value}.{name}`"
        yield Kept(what, name, cls, is_certain=True, help=FIELD_HELP)


def _default(param: cst.Param, ctx: Context) -> Iterator[Kept]:
    function = ctx.parent(ctx.parent(param) or param)
    name = param.name.value
    if isinstance(function, cst.FunctionDef) and is_default_used(ctx, function, name):
        what = f"the default of `{name}`"
        yield Kept(what, name, function.body, is_certain=True, help=DEFAULT_HELP)


def _attribute(name: str, cls: cst.ClassDef, ctx: Context) -> Iterator[Kept]:
    """An attribute, unless it is set at several places."""
    stores = [
        node
        for node in ctx.module.tree.subtree(cls)
        if isinstance(node, cst.Attribute)
        and node.attr.value == name
        and isinstance(ctx.parent(node), (cst.AssignTarget, cst.AnnAssign, cst.AugAssign))
    ]
    if len(stores) <= 1 and name not in ctx.project.evaluator.outside_stores:
        yield Kept(f"`{cls.name.value}.{name}`", name, cls, is_attribute=True)


def _is_record(cls: cst.ClassDef, ctx: Context) -> bool:
    """Whether the values in the body of the class are the defaults of its instances' fields."""
    decorators = (each.decorator for each in cls.decorators)
    called = (each.func if isinstance(each, cst.Call) else each for each in decorators)
    return any(ctx.name_of(each) in RECORD_DECORATORS for each in called) or any(
        ctx.name_of(base.value) in RECORD_BASES for base in cls.bases
    )


def _is_bound_once(name: str, ctx: Context) -> bool:
    bindings = ctx.module.lowered.facts.scopes[0].bindings.get(name, ())
    return len(bindings) == 1 and name not in ctx.project.evaluator.outside_stores


def _names(kept: Kept, ctx: Context) -> Iterator[cst.CSTNode]:
    """The reads of a name of the module."""
    names, lowered = ctx.project.evaluator.names, ctx.module.lowered
    for node in ctx.module.tree.of_type(cst.Name):
        if node.value == kept.name and _is_read(node, ctx):
            scope, _ = names.binding_scope(ctx.module.number, lowered.scope_index(node), kept.name, None)
            if scope is not None and scope.parent is None:
                yield node


def _is_read(node: cst.Name, ctx: Context) -> bool:
    """Whether a name stands for its value, and not for an attribute, a keyword or what is assigned to."""
    parent = ctx.parent(node)
    return not any(getattr(parent, field, None) is node for field in NAMING_FIELDS)


def _attributes(kept: Kept, ctx: Context) -> Iterator[cst.CSTNode]:
    """The reads of an attribute in the class, or by the name of the class."""
    for node in ctx.module.tree.subtree(kept.within):
        if isinstance(node, cst.Attribute) and node.attr.value == kept.name:
            is_stored = isinstance(ctx.parent(node), (cst.AssignTarget, cst.AnnAssign))
            if isinstance(node.value, cst.Name) and not is_stored:
                yield node
