"""What the rules about hardcoded things share: literals, and the deployed calls that they feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Related, Safety

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.api import Context, Edit, Edits, Fix, Step

MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Use:
    """A call that is given a literal."""

    call: cst.Call
    literal: cst.BaseExpression
    text: str
    kind: str
    """What the literal names, in words."""
    variable: str = ""
    """An environment variable that could take its place."""


def written_argument(call: cst.Call, keyword: str | None, position: int | None) -> cst.BaseExpression:
    """The expression that a call gives for a parameter; the call itself if that comes by a detour."""
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == keyword:
            return arg.value
    before = call.args[: position + 1] if position is not None else ()
    is_there = position is not None and len(before) == position + 1
    return before[-1].value if is_there and not any(arg.star or arg.keyword for arg in before) else call


def related_to(uses: Sequence[Use], at: cst.BaseExpression) -> tuple[Related, ...]:
    """The calls that are given what is written somewhere else, and further places with the same text."""
    others = [use for use in uses if use.literal is not at]
    fed = [use for use in uses if use.literal is at and not _holds(use.call, at)]
    places = [Related(use.call, "is given here") for use in fed]
    places += [Related(use.literal, "and here") for use in others]
    return tuple(places[:MOST_RELATED])


def path_to_first(uses: Sequence[Use], ctx: Context) -> tuple[Step, ...]:
    """The way to the first of the calls that runs at each invocation, if one does."""
    return next((ctx.path_to(use.call) for use in uses if ctx.runs_per_invocation(use.call)), ())


def from_environment(
    literals: Sequence[cst.BaseExpression], variable: str, text: str, edits: Edits
) -> Fix | None:
    """Put a read of an environment variable in the place of each literal, if all of them are plain ones."""
    changes: list[Edit] = []
    for literal in literals:
        if not isinstance(literal, cst.SimpleString) or literal.evaluated_value != text:
            return None
        module, imports = edits.ensure_import("os", at=literal)
        changes += [*imports, edits.replace(literal, f'{module}.environ["{variable}"]')]
    return edits.fix(f"read the environment variable `{variable}`", changes, Safety.UNSAFE)


def _holds(call: cst.Call, literal: cst.BaseExpression) -> bool:
    return any(arg.value is literal for arg in call.args)
