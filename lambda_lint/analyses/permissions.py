"""What a deployed function calls and may not do, and what it may do and never calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.analyses.allowed import Answer, allows, types_of
from lambda_lint.analyses.grants import grants_of
from lambda_lint.analyses.needs import needs_of
from lambda_lint.analyses.sdk_calls import calls_of
from lambda_lint.knowledge import iam_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.grants import Grant
    from lambda_lint.analyses.needs import Need
    from lambda_lint.analyses.sdk_calls import SdkCall
    from lambda_lint.semantics.deployments import Deployment


@dataclass(frozen=True, slots=True)
class Missing:
    """An action that a call needs and that no policy of the function allows."""

    call: SdkCall
    need: Need
    elsewhere: tuple[Grant, ...]
    """What allows the action, but on other resources."""


def missing_permissions(deployment: Deployment) -> Iterator[Missing]:
    """What the function's code calls without being allowed to; each action and resource once.

    Nothing is told of a function of which not all policies are known, of calls that may be made with other
    credentials, and of resources that may have policies of their own.
    """
    grants = grants_of(deployment.function)
    if not grants.is_complete or not deployment.handlers:
        return
    types = types_of(deployment.template)
    told: set[tuple[str, object]] = set()
    for call in calls_of(deployment).calls:
        if not (call.is_own and call.is_sure and call.is_set):
            continue
        for need in needs_of(call) or ():
            key = (need.action, need.wanted)
            if key in told or not _is_certain(need, frozenset(types.values())):
                continue
            if allows(grants.items, need.action, need.wanted, types) is Answer.NO:
                told.add(key)
                others = tuple(grant for grant in grants.items if grant.may_include(need.action))
                yield Missing(call, need, others)


def _is_certain(need: Need, types: frozenset[str]) -> bool:
    """Whether only the function's own policies can allow it, and whether it is known what it is about."""
    prefix = need.action.partition(":")[0]
    if prefix in iam_resources.WITH_OWN_POLICY or need.action in iam_resources.OF_INITIATOR:
        return False
    if types & iam_resources.POLICY_TYPES.get(prefix, frozenset()):
        return False
    return need.takes_resource is not None
