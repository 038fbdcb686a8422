"""One function resource of a stack, read into the picture of a deployed function."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import configuration, facts, made_values
from lambda_lint.deployment.configuration import below
from lambda_lint.deployment.document import Mapping, Sequence, Value
from lambda_lint.deployment.fact import Listed
from lambda_lint.deployment.function import DeployedFunction, EventSource, InlineCode, Layer, Place, Variable
from lambda_lint.deployment.inline import inline_code
from lambda_lint.deployment.intrinsics import Reference, call_of
from lambda_lint.deployment.requirements import LEFT_OUT, OWN_BUILD, Packaging, normalized, packaging_of

if TYPE_CHECKING:
    from lambda_lint.deployment.access import Named
    from lambda_lint.deployment.configuration import Surroundings
    from lambda_lint.deployment.document import Entry
    from lambda_lint.deployment.roles import Roles
    from lambda_lint.deployment.stack import Resource, Stack

_LAYER_CONTENT = {"AWS::Lambda::LayerVersion": "Content", "AWS::Serverless::LayerVersion": "ContentUri"}
_ARCHIVE = (".jar", ".tar", ".tar.gz", ".tgz", ".whl", ".zip")
_JAVASCRIPT = re.compile(r"\bexports\.|\brequire\(|^[ \t]*(?:const|export|let|var) ", re.MULTILINE)

# Wrappers of observability vendors that take the place of the handler and read its name from a variable.
_WRAPPED_HANDLERS = {
    "datadog_lambda.handler.handler": "DD_LAMBDA_HANDLER",
    "newrelic_lambda_wrapper.handler": "NEW_RELIC_LAMBDA_HANDLER",
    "sentry_sdk.integrations.init_serverless_sdk.sentry_lambda_handler": "SENTRY_INITIAL_HANDLER",
}


def may_be_python(runtime: str | None, inline: InlineCode | None) -> bool:
    """Whether it is worth a look: nothing says that it is another language."""
    if runtime is not None:
        return runtime.startswith("python")
    return inline is None or not _JAVASCRIPT.search(inline.text)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A function resource with the defaults of its template."""

    stack: Stack
    resource: Resource
    defaults: Value | None
    template: str

    def get(self, *path: str) -> Value | None:
        """What stands at a path of the properties, or else of the defaults."""
        own = self.resource.get(*path)
        return own if own is not None or self.defaults is None else self.defaults.get(*path)

    def both(self, name: str) -> tuple[Value, ...]:
        """The defaults' and the function's own value: lists and mappings add to those of the defaults."""
        values = (self.defaults.get(name) if self.defaults else None, self.resource.get(name))
        return tuple(value for value in values if value is not None)

    def function(
        self, inline: InlineCode | None, sources: tuple[EventSource, ...], roles: Roles, around: Surroundings
    ) -> DeployedFunction:
        """The picture of it."""
        stack = self.stack
        environment, environment_known = self._environment()
        handler, handler_place = self._handler(environment)
        attached = self._attached()
        is_sam = self.resource.type == "AWS::Serverless::Function"
        return DeployedFunction(
            name=self.resource.id,
            place=self.stack.place(self.resource.key),
            handler=handler,
            handler_place=handler_place,
            folder=None if self._inline_value() else self._folder(),
            is_packed_as_is=not self._is_package_made(),
            inline=inline,
            runtime=facts.text(stack, self.get("Runtime")),
            timeout=facts.number(stack, self.get("Timeout")),
            memory=facts.number(stack, self.get("MemorySize")),
            environment=environment,
            environment_known=environment_known,
            layers=tuple(dict.fromkeys(layer.folder for layer in attached.items if layer.folder is not None)),
            attached=attached,
            packaging=self._packaging(self.resource),
            sources=sources,
            deployed_name=stack.evaluator.literal(self.get("FunctionName")),
            durable=self.get("DurableConfig") is not None,
            access=roles.access(self.resource.id, self.get("Role"), self.get("Policies") if is_sam else None),
            network=configuration.network(stack, self.get),
            tracing=configuration.tracing(stack, self.get),
            delivery=around.delivery(self.resource, self.get),
            reserved_concurrency=facts.number(stack, self.get("ReservedConcurrentExecutions")),
            provisioned_concurrency=around.provisioned_concurrency(self.resource, self.get),
            architectures=facts.texts(stack, self.get("Architectures")),
            package_type=facts.text(stack, self.get("PackageType")),
            ephemeral_storage=facts.number(stack, below(stack, self.get, "EphemeralStorage", "Size")),
            snap_start=facts.text(stack, below(stack, self.get, "SnapStart", "ApplyOn")),
            log_retention=around.log_retention(self.resource, self.get),
        )

    def inline(self) -> InlineCode | None:
        """The code that the template holds."""
        value = self._inline_value()
        inline = inline_code(self.template, value, self.stack.place(value)) if value else None
        self.stack.evaluator.spend(len(inline.text) if inline else 0)
        return inline

    def _inline_value(self) -> Value | None:
        return self.get("InlineCode") or self.get("Code", "ZipFile")

    def _handler(self, environment: tuple[Variable, ...]) -> tuple[str | None, Place | None]:
        value = self.get("Handler")
        command = self.get("ImageConfig", "Command")
        if self.stack.evaluator.literal(self.get("PackageType")) == "Image":
            value = command.items[0] if isinstance(command, Sequence) and command.items else None
        if value is None:
            return None, None
        handler = self.stack.evaluator.literal(value)
        for variable in environment:
            if variable.name == _WRAPPED_HANDLERS.get(handler or ""):
                return variable.value, variable.place
        return handler, self.stack.place(value)

    def _folder(self) -> str | None:
        """Where the code is. What a tool of the CDK or an image build says about it comes first."""
        metadata = self.resource.body.get("Metadata")
        for name in ("aws:asset:path", "DockerContext"):
            told = metadata.get(name) if metadata else None
            if told is not None:
                return self._local(told)
        if self.stack.evaluator.literal(self.get("PackageType")) == "Image" or self.get("ImageUri"):
            return None
        code = self.get("CodeUri") if self.resource.type == "AWS::Serverless::Function" else self.get("Code")
        return self._local(code)

    def _is_package_made(self) -> bool:
        method = self.resource.body.get("Metadata", "BuildMethod")
        is_recipe = self.stack.evaluator.literal(method) == "makefile"
        return is_recipe or self.get(made_values.PACKAGE_IS_MADE) is not None

    def _local(self, value: Value | None) -> str | None:
        """The folder that `value` names, in the form of the template's path; or the template's own."""
        uri = "." if value is None else self.stack.evaluator.literal(value)
        if uri is None or "://" in uri or uri.lower().endswith(_ARCHIVE):
            return None
        folder = posixpath.join(posixpath.dirname(self.stack.path), uri.replace("\\", "/"))
        return posixpath.normpath(posixpath.dirname(folder) if folder.endswith(".py") else folder)

    def _environment(self) -> tuple[tuple[Variable, ...], bool]:
        found: dict[str, Entry] = {}
        is_known = True
        for environment in self.both("Environment"):
            variables = environment.get("Variables")
            if isinstance(variables, Mapping) and call_of(variables) is None:
                found.update(variables.entries)
                # A loop or a macro that adds more.
                functions = [name for name in found if name.startswith("Fn::")]
                is_known = is_known and not functions
                for name in functions:
                    del found[name]
            elif variables is not None or call_of(environment) is not None:
                is_known = False
        return tuple(self._variable(name, entry) for name, entry in found.items()), is_known

    def _variable(self, name: str, entry: Entry) -> Variable:
        value = entry.value
        text = self.stack.evaluator.text(value)
        place = self.stack.place(self.stack.evaluator.origin(value))
        target = self.stack.function_meant(text)
        if target is None and len(text.parts) == 1 and text.references:
            target = self.stack.target(value).id
        first = text.parts[0]
        attribute = first.attribute or None if isinstance(first, Reference) else None
        return Variable(name, text.literal, place, target, attribute, self.stack.given_at(entry))

    def _attached(self) -> Listed[Layer]:
        found: dict[str, Layer] = {}
        is_complete = True
        for layers in self.both("Layers"):
            for option in self.stack.evaluator.branches(layers):
                is_complete &= isinstance(option, Sequence) or self.stack.evaluator.chosen(option) is None
                for item in option.items if isinstance(option, Sequence) else ():
                    options = list(self.stack.evaluator.branches(item))
                    is_complete &= len(options) == 1
                    for layer in options:
                        if self.stack.evaluator.chosen(layer) is not None:
                            named = self.stack.named(layer)
                            found.setdefault(named.text, self._layer(named, self.stack.place(layer)))
        return Listed(tuple(found.values()), is_complete=is_complete)

    def _layer(self, named: Named, place: Place) -> Layer:
        resource = self.stack.resources.get(named.id or "")
        content = resource.get(_LAYER_CONTENT.get(resource.type, "")) if resource else None
        if resource is None or content is None:
            return Layer(named, place)
        return Layer(named, place, self._local(content), self._packaging(resource))

    def _packaging(self, resource: Resource) -> Packaging:
        metadata = resource.body.get("Metadata")
        if metadata is None:
            return Packaging()
        is_built = metadata.get("aws:asset:path") is not None
        if is_built or self.stack.evaluator.literal(metadata.get("SkipBuild")) == "true":
            return OWN_BUILD
        method = metadata.get("BuildMethod")
        packaging = packaging_of(None if method is None else self.stack.evaluator.literal(method) or "")
        left_out = facts.listed(self.stack, metadata.get(LEFT_OUT))
        if not left_out.is_complete or any("${" in name for name in left_out.items):
            return OWN_BUILD
        return replace(packaging, left_out=tuple(map(normalized, left_out.items)))
