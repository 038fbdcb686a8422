"""Which packages the code of a deployed function imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.analyses.loaded import packages_loaded

if TYPE_CHECKING:
    from lambda_lint.semantics.deployments import Deployment


def modules_of(deployment: Deployment) -> set[int]:
    """The modules of the project that its environment imports, at a cold start or later."""
    return deployment.project.imported_from(handler.module for handler in deployment.handlers)


def imported_anyhow(deployment: Deployment) -> frozenset[str]:
    """The first names of all that is imported, also only for types and only in some function."""
    modules = deployment.project.modules
    return frozenset(
        imported.module.partition(".")[0]
        for module in modules_of(deployment)
        for imported in modules[module].imports
        if imported.level == 0
    )


def imported_at_start(deployment: Deployment) -> dict[str, int]:
    """The packages from outside that an environment loads when it starts, each with a module that does."""
    found: dict[str, int] = {}
    for module in sorted(modules_of(deployment)):
        for name in packages_loaded(deployment.project, module):
            found.setdefault(name, module)
    return found
