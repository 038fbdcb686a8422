"""Functions of the Serverless Framework in the words of SAM, with the provider's defaults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_lint.deployment import serverless_role
from lambda_lint.deployment.building import attribute, in_list, mapping, merged, scalar, sequence, wrapped
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.intrinsics import call_of
from lambda_lint.deployment.requirements import LEFT_OUT
from lambda_lint.deployment.serverless_events import invoke_config
from lambda_lint.deployment.serverless_variables import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.model.location import Span

SHARED_ROLE = "IamRoleLambdaExecution"
"""The role that the framework makes for all functions that name none."""

# https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml, as of 2026-11. What the
# framework gives a function that says nothing, in place of the platform's 128 MB and 3 seconds.
DEFAULT_MEMORY = "1024"
DEFAULT_TIMEOUT = "6"
DEFAULT_RUNTIME = "nodejs20.x"
PLUGIN = "serverless-python-requirements"
_WSGI_HANDLERS = frozenset({"serverless_wsgi.handler", "wsgi.handler", "wsgi_handler.handler"})
"""The handler of the plug-in serverless-wsgi, which reads the application's name from its own settings."""


class Service:
    """A service: what its functions are, whatever wrote them down."""

    def __init__(self, root: Value) -> None:
        self.root = root
        self.provider = root.get("provider") or Scalar(root.span, "", None, "")

    @property
    def name(self) -> Value | None:
        """Its name."""
        service = self.root.get("service")
        return service.get("name") if isinstance(service, Mapping) else service

    def functions(self) -> Iterator[tuple[Scalar, Mapping]]:
        """Yield the key of each function, and what it says."""
        functions = self.root.get("functions")
        for part in functions.items if isinstance(functions, Sequence) else (functions,):
            for entry in part.entries.values() if isinstance(part, Mapping) else ():
                if isinstance(entry.value, Mapping):
                    yield entry.key, entry.value

    def resources(self) -> dict[str, Value]:
        """Resources of CloudFormation by logical id, and those that the framework makes."""
        found: dict[str, Value] = {}
        resources = self.root.get("resources")
        for part in resources.items if isinstance(resources, Sequence) else (resources,):
            listed = part.get("Resources") if part is not None else None
            for name, entry in listed.entries.items() if isinstance(listed, Mapping) else ():
                found[name] = entry.value
        layers = self.root.get("layers")
        for name, entry in layers.entries.items() if isinstance(layers, Mapping) else ():
            content = entry.value.get("path")
            found[f"{logical(name)}LambdaLayer"] = mapping(
                entry.value.span,
                {
                    "Type": scalar(entry.key.span, "AWS::Lambda::LayerVersion"),
                    "Properties": mapping(entry.value.span, {"Content": content}),
                },
            )
        return found

    def get(self, function: Mapping, name: str) -> Value | None:
        """What a function says, or else the provider."""
        own = function.get(name)
        return own if own is not None else self.provider.get(name)

    def role(self, at: Span) -> Value | None:
        """The role that all functions have, as said of one that stands at `at`."""
        own, iam = self.provider.get("role"), self.provider.get("iam", "role")
        if own is not None:
            return own
        if iam is not None and (isinstance(iam, Scalar) or call_of(iam) is not None):
            return iam
        return attribute(at, SHARED_ROLE, "Arn")

    def shared_role(self) -> Value:
        """The role that the framework makes."""
        functions = [function for _, function in self.functions()]
        return serverless_role.made(self.root, self.provider, self._shared_statements(), functions)

    def _shared_statements(self) -> Value | None:
        return self.provider.get("iam", "role", "statements") or self.provider.get("iamRoleStatements")

    def retention(self, function: Mapping) -> Value | None:
        """For how long logs of a function are kept."""
        return self.get(function, "logRetentionInDays")

    def lowered(self, key: Scalar, function: Mapping) -> Mapping:
        """A function as a resource of SAM."""
        at = key.span
        image = function.get("image")
        properties: dict[str, Value | None] = {
            "FunctionName": self._name(key, function),
            "Handler": self._handler(function),
            "Runtime": self._or_default(key, function, "runtime", DEFAULT_RUNTIME if image is None else None),
            "MemorySize": self._or_default(key, function, "memorySize", DEFAULT_MEMORY),
            "Timeout": self._or_default(key, function, "timeout", DEFAULT_TIMEOUT),
            "ReservedConcurrentExecutions": function.get("reservedConcurrency"),
            "Layers": self.get(function, "layers"),
            "VpcConfig": self._vpc(function),
            "Tracing": self._tracing(function),
            "Environment": self._environment(function),
            "DeadLetterConfig": wrapped("TargetArn", function.get("onError")),
            "EventInvokeConfig": invoke_config(function),
            "EphemeralStorage": wrapped("Size", self.get(function, "ephemeralStorageSize")),
            "Architectures": in_list(self.get(function, "architecture")),
            "SnapStart": self._snap_start(function),
            "ProvisionedConcurrencyConfig": wrapped(
                "ProvisionedConcurrentExecutions", self.get(function, "provisionedConcurrency")
            ),
            "CodeUri": self._folder(function),
            **self._permissions(key, function),
        }
        metadata = self._build(function)
        if image is not None:
            properties["PackageType"] = scalar(image.span, "Image")
            command = image.get("command")
            properties["ImageConfig"] = wrapped("Command", command) if command else None
            metadata = self._image(image)
        return mapping(
            function.span,
            {
                "Type": scalar(at, "AWS::Serverless::Function"),
                "Properties": mapping(function.span, properties),
                "Metadata": metadata,
            },
        )

    def _name(self, key: Scalar, function: Mapping) -> Value | None:
        own = function.get("name")
        if own is not None:
            return own
        stage = self.provider.get("stage") or scalar(key.span, "dev")
        if self.name is None:
            return None
        parts = sequence(key.span, (self.name, stage, key))
        return mapping(key.span, {"Fn::Join": sequence(key.span, (scalar(key.span, "-"), parts))})

    def _handler(self, function: Mapping) -> Value | None:
        handler = function.get("handler")
        if isinstance(handler, Scalar) and handler.plain in _WSGI_HANDLERS:
            return self.root.get("custom", "wsgi", "app") or handler
        return handler

    def _or_default(self, key: Scalar, function: Mapping, name: str, default: str | None) -> Value | None:
        found = self.get(function, name)
        return found if found is not None or default is None else scalar(key.span, default)

    def _vpc(self, function: Mapping) -> Value | None:
        vpc = self.get(function, "vpc")
        if not isinstance(vpc, Mapping) or call_of(vpc) is not None:
            return vpc if vpc is not None and not _is_off(vpc) else None
        groups, subnets = vpc.get("securityGroupIds"), vpc.get("subnetIds")
        return mapping(vpc.span, {"SecurityGroupIds": groups, "SubnetIds": subnets})

    def _tracing(self, function: Mapping) -> Value | None:
        own = function.get("tracing")
        tracing = own if own is not None else self.provider.get("tracing", "lambda")
        if not isinstance(tracing, Scalar) or _is_off(tracing):
            return None
        return scalar(tracing.span, "Active") if tracing.plain == "true" else tracing

    def _environment(self, function: Mapping) -> Value | None:
        own = function.get("environment")
        told = [each for each in (self.provider.get("environment"), own) if each is not None]
        if not told:
            return None
        if all(isinstance(each, Mapping) and call_of(each) is None for each in told):
            return mapping(told[-1].span, {"Variables": merged(told[-1].span, *told)})
        return mapping(told[-1].span, {"Variables": unknown(told[-1].span)})

    def _snap_start(self, function: Mapping) -> Value | None:
        value = self.get(function, "snapStart")
        if value is None or _is_off(value):
            return None
        return mapping(value.span, {"ApplyOn": scalar(value.span, "PublishedVersions")})

    def _folder(self, function: Mapping) -> Value | None:
        """Where the code is: the service's folder, that of the function's module, or a built archive."""
        for place in (function, self.root):
            artifact = place.get("package", "artifact")
            if artifact is not None:
                return artifact
        return function.get("module")

    def _build(self, function: Mapping) -> Value | None:
        """What installs requirements: a plug-in, or nothing that is known."""
        plugins = serverless_role.plugins_of(self.root)
        if plugins is None:
            return None
        settings = self.root.get("custom", "pythonRequirements")
        is_used = PLUGIN in plugins and (settings is None or settings.get("fileName") is None)
        method = scalar(function.span, PLUGIN if is_used else "unknown")
        left_out = settings.get("noDeploy") if settings is not None else None
        return mapping(function.span, {"BuildMethod": method, LEFT_OUT: left_out})

    def _permissions(self, key: Scalar, function: Mapping) -> dict[str, Value | None]:
        role, own = function.get("role"), function.get("iamRoleStatements")
        if own is not None and role is None:
            # The plug-in serverless-iam-roles-per-function makes a role for each.
            inherits = function.get("iamRoleStatementsInherit")
            document = mapping(own.span, {"Statement": own})
            policies = [document]
            shared = self._shared_statements()
            if isinstance(inherits, Scalar) and inherits.plain == "true" and shared is not None:
                policies.append(mapping(shared.span, {"Statement": shared}))
            return {"Policies": sequence(own.span, policies)}
        role = role if role is not None else self.role(key.span)
        if isinstance(role, Scalar) and role.plain is not None and re.fullmatch(r"[A-Za-z0-9]+", role.plain):
            # The logical id of a role in the resources.
            role = attribute(role.span, role.plain, "Arn")
        return {"Role": role}

    def _image(self, image: Value) -> Value | None:
        """The folder of the image's build."""
        name = image.get("name") if isinstance(image, Mapping) else image
        path = image.get("path") if isinstance(image, Mapping) else None
        if path is None and isinstance(name, Scalar) and name.plain is not None:
            built = self.provider.get("ecr", "images", name.plain)
            path = built if built is None or isinstance(built, Scalar) else built.get("path")
        return None if path is None else mapping(path.span, {"DockerContext": path})


def logical(name: str) -> str:
    """The beginning of the logical ids that the framework gives to what belongs to a function or layer."""
    whole = name.replace("-", "Dash").replace("_", "Underscore")
    return re.sub(r"[^0-9A-Za-z]", "", whole[:1].upper() + whole[1:])


def _is_off(value: Value) -> bool:
    return isinstance(value, Scalar) and (value.text is None or value.plain == "false") and not value.tag
