"""What the role of a function must allow Lambda: to log, to read what feeds it, to deliver what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.analyses.grants import POLLED
from lambda_lint.knowledge import deliveries, execution_role, iam_actions, iam_policies, iam_resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambda_lint.deployment.access import Named
    from lambda_lint.deployment.fact import Fact
    from lambda_lint.deployment.function import DeployedFunction


class RoleNeed(NamedTuple):
    """An action, and the resource that it is needed on."""

    action: str
    id: str | None = None
    """Its logical id, if it is in the template."""
    name: str | None = None

    def tail(self, types: Mapping[str, str]) -> str | None:
        """The last part of the resource's ARN, as a template writes it; None if it can be any."""
        prefix = self.action.partition(":")[0]
        form = execution_role.TAILS.get(prefix)
        if form is None or not iam_actions.takes_resource(self.action):
            return None
        type_ = types.get(self.id or "", "")
        if iam_resources.PLAIN_TYPES.get(type_) == prefix:
            return form.format(f"${{{self.id}{iam_resources.NAME_ATTRIBUTES.get(type_, '')}}}")
        return form.format(self.name) if self.name else None


def role_needs(function: DeployedFunction) -> Iterator[RoleNeed]:
    """Yield what Lambda does in the function's name, as far as the template tells."""
    yield from map(RoleNeed, execution_role.LOGS)
    for source in function.sources:
        for action in _actions(POLLED.get(source.kind, "")):
            yield RoleNeed(action, source.target, source.target_name)
        if source.polling is not None:
            yield from _delivering(source.polling.failure_destination)
    if function.network.value is not None and function.network.value.subnets.items:
        yield from map(RoleNeed, _actions(execution_role.NETWORK_POLICY))
    if function.tracing.value == execution_role.ACTIVE:
        yield from map(RoleNeed, execution_role.TRACING)
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
        yield from (action for action in each.actions if action not in execution_role.LOGS)


def _delivering(end: Fact[Named]) -> Iterator[RoleNeed]:
    named = end.value
    if named is not None:
        for action in execution_role.DELIVERING.get(named.service or "", ()):
            yield RoleNeed(action, named.id, named.name)
