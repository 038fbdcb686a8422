"""LL082: the SDK is what the runtime happens to have, or the newest at each build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import (
    Confidence,
    Deployment,
    Rule,
    Severity,
    Violation,
    imported_at_start,
    sdk_packages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, Layer, Place, Requirements

LISTED = "`{name}` is listed without a version, so each build packages the newest one"
OPEN = "`{name}{versions}` leaves the version open, so each build packages the newest one"


class UnpinnedSdk(Rule[Deployment]):
    """The version of the SDK is nobody's decision."""

    code = "LL082"
    severity = Severity.INFO
    message = "`{file}` does not list `{name}`: the code that imports it gets the version of the runtime"
    help = "list it with its version, such as `boto3==1.43.0`, and test the function before that is raised"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        function = subject.function
        requirements = function.requirements.value
        if requirements is None:
            return
        imported = imported_at_start(subject)
        name = next((each for each in sdk_packages.BUILT_IN if each in imported), None)
        if name is None:
            return
        confidence = Confidence.HIGH if function.certain else Confidence.MEDIUM
        listed = [each for each in map(requirements.of, _meaning(name)) if each is not None]
        for each in listed[:1]:
            if not any(other.is_held for other in listed):
                yield self.violation(
                    each.place,
                    confidence=confidence,
                    message=OPEN if each.specifier else LISTED,
                    name=each.name,
                    versions=each.specifier,
                )
        if not listed and _is_left_to_runtime(subject, requirements, name):
            yield self.violation(
                _place(subject, requirements), confidence=confidence, file=requirements.path, name=name
            )


def _meaning(name: str) -> tuple[str, ...]:
    """The requirements that decide about a package: boto3's version about that of botocore, too."""
    return (name,) if name == "boto3" else (name, "boto3")


def _is_left_to_runtime(subject: Deployment, requirements: Requirements, name: str) -> bool:
    """Whether nothing else brings the package, for certain."""
    if requirements.installs(name) or not requirements.listed.is_complete:
        return False
    if any(sdk_packages.brings(each.name, each.extras, name) for each in requirements.listed.items):
        return False
    return _layers_lack(subject.function, name)


def _layers_lack(function: DeployedFunction, name: str) -> bool:
    attached = function.attached
    return attached.is_complete and all(_lacks(layer, name) for layer in attached.items)


def _lacks(layer: Layer, name: str) -> bool:
    """Whether a layer does not have the package, for certain."""
    requirements = layer.requirements.value
    if requirements is None:
        return sdk_packages.has_no_sdk(layer.named.text)
    if requirements.installs(name) or not requirements.listed.is_complete:
        return False
    return not any(sdk_packages.brings(each.name, each.extras, name) for each in requirements.listed.items)


def _place(subject: Deployment, requirements: Requirements) -> Place:
    """The first requirement of the file; or, if it lists none, the first function that it is for."""
    for requirement in requirements.listed.items:
        if requirement.place.path == requirements.path:
            return requirement.place
    sharing = (
        each
        for each in subject.template.functions
        if each.requirements.value is not None and each.requirements.value.path == requirements.path
    )
    return next(sharing, subject.function).place
