"""Whether an expression of a function means the same at module level, once, and what has to be there for it.

Literals do, names that the module binds once, and reads of the environment; what comes from outside of the
project only if it is known to depend on nothing else. Whatever else stands in an expression, it does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.analyses.free_names import BUILTINS, FreeNames
from lambda_lint.semantics.facts import Imported
from lambda_lint.semantics.values import Constant, Environment

if TYPE_CHECKING:
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Scope

PURE = frozenset(
    {
        "botocore.client.Config",
        "botocore.config.Config",
        "builtins.bool",
        "builtins.dict",
        "builtins.float",
        "builtins.int",
        "builtins.str",
        "httpx.Limits",
        "httpx.Timeout",
        "os.environ.get",
        "os.getenv",
        "os.path.join",
        "urllib3.Retry",
        "urllib3.Timeout",
        "urllib3.util.Retry",
        "urllib3.util.Timeout",
        "urllib3.util.retry.Retry",
        "urllib3.util.timeout.Timeout",
    }
)
"""What a call of these gives depends on the arguments, and the environment, alone."""

TRANSPARENT: frozenset[type[cst.CSTNode]] = frozenset(
    {
        cst.Arg,
        cst.BinaryOperation,
        cst.BooleanOperation,
        cst.Comparison,
        cst.ComparisonTarget,
        cst.ConcatenatedString,
        cst.Dict,
        cst.DictElement,
        cst.Element,
        cst.Float,
        cst.FormattedString,
        cst.FormattedStringExpression,
        cst.FormattedStringText,
        cst.IfExp,
        cst.Integer,
        cst.List,
        cst.Set,
        cst.SimpleString,
        cst.Tuple,
        cst.UnaryOperation,
    }
)
"""Nodes that mean what their parts mean."""


@dataclass(slots=True)
class Moving:
    """What an expression needs at module level."""

    after: int = 0
    """The last node of the module's top level that must have run before; 0 if none."""
    imports: dict[str, Imported] = field(default_factory=dict)
    """Imports of functions, by the name that they bind."""
    definitions: list[cst.Assign] = field(default_factory=list)
    """Assignments of functions that must move too, in order."""


def moving(call: cst.Call, ctx: Context) -> Moving | None:
    """What a call needs to be made at module level instead; None if it cannot, or not for sure."""
    needs = Moving()
    found = _Search(ctx, needs)
    parts: list[cst.CSTNode] = [*call.args]
    # Of a method the object has to be there; which method it is the caller knows.
    parts.append(call.func.value if isinstance(call.func, cst.Attribute) else call.func)
    return needs if all(found.is_movable(part) for part in parts) else None


class _Search:
    def __init__(self, ctx: Context, needs: Moving) -> None:
        self._ctx, self._needs = ctx, needs
        self._lowered = ctx.module.lowered
        self._names = FreeNames(self._lowered)
        self._known: set[str] = set()

    def is_movable(self, root: cst.CSTNode) -> bool:
        """Whether all parts of an expression are; on the way it is noted what they need."""
        pending = [root]
        while pending:
            node = pending.pop()
            if isinstance(node, cst.Name):
                if not self._is_known_above(node):
                    return False
                continue
            if not self._is_plain(node):
                return False
            pending.extend(self._parts(node))
        return True

    def _is_plain(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Arg):
            return not node.star
        if isinstance(node, cst.Call):
            return self._ctx.name_of(node.func) in PURE or self._is_value(node)
        if isinstance(node, (cst.Attribute, cst.Subscript)):
            return self._is_value(node) or self._ctx.name_of(node) is not None
        return type(node) in TRANSPARENT

    def _is_value(self, node: cst.CSTNode) -> bool:
        return isinstance(self._ctx.value_of(node), (Constant, Environment))

    def _parts(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        if isinstance(node, cst.Attribute):
            return [node.value]
        if isinstance(node, cst.Arg):
            return [node.value]
        if isinstance(node, cst.Subscript):
            return [
                node.value,
                *(part.slice.value for part in node.slice if isinstance(part.slice, cst.Index)),
            ]
        tree = self._ctx.module.tree
        order, end = tree.order[node], self._lowered.layout.end[tree.order[node]]
        below = tree.nodes[order + 1 : end + 1]
        return [each for each in below if tree.parents[each] is node]

    # -- names

    def _is_known_above(self, node: cst.Name) -> bool:
        """Whether a name is, or can be brought to be, what it is here at module level too."""
        name = node.value
        scope = self._names.binder(name, node)
        if scope is None:
            return name in BUILTINS and not self._lowered.facts.star_imports
        bindings = scope.bindings.get(name, ())
        if any(param.name == name for param in scope.params) or not bindings:
            return False
        value = bindings[0].value
        is_import = isinstance(value, Imported) and all(each.value == value for each in bindings)
        if scope.index == 0:
            self._needs.after = max(self._needs.after, bindings[0].order)
            return bindings[0].sure and (len(bindings) == 1 or is_import)
        if is_import and isinstance(value, Imported):
            self._needs.imports[name] = value
            return value.level == 0
        return len(bindings) == 1 and self._is_movable_definition(scope, name)

    def _is_movable_definition(self, scope: Scope, name: str) -> bool:
        """Whether `name = …` in a function can move up: once, and from there nobody else is disturbed."""
        if name in self._known:
            return True
        self._known.add(name)
        stores = self._lowered.layout.locals.get((scope.order, name), ())
        assign = self._ctx.module.tree.nodes[stores[0][0]] if len(stores) == 1 else None
        if not isinstance(assign, cst.Assign) or len(assign.targets) != 1:
            return False
        if not self._names.can_move_up(name, assign) or not self.is_movable(assign.value):
            return False
        self._needs.definitions.append(assign)
        return True
