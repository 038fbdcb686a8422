"""Secrets in the environment that a template gives to a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.analyses.found_secrets import ALLOWED, found_in_environment
from lambda_lint.deployment.function import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.found_secrets import FoundSecret
    from lambda_lint.deployment.function import DeployedFunction, Template


def secrets_in_environment(function: DeployedFunction, template: Template) -> Iterator[FoundSecret]:
    """The secrets in a deployed function's environment but for AWS credentials.

    Those of a program of the CDK in Python are literals of a module.
    """
    if template.path.endswith(".py"):
        return
    for found in found_in_environment(function, is_aws=False):
        if not (isinstance(found.at, Place) and _is_allowed(template, found.at)):
            yield found


def _is_allowed(template: Template, place: Place) -> bool:
    """Whether a comment for another scanner allows what stands on the line of a place."""
    if place.path != template.path:
        return False
    start = template.text.rfind("\n", 0, place.span.start) + 1
    return ALLOWED.search(template.text[start:].partition("\n")[0]) is not None
