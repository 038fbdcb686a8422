"""Which calls of a deployed function wait for an answer from the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge import network
from lambda_lint.semantics.values import External, SdkKind, SdkMethod, agreed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.deployments import Deployment, ReachedCall
    from lambda_lint.semantics.values import Value

_OBJECTS = frozenset({SdkKind.CLIENT, SdkKind.PAGINATOR, SdkKind.PART, SdkKind.RESOURCE, SdkKind.WAITER})


def request_name(callee: Value | None) -> str | None:
    """What users call the request that a call of this sends; None if it is not known to send one."""
    match callee:
        case SdkMethod(owner, name) if owner.kind in _OBJECTS:
            sends = name[:1].islower() and name not in network.SILENT_OPERATIONS
            return ".".join(filter(None, (owner.service, owner.name, name))) if sends else None
        case External(name):
            maker, _, rest = name.partition("()")
            method = rest.rpartition(".")[2]
            is_statement = maker in network.DATABASES and method in network.STATEMENTS
            is_lookup = maker in network.STORES and method != "" and method not in network.SILENT_METHODS
            return name if name in network.REQUESTS or is_statement or is_lookup else None
    return None


def requests_of(deployment: Deployment) -> Iterator[tuple[str, ReachedCall]]:
    """The requests that invocations of the function may send, by module and place."""
    for call in deployment.calls:
        if call.repeats and (name := request_name(agreed(call.callee))) is not None:
            yield name, call
