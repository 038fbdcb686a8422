"""Access keys of AWS that are written down in the code or in the template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Context,
    DeployedFunction,
    Module,
    Rule,
    Secret,
    Severity,
    Violation,
    aws_credentials_in_environment,
    aws_credentials_in_module,
    may_hold_aws_credentials,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class HardcodedAwsCredentials(Rule[Module | DeployedFunction]):
    """A literal that is a part of AWS credentials."""

    code = "LL071"
    severity = Severity.ERROR
    message = "{phrase} a literal AWS {kind}"
    help = (
        "leave it to the function's role: the SDK takes its credentials from the environment by itself; "
        "deactivate the key that was written down"
    )
    cwe = 798
    security_severity = 9.0

    @classmethod
    def may_fire(cls, code: str, /) -> bool:
        return may_hold_aws_credentials(code)

    def check(self, subject: Module | DeployedFunction, ctx: Context, /) -> Iterator[Violation]:
        if isinstance(subject, DeployedFunction):
            found = aws_credentials_in_environment(subject)
        else:
            found = aws_credentials_in_module(ctx)
        for secret in found:
            yield self.violation(
                secret.at,
                confidence=secret.confidence,
                secrets=tuple(map(Secret, secret.hidden)),
                fields={"phrase": secret.phrase, "kind": secret.kind},
            )
