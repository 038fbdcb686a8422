"""What the Serverless Framework and its plug-ins add to the role that all functions of a service share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment.building import mapping, scalar, sequence
from lambda_lint.deployment.document import Mapping, Scalar, Sequence
from lambda_lint.deployment.serverless_variables import unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

# What is given for each type of event, in the words of AWS's own policies, as of 2026-11:
# https://www.serverless.com/framework/docs/providers/aws/guide/iam, lib/plugins/aws/package/compile/events.
_FOR_EVENTS = {
    "sqs": ("AWSLambdaSQSQueueExecutionRole",),
    "stream": ("AWSLambdaDynamoDBExecutionRole", "AWSLambdaKinesisExecutionRole"),
}
_POSTING = "websocket"
"""The type of event with which all functions may answer all connections."""
_PERMITTING = frozenset({"serverless-lift", "serverless-websockets-plugin"})
"""Plug-ins that give the functions what their constructs need
(https://github.com/getlift/lift/blob/master/docs/permissions.md)."""


def plugins_of(root: Value) -> frozenset[str] | None:
    """The names of a service's plug-ins; None if they are not known."""
    plugins = root.get("plugins")
    listed = plugins.get("modules") if isinstance(plugins, Mapping) else plugins
    if listed is None:
        return frozenset()
    if not isinstance(listed, Sequence):
        return None
    return frozenset(each.plain or "" for each in listed.items if isinstance(each, Scalar))


def made(root: Value, provider: Value, statements: Value | None, functions: Collection[Mapping]) -> Value:
    """The role, with the statements that the service writes."""
    at = provider.span
    named = provider.get("iam", "role", "managedPolicies") or provider.get("iamManagedPolicies")
    document = mapping(at, {"Statement": _statements(at, statements, root, functions)})
    policies = sequence(at, (mapping(at, {"PolicyDocument": document}),))
    properties = mapping(at, {"Policies": policies, "ManagedPolicyArns": _managed(at, named, functions)})
    return mapping(at, {"Type": scalar(at, "AWS::IAM::Role"), "Properties": properties})


def _statements(at: Span, own: Value | None, root: Value, functions: Iterable[Mapping]) -> Value:
    """The statements of the role: those that the service writes, and an unknown one if others are added."""
    plugins = plugins_of(root)
    is_added = plugins is None or not plugins.isdisjoint(_PERMITTING) or _POSTING in _events(functions)
    if not isinstance(own, (Sequence, type(None))):
        return own
    added = (unknown(at),) if is_added else ()
    return sequence(at, (*own.items, *added) if own is not None else added)


def _managed(at: Span, own: Value | None, functions: Iterable[Mapping]) -> Value:
    """The managed policies of the role: those that the service names, and those for its events."""
    if not isinstance(own, (Sequence, type(None))):
        return own
    names = dict.fromkeys(name for event in _events(functions) for name in _FOR_EVENTS.get(event, ()))
    added = tuple(scalar(at, name) for name in names)
    return sequence(at, (*own.items, *added) if own is not None else added)


def _events(functions: Iterable[Mapping]) -> Iterator[str]:
    for function in functions:
        events = function.get("events")
        for event in events.children if events is not None else ():
            if isinstance(event, Mapping):
                yield from event.entries
