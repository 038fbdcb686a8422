"""LL102: the runtime is no longer supported, or soon will not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, DeployedFunction, Rule, Severity, runtimes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Violation


NEWEST = runtimes.NEWEST


@dataclass(frozen=True, slots=True)
class Dates:
    """From when on a runtime is told."""

    days: int = 90
    """How long before the end of its support."""
    today: str = ""
    """The day on which that is judged."""


class RetiredRuntime(Rule[DeployedFunction]):
    """The runtime is no longer supported, or soon will not be."""

    code = "LL102"
    severity = Severity.WARNING
    message = (
        "AWS {ends} the support of `{runtime}` on {ended}; it refuses new functions with it from {no_create} "
        "and updates from {no_update}"
    )
    help = f"use a newer runtime: `{NEWEST}` is supported until {runtimes.LIFECYCLES[NEWEST].ended}"
    Options = Dates

    def check(self, function: DeployedFunction, _: Context, /) -> Iterator[Violation]:
        lifecycle = runtimes.LIFECYCLES.get(function.runtime.value or "")
        today = self.options.today
        if lifecycle is None or function.package_type.value == "Image":
            return
        if today >= lifecycle.noticed(self.options.days):
            yield self.violation(
                function.runtime.place or function.place,
                confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
                runtime=function.runtime.value,
                ends="ended" if today >= lifecycle.ended else "ends",
                ended=lifecycle.ended,
                no_create=lifecycle.no_create,
                no_update=lifecycle.no_update,
            )
