"""LL115: functions in a VPC that reach nothing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Rule, Severity, Violation

from ._private_needs import may_need_network, services_of
from ._surroundings import confidence_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

MOST_NAMED = 3


class NeedlessVpc(Rule[Deployment]):
    """A function is in a VPC, and all of its code is known to need nothing in it."""

    code = "LL115"
    severity = Severity.INFO
    message = "the function is in a VPC, and its code {calls}: nothing that it reaches is in there"
    help = (
        "take it out of the VPC, unless a rule of the organization wants it there: then it needs no NAT "
        "gateway and no endpoints to reach AWS"
    )

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        network = deployment.function.network
        if network.value is None or not network.value.subnets.items or may_need_network(deployment):
            return
        yield self.violation(
            network.place or deployment.function.place,
            confidence=confidence_in(deployment.function),
            calls=_calls(services_of(deployment)),
        )


def _calls(services: list[str]) -> str:
    if not services:
        return "calls nothing over the network"
    named = ", ".join(services[:MOST_NAMED])
    more = f" and {len(services) - MOST_NAMED} more" if len(services) > MOST_NAMED else ""
    return f"only calls public services of AWS ({named}{more})"
