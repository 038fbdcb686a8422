"""LL120: logs that are kept, and paid for, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import DeployedFunction, Rule, Severity, Violation

from ._surroundings import confidence_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class EndlessLogRetention(Rule[DeployedFunction]):
    """No log group of the template tells for how long the function's logs are kept."""

    code = "LL120"
    severity = Severity.INFO
    on_by_default = False
    message = "the function's logs are kept for ever: {why}"
    help = "declare `/aws/lambda/` and the function's name as a log group with a retention in days"

    def check(self, function: DeployedFunction, _: Context, /) -> Iterator[Violation]:
        retention = function.log_retention
        confidence = confidence_in(function)
        if retention.is_absent:
            why = "the template sets no retention for its log group"
            yield self.violation(function.place, confidence=confidence, why=why)
        elif retention.value == 0:
            yield self.violation(
                retention.place or function.place, confidence=confidence, why="a retention of 0 has no end"
            )
