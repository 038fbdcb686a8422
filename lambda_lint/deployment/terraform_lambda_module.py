"""The module `terraform-aws-modules/lambda/aws`, which most of those use who use one."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.intrinsics import call_of
from lambda_lint.deployment.terraform_code import folder_of_archive, mentioned
from lambda_lint.deployment.terraform_lambda_tables import (
    ASYNCHRONOUS,
    MAPPING,
    NAMES,
    OPEN_POLICIES,
    OUTPUTS,
    SOURCE,
    STATEMENT,
)
from lambda_lint.deployment.terraform_names import pascal, shifted, with_effect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_lint.deployment import hcl
    from lambda_lint.deployment.terraform_module import Declared
    from lambda_lint.deployment.terraform_names import Instance
    from lambda_lint.deployment.terraform_values import Expressions
    from lambda_lint.model.location import Span

Made = tuple[str, tuple["Span", str, Value]]
"""An address; place, type and properties."""


def is_source(source: str) -> bool:
    """Whether a module's source is this one."""
    return bool(SOURCE.search(source))


def outputs(address: str) -> Callable[[str, Span], Value]:
    """What the module's outputs come to."""

    def output(name: str, span: Span) -> Value:
        if name in OUTPUTS:
            return made_values.attribute(span, address, OUTPUTS[name])
        return made_values.unknown(span)

    return output


def resources(expressions: Expressions, instance: Instance, call: Declared, address: str) -> Iterator[Made]:
    """Yield what a call of the module makes."""
    made = _Module(expressions, instance, call, address)
    if not made.is_switched_off():
        yield from made.resources()


class _Module:
    def __init__(self, expressions: Expressions, instance: Instance, call: Declared, address: str) -> None:
        self._expressions = expressions
        self._instance = instance
        self._call = call
        self._address = address
        self._key = shifted(call.block.key, call.base)
        self._keys = {name: shifted(each.key, call.base) for name, each in call.block.attributes.items()}
        self.given = {
            name: value
            for name, each in call.block.attributes.items()
            if not _is_null(value := expressions.value(each.value, call.base, instance))
        }

    def is_switched_off(self) -> bool:
        """Whether the call makes no function, but a package or a layer."""
        literals = [self._literal(flag) for flag in ("create", "create_function")]
        return "false" in literals or self._literal("create_layer") == "true"

    def _literal(self, name: str) -> str | None:
        return self._expressions.evaluator.literal(self.given.get(name))

    def resources(self) -> Iterator[Made]:
        function = self._renamed(NAMES)
        if function.get("Code") is None:
            function = made_values.with_entry(function, self._key, "Code", self.code())
        if not isinstance(self.given.get("source_path"), Scalar):
            # Several folders, with patterns and commands, or an archive.
            made = made_values.text(self._key, "true")
            function = made_values.with_entry(function, self._key, made_values.PACKAGE_IS_MADE, made)
        own_role = self.given.get("lambda_role") is None
        role = f"{self._address}.role"
        if own_role:
            reference = made_values.attribute(self._key, role, "Arn")
            function = made_values.with_entry(function, self._key, "Role", reference)
            yield role, (self._key, "AWS::IAM::Role", self._role())
        yield self._address, (self._key, "AWS::Lambda::Function", function)
        own = made_values.attribute(self._key, self._address)
        if not ASYNCHRONOUS.keys().isdisjoint(self.given):
            config = made_values.with_entry(self._renamed(ASYNCHRONOUS), self._key, "FunctionName", own)
            yield f"{self._address}.async", (self._key, "AWS::Lambda::EventInvokeConfig", config)
        yield from self._logs()
        yield from self._each("event_source_mapping", "AWS::Lambda::EventSourceMapping", MAPPING, own)
        yield from self._each("allowed_triggers", "AWS::Lambda::Permission", {}, own)

    def _logs(self) -> Iterator[Made]:
        days, name = self.given.get("cloudwatch_logs_retention_in_days"), self.given.get("function_name")
        if days is not None and name is not None:
            prefix = made_values.text(name.span, "/aws/lambda/")
            group = made_values.mapping(
                days.span,
                [
                    ("LogGroupName", name.span, made_values.joined(name.span, [prefix, name])),
                    ("RetentionInDays", days.span, days),
                ],
            )
            yield f"{self._address}.logs", (self._key, "AWS::Logs::LogGroup", group)

    def _each(self, argument: str, type_: str, names: dict[str, str], function: Value) -> Iterator[Made]:
        found = self.given.get(argument)
        for name, (key, value) in found.entries.items() if isinstance(found, Mapping) else ():
            properties: Value = made_values.mapping(key.span, [("FunctionName", key.span, function)])
            for item, (item_key, item_value) in value.entries.items() if isinstance(value, Mapping) else ():
                path = names.get(item, pascal(item)).split(".")
                properties = made_values.put(properties, path, item_key.span, item_value)
            service = self._expressions.evaluator.literal(properties.get("Service"))
            if service is not None:
                principal = made_values.text(key.span, f"{service}.amazonaws.com")
                properties = made_values.put(properties, ["Principal"], key.span, principal)
            yield f"{self._address}.{argument}.{name}", (key.span, type_, properties)

    def _role(self) -> Value:
        policies: list[Value] = []
        statements = self.given.get("policy_statements")
        children = statements.children if isinstance(statements, (Mapping, Sequence)) else ()
        if statements is not None:
            made = [self._statement(child) for child in children] or [made_values.unknown(statements.span)]
            listed = made_values.sequence(statements.span, made)
            policies.append(made_values.mapping(statements.span, [("Statement", statements.span, listed)]))
        if "policy_json" in self.given:
            policies.append(self.given["policy_json"])
        if not OPEN_POLICIES.isdisjoint(self.given):
            policies.append(made_values.unknown(self._key))
        listed = made_values.sequence(
            self._key,
            [
                policy
                if made_values.is_unknown(policy)
                else made_values.mapping(policy.span, [("PolicyDocument", policy.span, policy)])
                for policy in policies
            ],
        )
        logs = made_values.text(self._key, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
        return made_values.mapping(
            self._key,
            [
                ("ManagedPolicyArns", self._key, made_values.sequence(self._key, [logs])),
                ("Policies", self._key, listed),
            ],
        )

    def _statement(self, statement: Value) -> Value:
        made: Value = made_values.mapping(statement.span, ())
        for name, (key, value) in statement.entries.items() if isinstance(statement, Mapping) else ():
            made = made_values.put(made, [STATEMENT.get(name, pascal(name))], key.span, value)
        return with_effect(made) if isinstance(statement, Mapping) else made_values.unknown(statement.span)

    def _renamed(self, names: dict[str, str]) -> Mapping:
        made: Value = made_values.mapping(self._key, ())
        for name, path in names.items():
            if name in self.given:
                made = made_values.put(made, path.split("."), self._keys[name], self.given[name])
        assert isinstance(made, Mapping)  # noqa: S101 - what `put` returns
        return made

    def code(self) -> Value:
        """The folder or file that the module packs; of several, the first."""
        package = self._literal("local_existing_package")
        if package is not None:
            return made_values.text(self._key, folder_of_archive(package))
        path = self.given.get("source_path")
        if isinstance(path, Sequence) and path.items:
            path = path.items[0]
        prefix = None
        if isinstance(path, Mapping) and call_of(path) is None:
            prefix = self._expressions.evaluator.literal(path.get("prefix_in_zip"))
            path = path.get("path")
        if path is None or self._literal("create_package") == "false":
            return self._shared_code()
        literal = self._expressions.evaluator.literal(path)
        if prefix is None or literal is None:
            return path
        # What is packed as `src/` has the same place in the archive as in the folder above `src/`.
        is_named_so = f"/{literal}".endswith(f"/{prefix}")
        above = posixpath.normpath(posixpath.join(literal, *[".."] * (prefix.count("/") + 1)))
        return made_values.text(path.span, above) if is_named_so else made_values.unknown(path.span)

    def _shared_code(self) -> Value:
        """The code of the call that packs for several: the existing package mentions it."""
        for name in ("local_existing_package", "s3_existing_package"):
            attribute = self._call.block.attributes.get(name)
            for called in _modules_in(attribute.value, self._instance) if attribute is not None else ():
                call = self._instance.folder.calls[called]
                packing = _Module(self._expressions, self._instance, call, self._address)
                if "source_path" in packing.given:
                    return packing.code()
        return made_values.unknown(self._key)


def _modules_in(expression: hcl.Expression, instance: Instance) -> Iterator[str]:
    """Yield the calls of this module that an expression mentions, also through locals."""
    seen: set[str] = set()
    pending = [expression]
    while pending:
        for kind, name in mentioned(pending.pop()):
            if kind == "module" and name in instance.outputs_of:
                yield name
            elif kind == "local" and name in instance.folder.locals and name not in seen:
                seen.add(name)
                pending.append(instance.folder.locals[name].node)


def _is_null(value: Value) -> bool:
    return isinstance(value, Scalar) and value.text is None and not value.tag
