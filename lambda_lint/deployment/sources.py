"""What triggers the functions of a stack."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lambda_lint.deployment import hooks, polling, sam
from lambda_lint.deployment.document import Mapping, Value
from lambda_lint.deployment.function import EventSource
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.stack import Resource, Stack, Target

_Found = tuple[str, EventSource]
"""A function's logical id, and a source of it."""


def sources_of(stack: Stack) -> dict[str, tuple[EventSource, ...]]:
    """The event sources by logical id of the function, in the order of the template."""
    found: defaultdict[str, list[EventSource]] = defaultdict(list)
    for resource in stack.resources.values():
        for function, source in _invoked_by(stack, resource):
            found[function].append(source)
    for resource in stack.resources.values():
        if resource.type == "AWS::Lambda::Permission":
            for function, source in _permitted(stack, resource, found):
                found[function].append(source)
    return {
        function: tuple(sorted(sources, key=lambda source: source.place.span))
        for function, sources in found.items()
    }


def _invoked_by(stack: Stack, resource: Resource) -> Iterator[_Found]:
    match resource.type:
        case "AWS::Serverless::Function":
            yield from ((resource.id, source) for source in sam.sources_of(stack, resource))
        case "AWS::Lambda::EventSourceMapping":
            yield from _mapped(stack, resource)
        case "AWS::Events::Rule":
            yield from _targeted(stack, resource)
        case "AWS::Cognito::UserPool":
            yield from _triggered(stack, resource)
        case str(kind) if kind == "AWS::CloudFormation::CustomResource" or kind.startswith("Custom::"):
            own = stack.resource_target(resource.id)
            yield from _named(stack, resource, resource.get("ServiceToken"), SourceKind.CUSTOM_RESOURCE, own)
    for hook in hooks.HOOKS.get(resource.type, ()):
        own = stack.resource_target(resource.id)
        target = stack.target(resource.get(hook.feeder)) if hook.feeder else own
        kind = _told_apart(stack, hook.kind, target.id)
        more = stack.settings(resource.get()) if kind is SourceKind.SCHEDULE else ()
        for container, value in _find(stack, resource, hook.path):
            yield from _named(stack, resource, value, kind, target, _integration(value) or container, more)


def _named(
    stack: Stack,
    resource: Resource,
    value: Value | None,
    kind: SourceKind,
    target: Target,
    settings: Value | None = None,
    more: tuple[tuple[str, str], ...] = (),
) -> Iterator[_Found]:
    """Yield a source for each function that `value` names, with what `settings` say."""
    if value is not None:
        told = (*more, *stack.settings(settings))
        source = EventSource(kind, stack.place(resource.key), told, *target)
        for function in stack.functions_named(value):
            yield function, polling.detailed(stack, source, settings)


def _integration(value: Value) -> Value | None:
    """The settings of an integration that an OpenAPI document describes."""
    return value if isinstance(value, Mapping) and value.get("uri") is not None else None


def _mapped(stack: Stack, resource: Resource) -> Iterator[_Found]:
    properties, arn = resource.get(), resource.get("EventSourceArn")
    target = stack.target(arn)
    found = [hooks.STREAMS.get(stack.service(arn) or "")]
    if target.id in stack.resources:
        found.append(hooks.STREAM_TYPES.get(stack.resources[target.id].type))
    found.extend(kind for mark, kind in hooks.MAPPING_MARKS.items() if resource.get(mark) is not None)
    kind = next((kind for kind in found if kind is not None), None)
    if kind is not None:
        yield from _named(stack, resource, resource.get("FunctionName"), kind, target, properties)


def _targeted(stack: Stack, resource: Resource) -> Iterator[_Found]:
    scheduled = resource.get("ScheduleExpression") is not None and resource.get("EventPattern") is None
    kind = SourceKind.SCHEDULE if scheduled else SourceKind.EVENTBRIDGE
    for container, value in _find(stack, resource, "Targets.*.Arn"):
        own, settings = stack.resource_target(resource.id), stack.settings(resource.get())
        yield from _named(stack, resource, value, kind, own, container, settings)


def _triggered(stack: Stack, resource: Resource) -> Iterator[_Found]:
    triggers = resource.get("LambdaConfig")
    for name, entry in triggers.entries.items() if isinstance(triggers, Mapping) else ():
        own, settings = stack.resource_target(resource.id), (("Trigger", name),)
        yield from _named(stack, resource, entry.value, SourceKind.COGNITO, own, None, settings)


def _permitted(stack: Stack, resource: Resource, found: dict[str, list[EventSource]]) -> Iterator[_Found]:
    """Yield what only a permission tells: the source itself may be in another template."""
    principal = str(stack.evaluator.text(resource.get("Principal"))).split(".")[0]
    is_url = resource.get("FunctionUrlAuthType") is not None
    kind = SourceKind.FUNCTION_URL if is_url else hooks.PRINCIPALS.get(principal)
    if kind is None:
        return
    told = {kind} | hooks.IMPLIED.get(kind, frozenset())
    target = stack.target(resource.get("SourceArn"))
    exact = _told_apart(stack, kind, target.id)
    for function, source in _named(stack, resource, resource.get("FunctionName"), exact, target):
        if not any(other.kind in told for other in found[function]):
            yield function, source


def _told_apart(stack: Stack, kind: SourceKind, target: str | None) -> SourceKind:
    """Narrow `API` by the API's own resource."""
    if kind is not SourceKind.API or target not in stack.resources:
        return kind
    api = stack.resources[target]
    if api.type != "AWS::ApiGatewayV2::Api":
        return hooks.API_TYPES.get(api.type, kind)
    # Only an HTTP API can be imported, and then its protocol may be left out.
    protocol = "HTTP" if api.get("Body") else stack.evaluator.literal(api.get("ProtocolType"))
    return {"HTTP": SourceKind.HTTP_API, "WEBSOCKET": SourceKind.WEBSOCKET}.get(protocol or "", kind)


def _find(stack: Stack, resource: Resource, path: str) -> Iterator[tuple[Value | None, Value]]:
    """Yield what stands at `path`, each with the mapping that it is an entry of."""
    properties = resource.get()
    found: list[tuple[Value | None, Value]] = [(None, properties)] if properties else []
    for step in path.split("."):
        options = [branch for _, value in found for branch in stack.evaluator.branches(value)]
        match step:
            case "*":
                found = [(None, child) for option in options for child in option.children]
            case "**":
                found = [(None, below) for option in options for below in _walk(stack, option)]
            case _:
                found = [(option, child) for option in options if (child := option.get(step)) is not None]
    yield from found


def _walk(stack: Stack, value: Value) -> Iterator[Value]:
    for below in value.walk():
        stack.evaluator.spend(1)
        yield below
