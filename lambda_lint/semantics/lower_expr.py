"""libcst expressions to the small expressions of `facts`."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar, cast

import libcst as cst

from lambda_lint.deployment.function import STAND_IN
from lambda_lint.semantics.facts import (
    NOTHING,
    Attr,
    CallRef,
    Closure,
    Const,
    Either,
    Expr,
    Item,
    Items,
    Opaque,
    Pairs,
    Ref,
    Text,
    Within,
)
from lambda_lint.semantics.made import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_DEPTH = 60
"""Nesting after which an expression counts as unknown; calls start anew, so call chains do not count."""

MADE: dict[type[cst.CSTNode], Made] = {
    cst.ListComp: Made.LIST,
    cst.SetComp: Made.SET,
    cst.DictComp: Made.DICT,
    cst.GeneratorExp: Made.GENERATOR,
}


class _Names(dict[str, Expr]):
    """Names as expressions: one for all places where a name stands."""

    def __init__(self) -> None:
        super().__init__({"None": Const(None), "True": Const(True), "False": Const(False)})

    def __missing__(self, name: str) -> Expr:
        self[name] = Ref(name)
        return self[name]


class ExpressionLowering:
    """Lowers expressions of one tree; calls and scopes must have been numbered before."""

    def __init__(self, calls: Mapping[cst.CSTNode, int], scopes: Mapping[cst.CSTNode, int]) -> None:
        self._calls = calls
        self._scopes = scopes
        self._names = _Names()
        self._whole: dict[cst.CSTNode, Expr] = {}
        """What was lowered by itself: rules ask about the same nodes, and answers are kept by expression."""

    def lower(self, node: cst.CSTNode | None, depth: int = 0) -> Expr:
        """The expression that `node` is; `NOTHING` for what has no value, or is nested too deep."""
        if node is None or depth > MAX_DEPTH:
            return NOTHING
        if type(node) is cst.Name:
            return self._names[node.value]
        known = None if depth else self._whole.get(node)
        if known is not None:
            return known
        method = self._TABLE.get(node.__class__)
        found = NOTHING if method is None else method(self, node, depth + 1)
        if not depth:
            self._whole[node] = found
        return found

    def _dict(self, node: cst.Dict, depth: int) -> Expr:
        return Pairs(
            tuple(
                (
                    self.lower(item.key, depth) if isinstance(item, cst.DictElement) else None,
                    self.lower(item.value, depth),
                )
                for item in node.elements
            )
        )

    def _comparison(self, node: cst.Comparison, depth: int) -> Expr:
        compared = (target.comparator for target in node.comparisons)
        return Opaque(tuple(self.lower(side, depth) for side in (node.left, *compared)), Made.TRUTH)

    def _part(self, part: cst.BaseFormattedStringContent, depth: int) -> Expr:
        if isinstance(part, cst.FormattedStringText):
            if "\\" in part.value or STAND_IN in part.value:
                return NOTHING
            return Const(part.value.replace("{{", "{").replace("}}", "}"))
        expression = cast("cst.FormattedStringExpression", part)
        inner = self.lower(expression.expression, depth)
        return Opaque((inner,)) if expression.conversion or expression.format_spec else inner

    def _subscript(self, node: cst.Subscript, depth: int) -> Expr:
        base = self.lower(node.value, depth)
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            return Item(base, self.lower(node.slice[0].slice.value, depth))
        return Opaque((base,))

    def _display(self, node: cst.List | cst.Tuple | cst.Set, depth: int) -> Expr:
        items = tuple(self.lower(element.value, depth) for element in node.elements)
        is_set = isinstance(node, cst.Set)
        if any(isinstance(element, cst.StarredElement) for element in node.elements):
            return Opaque(items, Made.SET if is_set else None)
        return Items(items, is_set)

    def _binary(self, node: cst.BinaryOperation, depth: int) -> Expr:
        spine: list[cst.BaseExpression] = []
        current: cst.BaseExpression = node
        adds = True
        while type(current) is cst.BinaryOperation:
            adds = adds and isinstance(current.operator, cst.Add)
            spine.append(current.right)
            current = current.left
        spine.append(current)
        parts = tuple(self.lower(part, depth) for part in reversed(spine))
        return Text(parts) if adds else Opaque(parts)

    def _boolean(self, node: cst.BooleanOperation, depth: int) -> Expr:
        left, right = self.lower(node.left, depth), self.lower(node.right, depth)
        if isinstance(node.operator, cst.Or):
            return Either((left, right))
        # `a and b` is b whenever it is of use; a only when it is empty.
        return Either((right, Opaque((left,))))

    def _unary(self, node: cst.UnaryOperation, depth: int) -> Expr:
        inner = self.lower(node.expression, depth)
        if isinstance(node.operator, cst.Minus) and isinstance(inner, Const):
            value = inner.value
            if isinstance(value, (int, float)):
                return Const(-value)
        return Opaque((inner,), Made.TRUTH if isinstance(node.operator, cst.Not) else None)

    def _comprehension(self, node: cst.BaseComp, depth: int) -> Expr:
        scope = self._scopes[node]
        parts: list[Expr] = [self.lower(node.for_in.iter, depth)]
        if isinstance(node, cst.DictComp):
            parts.append(Within(scope, self.lower(node.key, depth)))
            parts.append(Within(scope, self.lower(node.value, depth)))
        elif isinstance(node, cst.BaseSimpleComp):
            parts.append(Within(scope, self.lower(node.elt, depth)))
        return Opaque(tuple(parts), MADE.get(type(node)))

    _TABLE: ClassVar[dict[type[cst.CSTNode], Callable[[ExpressionLowering, Any, int], Expr]]] = {
        cst.Attribute: lambda self, node, depth: Attr(self.lower(node.value, depth), node.attr.value),
        cst.Call: lambda self, node, _: CallRef(self._calls[node]),
        cst.SimpleString: lambda _self, node, _: _string(node),
        cst.Integer: lambda _self, node, _: _number(node.value),
        cst.Float: lambda _self, node, _: Const(float(node.value)),
        cst.ConcatenatedString: lambda self, node, depth: Text(
            (self.lower(node.left, depth), self.lower(node.right, depth))
        ),
        cst.FormattedString: lambda self, node, depth: Text(
            tuple(self._part(part, depth) for part in node.parts), formatted=True
        ),
        cst.Subscript: _subscript,
        cst.List: _display,
        cst.Tuple: _display,
        cst.Set: _display,
        cst.Dict: _dict,
        cst.BinaryOperation: _binary,
        cst.BooleanOperation: _boolean,
        cst.IfExp: lambda self, node, depth: Either(
            (self.lower(node.body, depth), self.lower(node.orelse, depth)), self.lower(node.test, depth)
        ),
        cst.Lambda: lambda self, node, _: Closure(self._scopes[node]),
        cst.NamedExpr: lambda self, node, depth: self.lower(node.value, depth),
        cst.Await: lambda self, node, depth: self.lower(node.expression, depth),
        cst.UnaryOperation: _unary,
        cst.Comparison: _comparison,
        cst.ListComp: _comprehension,
        cst.SetComp: _comprehension,
        cst.DictComp: _comprehension,
        cst.StarredDictComp: _comprehension,
        cst.GeneratorExp: _comprehension,
    }
    """For all lowerings, not one: what holds itself is not freed before garbage is collected."""


def _string(node: cst.SimpleString) -> Expr:
    text = node.value
    if STAND_IN in text:
        return NOTHING
    if text[0] in "\"'" and "\\" not in text and "\r" not in text:
        quotes = 3 if text.startswith(('"""', "'''")) else 1
        return Const(text[quotes:-quotes])
    with warnings.catch_warnings():
        # Python says what it does not like in a string whenever it compiles the code; we need not.
        warnings.simplefilter("ignore")
        try:
            return Const(node.evaluated_value)
        except (ValueError, SyntaxError):
            return NOTHING


def _number(text: str) -> Expr:
    try:
        return Const(int(text, 0))
    except ValueError:
        # A leading zero, or more digits than Python converts.
        return NOTHING
