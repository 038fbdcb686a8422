"""Secrets that are written down in the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Context,
    Module,
    Rule,
    Secret,
    Severity,
    Violation,
    may_hold_secret,
    secrets_in_module,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class HardcodedSecret(Rule[Module]):
    """A literal that is a password, a key or a token."""

    code = "LL070"
    severity = Severity.ERROR
    message = "{phrase} a literal {kind}"
    help = (
        "keep it in Secrets Manager or as a secure parameter, read it at run time through a cache, "
        "and replace the one that was written down"
    )
    cwe = 798
    security_severity = 8.0

    @classmethod
    def may_fire(cls, code: str, /) -> bool:
        return may_hold_secret(code)

    def check(self, subject: Module, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        for secret in secrets_in_module(ctx):
            yield self.violation(
                secret.at,
                confidence=secret.confidence,
                secrets=tuple(map(Secret, secret.hidden)),
                fields={"phrase": secret.phrase, "kind": secret.kind},
            )
