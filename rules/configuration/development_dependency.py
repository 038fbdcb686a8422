"""LL084: tools for development among what a function is packaged with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Rule, Severity, Violation, development_packages, imported_anyhow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context


class DevelopmentDependency(Rule[Deployment]):
    """A package that is for testing, checking or deploying is deployed itself."""

    code = "LL084"
    severity = Severity.INFO
    message = "`{name}` is for {purpose}, and is packaged with the function"
    help = "list it in a file that is not packaged, such as `requirements-dev.txt` or a group for development"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        requirements = subject.function.requirements.value
        if requirements is None:
            return
        imported: frozenset[str] | None = None
        for requirement in requirements.listed.items:
            purpose = development_packages.purpose_of(requirement.name)
            if purpose is None or requirement.is_conditional:
                continue
            if imported is None:
                imported = imported_anyhow(subject)
            if development_packages.module_of(requirement.name) not in imported:
                yield self.violation(requirement.place, name=requirement.name, purpose=purpose)
