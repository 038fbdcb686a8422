"""LL117: secrets that a template puts into a function's environment as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Rule, Secret, Severity, Violation, secrets_in_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class SecretInEnvironment(Rule[Deployment]):
    """An environment variable whose value is a literal password, key or token."""

    code = "LL117"
    severity = Severity.ERROR
    message = "{phrase} a literal {kind}"
    help = (
        "keep it in Secrets Manager or as a secure parameter, give the function its name, "
        "and replace the one that was written down"
    )

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        surest = Confidence.HIGH if subject.function.certain else Confidence.MEDIUM
        for secret in secrets_in_environment(subject.function, subject.template):
            yield self.violation(
                secret.at,
                confidence=min(secret.confidence, surest),
                secrets=tuple(map(Secret, secret.hidden)),
                fields={"phrase": secret.phrase, "kind": secret.kind},
            )
