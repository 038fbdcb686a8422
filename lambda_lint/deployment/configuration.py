"""How a function of a stack is set up: what CloudFormation and SAM say beside its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lambda_lint.deployment import facts
from lambda_lint.deployment.fact import ABSENT, UNKNOWN, Fact
from lambda_lint.deployment.function import Delivery, Network

if TYPE_CHECKING:
    from lambda_lint.deployment.document import Value
    from lambda_lint.deployment.intrinsics import Text
    from lambda_lint.deployment.stack import Resource, Stack

_LOG_FOLDER = "/aws/lambda/"
_PROVISIONED = ("ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions")


class Properties(Protocol):
    """The properties of a function, those of its defaults behind them."""

    def __call__(self, *path: str) -> Value | None:
        """What stands at a path."""


def network(stack: Stack, get: Properties) -> Fact[Network]:
    """The VPC."""
    value = stack.evaluator.chosen(get("VpcConfig"))
    if value is None:
        return ABSENT
    if not dict(facts.parts(stack, value)):
        return Fact(None, stack.place(value))
    subnets = facts.listed(stack, get("VpcConfig", "SubnetIds"))
    if subnets.is_complete and not subnets.items:
        # An empty list takes a function out of its VPC.
        return ABSENT
    groups = facts.listed(stack, get("VpcConfig", "SecurityGroupIds"))
    return Fact(Network(subnets, groups), stack.place(value))


def tracing(stack: Stack, get: Properties) -> Fact[str]:
    """The mode of tracing: SAM's own property, or CloudFormation's."""
    own = get("Tracing")
    return facts.text(stack, own if own is not None else below(stack, get, "TracingConfig", "Mode"))


def below(stack: Stack, get: Properties, container: str, name: str) -> Value | None:
    """What stands in a container; the container itself if it is not written out, as then nobody knows."""
    value = stack.evaluator.chosen(get(container))
    if value is None or dict(facts.parts(stack, value)):
        return get(container, name) if value is not None else None
    return value


class Surroundings:
    """Resources that configure functions from outside, by the function."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._invoke_configs: dict[str, Value] = {}
        self._provisioned: dict[str, Value] = {}
        self._log_groups: dict[str, Resource] = {}
        """By the shape of the name."""
        self._nameless: list[Resource] = []
        """Log groups whose name is said, and not known to be another's than a function's."""
        for resource in stack.resources.values():
            match resource.type:
                case "AWS::Logs::LogGroup":
                    name = stack.evaluator.chosen(resource.get("LogGroupName"))
                    text = stack.evaluator.text(name)
                    self._log_groups[text.shape or resource.id] = resource
                    if name is not None and text.shape is None and _may_be_of_function(text):
                        self._nameless.append(resource)
                case "AWS::Lambda::EventInvokeConfig":
                    self._add(self._invoke_configs, resource, resource.get())
                case "AWS::Lambda::Alias" | "AWS::Lambda::Version":
                    self._add(self._provisioned, resource, below(stack, resource.get, *_PROVISIONED))

    def _add(self, found: dict[str, Value], resource: Resource, value: Value | None) -> None:
        named = resource.get("FunctionName")
        if named is not None and value is not None:
            found.update(dict.fromkeys(self._stack.functions_named(named), value))

    def delivery(self, function: Resource, get: Properties) -> Delivery:
        """What becomes of asynchronous events."""
        stack = self._stack
        letters = below(stack, get, "DeadLetterQueue", "TargetArn")
        if letters is None:
            letters = below(stack, get, "DeadLetterConfig", "TargetArn")
        dead_letter = facts.named(stack, letters)
        config = stack.evaluator.chosen(get("EventInvokeConfig")) or self._invoke_configs.get(function.id)
        if config is None:
            return Delivery(dead_letter, ABSENT, ABSENT, ABSENT, ABSENT)
        return _configured(stack, config, dead_letter)

    def provisioned_concurrency(self, function: Resource, get: Properties) -> Fact[int]:
        """Provisioned concurrency: SAM's property, or that of an alias or a version."""
        own = below(self._stack, get, *_PROVISIONED)
        return facts.number(self._stack, own if own is not None else self._provisioned.get(function.id))

    def log_retention(self, function: Resource, get: Properties) -> Fact[int]:
        """For how many days its log group keeps what it logs."""
        configured = self._stack.evaluator.chosen(below(self._stack, get, "LoggingConfig", "LogGroup"))
        if configured is not None:
            target = self._stack.target(configured).id
            group = next((each for each in self._log_groups.values() if each.id == target), None)
            return UNKNOWN if group is None else self._retention(group)
        own = self._stack.evaluator.chosen(get("FunctionName"))
        shape = self._stack.evaluator.text(own).shape
        for name in (f"${{{function.id}}}", shape):
            group = self._log_groups.get(f"{_LOG_FOLDER}{name}")
            if group is not None:
                return self._retention(group)
        may_be_any = own is not None and shape is None and self._log_groups
        return UNKNOWN if self._nameless or may_be_any else ABSENT

    def _retention(self, group: Resource) -> Fact[int]:
        return facts.number(self._stack, group.get("RetentionInDays"))


def _may_be_of_function(name: Text) -> bool:
    """Whether the name of a log group may be one that Lambda writes to by itself."""
    first = name.parts[0]
    known = first if isinstance(first, str) else ""
    return known.startswith(_LOG_FOLDER) or _LOG_FOLDER.startswith(known)


def _configured(stack: Stack, config: Value, dead_letter: Fact) -> Delivery:  # type: ignore[type-arg]
    if not dict(facts.parts(stack, config)):
        return Delivery(dead_letter)
    destinations = stack.evaluator.chosen(config.get("DestinationConfig"))
    is_open = destinations is not None and not dict(facts.parts(stack, destinations))
    failure = destinations.get("OnFailure") if destinations else None
    success = destinations.get("OnSuccess") if destinations else None
    return Delivery(
        dead_letter=dead_letter,
        on_failure=UNKNOWN if is_open else facts.destination(stack, failure),
        on_success=UNKNOWN if is_open else facts.destination(stack, success),
        maximum_retries=facts.number(stack, config.get("MaximumRetryAttempts")),
        maximum_age=facts.number(stack, config.get("MaximumEventAgeInSeconds")),
    )
