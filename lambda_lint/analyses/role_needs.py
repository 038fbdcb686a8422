"""What the role of a function must allow Lambda: to log, to read what feeds it, to deliver what has failed.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html and, for the actions,
the managed policies that AWS keeps for this; as of 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.analyses.grants import POLLED
from lambda_lint.knowledge import deliveries, iam_actions, iam_policies, iam_resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambda_lint.deployment.access import Named
    from lambda_lint.deployment.fact import Fact
    from lambda_lint.deployment.function import DeployedFunction

LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
NETWORK_POLICY = "AWSLambdaVPCAccessExecutionRole"
TRACING = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")
"""What is needed once X-Ray is told of invocations; which of them it samples, Lambda asks by itself."""
ACTIVE = "Active"
DELIVERING = {
    "events": ("events:PutEvents",),
    "lambda": ("lambda:InvokeFunction",),
    "s3": ("s3:ListBucket", "s3:PutObject"),
    "sns": ("sns:Publish",),
    "sqs": ("sqs:SendMessage",),
}
"""Service -> what sends it an event that failed or is done."""
_TAILS = {
    "dynamodb": "table/{}/stream/*",
    "events": "event-bus/{}",
    "kinesis": "stream/{}",
    "lambda": "function:{}",
    "sns": "{}",
    "sqs": "{}",
}


class RoleNeed(NamedTuple):
    """An action, and the resource that it is needed on."""

    action: str
    id: str | None = None
    """Its logical id, if it is in the template."""
    name: str | None = None

    def tail(self, types: Mapping[str, str]) -> str | None:
        """The last part of the resource's ARN, as a template writes it; None if it can be any."""
        form = _TAILS.get(self.action.partition(":")[0])
        if form is None or not iam_actions.takes_resource(self.action):
            return None
        if self.id is not None and self.id in types:
            return form.format(f"${{{self.id}{iam_resources.NAME_ATTRIBUTES.get(types[self.id], '')}}}")
        return form.format(self.name) if self.name else None


def role_needs(function: DeployedFunction) -> Iterator[RoleNeed]:
    """Yield what Lambda does in the function's name, as far as the template tells."""
    yield from map(RoleNeed, LOGS)
    for source in function.sources:
        for action in _actions(POLLED.get(source.kind, "")):
            yield RoleNeed(action, source.target, source.target_name)
        if source.polling is not None:
            yield from _delivering(source.polling.failure_destination)
    if function.network.value is not None and function.network.value.subnets.items:
        yield from map(RoleNeed, _actions(NETWORK_POLICY))
    if function.tracing.value == ACTIVE:
        yield from map(RoleNeed, TRACING)
    delivery = function.delivery
    for end in (delivery.dead_letter, delivery.on_failure, delivery.on_success):
        yield from _delivering(end)


def unknown_role_needs(function: DeployedFunction) -> Iterator[str]:
    """Yield what may be needed besides, in words."""
    polled = {source.kind for source in function.sources if source.polling is not None}
    for kind in sorted(polled - POLLED.keys()):
        yield f"what Lambda needs to read {deliveries.TITLES.get(kind, kind.value)} is left out"
    if not function.sources_known:
        yield "not all of its sources are known: what Lambda needs to read others is left out"


def _actions(policy: str) -> Iterator[str]:
    """The actions of a managed policy but for those that write the log."""
    for each in iam_policies.managed(policy) or ():
        yield from (action for action in each.actions if action not in LOGS)


def _delivering(end: Fact[Named]) -> Iterator[RoleNeed]:
    named = end.value
    if named is not None:
        for action in DELIVERING.get(named.service or "", ()):
            yield RoleNeed(action, named.id, named.name)
