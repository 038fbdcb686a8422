"""Statements of policies, each once, and what is broad in them."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from lambda_lint.api import iam_actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Deployment, Place, Statement

ANY = "*"
PUBLISH, PHONE = "sns:Publish", "PhoneNumber"


def places_before(subject: Deployment) -> set[Place]:
    """Where the policies of the functions before this one stand: of a shared role is told once."""
    found: set[Place] = set()
    for function in takewhile(lambda each: each is not subject.function, subject.together):
        access = function.access
        found.update(each.place for each in access.statements.items)
        found.update(each.place for each in access.managed)
    return found


def broad_actions(statement: Statement) -> Iterator[str]:
    """The actions that stand for a whole service, or for all."""
    for action in statement.actions.items:
        if iam_actions.is_whole_service(action):
            yield action


def boundless_actions(statement: Statement, subject: Deployment) -> Iterator[str]:
    """The actions that are allowed on every resource, and could be on some."""
    if ANY not in statement.resources.items:
        return
    for action in statement.actions.items:
        if "${" in action or _needs_everything(action):
            continue
        if action != PUBLISH or not _sends_text_messages(subject):
            yield action


def _sends_text_messages(subject: Deployment) -> bool:
    """Whether the code publishes to telephones, which is allowed on `*` or not at all."""
    return any(arg.keyword == PHONE for call in subject.calls for arg in call.call.args)


def _needs_everything(action: str) -> bool:
    """Whether an action takes no resource, or is one that AWS itself allows on every one."""
    known = (iam_actions.LOGGING, iam_actions.NETWORK, iam_actions.WITHOUT_BOUNDS)
    if any(iam_actions.is_only(action, each) for each in known):
        return True
    if ANY not in action and "?" not in action:
        return iam_actions.takes_resource(action) is not True
    return not iam_actions.may_take_resource(action)
