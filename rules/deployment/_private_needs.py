"""Whether a function may need the VPC that it is in: told from all that its code imports and calls."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from lambda_lint.api import SDK_FACTORIES, External, SdkMethod, SourceKind, private_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Deployment, ReachedCall

PRIVATE_SOURCES = frozenset({SourceKind.ALB, SourceKind.DOCUMENTDB, SourceKind.KAFKA, SourceKind.MQ})
"""Sources that stand in a VPC themselves."""
PRIVATE_BY_INTENT = re.compile(
    r"FileSystemConfig|file_system_config|FileSystem\.from|filesystem\s*[=:]"
    r"|VPCEndpoint|VpcEndpoint|vpc_endpoint|aws:[Ss]ource(?:Vpc|VPC)",
)
"""How templates say that files are mounted, or that traffic is to stay in the network."""


def may_need_network(deployment: Deployment) -> bool:
    """Whether anything may be there that only the VPC reaches, or that somebody wants to stay in it."""
    function = deployment.function
    return (
        not deployment.handlers
        or not function.environment_known
        or any(source.kind in PRIVATE_SOURCES for source in function.sources)
        or any(each.name.startswith(private_network.ENDPOINT_VARIABLES) for each in function.environment)
        or PRIVATE_BY_INTENT.search(deployment.template.text) is not None
        or any(resource.type == "AWS::EC2::VPCEndpoint" for resource in deployment.template.resources)
        or any(not _is_local(name) for name in _imports(deployment))
        or any(_may_connect(call) for call in deployment.calls)
    )


def services_of(deployment: Deployment) -> list[str]:
    """The services of AWS that its code calls, as far as they are known."""
    found = {
        callee.owner.service
        for call in deployment.calls
        for callee in call.callee
        if isinstance(callee, SdkMethod)
    }
    return sorted(service for service in found if service is not None)


def _imports(deployment: Deployment) -> Iterator[str]:
    """What the modules import that its environment runs, but for modules of the project."""
    project = deployment.project
    for module in sorted({module for module, _ in deployment.reached}):
        for imported in project.modules[module].imports:
            name = imported.module if imported.name is None else f"{imported.module}.{imported.name}"
            targets = (
                project.linker.resolve(module, each, imported.level) for each in (name, imported.module)
            )
            if all(target is None for target in targets):
                yield name


def _is_local(name: str) -> bool:
    """Whether an import brings nothing that connects to a host of its own."""
    first = name.partition(".")[0]
    if first in private_network.LOCAL or first.startswith("mypy_boto3_"):
        return True
    connecting = any(f"{name}.".startswith(f"{each}.") for each in private_network.CONNECTING)
    return first in sys.stdlib_module_names and not connecting


def _may_connect(call: ReachedCall) -> bool:
    """Whether a call leads elsewhere than to a public service of AWS."""
    names = {callee.name for callee in call.callee if isinstance(callee, (External, SdkMethod))}
    return (
        not names.isdisjoint(private_network.RUNNING)
        or not names.isdisjoint(private_network.TOKENS)
        or any(arg.keyword in private_network.OWN_ENDPOINTS for arg in call.call.args)
        or (not names.isdisjoint(SDK_FACTORIES) and any(arg.star == "**" for arg in call.call.args))
    )
