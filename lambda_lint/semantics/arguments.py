"""Which argument of a call a parameter receives."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from lambda_lint.semantics.facts import ParamKind

if TYPE_CHECKING:
    from lambda_lint.semantics.facts import Call, Expr, Scope


class Absent(Enum):
    """Why a parameter has no argument."""

    DEFAULT = "default"
    """Not given: the parameter's default holds."""
    UNCLEAR = "unclear"
    """A `*` or `**` argument may give it, or it gathers several."""


UNCLEAR: Final = Absent.UNCLEAR
DEFAULT: Final = Absent.DEFAULT


def position_of(function: Scope, name: str, *, bound: bool) -> int | Absent | None:
    """Where a call passes the parameter `name`: None if by keyword only, UNCLEAR if it gathers."""
    position = 0
    for param in function.params:
        if param.name == name:
            if param.kind is ParamKind.PLAIN:
                return position - bound
            return None if param.kind is ParamKind.KEYWORD else UNCLEAR
        position += param.kind is ParamKind.PLAIN
    return UNCLEAR


def argument_at(call: Call, index: int | None, name: str | None) -> Expr | Absent:
    """The argument at position `index` (None: by keyword only) or with keyword `name`."""
    unclear = False
    position = 0
    for arg in call.args:
        if arg.star == "**":
            unclear = True
        elif arg.star == "*":
            unclear, position = True, len(call.args) + 1000
        elif arg.keyword is not None:
            if arg.keyword == name:
                return arg.value
        else:
            if position == index:
                return arg.value
            position += 1
    return UNCLEAR if unclear else DEFAULT
