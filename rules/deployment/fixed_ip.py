"""LL116: NAT gateways that only give functions an address of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Related, Rule, Severity, Violation, nat_gateways

from ._surroundings import confidence_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

GATEWAY, ADDRESS = "AWS::EC2::NatGateway", "AWS::EC2::EIP"


class FixedIp(Rule[Deployment]):
    """A NAT gateway with an elastic IP has nothing but functions behind it."""

    code = "LL116"
    severity = Severity.INFO
    message = (
        "only functions use {gateways} with a fixed address: some {cost} USD a month, and {each} for each GB"
    )
    help = (
        "prove who calls by signed requests, tokens or certificates: functions that reach nothing in the VPC "
        "then need no gateway"
    )

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        template, function = deployment.template, deployment.function
        inside = [each for each in deployment.together if each.network.value is not None]
        # One finding for all functions: told of the first that is in the VPC.
        if not inside or min(inside, key=lambda each: (each.place.path, each.place.span)) is not function:
            return
        gateways = [each for each in template.resources if each.type == GATEWAY]
        if not gateways or all(each.type != ADDRESS for each in template.resources):
            return
        if any(not each.type.startswith(nat_gateways.NO_USERS) for each in template.resources):
            return
        first, number = gateways[0], len(gateways)
        yield self.violation(
            first.place,
            confidence=confidence_in(function),
            related=(Related(function.network.place or function.place, "used by functions such as this"),),
            gateways="this NAT gateway" if number == 1 else f"this and {number - 1} more NAT gateways",
            cost=number * nat_gateways.USD_A_MONTH,
            each=nat_gateways.USD_A_GIGABYTE,
        )
