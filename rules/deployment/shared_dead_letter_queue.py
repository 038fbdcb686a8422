"""LL106: dead letters of several functions in one queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Related, Rule, Severity, Violation

from ._together import OPEN, in_order, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, Named, Place


class SharedDeadLetterQueue(Rule[Deployment]):
    """A dead letter does not say from which function it is."""

    code = "LL106"
    severity = Severity.INFO
    message = (
        "{count} functions put their dead letters into {queue}: {names}; a dead letter does not say from "
        "which function it is"
    )
    help = (
        "give each function a queue of its own, or a failure destination instead: what arrives there names "
        "the function and the error"
    )

    def check(self, deployment: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        queue = deployment.function.delivery.dead_letter.value
        key = None if queue is None else _key(queue)
        if queue is None or key is None:
            return
        sharing = [
            function
            for function in in_order(deployment)
            if (other := function.delivery.dead_letter.value) is not None and _key(other) == key
        ]
        if len(sharing) < 2 or sharing[0] != deployment.function:
            return
        is_certain = all(function.certain for function in sharing)
        yield self.violation(
            _place(deployment.function),
            confidence=Confidence.HIGH if is_certain else Confidence.MEDIUM,
            related=tuple(Related(_place(other), f"also that of `{other.name}`") for other in sharing[1:]),
            count=len(sharing),
            queue=f"`{queue.id or queue.name}`" if queue.id or queue.name else "one queue",
            names=listed([function.name for function in sharing]),
        )


def _place(function: DeployedFunction) -> Place:
    return function.delivery.dead_letter.place or function.place


def _key(queue: Named) -> tuple[str, str] | None:
    """What tells a queue from others, if anything does."""
    if queue.id is not None:
        return "id", queue.id
    return None if not queue.text or OPEN in queue.text else ("text", queue.text)
