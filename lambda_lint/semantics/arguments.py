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
    positional = [param.name for param in function.params if param.kind is ParamKind.PLAIN]
    kind = next((param.kind for param in function.params if param.name == name), None)
    if kind is ParamKind.STAR or kind is ParamKind.DOUBLE_STAR or kind is None:
        return UNCLEAR
    return positional.index(name) - bound if name in positional else None


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
