"""What a deployed function asks of AWS: each operation that its code calls, and on which resource.

`calls_of` finds calls of clients, of resources and their collections, of paginators and waiters, of methods
that are handed to pools and threads, and of libraries that call operations themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.analyses.sdk_resources import resource_of, resource_of_library
from lambda_lint.knowledge import iam_operations, iam_resources
from lambda_lint.knowledge.operations import waiter_of
from lambda_lint.knowledge.sdk import FACTORIES
from lambda_lint.semantics.facts import Attr, CallRef
from lambda_lint.semantics.keywords import Keywords
from lambda_lint.semantics.values import (
    UNKNOWN,
    Constant,
    External,
    Partial,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    Value,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.allowed import Wanted
    from lambda_lint.semantics.deployments import Deployment, ReachedCall
    from lambda_lint.semantics.facts import Expr

OBJECTS = frozenset({SdkKind.RESOURCE, SdkKind.PART})
FACTORY_KINDS = frozenset({SdkKind.SESSION, SdkKind.BOTOCORE_SESSION})
WAITS = "wait:"
DELETES = "delete"
CONFIG, UNSIGNED = "botocore.config.Config", "signature_version"


@dataclass(frozen=True, slots=True)
class SdkCall:
    """An operation that a function calls."""

    service: str
    """As boto3 names it, such as `stepfunctions`."""
    operation: str
    at: ReachedCall
    keywords: Keywords | None
    """Its arguments; None if they are not those of the call."""
    wanted: Wanted | None
    """The resource; None if nothing is known of it."""
    is_own: bool = True
    """False if it may be called with the credentials of another role."""
    is_sure: bool = True
    """False if the call may call something else."""
    is_set: bool = True
    """False if what names the resource is an environment variable that the template does not set."""


@dataclass(frozen=True, slots=True)
class SdkCalls:
    """All operations that are known to be called, and whether there may be others."""

    calls: tuple[SdkCall, ...]
    unclear: tuple[ReachedCall, ...] = ()
    """Calls of something of the SDK of which it is not known what it is."""


def calls_of(deployment: Deployment) -> SdkCalls:
    """What the function asks of AWS, at a cold start and at each invocation, by module and place."""
    return _Search(deployment).result()


@dataclass(slots=True)
class _Search:
    deployment: Deployment
    _foreign: set[str] = field(default_factory=set)
    """Services of which a client with other credentials is made; `*` for one that is not known."""
    _unclear: list[ReachedCall] = field(default_factory=list)

    def result(self) -> SdkCalls:
        for call in self.deployment.calls:
            self._look_for_credentials(call)
        found = tuple(each for call in self.deployment.calls for each in self._calls(call))
        return SdkCalls(found, tuple(self._unclear))

    # -- whose credentials

    def _look_for_credentials(self, call: ReachedCall) -> None:
        match agreed(call.callee):
            case External(name) if name in FACTORIES:
                pass
            case SdkMethod(Sdk(kind)) if kind in FACTORY_KINDS:
                pass
            case _:
                return
        if not self._is_foreign(call):
            return
        ev = self.deployment.project.evaluator
        for made in ev.values(call.where, CallRef(call.number)):
            is_client = isinstance(made, Sdk) and made.kind not in FACTORY_KINDS
            self._foreign.add(made.service or "*" if isinstance(made, Sdk) and is_client else "*")

    def _is_foreign(self, call: ReachedCall) -> bool:
        if any(arg.star or arg.keyword in iam_resources.CREDENTIALS for arg in call.call.args):
            return True
        keywords = self._keywords(call)
        endpoint = agreed(keywords.get(iam_resources.ENDPOINT) or ())
        service = agreed(keywords.get("service_name") or self._first(call))
        if isinstance(endpoint, Constant) and endpoint.value is not None:
            own = isinstance(service, Constant) and service.value in iam_resources.OWN_ENDPOINTS
            return not own
        config = agreed(keywords.get("config") or ())
        if isinstance(config, Returned) and config.callee == CONFIG:
            made = self.deployment.project.evaluator.call(config.call)
            return any(arg.keyword == UNSIGNED for arg in made.args)
        return False

    def _first(self, call: ReachedCall) -> tuple[Value, ...]:
        args = call.call.args
        is_given = bool(args) and args[0].keyword is None
        return self.deployment.project.evaluator.values(call.where, args[0].value) if is_given else ()

    # -- calls

    def _calls(self, call: ReachedCall) -> Iterator[SdkCall]:
        is_sure = len(call.callee) == 1
        is_known = False
        for value in call.callee:
            match value:
                case SdkMethod(owner, name):
                    is_known = True
                    yield from self._method(call, owner, name, is_sure=is_sure)
                case External(name) if name in iam_resources.LIBRARIES:
                    yield from self._library(call, name)
                case Partial() | External():
                    yield from self._handed(call)
        if not is_known and UNKNOWN in call.callee:
            yield from self._collection(call)
            yield from self._handed(call)

    def _method(self, call: ReachedCall, owner: Sdk, name: str, *, is_sure: bool) -> Iterator[SdkCall]:
        if name in iam_operations.LOCAL or owner.kind in FACTORY_KINDS:
            return
        keywords: Keywords | None = self._keywords(call)
        operations = list(operations_of(owner, name))
        if name in iam_operations.PRESIGNED:
            operations, keywords = self._presigned(call, name), None
        if (owner.service is None or not operations) and not name[:1].isupper():
            self._unclear.append(call)
        for operation in operations if owner.service is not None else ():
            yield self._made(call, owner, operation, call.call.func, keywords, is_sure=is_sure)

    def _presigned(self, call: ReachedCall, name: str) -> list[str]:
        """The operation that a URL allows: who uses it does so with the function's permissions."""
        fixed = iam_operations.PRESIGNED[name]
        given = agreed(self._keywords(call).get("ClientMethod") or self._first(call))
        if fixed is None and isinstance(given, Constant) and isinstance(given.value, str):
            return [given.value]
        return [] if fixed is None else [fixed]

    def _made(
        self,
        call: ReachedCall,
        owner: Sdk,
        operation: str,
        function: Expr,
        keywords: Keywords | None,
        *,
        is_sure: bool,
    ) -> SdkCall:
        service = owner.service or ""
        is_own = self._foreign.isdisjoint({service, "*"})
        wanted, is_set = resource_of(self.deployment, call, owner, operation, function, keywords)
        return SdkCall(service, operation, call, keywords, wanted, is_own, is_sure, is_set)

    def _collection(self, call: ReachedCall) -> Iterator[SdkCall]:
        """`bucket.objects.filter(Prefix="x").delete()`: methods of collections are not methods of objects."""
        method, below = call.call.func, call.call.func
        ev = self.deployment.project.evaluator
        while isinstance(below, (Attr, CallRef)):
            if isinstance(below, CallRef):
                below = ev.modules[call.module].calls[below.site].func
                continue
            below = below.base
            match agreed(ev.values(call.where, below)) if isinstance(below, Attr) else None:
                case SdkMethod(owner, name) if owner.kind in OBJECTS and isinstance(method, Attr):
                    operations = list(operations_of(owner, f"{name}.{method.name}"))
                    if owner.service is None or not operations:
                        return
                    for operation in operations:
                        yield self._made(call, owner, operation, below, None, is_sure=True)
                    return

    def _handed(self, call: ReachedCall) -> Iterator[SdkCall]:
        """Methods that are arguments: whoever takes them will call them, with what is not known."""
        ev = self.deployment.project.evaluator
        for arg in call.call.args:
            match agreed(ev.values(call.where, arg.value)) if isinstance(arg.value, Attr) else None:
                case SdkMethod(owner, name) if owner.service is not None:
                    for operation in operations_of(owner, name):
                        yield self._made(call, owner, operation, arg.value, None, is_sure=True)

    def _library(self, call: ReachedCall, name: str) -> Iterator[SdkCall]:
        service, operations, *_ = iam_resources.LIBRARIES[name]
        wanted, is_set = resource_of_library(self.deployment, call, name)
        for operation in operations:
            yield SdkCall(service, operation, call, None, wanted, is_set=is_set)

    def _keywords(self, call: ReachedCall) -> Keywords:
        return Keywords(self.deployment.project.evaluator, ((call.where, call.call.args),))


def operations_of(owner: Sdk, name: str) -> Iterator[str]:
    """The operations that a method of an SDK object calls."""
    service = owner.service or ""
    if owner.kind is SdkKind.CLIENT:
        yield name
    elif owner.kind is SdkKind.PAGINATOR and name == "paginate" and owner.name is not None:
        yield owner.name
    elif owner.kind is SdkKind.WAITER and name == "wait":
        yield from _waited(service, owner.name)
    elif owner.kind in OBJECTS:
        cls = "" if owner.kind is SdkKind.RESOURCE else owner.name or ""
        found = iam_operations.operation_behind(service, cls, name)
        if found is not None and found.startswith(WAITS):
            yield from _waited(service, found.removeprefix(WAITS))
        elif found is not None:
            yield found
            if name in {"objects.delete", "object_versions.delete"}:
                yield "delete_objects"


def _waited(service: str, name: str | None) -> Iterator[str]:
    waiter = None if name is None else waiter_of(service, name)
    if waiter is not None:
        yield waiter.operation
