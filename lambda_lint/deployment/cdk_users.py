"""What connects the functions of a CDK program with what invokes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_expressions import Call, Items, Literal, Name
from lambda_lint.deployment.cdk_tables import (
    BUCKET_EVENTS,
    DELIVERY_NAMES,
    FEEDERS,
    FUNCTIONS,
    POLLED,
    POLLED_NAMES,
    ROTATION,
    USERS,
)
from lambda_lint.deployment.made_values import put

if TYPE_CHECKING:
    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.cdk_values import Values
    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span


class Users:
    def __init__(self, program: Program, values: Values, found: dict[str, tuple[Span, str, Value]]) -> None:
        self._program = program
        self._values = values
        self._ids = values.ids
        self._found = found
        """Place, type and properties by id; what is found here is added."""

    def use(self, call: Call, name: str) -> None:
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
                    properties = put(properties, above, key, made_values.unknown(key))
                self._add(key, type_, properties)
        elif name in FUNCTIONS and call.key in self._ids:
            events = self._program.meant(call.named["events"][1]) if "events" in call.named else None
            for item in events.items if isinstance(events, Items) else ():
                self._feed(item, made_values.attribute(item.span, self._ids[call.key], "Arn"))
        elif name == "aws_lambda.EventSourceMapping":
            self._map(call, self._given(call))
        elif name == "aws_lambda.EventInvokeConfig":
            function = self._given(call)
            if function is not None:
                self.deliver(call, key, function)
        elif call.receiver is None:
            return
        elif method in {"add_event_source", "addEventSource"} and call.arguments:
            self._feed(call.arguments[0], self._construct_of(call.receiver))
        elif method in {"add_event_source_mapping", "addEventSourceMapping"}:
            self._map(call, self._construct_of(call.receiver))
        elif method in {"add_target", "addTarget"} and call.arguments:
            rule = self._program.meant(call.receiver)
            if isinstance(rule, Call) and rule.key in self._ids:
                self._aim(self._ids[rule.key], call.arguments[0])
        elif method in {"configure_async_invoke", "configureAsyncInvoke"}:
            function = self._construct_of(call.receiver)
            if function is not None:
                self.deliver(call, key, function)
        elif method in {"add_rotation_schedule", "addRotationSchedule"}:
            function = self._given(call)
            if function is not None:
                properties = made_values.mapping(key, [("RotationLambdaARN", key, function)])
                self._add(key, ROTATION, properties)
        elif method in {"add_environment", "addEnvironment"}:
            self._add_variable(call)
        elif method in {"add_function_url", "addFunctionUrl"}:
            function = self._construct_of(call.receiver)
            if function is not None:
                properties = made_values.mapping(key, [("TargetFunctionArn", key, function)])
                self._add(key, "AWS::Lambda::Url", properties)

    def rule(self, call: Call, key: Span) -> None:
        """A rule with its targets, those included that are added later."""
        properties: Value = made_values.mapping(key, ())
        for name, path in (("schedule", "ScheduleExpression"), ("event_pattern", "EventPattern")):
            if name in call.named:
                at, given = call.named[name]
                made = self._values.schedule(given) if name == "schedule" else made_values.unknown(key)
                properties = put(properties, [path], at, made)
        self._found[self._ids[call.key]] = (key, "AWS::Events::Rule", properties)
        targets = self._program.meant(call.named["targets"][1]) if "targets" in call.named else None
        for target in targets.items if isinstance(targets, Items) else ():
            self._aim(self._ids[call.key], target)

    def _aim(self, rule: str, target: Expression) -> None:
        meant = self._program.meant(target)
        function = self._given(meant) if isinstance(meant, Call) else None
        if function is not None and rule in self._found:
            key, type_, properties = self._found[rule]
            item = made_values.mapping(function.span, [("Arn", function.span, function)])
            listed = made_values.with_item(properties.get("Targets"), item)
            self._found[rule] = (key, type_, put(properties, ["Targets"], key, listed))

    def deliver(self, call: Call, key: Span, function: Value) -> None:
        """What the arguments of a call say of events that the function does not get done."""
        if not DELIVERY_NAMES.keys().isdisjoint(call.named) or not call.is_complete:
            delivery = put(
                self._values.properties(call, DELIVERY_NAMES, key), ["FunctionName"], key, function
            )
            self._add(key, "AWS::Lambda::EventInvokeConfig", delivery)

    def _add(self, key: Span, type_: str, properties: Value) -> None:
        """A resource that nobody names: what stands in one place may make several."""
        self._found[f"{type_}-{len(self._found)}"] = (key, type_, properties)

    def _add_variable(self, call: Call) -> None:
        """A variable that a function gets after it was made; one without a known name could be any."""
        function = self._program.meant(call.receiver) if call.receiver is not None else None
        id_ = self._ids.get(function.key, "") if isinstance(function, Call) else ""
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
        self._found[id_] = (key, type_, put(properties, ["Environment"], call.span, made))

    def _given(self, call: Call) -> Value | None:
        """The function among the arguments of a call, or its ARN."""
        given = [*call.arguments, *(expression for _, expression in call.named.values())]
        for expression in given:
            meant = self._program.meant(expression)
            if isinstance(meant, Name) and meant.dotted.endswith((".function_arn", ".functionArn")):
                meant = self._program.meant(meant._replace(dotted=meant.dotted.rpartition(".")[0]))
            if (
                isinstance(meant, Call)
                and meant.key in self._ids
                and self._program.called(meant) in FUNCTIONS
            ):
                return made_values.attribute(expression.span, self._ids[meant.key], "Arn")
        return None

    def _construct_of(self, expression: Expression) -> Value | None:
        meant = self._program.meant(expression)
        if isinstance(meant, Call) and meant.key in self._ids:
            return made_values.attribute(expression.span, self._ids[meant.key], "Arn")
        return None

    def _map(self, call: Call, function: Value | None) -> None:
        """A mapping that is made as such."""
        key = call.span
        if function is not None:
            names = {**POLLED_NAMES, "event_source_arn": "EventSourceArn"}
            properties = put(self._values.properties(call, names, key), ["FunctionName"], key, function)
            self._add(key, "AWS::Lambda::EventSourceMapping", properties)

    def _feed(self, expression: Expression, function: Value | None) -> None:
        source = self._program.meant(expression)
        if isinstance(source, Call) and function is not None:
            self._source(self._program.whole(source), function)

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
            properties = put(properties, ["EventSourceArn"], key, fed)
            properties = put(properties, ["FunctionName"], key, function)
            self._add(key, "AWS::Lambda::EventSourceMapping", properties)
        elif kind in {"S3EventSource", "S3EventSourceV2", "SnsEventSource"}:
            is_topic = kind == "SnsEventSource"
            type_, path = USERS[
                "aws_sns_subscriptions.LambdaSubscription"
                if is_topic
                else "aws_s3_notifications.LambdaDestination"
            ]
            properties = _using(type_, path, key, function)
            if fed is not None:
                properties = put(properties, ["TopicArn" if is_topic else "BucketName"], key, fed)
            self._add(key, type_, properties)


def _using(type_: str, path: str, key: Span, function: Value) -> Value:
    """The properties of what uses a function, which stands at a path."""
    *above, name = path.split(".")
    entries = [(name, key, function)]
    if type_ == BUCKET_EVENTS:
        # Which keys the function is called for is not looked into.
        entries.append(("Filter", key, made_values.unknown(key)))
    made = made_values.mapping(key, entries)
    return put(made_values.mapping(key, ()), above, key, made) if above else made
