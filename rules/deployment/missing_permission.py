"""LL114: calls that no policy of the function allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Related, Rule, Severity, missing_permissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Missing, Violation


class MissingPermission(Rule[Deployment]):
    """Code calls an operation of AWS, and nothing lets the function do that."""

    code = "LL114"
    severity = Severity.WARNING
    message = "`{function}` calls `{operation}`, and no policy of it allows `{action}`{on}"
    help = "allow the action on this resource in the function's policies"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002 - a template's rule
        for missing in missing_permissions(subject):
            wanted = missing.need.wanted
            named = missing.need.takes_resource is False or wanted is not None
            yield self.violation(
                missing.call.at.spot,
                confidence=Confidence.HIGH if named and subject.function.certain else Confidence.MEDIUM,
                path=subject.path_to(missing.call.at),
                related=tuple(_related(subject, missing)),
                function=subject.function.name,
                operation=f"{missing.call.service}.{missing.call.operation}",
                action=missing.need.action,
                on=f" on `{wanted.shown}`" if wanted is not None else "",
            )


def _related(subject: Deployment, missing: Missing) -> Iterator[Related]:
    yield Related(subject.function.place, "the function")
    places = (grant.place for grant in missing.elsewhere)
    yield from (Related(place, "allows it on other resources") for place in places if place is not None)
