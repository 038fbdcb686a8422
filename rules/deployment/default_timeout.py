"""LL104: the timeout is left at its default of three seconds, although invocations wait for the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Related, Rule, Severity, quotas, requests_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Violation


class DefaultTimeout(Rule[Deployment]):
    """The timeout is left at its default although invocations wait for the network."""

    code = "LL104"
    severity = Severity.WARNING
    message = "the timeout is left at the default of {seconds} seconds, and invocations wait for {what}"
    help = "set the timeout to what the requests may take, with room for a slow one"

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        function = deployment.function
        if not function.timeout.is_absent:
            return
        found = list(requests_of(deployment))
        if not found:
            return
        name, call = min(found, key=lambda each: len(deployment.path_to(each[1])))
        more = len({name for name, _ in found}) - 1
        yield self.violation(
            function.place,
            confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
            related=(Related(call.spot, f"`{name}` is called here"),),
            seconds=quotas.DEFAULT_TIMEOUT,
            what=f"`{name}`{_and_more(more)}",
        )


def _and_more(count: int) -> str:
    return f" and {count} other request{'s' if count > 1 else ''}" if count else ""
