"""LL085: requirements that are too large together for a function's package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, DeployedFunction, Rule, Severity, Violation, package_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Requirement, Requirements

NAMED = 4
"""The packages that a message names, of those that weigh most."""


@dataclass(frozen=True, slots=True)
class Options:
    """When a package counts as near the limit."""

    percent: int = 80


class OversizedDependencies(Rule[DeployedFunction]):
    """What a function is packaged with comes near the limit for packages and layers, or is beyond it."""

    code = "LL085"
    severity = Severity.INFO
    on_by_default = False
    message = (
        "what `{file}` lists takes at least {size} MB unzipped, "
        "of the {limit} MB that a function may have: {named}"
    )
    help = "leave out what is not needed, or deploy the function as a container image"
    Options = Options

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        requirements = subject.requirements.value
        if requirements is None or not requirements.listed.items:
            return
        layers = (layer.requirements.value for layer in subject.attached.items)
        names = [name for each in (requirements, *layers) if each is not None for name in _installed(each)]
        sizes = package_sizes.brought(names)
        size = sum(sizes.values())
        if 100 * size >= self.options.percent * package_sizes.LIMIT:
            yield self.violation(
                max(requirements.listed.items, key=_weight).place,
                confidence=Confidence.HIGH if subject.certain else Confidence.MEDIUM,
                file=requirements.path,
                size=size,
                limit=package_sizes.LIMIT,
                named=", ".join(f"`{name}` {each}" for name, each in list(sizes.items())[:NAMED]),
            )


def _installed(requirements: Requirements) -> Iterator[str]:
    """The packages that are certainly installed, as far as the files tell."""
    yield from (each.name for each in requirements.listed.items if not each.is_conditional)


def _weight(requirement: Requirement) -> int:
    """What a requirement brings, by known sizes."""
    return sum(package_sizes.brought([requirement.name]).values())
