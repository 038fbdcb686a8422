"""LL111: a function may run for longer than the API waits that calls it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Related, Rule, Severity, quotas, requests_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, EventSource, Violation


INVOKES = re.compile(r"\*|lambda:(?:\*|invoke\w*\*?)", re.IGNORECASE)
INVOKE_TEMPLATE = "LambdaInvokePolicy"


@dataclass(frozen=True, slots=True)
class Grace:
    """How much longer is all right."""

    grace: int = 1
    """Seconds that the function may run for longer: who wrote 30 for 29 loses nothing but one second."""


class ShortApiDeadline(Rule[Deployment]):
    """A function may run for longer than the API waits that calls it."""

    code = "LL111"
    severity = Severity.WARNING
    message = "the function may run for {timeout} seconds, but {api} stops to wait for it after {deadline}"
    help = "lower the timeout, or let the API start the work and answer at once"
    Options = Grace

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        function = deployment.function
        timeout = function.timeout
        if timeout.value is None or timeout.place is None or not function.sources_known or function.durable:
            return
        deadlines = [(_deadline(source), source) for source in function.sources]
        known = [(deadline, source) for deadline, source in deadlines if deadline is not None]
        if not known or len(known) < len(deadlines):
            return
        deadline, source = max(known, key=lambda each: each[0])
        if timeout.value <= deadline + self.options.grace or _is_invoked(deployment) or _is_quick(deployment):
            return
        yield self.violation(
            timeout.place,
            related=(Related(source.place, "called from here"),),
            timeout=timeout.value,
            api=quotas.API_TITLES[source.kind],
            deadline=f"{deadline:g}",
        )


def _deadline(source: EventSource) -> float | None:
    """Seconds until the source gives up; None if it does not, or if that is not known."""
    if source.api_timeout.value is not None:
        return source.api_timeout.value / 1000
    if (quotas.TRANSFER_MODE, quotas.STREAMED) in {(name.lower(), value) for name, value in source.settings}:
        return None
    is_default = source.api_timeout.is_absent or source.kind in quotas.WITHOUT_SETTING
    return quotas.API_DEADLINES.get(source.kind) if is_default else None


def _is_invoked(deployment: Deployment) -> bool:
    """Whether a function of the template, such as itself, may invoke it too."""
    name, invocations = deployment.function.name, deployment.project.invocations
    names = {each.name for each in deployment.together}
    return any(
        any(variable.target == name for variable in each.environment)
        or any(_may_name(resource, name, names) for resource in _invokable(each))
        for each in deployment.together
    ) or any(invocations.at(call.module, call.number) for call in deployment.calls)


def _invokable(function: DeployedFunction) -> Iterator[str]:
    """What the function may invoke, as far as the template says."""
    for statement in function.access.statements.items:
        if statement.effect == "Allow" and any(map(INVOKES.fullmatch, statement.actions.items)):
            yield from statement.resources.items
    for template in function.access.templates:
        if template.name == INVOKE_TEMPLATE:
            yield from (value for _, value in template.parameters)


def _may_name(resource: str, name: str, names: set[str]) -> bool:
    """Whether what a policy names may be this one of the functions."""
    meant = {each for each in names if f"${{{each}}}" in resource or f"${{{each}." in resource}
    return name in meant or not meant


def _is_quick(deployment: Deployment) -> bool:
    """Whether its code is known, and waits for nothing."""
    return bool(deployment.handlers) and not any(requests_of(deployment))
