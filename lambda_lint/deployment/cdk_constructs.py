"""The constructs of a CDK program as resources in CloudFormation's form."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_packages import Packages
from lambda_lint.deployment.cdk_policies import ROLE, Policies
from lambda_lint.deployment.cdk_tables import (
    DEFAULT_RETENTION,
    FUNCTION_NAMES,
    FUNCTIONS,
    RESOURCES,
    RETENTION,
)
from lambda_lint.deployment.cdk_users import Users
from lambda_lint.deployment.cdk_values import Values
from lambda_lint.deployment.made_values import put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.cdk_expressions import Call, Expression
    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

MAX_FUNCTIONS = 2_000


class Constructs:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._values = Values(program)
        self._ids = self._values.ids
        self._found: dict[str, tuple[Span, str, Value]] = {}
        """Place, type and properties by id."""
        self._packages = Packages(program, self._values)
        self._users = Users(program, self._values, self._found)
        self._policies = Policies(program, self._values, self._found)
        self._builds: dict[str, str] = {}
        """How functions are packaged, by id, if not as their folder says."""

    def resources(self) -> Iterator[tuple[str, Span, Value]]:
        """Yield the entries of `Resources`."""
        calls = [(self._program.whole(call), self._program.called(call)) for call in self._program.calls]
        for call, name in calls:
            is_made = name in FUNCTIONS or name in RESOURCES or name in {"aws_events.Rule", ROLE}
            if is_made and len(self._ids) < MAX_FUNCTIONS:
                self._ids.setdefault(call.key, self._id(call))
        for call, name in calls:
            if call.key in self._ids:
                self._construct(call, name)
        for call, name in calls:
            self._users.use(call, name)
            self._policies.use(call)
        for id_, (key, type_, properties) in self._found.items():
            entries = [("Type", key, made_values.text(key, type_)), ("Properties", key, properties)]
            context = properties.get("DockerContext")
            metadata = [("DockerContext", key, context)] if context is not None else []
            if id_ in self._builds:
                metadata.append(("BuildMethod", key, made_values.text(key, self._builds[id_])))
            if metadata:
                entries.append(("Metadata", key, made_values.mapping(key, metadata)))
            yield id_, key, made_values.mapping(key, entries)

    def _id(self, call: Call) -> str:
        named = self._id_argument(call)
        base = self._values.said(named) or f"line-{call.span.start}"
        taken = set(self._ids.values())
        more = (f"{base}-{number}" for number in count(call.span.start))
        return base if base not in taken else next(each for each in more if each not in taken)

    def _id_argument(self, call: Call) -> Expression | None:
        given = call.named.get("id")
        return given[1] if given else call.arguments[1] if len(call.arguments) > 1 else None

    def _construct(self, call: Call, name: str) -> None:
        named = self._id_argument(call)
        said = None if named is None else self._program.said(named)
        key = call.span if said is None else said.span
        if name in FUNCTIONS:
            self._function(call, name, key)
        elif name == "aws_events.Rule":
            self._users.rule(call, key)
        elif name == ROLE:
            self._policies.role(call, self._ids[call.key], key)
        else:
            type_, names = RESOURCES[name]
            properties = self._values.properties(call, names, key)
            if type_ == "AWS::Lambda::LayerVersion":
                properties = put(properties, ["Content"], key, self._packages.layer(call, key))
            elif type_ == "AWS::Logs::LogGroup" and properties.get("RetentionInDays") is None:
                days = made_values.text(key, str(RETENTION[DEFAULT_RETENTION]))
                properties = put(properties, ["RetentionInDays"], key, days)
            self._found[self._ids[call.key]] = (key, type_, properties)

    def _function(self, call: Call, name: str, key: Span) -> None:
        id_ = self._ids[call.key]
        properties = self._values.properties(call, FUNCTION_NAMES, key)
        role = self._policies.of_function(call, id_, key)
        if role is not None:
            properties = put(properties, ["Role"], key, role)
        properties, build = self._packages.function(call, name, properties, key)
        if build is not None:
            self._builds[id_] = build
        self._found[id_] = (key, "AWS::Lambda::Function", properties)
        self._users.deliver(call, key, made_values.attribute(key, id_))
        if "log_retention" in call.named or not call.is_complete:
            days = self._values.properties(call, {"log_retention": "RetentionInDays"}, key)
            parts = [made_values.text(key, "/aws/lambda/"), made_values.attribute(key, id_)]
            group = put(days, ["LogGroupName"], key, made_values.joined(key, parts))
            self._found[f"{id_}.logs"] = (key, "AWS::Logs::LogGroup", group)
