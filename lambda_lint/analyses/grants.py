"""What the policies of a deployed function allow, statement by statement, whatever form they have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.deployment.fact import Listed
from lambda_lint.knowledge import iam_actions, iam_policies
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.deployment.fact import Place
    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.knowledge.iam_policies import Allowed

_HOLE = re.compile(r"\$\{[^{}]*\}")

POLLED = {
    SourceKind.DYNAMODB: "AWSLambdaDynamoDBExecutionRole",
    SourceKind.KINESIS: "AWSLambdaKinesisExecutionRole",
    SourceKind.SQS: "AWSLambdaSQSQueueExecutionRole",
}
"""What the frameworks that make a role give it for a source that Lambda reads
(https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One statement that allows something."""

    actions: Listed[str]
    resources: Listed[str]
    place: Place | None = None
    """None for what is given without being written."""
    is_conditional: bool = False
    is_inverse: bool = False
    """Whether it allows all but what it lists."""

    @property
    def is_open(self) -> bool:
        """Whether it is not known when, or of what, it speaks."""
        is_listed = self.actions.is_complete and self.resources.is_complete
        return self.is_conditional or self.is_inverse or not is_listed

    def may_include(self, action: str) -> bool:
        """Whether the action may be among those that it is about."""
        if self.is_inverse or not self.actions.is_complete:
            return True
        return any(iam_actions.matches(_HOLE.sub("*", pattern), action) for pattern in self.actions.items)


def grants_of(function: DeployedFunction) -> Listed[Grant]:
    """All that its policies allow; incomplete if there may be more."""
    access = function.access
    found: list[Grant] = []
    is_complete = access.statements.is_complete
    for statement in access.statements.items:
        if statement.effect == "Deny":
            continue
        inverse = statement.not_actions or statement.not_resources
        found.append(
            Grant(statement.actions, statement.resources, statement.place, statement.is_conditional, inverse)
        )
    for policy in access.managed:
        allowed = iam_policies.managed(policy.name)
        found += _granted(allowed or (), policy.place)
        is_complete = is_complete and allowed is not None
    for each in access.templates:
        allowed = iam_policies.template(each.name, dict(each.parameters))
        found += _granted(allowed or (), each.place)
        is_complete = is_complete and allowed is not None
    if access.role.is_absent:
        for name in _given(function):
            found += _granted(iam_policies.managed(name) or (), None)
    return Listed(tuple(found), is_complete=is_complete)


def _granted(allowed: Sequence[Allowed], place: Place | None) -> Iterator[Grant]:
    for each in allowed:
        actions, resources = Listed(each.actions, is_complete=True), Listed(each.resources, is_complete=True)
        yield Grant(actions, resources, place, each.is_conditional)


def _given(function: DeployedFunction) -> Iterator[str]:
    """The policies that a framework attaches by itself to a role that it makes."""
    yield iam_policies.BASIC
    yield iam_policies.TRACING
    yield iam_policies.NETWORK
    if function.durable:
        yield iam_policies.DURABLE
    for source in function.sources:
        if source.kind in POLLED:
            yield POLLED[source.kind]
