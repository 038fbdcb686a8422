"""LL112: policies that allow everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Rule, Severity, iam_policies

from ._statements import ANY, boundless_actions, broad_actions, places_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Place, Statement, Violation

SHOWN = 2
"""How many actions a message names."""


class BroadPermissions(Rule[Deployment]):
    """A function may do all that a service can, or do something with every resource there is."""

    code = "LL112"
    severity = Severity.WARNING
    message = "allows {what}"
    help = "allow the actions that the code calls, on the resources that it uses"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002 - there is none
        confidence = Confidence.HIGH if subject.function.certain else Confidence.MEDIUM
        found = list(_found(subject))
        told = places_before(subject) if found else set()
        for place, what in found:
            if place not in told:
                yield self.violation(place, what=what, confidence=confidence)


def _found(subject: Deployment) -> Iterator[tuple[Place, str]]:
    """Each policy that allows too much, with what that is."""
    for statement in subject.function.access.statements.items:
        what = _broad(statement, subject)
        if what is not None:
            yield statement.place, what
    for policy in subject.function.access.managed:
        if iam_policies.is_full_access(policy.name):
            name = iam_policies.bare_name(policy.name)
            yield policy.place, f"all that the managed policy `{name}` does"


def _broad(statement: Statement, subject: Deployment) -> str | None:
    """What the statement allows that is too much, in words."""
    is_plain = statement.effect == "Allow" and not statement.is_conditional
    if not is_plain or statement.not_actions or statement.not_resources:
        return None
    whole = list(broad_actions(statement))
    boundless = list(boundless_actions(statement, subject))
    if whole:
        where = " on every resource" if ANY in statement.resources.items else ""
        everything = "every action there is" if ANY in whole else f"every action of {_listed(whole)}"
        return f"{everything}{where}"
    return f"{_listed(boundless)} on every resource (`*`)" if boundless else None


def _listed(actions: list[str]) -> str:
    names = [f"`{each}`" for each in actions]
    if len(names) > SHOWN + 1:
        names = [*names[:SHOWN], f"{len(names) - SHOWN} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
