"""What a deployed function works with: services and resources, functions that it runs, where events go next.

What a call names by a value that is not known is the service alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_lint.knowledge import resources
from lambda_lint.model.deployed import Invoked, Resource, Use
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.function_names import shown
from lambda_lint.semantics.invocations import InvocationMode
from lambda_lint.semantics.keywords import Keywords
from lambda_lint.semantics.values import (
    Composed,
    Constant,
    Environment,
    External,
    SdkKind,
    SdkMethod,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.access import Named
    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.semantics.deployments import Deployment, ReachedCall
    from lambda_lint.semantics.values import Value, Values

NO_OPERATIONS = frozenset({"can_paginate", "close", "get_paginator", "get_waiter"})
"""Methods of clients that call nothing."""
CALLED = frozenset({SdkKind.CLIENT, SdkKind.RESOURCE, SdkKind.PART, SdkKind.PAGINATOR, SdkKind.WAITER})
SERVICES = {"table": "dynamodb", "secret": "secretsmanager"}
"""What a callable of another package names -> whose it is."""
ALIASES = {"states": "stepfunctions", "kinesisfirehose": "firehose"}
"""Services as ARNs and types of resources call them -> as clients do."""

_ARN = re.compile(r"arn:[^:]*:(?P<service>[^:]*):[^:]*:[^:]*:(?P<rest>.+)", re.DOTALL)
_URL = re.compile(r"https://.+/(?P<name>[^/]+)", re.DOTALL)


def uses_of(deployment: Deployment) -> tuple[Use, ...]:
    """The services and resources, sorted."""
    found = _Uses(deployment)
    for call in deployment.calls:
        found.add_call(call)
    found.settle_parts()
    for named, how in _handed_on(deployment.function):
        if named.service is not None and _function_of(deployment, named) is None:
            found.add(found.resource_of(named), how)
    return tuple(
        Use(resource, tuple(sorted(what)))
        for resource, what in sorted(found.what.items(), key=lambda item: _order(item[0]))
    )


def invoked_by(deployment: Deployment) -> tuple[Invoked, ...]:
    """The functions that the function runs, sorted."""
    found: dict[tuple[str | None, tuple[str, str] | None], set[str]] = {}
    user = deployment.function if deployment.template.functions else None
    for call in deployment.calls:
        invocation = deployment.project.invocations.at(call.module, call.number)
        if invocation is not None and invocation.mode is not InvocationMode.DRY_RUN:
            for target in deployment.project.invocations.targets_for(invocation, user):
                name, key = (target, None) if isinstance(target, str) or target is None else _known(target)
                found.setdefault((name, key), set()).add(invocation.mode.value)
    for named, how in _handed_on(deployment.function):
        function = _function_of(deployment, named)
        if function is not None:
            found.setdefault(_known(function), set()).add(how)
    ordered = sorted(found.items(), key=lambda item: (item[0][0] or "", item[0][1] or ("", "")))
    return tuple(Invoked(name, key, tuple(sorted(how))) for (name, key), how in ordered)


def _known(function: DeployedFunction) -> tuple[str, tuple[str, str]]:
    return shown(function), (function.place.path, function.name)


def _order(resource: Resource) -> tuple[str, str, str, str]:
    return resource.service, resource.template or "", resource.id or "", resource.name or ""


def _handed_on(function: DeployedFunction) -> Iterator[tuple[Named, str]]:
    """What becomes of events, and when."""
    delivery = function.delivery
    failures = [source.polling.failure_destination for source in function.sources if source.polling]
    for fact, how in (
        (delivery.dead_letter, "dead letters"),
        (delivery.on_failure, "on failure"),
        *((fact, "on failure") for fact in failures),
        (delivery.on_success, "on success"),
    ):
        if fact.value is not None:
            yield fact.value, how


def _function_of(deployment: Deployment, named: Named) -> DeployedFunction | None:
    if named.id is None:
        return None
    return next((each for each in deployment.together if each.name == named.id), None)


class _Uses:
    """What was found so far, each with what is done to it."""

    def __init__(self, deployment: Deployment) -> None:
        self.what: dict[Resource, set[str]] = {}
        self._project = deployment.project
        self._function = deployment.function
        self._declared = {each.id: each.place.path for each in deployment.template.resources}
        self._variables = {each.name: each for each in deployment.function.environment}
        self._made: dict[str, list[Resource]] = {}
        """Service -> what objects of boto3's resources stand for, such as tables."""
        self._done_to_made: dict[str, set[str]] = {}
        """Service -> what is done to such objects; to which of them is not known."""

    def add(self, resource: Resource, what: str) -> None:
        self.what.setdefault(resource, set()).add(what)

    def add_call(self, call: ReachedCall) -> None:
        if self._is_invocation(call):
            return
        for callee in call.callee:
            match callee:
                case SdkMethod(owner, name) if owner.service is not None and owner.kind in CALLED:
                    self._add_operation(call, owner.kind, owner.service, owner.name or name, name)
                case External(name) if name in resources.CALLABLES:
                    index, keyword, kind = resources.CALLABLES[name]
                    service = SERVICES[kind]
                    resource = self._resource(service, self._argument(call, index, keyword))
                    self.add(resource, name.rpartition(".")[2])

    def _add_operation(
        self, call: ReachedCall, kind: SdkKind, service: str, operation: str, method: str
    ) -> None:
        made = resources.CONSTRUCTORS.get((service, method))
        if kind is SdkKind.PART:
            self._done_to_made.setdefault(service, set()).add(method)
        elif kind is SdkKind.RESOURCE and made is not None:
            resource = self._resource(service, self._argument(call, 0, made[0]))
            self._made.setdefault(service, []).append(resource)
            self.add(resource, method)
        elif not (kind is SdkKind.CLIENT and method in NO_OPERATIONS):
            for resource in self._resources(call, service, method) or (Resource(service),):
                self.add(resource, operation)

    def settle_parts(self) -> None:
        """Say of which table a method was called, if there is only one."""
        for service, methods in self._done_to_made.items():
            made = dict.fromkeys(self._made.get(service, (Resource(service),)))
            if len(made) == 1:
                self.what[next(iter(made))] = set(methods)

    def _is_invocation(self, call: ReachedCall) -> bool:
        return self._project.invocations.at(call.module, call.number) is not None

    # -- which resource

    def _resources(self, call: ReachedCall, service: str, method: str) -> list[Resource]:
        if service == "s3" and method in resources.TRANSFERS:
            given = [self._argument(call, resources.TRANSFERS[method], "Bucket")]
        else:
            given = [self._argument(call, None, name) for name in resources.PARAMETERS.get(service, ())]
        found = [self._resource(service, values) for values in given if values is not None]
        known = [resource for resource in found if resource != Resource(service)]
        return known or found[:1]

    def _argument(self, call: ReachedCall, index: int | None, keyword: str) -> Values | None:
        evaluator = self._project.evaluator
        found = argument_at(call.call, index, None)
        if not isinstance(found, Absent):
            return evaluator.values(call.where, found)
        return Keywords(evaluator, ((call.where, call.call.args),)).get(keyword)

    def _resource(self, service: str, values: Values | None) -> Resource:
        value = None if values is None else agreed(values)
        if isinstance(value, Environment) and value.name in self._variables:
            target = self._variables[value.name].target
            if target is not None:
                return self._declared_resource(service, target)
        text = self._text(value)
        return Resource(service) if not text else Resource(service, name=name_in(text))

    def _text(self, value: Value | None) -> str | None:
        match value:
            case Constant(str(text)):
                return text
            case Environment(name) if name in self._variables:
                return self._variables[name].value
            case Composed(parts):
                texts = [part if isinstance(part, str) else self._text(part) for part in parts]
                known = [text for text in texts if text is not None]
                return "".join(known) if len(known) == len(parts) else None
        return None

    def _declared_resource(self, service: str, id_: str, name: str | None = None) -> Resource:
        return Resource(service, id_, self._declared.get(id_, self._function.place.path), name)

    def resource_of(self, named: Named) -> Resource:
        """What a template names."""
        service = ALIASES.get(named.service or "", named.service or "")
        if named.id is not None:
            return self._declared_resource(service, named.id, named.name)
        name = named.name or (None if "$" in named.text else name_in(named.text))
        return Resource(service, name=name or None)


def name_in(text: str) -> str:
    """The name of a resource in its ARN or URL; what is neither is a name."""
    if arn := _ARN.fullmatch(text):
        rest = arn["rest"]
        if arn["service"] == "s3":
            return rest.partition("/")[0]
        if arn["service"] in {"dynamodb", "kinesis"} and "/" in rest:
            return rest.split("/")[1]
        return re.split(r"[:/]", rest)[-1] or text
    url = _URL.fullmatch(text)
    return url["name"] if url else text
