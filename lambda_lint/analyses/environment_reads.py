"""Which environment variables code reads, and whether that is all it does with the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.analyses.attempts import attempts_around, is_broad
from lambda_lint.analyses.environment_writes import environment_writes, reads_environment
from lambda_lint.semantics.values import Constant, External, Where, agreed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Expr
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import Values

ENVIRONMENT = "os.environ"
GETTERS = frozenset({"get", "pop", "setdefault", "__contains__", "__getitem__"})
_LOOKUP_ERRORS = frozenset({"builtins.KeyError", "builtins.LookupError"})
_TESTED = (cst.If, cst.IfExp, cst.While)
_FILLS = frozenset(
    {"os.environ.update", "os.environ.__ior__", "dotenv.load_dotenv", "dotenv.main.load_dotenv"}
)
_SETS = frozenset({"os.environ.setdefault", "os.environ.__setitem__", "os.putenv"})


def demanded_variable(ctx: Context, node: cst.Subscript) -> str | None:
    """The variable without which `os.environ["NAME"]` fails here, and nothing is prepared for that."""
    if ctx.name_of(node.value) != ENVIRONMENT or environment_writes(ctx, node):
        return None
    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=key))]:
            name = _text(ctx, key)
            return None if name is None or _is_prepared(ctx, node, name) else name
    return None


def _text(ctx: Context, key: cst.BaseExpression) -> str | None:
    value = ctx.object_of(key)
    return value.value if isinstance(value, Constant) and isinstance(value.value, str) else None


def _is_prepared(ctx: Context, node: cst.Subscript, name: str) -> bool:
    """Whether the error is caught, or the environment asked before, here or for the same variable."""
    if any(_catches(ctx, catch) for attempt in attempts_around(ctx, node) for catch in attempt.handlers):
        return True
    below: cst.CSTNode = node
    for above in ctx.module.tree.ancestors(node):
        if isinstance(above, _TESTED) and below is not above.test and reads_environment(ctx, above.test):
            return True
        if (
            isinstance(above, cst.BooleanOperation)
            and below is above.right
            and reads_environment(ctx, above.left)
        ):
            return True
        below = above
    return name in ctx.once(_asked_for)


def _catches(ctx: Context, catch: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    kind = catch.type
    kinds = [each.value for each in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
    return is_broad(ctx, catch) or any(
        each is not None and ctx.name_of(each) in _LOOKUP_ERRORS for each in kinds
    )


def _asked_for(ctx: Context) -> frozenset[str]:
    """The variables for which a module asks with `in` somewhere."""
    found: set[str] = set()
    for comparison in ctx.module.tree.of_type(cst.Comparison):
        for target in comparison.comparisons:
            is_member = isinstance(target.operator, (cst.In, cst.NotIn))
            if is_member and reads_environment(ctx, target.comparator):
                value = _text(ctx, comparison.left)
                found.update(() if value is None else (value,))
    return frozenset(found)


class EnvironmentFills:
    """Which variables code of the project sets itself. For `Project.once`."""

    def __init__(self, project: Project) -> None:
        self.names: set[str] = set()
        self.is_open = False
        """Whether it may set any."""
        for number, facts in enumerate(project.modules):
            for store in facts.item_stores:
                where = Where(number, store.scope, store.order)
                if _is_environment(project.evaluator.values(where, store.base)):
                    self._add(project, where, store.key)
            for call in facts.calls:
                where = Where(number, call.scope, call.order)
                for value in project.evaluator.values(where, call.func):
                    called = value.name if isinstance(value, External) else ""
                    if called in _SETS and call.args:
                        self._add(project, where, call.args[0].value)
                    self.is_open |= called in _FILLS

    def _add(self, project: Project, where: Where, key: Expr) -> None:
        value = agreed(project.evaluator.values(where, key))
        if isinstance(value, Constant) and isinstance(value.value, str):
            self.names.add(value.value)
        else:
            self.is_open = True


def _is_environment(values: Values) -> bool:
    return any(isinstance(value, External) and value.name == ENVIRONMENT for value in values)


def reads_only_by_name(ctx: Context) -> bool:
    """Whether a module takes nothing from the environment but variables whose names it says."""
    nodes: Iterator[cst.CSTNode] = (
        node for kind in (cst.Name, cst.Attribute) for node in ctx.module.tree.of_type(kind)
    )
    return all(_is_by_name(ctx, node) for node in nodes)


def _is_by_name(ctx: Context, node: cst.CSTNode) -> bool:
    above = ctx.parent(node)
    if isinstance(above, (cst.ImportAlias, cst.ImportFrom, cst.AsName, cst.Arg)) and (
        not isinstance(above, cst.Arg) or above.keyword is node
    ):
        return True
    if isinstance(above, cst.Attribute) and above.attr is node:
        return True
    name = ctx.name_of(node)
    if name == "os.getenv":
        return _takes_name(ctx, node)
    if name not in {ENVIRONMENT, "os.environb"}:
        return True
    match above:
        case cst.Subscript(value=owner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]) if (
            owner is node
        ):
            return _text(ctx, key) is not None
        case cst.Attribute(attr=cst.Name(value=method)):
            return method in GETTERS and _takes_name(ctx, above)
        case cst.ComparisonTarget(operator=cst.In() | cst.NotIn()):
            asked = ctx.parent(above)
            return isinstance(asked, cst.Comparison) and _text(ctx, asked.left) is not None
    return False


def _takes_name(ctx: Context, function: cst.CSTNode) -> bool:
    """Whether a function is called with the name of a variable."""
    call = ctx.parent(function)
    if not isinstance(call, cst.Call) or call.func is not function or not call.args:
        return False
    return not call.args[0].star and _text(ctx, call.args[0].value) is not None
