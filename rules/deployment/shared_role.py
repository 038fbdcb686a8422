"""LL121: one role for several functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Related, Rule, Severity, iam_actions, iam_policies

from ._surroundings import confidence_in
from ._together import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, Violation


class SharedRole(Rule[Deployment]):
    """Functions have one role together, so each may do what any of them needs."""

    code = "LL121"
    severity = Severity.INFO
    on_by_default = False
    message = "`{role}` is the role of {number} functions, so each may do what any of them needs"
    help = "give each function a role of its own"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002 - there is none
        own = subject.function
        role = _role(own)
        place = own.access.role.place
        if role is None or place is None or _allows_nothing(own):
            return
        sharing = [each for each in in_order(subject) if _role(each) == role]
        if len(sharing) > 1 and sharing[0] is own:
            yield self.violation(
                place,
                confidence=confidence_in(own),
                related=tuple(
                    Related(each.access.role.place, f"the role of `{each.name}`")
                    for each in sharing[1:]
                    if each.access.role.place is not None
                ),
                role=own.access.role.value and (own.access.role.value.id or own.access.role.value.name),
                number=len(sharing),
            )


def _role(function: DeployedFunction) -> tuple[str | None, str | None] | None:
    """What identifies the role that a function names; None if that is not known."""
    named = function.access.role.value
    if named is None or (named.id is None and named.name is None):
        return None
    return named.id, named.name


def _allows_nothing(function: DeployedFunction) -> bool:
    """Whether the role is known to allow nothing but what Lambda does itself, such as to write the log."""
    access = function.access
    policies = [iam_policies.managed(each.name) for each in access.managed]
    if not access.statements.is_complete or access.templates or None in policies:
        return False
    statements = [each for each in access.statements.items if each.effect != "Deny"]
    if any(each.not_actions or not each.actions.is_complete for each in statements):
        return False
    actions = [action for each in statements for action in each.actions.items]
    actions += [action for policy in policies for each in policy or () for action in each.actions]
    return all(iam_actions.is_only(action, iam_actions.OF_ENVIRONMENT) for action in actions)
