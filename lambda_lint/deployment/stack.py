"""One document of a CloudFormation or SAM template: its resources, and which of them a value means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.deployment.access import Named
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.evaluation import Evaluator
from lambda_lint.deployment.fact import Place
from lambda_lint.deployment.intrinsics import Reference, Text, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingType

    from lambda_lint.deployment.document import Entry

FUNCTION_TYPES = frozenset({"AWS::Lambda::Function", "AWS::Serverless::Function"})

_NAME_PROPERTIES = {
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Events::EventBus": "Name",
    "AWS::Kinesis::Stream": "Name",
    "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Serverless::Function": "FunctionName",
    "AWS::Serverless::SimpleTable": "TableName",
    "AWS::Serverless::StateMachine": "Name",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
}
LOOP = "Fn::ForEach::"
"""With a name behind, the key of a loop of `AWS::LanguageExtensions`: variable, values, what is made."""
_MAKING = (LOOP, "Fn::Transform")
_SERVICES = {"AWS::Serverless::SimpleTable": "dynamodb", "AWS::Serverless::StateMachine": "states"}
_ARN = re.compile(r"arn:[^:]*:(?P<service>[a-z0-9-]+):[^:]*:[^:]*:(?P<rest>.+)", re.DOTALL)
_FUNCTION_IN_ARN = re.compile(r":function:((?:\$\{[^{}]*\}|[\w-])+)")
_FUNCTION_ARN = re.compile(r"arn:[^:]*:lambda:[^:]*:[^:]*:function:(?P<name>[^:]+)(?::[^:]+)?")


class Target(NamedTuple):
    """A resource outside or inside the template: its logical id or else its name, and its literal name."""

    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """An entry of `Resources`."""

    id: str
    key: Scalar
    type: str
    body: Value

    def get(self, *path: str) -> Value | None:
        """Follow `path` through the properties."""
        return self.body.get("Properties", *path)


@dataclass(slots=True)
class Stack:
    """A document with `Resources`; ask what its values mean."""

    path: str
    document: Value
    evaluator: Evaluator
    resources: dict[str, Resource]
    is_open: bool = False
    """Whether loops or macros make resources that are not among these."""
    _functions: dict[str, str] = field(default_factory=dict)
    """Function by logical id: its own, and those of its aliases and versions."""
    _functions_by_name: dict[str, str] = field(default_factory=dict)
    _ids_by_name: dict[tuple[str, str], str] = field(default_factory=dict)
    """Logical id by service and name."""

    @classmethod
    def of(
        cls, path: str, document: Value, given: MappingType[str, str | None] | None = None
    ) -> Stack | None:
        """Index a document; None if it has no `Resources`. `given` are values of its parameters."""
        resources = document.get("Resources")
        if not isinstance(resources, Mapping):
            return None
        known = dict(_resources(resources))
        is_open = any(name.startswith(_MAKING) for name in resources.entries)
        stack = cls(path, document, Evaluator(document, given or {}), known, is_open)
        stack._link()
        return stack

    def place(self, value: Value) -> Place:
        """Where `value` stands."""
        return Place(self.path, value.span)

    def given_at(self, entry: Entry) -> Place:
        """Where an entry of a mapping is given its value."""
        return self.place(entry.value)

    def also_called(self, id_: str, function: str) -> None:
        """Let `id_` mean a function of this stack, too."""
        self._functions.setdefault(id_, function)

    def functions_in(self, value: Value) -> tuple[str, ...]:
        """Logical ids of the functions that `value` mentions, however deep."""
        found: dict[str, None] = {}
        for text in self.evaluator.texts_within(value):
            mentioned = [self._functions.get(reference.name) for reference in text.references]
            named = [self._functions_by_name.get(name) for name in _FUNCTION_IN_ARN.findall(str(text))]
            found.update(dict.fromkeys(one for one in (*mentioned, *named) if one is not None))
        return tuple(found)

    def functions_named(self, value: Value) -> tuple[str, ...]:
        """As `functions_in`, and `value` may also be a function's plain name."""
        named = self._functions_by_name.get(self.evaluator.text(value).shape or "")
        return self.functions_in(value) if named is None else (named,)

    def function_meant(self, text: Text) -> str | None:
        """The logical id of the function whose name or ARN a text is, with or without a qualifier."""
        match text.parts:
            case (Reference(name, "" | "Arn" | "FunctionArn"),):
                return self._functions.get(name)
        arn = _FUNCTION_ARN.fullmatch(text.shape or "")
        return self._functions_by_name.get(arn["name"] if arn else text.shape or "")

    def target(self, value: Value | None) -> Target:
        """The resource that `value` names by reference, by ARN or by name."""
        text = self.evaluator.text(value)
        for reference in text.references:
            # `Outputs.…` are other resources, in a nested stack.
            if reference.name in self.resources and not reference.attribute.startswith("Outputs."):
                return self.resource_target(reference.name)
        if arn := _ARN.fullmatch(str(text)):
            name = _name_in_arn(arn["service"], arn["rest"])
            if (id_ := self._ids_by_name.get((arn["service"], name))) is not None:
                return self.resource_target(id_)
            literal = None if any(mark in name for mark in "$?*") else name
            return Target(literal, literal)
        return Target(text.literal, text.literal)

    def resource_target(self, id_: str) -> Target:
        """The resource `id_` of this stack."""
        return Target(id_, self.literal_name(id_))

    def named(self, value: Value | None) -> Named:
        """The resource that `value` names, with what the value comes to."""
        text, target = self.evaluator.text(value), self.target(value)
        resource = self.resources.get(target.id or "")
        if resource is None:
            return Named(None, target.name, self.service(value), written(text))
        return Named(resource.id, target.name, service_of(resource.type), written(text))

    def service(self, value: Value | None) -> str | None:
        """The service in an ARN that is written out, such as `sqs`."""
        arn = _ARN.fullmatch(str(self.evaluator.text(value)))
        return arn["service"] if arn else None

    def literal_name(self, id_: str) -> str | None:
        """The name that the template gives the resource `id_`."""
        resource = self.resources[id_]
        named = _NAME_PROPERTIES.get(resource.type)
        return None if named is None else self.evaluator.literal(resource.get(named))

    def settings(self, mapping: Value | None) -> tuple[tuple[str, str], ...]:
        """The entries of `mapping` as `EventSource` wants them."""
        if not isinstance(mapping, Mapping) or call_of(mapping):
            return ()
        return tuple(
            (name, self._setting(entry.value))
            for name, entry in mapping.entries.items()
            if not (isinstance(entry.value, Scalar) and entry.value.text is None)
        )

    def _setting(self, value: Value) -> str:
        texts = self.evaluator.texts(value) or (self.evaluator.text(value),)
        literals = [literal for text in texts if (literal := text.literal) is not None]
        return ",".join(literals) if len(literals) == len(texts) else ""

    def _published_alias(self, resource: Resource) -> str | None:
        """The alias that SAM makes for a function, by its own word or that of `Globals`."""
        own = resource.get("AutoPublishAlias")
        if own is None and resource.type == "AWS::Serverless::Function":
            own = self.document.get("Globals", "Function", "AutoPublishAlias")
        return self.evaluator.literal(own)

    def _link(self) -> None:
        for resource in self.resources.values():
            shape = self.evaluator.text(resource.get(_NAME_PROPERTIES.get(resource.type, ""))).shape
            if resource.type in FUNCTION_TYPES:
                self._functions[resource.id] = resource.id
                if shape is not None:
                    self._functions_by_name[shape] = resource.id
                alias = self._published_alias(resource)
                if alias is not None:
                    self._functions[f"{resource.id}Alias{alias}"] = resource.id
            elif shape is not None:
                self._ids_by_name[service_of(resource.type), shape] = resource.id
        for resource in self.resources.values():
            function = resource.get("FunctionName")
            if resource.type in {"AWS::Lambda::Alias", "AWS::Lambda::Version"} and function is not None:
                for owner in self.functions_named(function):
                    self._functions[resource.id] = owner


def service_of(kind: str) -> str:
    """The service of a type of resource, as ARNs call it."""
    return _SERVICES.get(kind) or kind.partition("::")[2].partition("::")[0].lower()


def written(text: Text) -> str:
    """A text with `${…}` for what is not known."""
    return "".join("${}" if part is None else str(part) for part in text.parts)


def _resources(resources: Mapping) -> Iterator[tuple[str, Resource]]:
    # Aliases can put one loop into many.
    pending, seen = [resources], {resources}
    while pending:
        for name, entry in pending.pop(0).entries.items():
            match name.startswith(LOOP), entry.value:
                case True, Sequence(items=(_, _, Mapping() as body)) if body not in seen:
                    # What it makes counts as one, under a name that nobody else has: `${Name}Function`.
                    seen.add(body)
                    pending.append(body)
            kind = entry.value.get("Type")
            if isinstance(kind, Scalar) and kind.text is not None:
                yield name, Resource(name, entry.key, kind.text, entry.value)


def _name_in_arn(service: str, rest: str) -> str:
    """The resource's name in the last part of an ARN, such as `table/Orders/stream/…`."""
    if service == "s3":
        return rest.split("/", maxsplit=1)[0]
    if service in {"dynamodb", "kafka", "kinesis"} and "/" in rest:
        return rest.split("/")[1]
    if service == "logs":
        return rest.removeprefix("log-group:").removesuffix(":*")
    return re.split(r"[:/]", rest)[-1]
