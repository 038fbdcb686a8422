"""LL113: what a function may do and never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Rule, Severity, unused_permissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Violation

SHOWN = 3


class UnusedPermission(Rule[Deployment]):
    """A policy allows what nothing in the function's code calls."""

    code = "LL113"
    severity = Severity.INFO
    on_by_default = False
    message = "allows {actions}, which no call in the code of `{function}` needs"
    help = "take out what is not needed; `lambda-lint policy` prints what is"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002 - there is none
        for unused in unused_permissions(subject):
            names = [f"`{each}`" for each in unused.actions[:SHOWN]]
            if len(unused.actions) > SHOWN:
                names.append(f"{len(unused.actions) - SHOWN} more")
            yield self.violation(
                unused.statement.place,
                confidence=Confidence.MEDIUM,
                actions=", ".join(names),
                function=subject.function.name,
            )
