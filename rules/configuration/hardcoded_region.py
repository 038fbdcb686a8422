"""LL080: code says in which region it runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import DEPLOYED_PHASES, Module, Reach, Rule, Safety, Severity

from ._places import from_environment, path_to_first, related_to
from ._regions import argument_to_drop, is_at_edge, region_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edits, Fix, Violation

    from ._places import Use


class HardcodedRegion(Rule[Module]):
    """A region in the code ties it to one place."""

    code = "LL080"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    message = "region `{region}` is hardcoded for {what}"
    help = (
        "leave it to the environment: Lambda sets `AWS_REGION`, and `AWS_DEFAULT_REGION`, from which the SDK "
        "takes the region if nothing else names one"
    )
    fixable = (Safety.UNSAFE,)

    def check(self, _module: Module, ctx: Context, /) -> Iterator[Violation]:
        found: dict[cst.CSTNode, list[Use]] = {}
        for call in ctx.nodes_in(DEPLOYED_PHASES, cst.Call):
            for use in region_uses(call, ctx):
                found.setdefault(use.literal, []).append(use)
        for uses in found.values():
            if not is_at_edge(ctx, (use.call for use in uses)):
                yield self.violation(
                    uses[0].literal,
                    path=path_to_first(uses, ctx),
                    related=related_to(uses, uses[0].literal),
                    region=uses[0].text,
                    what=uses[0].kind,
                    fix=partial(_fix, uses, ctx),
                )


def _fix(uses: list[Use], ctx: Context, edits: Edits) -> Fix | None:
    """Take the argument out where that does it; else read the environment where the literal is."""
    call, literal = uses[0].call, uses[0].literal
    argument = argument_to_drop(call, literal, ctx)
    if argument is not None:
        return edits.fix("leave the region out", [edits.remove_argument(call, argument)], Safety.UNSAFE)
    return from_environment([literal], "AWS_REGION", uses[0].text, edits)
