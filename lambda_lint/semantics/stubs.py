"""What the annotation of a parameter says it is: an SDK object by its stub's type, an instance of a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.values import ClassValue, External, Instance, Sdk, SdkKind, Value, Values, Where

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Scope

PACKAGES = {"mypy_boto3_": False, "types_boto3_": False, "types_aiobotocore_": True}
"""How the names of packages with stubs begin, and whether they are of the asynchronous SDK."""


def annotated(ev: Evaluator, module: int, scope: Scope, name: str) -> tuple[Values, Values]:
    """What a parameter is for certain, and what it is if no call says otherwise."""
    for param in scope.params:
        if param.name == name and param.annotation is not None and scope.parent is not None:
            said = ev.values(Where(module, scope.parent, scope.order), param.annotation)
            stubs = [found for value in said if (found := _stub_type(value)) is not None]
            return tuple(stubs[:1]), tuple(Instance(v.key, None) for v in said if isinstance(v, ClassValue))
    return (), ()


def _stub_type(value: Value) -> Sdk | None:
    """`mypy_boto3_s3.client.S3Client` and its kin."""
    if not isinstance(value, External):
        return None
    package, _, rest = value.name.partition(".")
    prefix = next((prefix for prefix in PACKAGES if package.startswith(prefix)), None)
    if prefix is None:
        return None
    service = package.removeprefix(prefix).replace("_", "-").rstrip("-")
    if rest.endswith("Client"):
        return Sdk(SdkKind.CLIENT, service, is_async=PACKAGES[prefix])
    if rest.endswith("ServiceResource"):
        return Sdk(SdkKind.RESOURCE, service, is_async=PACKAGES[prefix])
    return None
