"""What an expression binds, is about, or puts together: what measuring asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

STRINGS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)


def bound_names(target: cst.BaseExpression) -> Iterator[str]:
    """The variables that a target binds."""
    targets = [target]
    while targets:
        current = targets.pop()
        if isinstance(current, cst.Name):
            yield current.value
        elif isinstance(current, cst.Tuple | cst.List):
            targets += [element.value for element in current.elements]


def root_name(expression: cst.BaseExpression) -> str | None:
    """`event` of `event["detail"].get("x")`."""
    while isinstance(expression, cst.Attribute | cst.Subscript | cst.Call):
        expression = expression.func if isinstance(expression, cst.Call) else expression.value
    return expression.value if isinstance(expression, cst.Name) else None


def is_formatting(operation: cst.BinaryOperation) -> bool:
    """`"%s" % x`, `"a" + str(b) + "c"`: text is put together, nothing is computed."""
    if isinstance(operation.operator, cst.Modulo):
        return isinstance(operation.left, STRINGS)
    left: cst.BaseExpression = operation
    while isinstance(left, cst.BinaryOperation) and isinstance(left.operator, cst.Add):
        if is_text(left.right):
            return True
        left = left.left
    return is_text(left)


def is_text(expression: cst.BaseExpression) -> bool:
    if isinstance(expression, cst.Call):
        return isinstance(expression.func, cst.Name) and expression.func.value in {"str", "repr"}
    return isinstance(expression, STRINGS)
