"""Services of the Serverless Framework: `serverless.yml`, `serverless.json` and what they name.

A service is CloudFormation with another spelling of functions and events: both are put into those words, with
their own places, and read as such.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import cloudformation, serverless_events
from lambda_lint.deployment.building import mapping, scalar
from lambda_lint.deployment.document import Mapping, Scalar, Value, parse
from lambda_lint.deployment.function import DeployedFunction, EventSource, Template
from lambda_lint.deployment.serverless_functions import SHARED_ROLE, Service, logical
from lambda_lint.deployment.serverless_variables import Variables
from lambda_lint.deployment.stack import Stack
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.files import Files


def read(path: str, text: str, beside: Files) -> Template:
    """The functions of a service, in its order."""
    documents = parse(text)
    if not documents:
        return Template(path, text, ())
    root = _expanded(documents[0], path, beside)
    service = Service(root)
    if not _is_on_aws(service):
        return Template(path, text, ())
    resources = service.resources()
    functions = {key.text or "": (key, function) for key, function in service.functions()}
    made = {name: service.lowered(key, function) for name, (key, function) in functions.items()}
    hidden = {SHARED_ROLE: service.shared_role(), **_log_groups(service, functions)}
    document = mapping(root.span, {"Resources": _named({**hidden, **resources, **made}, functions)})
    stack = Stack.of(path, document)
    if stack is None:  # pragma: no cover - there are resources
        return Template(path, text, ())
    for name in functions:
        stack.also_called(f"{logical(name)}LambdaFunction", name)
    authorizing = _authorizing(stack, service)
    found = tuple(
        _with_events(stack, authorizing.get(function.name), function, functions[function.name][1])
        for function in cloudformation.functions_of(stack, text)
        if function.name in functions
    )
    declared = [
        each for each in cloudformation.declared(stack) if each.id not in hidden or each.id in resources
    ]
    return Template(path, text, found, tuple(declared))


def _expanded(root: Value, path: str, beside: Files) -> Value:
    variables = Variables(root, path, beside)
    return variables.expanded(root)


def _is_on_aws(service: Service) -> bool:
    provider = service.provider
    name = provider.get("name") if isinstance(provider, Mapping) else provider
    return isinstance(name, Scalar) and name.plain == "aws"


def _named(resources: dict[str, Value], functions: dict[str, tuple[Scalar, Mapping]]) -> Mapping:
    """The mapping of all resources, with the function's own key for its place."""
    made = mapping(next(iter(resources.values())).span, resources)
    for name, (key, _) in functions.items():
        made.entries[name] = made.entries[name]._replace(key=key)
    return made


def _log_groups(service: Service, functions: dict[str, tuple[Scalar, Mapping]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, (_, function) in functions.items():
        retention = service.retention(function)
        if retention is None:
            continue
        at = retention.span
        properties = mapping(
            at,
            {
                "LogGroupName": scalar(at, f"/aws/lambda/${{{name}}}", "!Sub"),
                "RetentionInDays": retention,
            },
        )
        group = mapping(at, {"Type": scalar(at, "AWS::Logs::LogGroup"), "Properties": properties})
        found[f"{logical(name)}LogGroup"] = group
    return found


def _with_events(
    stack: Stack, authorizing: EventSource | None, function: DeployedFunction, declaration: Mapping
) -> DeployedFunction:
    """The function with the sources that it, and authorizers of other functions' events, declare."""
    own = serverless_events.sources_of(stack, declaration.get("events"))
    urls = serverless_events.url(stack, function.name, declaration.get("url"))
    sources = (*function.sources, *own, *urls, *((authorizing,) if authorizing is not None else ()))
    return replace(function, sources=tuple(sorted(sources, key=lambda source: source.place.span)))


def _authorizing(stack: Stack, service: Service) -> dict[str, EventSource]:
    """The events that functions authorize, the first one by the name of the function."""
    found: dict[str, EventSource] = {}
    for _, declaration in service.functions():
        events = declaration.get("events")
        for event in events.children if events is not None else ():
            for api in ("http", "httpApi", "websocket"):
                authorizer = event.get(api, "authorizer")
                name = authorizer and (authorizer.get("name") or authorizer)
                if isinstance(name, Scalar) and name.plain is not None:
                    found.setdefault(name.plain, EventSource(SourceKind.AUTHORIZER, stack.place(name)))
    return found
