"""Chalice applications: `.chalice/config.json`, and the decorators of `app.py` that make functions.

The decorators are looked for line by line: they stand at the left margin, and it is enough to know their
names and literal arguments. The code itself is analyzed elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import cloudformation, polling
from lambda_lint.deployment.access import Access
from lambda_lint.deployment.building import mapping, merged, scalar, sequence
from lambda_lint.deployment.claims import chalice_app
from lambda_lint.deployment.document import Mapping, Scalar, Value, parse
from lambda_lint.deployment.fact import UNKNOWN
from lambda_lint.deployment.function import Delivery, DeployedFunction, EventSource, Template
from lambda_lint.deployment.stack import Stack
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.files import Files

DEFAULT_STAGE = "dev"
# https://aws.github.io/chalice/topics/configfile.html, as of 2026-11.
DEFAULT_TIMEOUT = "60"
API_HANDLER = "api_handler"
"""The function that all routes share."""

# https://aws.github.io/chalice/api.html: the methods that decorate functions, as of 2026-11, each with the
# argument that names what feeds the function.
_DECORATORS: dict[str, tuple[SourceKind | None, str]] = {
    "authorizer": (SourceKind.AUTHORIZER, ""),
    "lambda_function": (None, ""),
    "on_cw_event": (SourceKind.EVENTBRIDGE, ""),
    "on_dynamodb_record": (SourceKind.DYNAMODB, "stream_arn"),
    "on_kinesis_record": (SourceKind.KINESIS, "stream"),
    "on_s3_event": (SourceKind.S3, "bucket"),
    "on_sns_message": (SourceKind.SNS, "topic"),
    "on_sqs_message": (SourceKind.SQS, "queue"),
    "on_ws_connect": (SourceKind.WEBSOCKET, ""),
    "on_ws_disconnect": (SourceKind.WEBSOCKET, ""),
    "on_ws_message": (SourceKind.WEBSOCKET, ""),
    "schedule": (SourceKind.SCHEDULE, ""),
}
_SETTINGS = {
    "batch_size": "BatchSize",
    "maximum_batching_window_in_seconds": "MaximumBatchingWindowInSeconds",
    "maximum_concurrency": "MaximumConcurrency",
    "starting_position": "StartingPosition",
}
_APP = re.compile(r"^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:\w+\.)?Chalice\(", re.MULTILINE)
_DECORATED = re.compile(r"^@(\w+)\.(\w+)(.*)\n((?:(?!async def |def |class |@).*\n)*)", re.MULTILINE)
_DEFINITION = re.compile(r"^(?:async )?def (\w+)", re.MULTILINE)
_ARGUMENT = re.compile(r"\b(\w+)\s*=\s*(?:(['\"])([^'\"\n]*)\2|(\d+))")
_FIRST_TEXT = re.compile(r"\(\s*(['\"])([^'\"\n]*)\1")


@dataclass(frozen=True, slots=True)
class _Decorated:
    """A function of `app.py`."""

    name: str
    decorator: str
    arguments: dict[str, str]
    """Literal arguments; `handler` is the name to enter, and an empty name is the first by position."""
    dispatched: tuple[str, ...] = ()


def read(path: str, text: str, beside: Files) -> Template:
    """The functions of an application, in the order of its code, and that of its routes."""
    documents = parse(text)
    source = beside.get(chalice_app(path))
    if not documents or source is None or not isinstance(documents[0], Mapping):
        return Template(path, text, ())
    configuration = _Configuration(documents[0])
    decorated = list(_functions(source.decode("utf-8", "replace").replace("\r\n", "\n")))
    if not decorated:
        return Template(path, text, ())
    resources = {each.name: configuration.lowered(each) for each in decorated}
    stack = Stack.of(path, mapping(documents[0].span, {"Resources": _keyed(configuration, resources)}))
    if stack is None:  # pragma: no cover - there are resources
        return Template(path, text, ())
    by_name = {each.name: each for each in decorated}
    functions = cloudformation.functions_of(stack, text)
    return Template(path, text, tuple(_told(stack, each, by_name[each.name]) for each in functions))


def _functions(source: str) -> Iterator[_Decorated]:
    """Yield the functions that decorators make, at last the one that all routes share."""
    apps = set(_APP.findall(source))
    routes: dict[str, None] = {}
    app_of_routes = ""
    definitions = list(_DEFINITION.finditer(source))
    starts = [definition.start() for definition in definitions]
    for match in _DECORATED.finditer(source):
        app, decorator, rest = match[1], match[2], match[3] + "\n" + match[4]
        number = bisect_left(starts, match.end())
        if app not in apps or number == len(definitions):
            continue
        defined = definitions[number]
        if decorator == "route":
            app_of_routes = app
            routes[defined[1]] = None
        elif decorator in _DECORATORS:
            arguments = {found[1]: found[3] or found[4] or "" for found in _ARGUMENT.finditer(rest)}
            first = _FIRST_TEXT.search(rest)
            if first is not None:
                arguments[""] = first[2]
            name = arguments.get("name", defined[1])
            yield _Decorated(name, decorator, {**arguments, "handler": defined[1]})
    if routes:
        yield _Decorated(API_HANDLER, "route", {"handler": app_of_routes}, tuple(routes))


class _Configuration:
    """What the stage says of a function, or else the whole application."""

    def __init__(self, root: Mapping) -> None:
        self.root = root
        stages = root.get("stages")
        named = stages.entries if isinstance(stages, Mapping) else {}
        entry = named.get(DEFAULT_STAGE) or (next(iter(named.values())) if len(named) == 1 else None)
        self.stage = entry.value if entry is not None else None
        first = next(iter(root.entries.values()), None)
        self._at = entry.key if entry is not None else (first.key if first is not None else None)

    def key(self, function: str) -> Scalar:
        """Where the function is configured."""
        functions = self.stage.get("lambda_functions") if self.stage is not None else None
        if isinstance(functions, Mapping) and function in functions.entries:
            return functions.entries[function].key
        return self._at or scalar(self.root.span, function)

    def all_of(self, function: str, name: str) -> list[Value]:
        """What is said about it, the closest last."""
        own = self.stage.get("lambda_functions", function) if self.stage is not None else None
        places = (self.root, self.stage, own)
        return [found for place in places if place is not None and (found := place.get(name)) is not None]

    def get(self, function: str, name: str) -> Value | None:
        """What is said the closest to it."""
        return next(reversed(self.all_of(function, name)), None)

    def lowered(self, function: _Decorated) -> Mapping:
        """The function as a resource of SAM."""
        name = function.name
        at = self.key(name).span
        variables = self.all_of(name, "environment_variables")
        timeout = self.get(name, "lambda_timeout")
        xray = self.get(name, "xray")
        handler = f"app.{function.arguments['handler']}"
        subnets, groups = self.get(name, "subnet_ids"), self.get(name, "security_group_ids")
        storage = self.get(name, "lambda_ephemeral_storage")
        properties: dict[str, Value | None] = {
            "FunctionName": self._deployed_name(name),
            "Handler": scalar(at, handler),
            "CodeUri": scalar(at, ".."),
            "MemorySize": self.get(name, "lambda_memory_size"),
            "Timeout": timeout if timeout is not None else scalar(at, DEFAULT_TIMEOUT),
            "Environment": mapping(at, {"Variables": merged(at, *variables)}) if variables else None,
            "Layers": self.get(name, "layers"),
            "ReservedConcurrentExecutions": self.get(name, "reserved_concurrency"),
            "Tracing": scalar(xray.span, "Active") if _is_true(xray) and xray else None,
            "VpcConfig": mapping(at, {"SubnetIds": subnets, "SecurityGroupIds": groups}) if subnets else None,
            "EphemeralStorage": mapping(at, {"Size": storage}) if storage else None,
            "Role": self.get(name, "iam_role_arn"),
        }
        return mapping(
            at, {"Type": scalar(at, "AWS::Serverless::Function"), "Properties": mapping(at, properties)}
        )

    def _deployed_name(self, function: str) -> Value | None:
        name = self.root.get("app_name")
        if not isinstance(name, Scalar) or name.text is None:
            return None
        return scalar(name.span, f"{name.text}-{DEFAULT_STAGE}-{function}")


def _is_true(value: Value | None) -> bool:
    return isinstance(value, Scalar) and value.text == "true"


def _keyed(configuration: _Configuration, resources: dict[str, Mapping]) -> Mapping:
    made = mapping(configuration.root.span, resources)
    for name in resources:
        made.entries[name] = made.entries[name]._replace(key=configuration.key(name))
    return made


def _told(stack: Stack, function: DeployedFunction, decorated: _Decorated) -> DeployedFunction:
    """The function with what its decorator says.

    The policy that Chalice makes of the code is not known, and where lost events go cannot be said here.
    """
    role = function.access.role
    access = function.access if role.value is not None else Access(UNKNOWN)
    sources = tuple(_sources(stack, function, decorated))
    return replace(
        function, access=access, sources=sources, dispatched=decorated.dispatched, delivery=Delivery()
    )


def _sources(stack: Stack, function: DeployedFunction, decorated: _Decorated) -> Iterator[EventSource]:
    at = function.place.span
    if decorated.decorator == "route":
        yield EventSource(SourceKind.REST_API, function.place)
        return
    kind, feeder = _DECORATORS[decorated.decorator]
    if kind is None:
        return
    said = decorated.arguments
    settings: dict[str, Value | None] = {
        name: scalar(at, said[argument]) for argument, name in _SETTINGS.items() if argument in said
    }
    if kind is SourceKind.SCHEDULE and "" in said:
        settings["ScheduleExpression"] = scalar(at, said[""])
    if kind is SourceKind.S3:
        rules = [
            mapping(at, {"Name": scalar(at, name), "Value": scalar(at, said[name])})
            for name in ("prefix", "suffix")
            if name in said
        ]
        if rules:
            settings["Filter"] = mapping(at, {"S3Key": mapping(at, {"Rules": sequence(at, rules)})})
    target = stack.target(scalar(at, said[feeder])) if said.get(feeder) else (None, None)
    written = mapping(at, settings)
    source = EventSource(kind, function.place, stack.settings(written), *target)
    yield polling.detailed(stack, source, written)
