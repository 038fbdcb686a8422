"""Where a value goes that was made once per environment, and whether it is then taken to be fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    CONVERSIONS,
    FOR_EACH_REQUEST,
    FOR_ENVIRONMENT,
    SENDERS,
    STATEMENTS,
    Constant,
    External,
    Returned,
    SdkMethod,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

TIMEDELTA = "datetime.timedelta"
SCRATCH = "/tmp"  # noqa: S108 - the folder of an environment, for which names need not be fresh
MOST_STEPS = 200


class Flow:
    """Follows a value upwards through expressions and local names."""

    def __init__(self, ctx: Context, *, is_time: bool) -> None:
        self._ctx = ctx
        self._is_time = is_time
        self._seen: set[cst.CSTNode] = set()
        self._pending: list[cst.CSTNode] = []

    def sink(self, read: cst.CSTNode) -> cst.Call | None:
        """A call that sends the value away as if it had just been made."""
        self._pending.append(read)
        while self._pending and len(self._seen) < MOST_STEPS:
            node = self._pending.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            parent = self._ctx.parent(node)
            above = above_of(node, self._ctx)
            if above is not None:
                self._pending.append(above)
            elif isinstance(parent, (cst.Element, cst.DictElement)):
                self._pending.extend(filter(None, [self._ctx.parent(parent)]))
            elif isinstance(parent, cst.Arg):
                call = self._ctx.parent(parent)
                if isinstance(call, cst.Call) and self._is_sent(call, parent, read):
                    return call
            else:
                self._pending.extend(self._reads_of_targets(parent))
        return None

    def _is_sent(self, call: cst.Call, arg: cst.Arg, read: cst.CSTNode) -> bool:
        match self._ctx.object_of(call.func):
            case SdkMethod():
                names = {arg.keyword.value} if arg.keyword else set()
                if self._is_time:
                    return not names & FOR_ENVIRONMENT
                return bool((names | set(self._keys(read))) & FOR_EACH_REQUEST)
            case External(name):
                return self._is_time and (name.startswith(SENDERS) or name.endswith(STATEMENTS))
        return False

    def _keys(self, read: cst.CSTNode) -> Iterator[str]:
        """The keys of the dicts in which the value stands, in the same expression."""
        for above in self._ctx.module.tree.ancestors(read):
            if isinstance(above, cst.DictElement):
                key = self._ctx.value_of(above.key)
                if isinstance(key, Constant) and isinstance(key.value, str):
                    yield key.value

    def _reads_of_targets(self, statement: cst.CSTNode | None) -> Iterator[cst.CSTNode]:
        for target in targets_of(statement):
            base = target.value if isinstance(target, cst.Subscript) else target
            function = self._ctx.function_around(target)
            if isinstance(base, cst.Name) and function is not None:
                for node in self._ctx.module.tree.subtree(function):
                    if isinstance(node, cst.Name) and node.value == base.value and node is not base:
                        yield node


def above_of(node: cst.CSTNode, ctx: Context) -> cst.CSTNode | None:
    """The expression around that is as fresh as the node, if there is one: `now.isoformat()`, `f"{now}"`."""
    parent = ctx.parent(node)
    match parent:
        case cst.Attribute(value=value) if value is node:
            call = ctx.parent(parent)
            return call if isinstance(call, cst.Call) and call.func is parent else parent
        case cst.Subscript(value=value) if value is node:
            return parent
        case cst.BinaryOperation(left, operator, right):
            other = right if left is node else left
            if isinstance(operator, cst.Subtract) and not _is_step(other, ctx):
                return None
            return None if _is_scratch(parent, ctx) else parent
        case cst.FormattedStringExpression():
            text = ctx.parent(parent)
            return None if text is None or _is_scratch(text, ctx) else text
        case cst.ConcatenatedString() | cst.Await():
            return parent
        case cst.IfExp(test=test) if test is not node:
            return parent
        case cst.BooleanOperation():
            return parent
        case cst.Arg():
            call = ctx.parent(parent)
            return call if isinstance(call, cst.Call) and _converts(call, ctx) else None
    return None


def targets_of(statement: cst.CSTNode | None) -> list[cst.BaseExpression]:
    """What a statement assigns to."""
    match statement:
        case cst.Assign(targets=targets):
            return [each.target for each in targets]
        case cst.AnnAssign(target=target) | cst.NamedExpr(target=target):
            return [target]
    return []


def _converts(call: cst.Call, ctx: Context) -> bool:
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "format":
        return isinstance(ctx.value_of(call.func.value), Constant)
    return ctx.name_of(call.func) in CONVERSIONS


def _is_step(other: cst.BaseExpression, ctx: Context) -> bool:
    """Whether a difference to it is a time again: a number or a `timedelta`."""
    found = ctx.object_of(other)
    if isinstance(found, Constant):
        return not isinstance(found.value, str)
    return isinstance(found, Returned) and found.callee == TIMEDELTA


def _is_scratch(text: cst.CSTNode, ctx: Context) -> bool:
    """Whether it is the path of a file that only this environment sees."""
    return any(
        SCRATCH in part.value
        for part in ctx.module.tree.subtree(text)
        if isinstance(part, (cst.SimpleString, cst.FormattedStringText))
    )
