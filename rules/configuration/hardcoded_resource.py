"""LL081: code names a resource of one deployment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import DEPLOYED_PHASES, Module, Reach, Rule, Safety, Severity

from ._places import from_environment, path_to_first, related_to
from ._resources import resource_uses, variables_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Violation

    from ._places import Use

HELP = 'read it from the environment, such as `os.environ["{}"]`, which the template sets'


class HardcodedResource(Rule[Module]):
    """A table, bucket, queue, … in the code ties it to one deployment."""

    code = "LL081"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    fixable = (Safety.UNSAFE,)
    message = "{kind} `{name}` is hardcoded"
    help = 'read it from the environment, such as `os.environ["{variable}"]`, and let the template set that'

    def check(self, _module: Module, ctx: Context, /) -> Iterator[Violation]:
        found: dict[tuple[str, str], list[Use]] = {}
        for call in ctx.nodes_in(DEPLOYED_PHASES, cst.Call):
            for use in resource_uses(call, ctx):
                found.setdefault((use.kind, use.text), []).append(use)
        variables = variables_for(found, ctx)
        for key, uses in found.items():
            first = min(uses, key=lambda use: ctx.module.tree.order[use.literal])
            literals = list(dict.fromkeys(use.literal for use in uses))
            yield self.violation(
                first.literal,
                path=path_to_first(uses, ctx),
                related=related_to(uses, first.literal),
                help=HELP.format(variables[key]),
                kind=first.kind,
                name=first.text,
                fix=partial(from_environment, literals, variables[key], key[1]),
            )
