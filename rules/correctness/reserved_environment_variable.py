"""LL066: environment variables that Lambda sets itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    DEPLOYED_PHASES,
    Confidence,
    DeployedFunction,
    Reach,
    Rule,
    Severity,
    Violation,
    environment_writes,
    reads_environment,
    reserved_variables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class ReservedEnvironmentVariable(Rule[cst.Subscript | cst.Call | cst.AugAssign | DeployedFunction]):
    """A variable that belongs to Lambda is set, changed, removed or declared."""

    code = "LL066"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    phases = DEPLOYED_PHASES
    message = "{does} `{name}`, an environment variable that Lambda reserves and sets itself"
    help = "use a variable of another name"

    def check(
        self, subject: cst.Subscript | cst.Call | cst.AugAssign | DeployedFunction, ctx: Context, /
    ) -> Iterator[Violation]:
        if isinstance(subject, DeployedFunction):
            confidence = Confidence.HIGH if subject.certain else Confidence.MEDIUM
            for variable in subject.environment:
                if variable.name in reserved_variables.RESERVED:
                    yield self.violation(
                        variable.place, confidence=confidence, does="declares", name=variable.name
                    )
            return
        writes = [
            each for each in environment_writes(ctx, subject) if each.name in reserved_variables.RESERVED
        ]
        if not writes or _is_conditional(subject, ctx):
            return
        for write in writes:
            yield self.violation(
                subject,
                path=ctx.path_to(subject),
                help=_better_help(write.name),
                does=write.does,
                name=write.name,
            )


def _better_help(name: str) -> str | None:
    """What to do instead where that is something particular."""
    if name in reserved_variables.REGION:
        return "give the region to the client that needs another one, as `region_name`"
    if name in reserved_variables.CREDENTIALS:
        return "give the credentials to a `boto3.Session` of their own, and make clients of it"
    return None


def _is_conditional(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether it depends on the environment: then it may be for where Lambda has not set the variable."""
    below = node
    for above in ctx.module.tree.ancestors(node):
        asked: tuple[cst.CSTNode, ...] = ()
        if isinstance(above, (cst.If, cst.IfExp)) and below is not above.test:
            asked = (above.test,)
        elif isinstance(above, cst.Try) and isinstance(below, cst.ExceptHandler):
            asked = (above.body,)
        if any(reads_environment(ctx, each) for each in asked):
            return True
        below = above
    return False
