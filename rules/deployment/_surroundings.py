"""What a deployed function has around its code, as several rules ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, SourceKind

if TYPE_CHECKING:
    from lambda_lint.api import DeployedFunction, Deployment

ONE_OFF = frozenset({SourceKind.CUSTOM_RESOURCE, SourceKind.SECRET_ROTATION})
"""Sources that call a function now and then, when something is deployed or changed."""


def confidence_in(function: DeployedFunction) -> Confidence:
    """How sure a finding can be that rests on what the template says."""
    return Confidence.HIGH if function.certain else Confidence.MEDIUM


def runs_now_and_then(function: DeployedFunction) -> bool:
    """Whether only deployments and rotations call it."""
    return bool(function.sources) and all(source.kind in ONE_OFF for source in function.sources)


def imported_by(deployment: Deployment) -> frozenset[str]:
    """The full names that the modules of its environment import, as they are written."""
    project = deployment.project
    modules = project.imported_from(handler.module for handler in deployment.handlers)
    return frozenset(
        name
        for module in modules
        for imported in project.modules[module].imports
        if not imported.level
        for name in (imported.module, f"{imported.module}.{imported.name}")
    )
