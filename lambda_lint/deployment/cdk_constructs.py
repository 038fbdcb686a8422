"""The constructs of a CDK program as resources in CloudFormation's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_program import Call, Items, Literal
from lambda_lint.deployment.cdk_tables import (
    BUCKET_EVENTS,
    DEFAULT_RETENTION,
    DELIVERY_NAMES,
    FEEDERS,
    FUNCTION_NAMES,
    FUNCTIONS,
    POLLED,
    POLLED_NAMES,
    RESOURCES,
    RETENTION,
    USERS,
)
from lambda_lint.deployment.cdk_values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.cdk_program import Expression, Program
    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

MAX_FUNCTIONS = 2_000

_INLINE = frozenset(
    {
        "aws_lambda.Code.from_inline",
        "aws_lambda.Code.fromInline",
        "aws_lambda.Code.inline",
        "aws_lambda.InlineCode",
    }
)
_ASSETS = frozenset(
    {
        "aws_lambda.AssetCode",
        "aws_lambda.AssetCode.from_asset",
        "aws_lambda.AssetCode.fromAsset",
        "aws_lambda.Code.asset",
        "aws_lambda.Code.from_asset",
        "aws_lambda.Code.fromAsset",
    }
)


class Constructs:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._values = Values(program)
        self._ids = self._values.ids
        self._found: dict[str, tuple[Span, str, Value]] = {}
        """Place, type and properties by id."""
        self._builds: dict[str, str] = {}
        """How functions are packaged, by id, if not as their folder says."""

    def resources(self) -> Iterator[tuple[str, Span, Value]]:
        """Yield the entries of `Resources`."""
        calls = [(self._whole(call), self._program.called(call)) for call in self._program.calls]
        for call, name in calls:
            if (name in FUNCTIONS or name in RESOURCES or name == "aws_events.Rule") and len(
                self._ids
            ) < MAX_FUNCTIONS:
                self._ids.setdefault(call.span, self._id(call))
        for call, name in calls:
            if call.span in self._ids:
                self._construct(call, name)
        for call, name in calls:
            self._use(call, name)
        for id_, (key, type_, properties) in self._found.items():
            entries = [("Type", key, made_values.text(key, type_)), ("Properties", key, properties)]
            context = properties.get("DockerContext")
            metadata = [("DockerContext", key, context)] if context is not None else []
            if id_ in self._builds:
                metadata.append(("BuildMethod", key, made_values.text(key, self._builds[id_])))
            if metadata:
                entries.append(("Metadata", key, made_values.mapping(key, metadata)))
            yield id_, key, made_values.mapping(key, entries)

    def _whole(self, call: Call) -> Call:
        """A call with the arguments that it takes from elsewhere in the file."""
        named, is_complete = self._program.named(call) if call.spread else (call.named, call.is_complete)
        return call._replace(named=named, is_complete=is_complete, spread=())

    def _id(self, call: Call) -> str:
        named = self._id_argument(call)
        base = named.text if isinstance(named, Literal) else f"line-{call.span.start}"
        taken = set(self._ids.values())
        return base if base not in taken else f"{base}-{call.span.start}"

    def _id_argument(self, call: Call) -> Expression | None:
        given = call.named.get("id")
        return given[1] if given else call.arguments[1] if len(call.arguments) > 1 else None

    def _construct(self, call: Call, name: str) -> None:
        named = self._id_argument(call)
        key = named.span if isinstance(named, Literal) else call.span
        if name in FUNCTIONS:
            self._function(call, name, key)
        elif name == "aws_events.Rule":
            self._rule(call, key)
        else:
            type_, names = RESOURCES[name]
            properties = self._values.properties(call, names, key)
            if type_ == "AWS::Lambda::LayerVersion":
                properties = made_values.put(properties, ["Content"], key, self._layer(call, key))
            elif type_ == "AWS::Logs::LogGroup" and properties.get("RetentionInDays") is None:
                days = made_values.text(key, str(RETENTION[DEFAULT_RETENTION]))
                properties = made_values.put(properties, ["RetentionInDays"], key, days)
            self._found[self._ids[call.span]] = (key, type_, properties)

    def _layer(self, call: Call, key: Span) -> Value:
        if "entry" in call.named:
            return self._values.path(call.named["entry"][1])
        return self._code(self._code_of(call), key)

    def _function(self, call: Call, name: str, key: Span) -> None:
        properties = self._values.properties(call, FUNCTION_NAMES, key)
        properties = made_values.put(properties, ["Role"], key, made_values.unknown(key))
        if "PythonFunction" in name:
            self._builds[self._ids[call.span]] = "cdk-python"
            properties = self._packed(call, properties, key)
        elif name.endswith("DockerImageFunction"):
            properties = self._image(call, properties, key)
        elif (inline := self._inline(call)) is not None:
            at, path = inline
            self._builds[self._ids[call.span]] = "inline"
            properties = self._from_file(call, properties, at, path)
        else:
            code = self._code_of(call)
            properties = made_values.put(properties, ["Code"], key, self._code(code, key))
            if isinstance(code, Call) and _is_bundled(code):
                made = made_values.text(key, "true")
                properties = made_values.put(properties, [made_values.PACKAGE_IS_MADE], key, made)
        id_ = self._ids[call.span]
        self._found[id_] = (key, "AWS::Lambda::Function", properties)
        self._deliver(call, key, made_values.attribute(key, id_))
        if "log_retention" in call.named or not call.is_complete:
            days = self._values.properties(call, {"log_retention": "RetentionInDays"}, key)
            parts = [made_values.text(key, "/aws/lambda/"), made_values.attribute(key, id_)]
            group = made_values.put(days, ["LogGroupName"], key, made_values.joined(key, parts))
            self._found[f"{id_}.logs"] = (key, "AWS::Logs::LogGroup", group)

    def _deliver(self, call: Call, key: Span, function: Value) -> None:
        """What the arguments of a call say of events that the function does not get done."""
        if not DELIVERY_NAMES.keys().isdisjoint(call.named) or not call.is_complete:
            delivery = made_values.put(
                self._values.properties(call, DELIVERY_NAMES, key), ["FunctionName"], key, function
            )
            self._found[f"delivery-{key.start}"] = (key, "AWS::Lambda::EventInvokeConfig", delivery)

    def _code_of(self, call: Call) -> Expression | None:
        return self._program.meant(call.named["code"][1]) if "code" in call.named else None

    def _code(self, code: Expression | None, key: Span) -> Value:
        if isinstance(code, Call) and self._program.called(code) in _ASSETS:
            given = [*code.arguments, *(value for name, (_, value) in code.named.items() if name == "path")]
            return self._values.path(given[0]) if given else made_values.unknown(key)
        return made_values.unknown(key)

    def _inline(self, call: Call) -> tuple[Span, str] | None:
        """The file whose content a function has for its code, and where that is said."""
        code = self._program.meant(call.named["code"][1]) if "code" in call.named else None
        if isinstance(code, Call) and code.arguments and self._program.called(code) in _INLINE:
            path = self._program.file_read(code.arguments[0])
            return None if path is None else (code.span, path)
        return None

    def _from_file(self, call: Call, properties: Value, at: Span, path: str) -> Value:
        """The handler of inline code is in a module called `index`: here, in the file."""
        stated = self._program.text(call.named["handler"][1]) if "handler" in call.named else None
        module, _, name = (stated or "").partition(".")
        file = path.rpartition("/")[2].removesuffix(".py")
        handler = made_values.text(at, f"{file}.{name}") if module == "index" else made_values.unknown(at)
        folder = made_values.text(at, path.rpartition("/")[0] or ".")
        return made_values.put(made_values.put(properties, ["Code"], at, folder), ["Handler"], at, handler)

    def _packed(self, call: Call, properties: Value, key: Span) -> Value:
        """What `PythonFunction` makes of its entry, index and handler."""
        entry = call.named.get("entry")
        folder = self._values.path(entry[1]) if entry else made_values.unknown(key)
        stated = [call.named.get(name) for name in ("index", "handler")]
        index, handler = (
            default if given is None else self._program.text(given[1])
            for given, default in zip(stated, ("index.py", "handler"), strict=True)
        )
        at = next((given[1].span for given in reversed(stated) if given), key)
        if index is None or handler is None or not (call.is_complete or all(stated)):
            value: Value = made_values.unknown(at)
        else:
            value = made_values.text(at, f"{index.removesuffix('.py')}.{handler}")
        return made_values.put(made_values.put(properties, ["Code"], key, folder), ["Handler"], key, value)

    def _image(self, call: Call, properties: Value, key: Span) -> Value:
        code = self._program.meant(call.named["code"][1]) if "code" in call.named else None
        properties = made_values.put(properties, ["PackageType"], key, made_values.text(key, "Image"))
        if isinstance(code, Call) and code.arguments:
            properties = made_values.put(
                properties, ["DockerContext"], key, self._values.path(code.arguments[0])
            )
            if "cmd" in code.named:
                command = self._values.value("", code.named["cmd"][1])
                properties = made_values.put(properties, ["ImageConfig", "Command"], key, command)
        return properties

    def _rule(self, call: Call, key: Span) -> None:
        """A rule with its targets, those included that are added later."""
        properties: Value = made_values.mapping(key, ())
        for name, path in (("schedule", "ScheduleExpression"), ("event_pattern", "EventPattern")):
            if name in call.named:
                properties = made_values.put(
                    properties, [path], call.named[name][0], made_values.unknown(key)
                )
        self._found[self._ids[call.span]] = (key, "AWS::Events::Rule", properties)
        targets = self._program.meant(call.named["targets"][1]) if "targets" in call.named else None
        for target in targets.items if isinstance(targets, Items) else ():
            self._aim(self._ids[call.span], target)

    def _aim(self, rule: str, target: Expression) -> None:
        meant = self._program.meant(target)
        function = self._given(meant) if isinstance(meant, Call) else None
        if function is not None and rule in self._found:
            key, type_, properties = self._found[rule]
            item = made_values.mapping(function.span, [("Arn", function.span, function)])
            listed = made_values.with_item(properties.get("Targets"), item)
            self._found[rule] = (key, type_, made_values.put(properties, ["Targets"], key, listed))

    def _use(self, call: Call, name: str) -> None:
        """What connects a function with something."""
        method = call.function.rpartition(".")[2]
        key = call.span
        if name in USERS:
            function = self._given(call)
            if function is not None:
                type_, path = USERS[name]
                properties = _using(type_, path, key, function)
                if "timeout" in call.named:
                    # Of an API, how long it waits for the function.
                    above = [*path.split(".")[:-1], "TimeoutInMillis"]
                    properties = made_values.put(properties, above, key, made_values.unknown(key))
                self._found[f"{name}-{key.start}"] = (key, type_, properties)
        elif name == "aws_lambda.EventInvokeConfig":
            function = self._given(call)
            if function is not None:
                self._deliver(call, key, function)
        elif call.receiver is None:
            return
        elif method in {"add_event_source", "addEventSource"} and call.arguments:
            source = self._program.meant(call.arguments[0])
            function = self._construct_of(call.receiver)
            if isinstance(source, Call) and function is not None:
                self._source(self._whole(source), function)
        elif method in {"add_target", "addTarget"} and call.arguments:
            rule = self._program.meant(call.receiver)
            if isinstance(rule, Call) and rule.span in self._ids:
                self._aim(self._ids[rule.span], call.arguments[0])
        elif method in {"configure_async_invoke", "configureAsyncInvoke"}:
            function = self._construct_of(call.receiver)
            if function is not None:
                self._deliver(call, key, function)
        elif method in {"add_environment", "addEnvironment"}:
            self._add_variable(call)
        elif method in {"add_function_url", "addFunctionUrl"}:
            function = self._construct_of(call.receiver)
            if function is not None:
                properties = made_values.mapping(key, [("TargetFunctionArn", key, function)])
                self._found[f"url-{key.start}"] = (key, "AWS::Lambda::Url", properties)

    def _add_variable(self, call: Call) -> None:
        """A variable that a function gets after it was made; one without a known name could be any."""
        function = self._program.meant(call.receiver) if call.receiver is not None else None
        id_ = self._ids.get(function.span, "") if isinstance(function, Call) else ""
        key, type_, properties = self._found.get(id_, (call.span, "", None))
        if properties is None or type_ != "AWS::Lambda::Function":
            return
        name, value, *_ = (*map(self._program.meant, call.arguments), None, None)
        variables: Value | None = properties.get("Environment", "Variables")
        if isinstance(name, Literal) and value is not None and not made_values.is_unknown(variables):
            given = self._values.value("", value)
            variables = made_values.with_entry(variables, name.span, name.text, given)
        else:
            variables = made_values.unknown(call.span)
        made = made_values.mapping(call.span, [("Variables", call.span, variables)])
        self._found[id_] = (key, type_, made_values.put(properties, ["Environment"], call.span, made))

    def _given(self, call: Call) -> Value | None:
        """The function among the arguments of a call."""
        given = [*call.arguments, *(expression for _, expression in call.named.values())]
        for expression in given:
            meant = self._program.meant(expression)
            if (
                isinstance(meant, Call)
                and meant.span in self._ids
                and self._program.called(meant) in FUNCTIONS
            ):
                return made_values.attribute(expression.span, self._ids[meant.span], "Arn")
        return None

    def _construct_of(self, expression: Expression) -> Value | None:
        meant = self._program.meant(expression)
        if isinstance(meant, Call) and meant.span in self._ids:
            return made_values.attribute(expression.span, self._ids[meant.span], "Arn")
        return None

    def _source(self, source: Call, function: Value) -> None:
        kind = self._program.called(source).rpartition(".")[2]
        key = source.span
        given = [*source.arguments[:1], *(source.named[name][1] for name in FEEDERS if name in source.named)]
        fed = self._construct_of(given[0]) if given else None
        if kind in POLLED:
            properties = self._values.properties(source, POLLED_NAMES, key)
            if fed is None:
                arn = made_values.text(key, f"arn:aws:{POLLED[kind]}:::")
                fed = made_values.joined(key, [arn, made_values.unknown(key)])
            properties = made_values.put(properties, ["EventSourceArn"], key, fed)
            properties = made_values.put(properties, ["FunctionName"], key, function)
            self._found[f"source-{key.start}"] = (key, "AWS::Lambda::EventSourceMapping", properties)
        elif kind in {"S3EventSource", "S3EventSourceV2", "SnsEventSource"}:
            is_topic = kind == "SnsEventSource"
            type_, path = USERS[
                "aws_sns_subscriptions.LambdaSubscription"
                if is_topic
                else "aws_s3_notifications.LambdaDestination"
            ]
            properties = _using(type_, path, key, function)
            if fed is not None:
                properties = made_values.put(properties, ["TopicArn" if is_topic else "BucketName"], key, fed)
            self._found[f"source-{key.start}"] = (key, type_, properties)


def _using(type_: str, path: str, key: Span, function: Value) -> Value:
    """The properties of what uses a function, which stands at a path."""
    *above, name = path.split(".")
    entries = [(name, key, function)]
    if type_ == BUCKET_EVENTS:
        # Which keys the function is called for is not looked into.
        entries.append(("Filter", key, made_values.unknown(key)))
    made = made_values.mapping(key, entries)
    return made_values.put(made_values.mapping(key, ()), above, key, made) if above else made


def _is_bundled(code: Call) -> bool:
    """Whether a command makes the package, or may do so."""
    return bool(code.spread) or not code.is_complete or len(code.arguments) > 1 or "bundling" in code.named
