"""What code does to the environment variables of its own process: which it sets, changes and removes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.semantics.facts import Items, Pairs
from lambda_lint.semantics.values import Constant, Display, Environment, Returned, Values, Where, agreed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Expr

Writing: TypeAlias = "cst.Subscript | cst.Call | cst.AugAssign"
"""The nodes that may write to the environment."""

ENVIRONMENTS = ("os.environ", "os.environb")
SETS, CHANGES, REMOVES = "sets", "changes", "removes"

_BY_FIRST_ARGUMENT = {
    "os.putenv": SETS,
    "os.unsetenv": REMOVES,
    **{f"{name}.__setitem__": SETS for name in ENVIRONMENTS},
    **{f"{name}.{method}": REMOVES for name in ENVIRONMENTS for method in ("pop", "__delitem__")},
}
_BY_MAPPING = frozenset(f"{name}.update" for name in ENVIRONMENTS)
_HOLDERS = (cst.Element, cst.List, cst.StarredElement, cst.Tuple)
_PAIR = 2


@dataclass(frozen=True, slots=True)
class EnvironmentWrite:
    """A variable by its name, and what is done to it: it is set, changed or removed."""

    does: str
    name: str


def environment_writes(ctx: Context, node: Writing) -> tuple[EnvironmentWrite, ...]:
    """The variables that a node certainly writes to, some run of it at least; what may be any is not told.

    `os.environ.setdefault` is none: it leaves alone what is there.
    """
    found = (EnvironmentWrite(does, name) for does, keys in _written(ctx, node) for name in _names(keys))
    return tuple(dict.fromkeys(found))


def reads_environment(ctx: Context, expression: cst.CSTNode) -> bool:
    """Whether a part of an expression is a variable, or the environment as a whole."""
    return any(
        isinstance(value, Environment) or getattr(value, "name", None) in ENVIRONMENTS
        for node in ctx.module.tree.subtree(expression)
        if isinstance(node, (cst.Name, cst.Attribute, cst.Subscript, cst.Call))
        for value in ctx.values_of(node)
    )


def _written(ctx: Context, node: Writing) -> Iterator[tuple[str, Values]]:
    match node:
        case cst.Subscript(value=owner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            does = _done_to(ctx, node)
            if does and ctx.name_of(owner) in ENVIRONMENTS:
                yield does, ctx.values_of(key)
        case cst.AugAssign(operator=cst.BitOrAssign()):
            if ctx.name_of(node.target) in ENVIRONMENTS:
                yield from ((SETS, keys) for keys in _keys(ctx, node.value))
        case cst.Call():
            yield from _written_by_call(ctx, node)


def _written_by_call(ctx: Context, call: cst.Call) -> Iterator[tuple[str, Values]]:
    called = ctx.name_of(call.func)
    if called in _BY_FIRST_ARGUMENT:
        if call.args and not call.args[0].star and call.args[0].keyword is None:
            yield _BY_FIRST_ARGUMENT[called], ctx.values_of(call.args[0].value)
    elif called in _BY_MAPPING:
        for arg in call.args:
            if arg.keyword is not None:
                yield SETS, (Constant(arg.keyword.value),)
            elif arg.star != "*":
                yield from ((SETS, keys) for keys in _keys(ctx, arg.value))


def _done_to(ctx: Context, node: cst.CSTNode) -> str | None:
    """What a statement does to what an expression names, if it is the target of one."""
    place = node
    above = ctx.parent(place)
    while isinstance(above, _HOLDERS):
        place, above = above, ctx.parent(above)
    match above:
        case cst.AssignTarget():
            return SETS
        case cst.AnnAssign(target=target, value=cst.BaseExpression()) if target is place:
            return SETS
        case cst.AugAssign(target=target) if target is place:
            return CHANGES
        case cst.Del():
            return REMOVES
        case _:
            return None


def _keys(ctx: Context, mapping: cst.BaseExpression) -> Iterator[Values]:
    """The keys of a dict, or of pairs, that is written out close by."""
    evaluator = ctx.project.evaluator
    pending = [ctx.object_of(mapping)]
    while pending:
        found = pending.pop()
        match found:
            case Display(expr=expr):
                seen = evaluator.inside(found)
                yield from (evaluator.values(seen, key) for key in _written_keys(expr))
            case Returned("builtins.dict", made):
                call = evaluator.call(made)
                where = Where(made[0], call.scope, call.order)
                yield from ((Constant(arg.keyword),) for arg in call.args if arg.keyword is not None)
                taken = [arg.value for arg in call.args if arg.keyword is None and arg.star != "*"]
                pending += [agreed(evaluator.values(where, each)) for each in taken]


def _written_keys(display: Expr) -> Iterator[Expr]:
    pairs = display.pairs if isinstance(display, Pairs) else ()
    yield from (key for key, _ in pairs if key is not None)
    items = display.items if isinstance(display, Items) else ()
    yield from (item.items[0] for item in items if isinstance(item, Items) and len(item.items) == _PAIR)


def _names(keys: Values) -> Iterator[str]:
    """The names that a key may be; none if it may be something that is not known."""
    if all(isinstance(key, Constant) for key in keys):
        for key in keys:
            if isinstance(key, Constant) and isinstance(key.value, str | bytes):
                yield key.value if isinstance(key.value, str) else key.value.decode("utf-8", "replace")
