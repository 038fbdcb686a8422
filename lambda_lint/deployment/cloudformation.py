"""The functions of CloudFormation and SAM templates."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.deployment import sam
from lambda_lint.deployment.document import Mapping as Map
from lambda_lint.deployment.document import Sequence, Value, parse
from lambda_lint.deployment.function import DeployedFunction, EventSource, InlineCode, Place, Variable
from lambda_lint.deployment.inline import inline_code
from lambda_lint.deployment.intrinsics import Reference, call_of
from lambda_lint.deployment.sources import sources_of
from lambda_lint.deployment.stack import FUNCTION_TYPES, Resource, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUFFIXES = frozenset({".json", ".template", ".yaml", ".yml"})

_LAYER_CONTENT = {"AWS::Lambda::LayerVersion": "Content", "AWS::Serverless::LayerVersion": "ContentUri"}
_RESOURCES = re.compile(rb"""\bResources["']?\s*:""")
_FUNCTION = re.compile(rb"""\bType["']?\s*:\s*["']?AWS::(?:Lambda|Serverless)::Function\b""")
_ARCHIVE = (".jar", ".tar", ".tar.gz", ".tgz", ".whl", ".zip")
_JAVASCRIPT = re.compile(r"\bexports\.|\brequire\(|^[ \t]*(?:const|export|let|var) ", re.MULTILINE)

# Wrappers of observability vendors that take the place of the handler and read its name from a variable.
_WRAPPED_HANDLERS = {
    "datadog_lambda.handler.handler": "DD_LAMBDA_HANDLER",
    "newrelic_lambda_wrapper.handler": "NEW_RELIC_LAMBDA_HANDLER",
    "sentry_sdk.integrations.init_serverless_sdk.sentry_lambda_handler": "SENTRY_INITIAL_HANDLER",
}


def claims(path: str, data: bytes) -> bool:
    """Whether this may be a template with functions, by its name and a look at its bytes."""
    is_named = posixpath.splitext(path)[1].lower() in SUFFIXES
    # Most files have not even the word, and looking for that takes a tenth of the time.
    if not is_named or b"::Function" not in data:
        return False
    return bool(_FUNCTION.search(data)) and bool(_RESOURCES.search(data))


def companions(path: str, data: bytes) -> tuple[str, ...]:
    """The paths of the files that a template may name."""
    del path, data
    return ()


def read(path: str, text: str, beside: Mapping[str, bytes]) -> tuple[DeployedFunction, ...]:
    """The functions of all documents of a template, in its order."""
    del beside
    functions: list[DeployedFunction] = []
    for document in parse(text):
        stack = Stack.of(path, document)
        if stack is not None:
            functions.extend(_functions(stack, text))
    return tuple(functions)


def _functions(stack: Stack, text: str) -> Iterator[DeployedFunction]:
    sources = sources_of(stack)
    for resource in stack.resources.values():
        if resource.type in FUNCTION_TYPES:
            declaration = _Declaration(stack, resource, sam.defaults_of(stack, resource), text)
            runtime = stack.evaluator.literal(declaration.get("Runtime"))
            if _may_be_python(runtime, inline := declaration.inline()):
                yield declaration.function(inline, sources.get(resource.id, ()))


def _may_be_python(runtime: str | None, inline: InlineCode | None) -> bool:
    if runtime is not None:
        return runtime.startswith("python")
    return inline is None or not _JAVASCRIPT.search(inline.text)


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A function resource with the defaults of its template."""

    stack: Stack
    resource: Resource
    defaults: Value | None
    template: str

    def get(self, *path: str) -> Value | None:
        own = self.resource.get(*path)
        return own if own is not None or self.defaults is None else self.defaults.get(*path)

    def both(self, name: str) -> tuple[Value, ...]:
        """The defaults' and the function's own value: lists and mappings add to those of the defaults."""
        values = (self.defaults.get(name) if self.defaults else None, self.resource.get(name))
        return tuple(value for value in values if value is not None)

    def function(self, inline: InlineCode | None, sources: tuple[EventSource, ...]) -> DeployedFunction:
        evaluator = self.stack.evaluator
        environment, environment_known = self._environment()
        handler, handler_place = self._handler(environment)
        return DeployedFunction(
            name=self.resource.id,
            place=self.stack.place(self.resource.key),
            handler=handler,
            handler_place=handler_place,
            folder=None if self._inline_value() else self._folder(),
            inline=inline,
            runtime=self.stack.text_fact(self.get("Runtime")),
            timeout=self.stack.number_fact(self.get("Timeout")),
            memory=self.stack.number_fact(self.get("MemorySize")),
            environment=environment,
            environment_known=environment_known,
            layers=tuple(dict.fromkeys(self._layers())),
            sources=sources,
            deployed_name=evaluator.literal(self.get("FunctionName")),
            durable=self.get("DurableConfig") is not None,
        )

    def inline(self) -> InlineCode | None:
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

    def _local(self, value: Value | None) -> str | None:
        """The folder that `value` names, in the form of the template's path; or the template's own."""
        uri = "." if value is None else self.stack.evaluator.literal(value)
        if uri is None or "://" in uri or uri.lower().endswith(_ARCHIVE):
            return None
        folder = posixpath.join(posixpath.dirname(self.stack.path), uri.replace("\\", "/"))
        return posixpath.normpath(posixpath.dirname(folder) if folder.endswith(".py") else folder)

    def _environment(self) -> tuple[tuple[Variable, ...], bool]:
        found: dict[str, Value] = {}
        is_known = True
        for environment in self.both("Environment"):
            variables = environment.get("Variables")
            if isinstance(variables, Map) and call_of(variables) is None:
                found.update((name, entry.value) for name, entry in variables.entries.items())
            elif variables is not None or call_of(environment) is not None:
                is_known = False
        return tuple(self._variable(name, value) for name, value in found.items()), is_known

    def _variable(self, name: str, value: Value) -> Variable:
        text = self.stack.evaluator.text(value)
        place = self.stack.place(self.stack.evaluator.origin(value))
        target = self.stack.function_meant(text)
        if target is None and len(text.parts) == 1 and text.references:
            target = self.stack.target(value).id
        first = text.parts[0]
        attribute = first.attribute or None if isinstance(first, Reference) else None
        return Variable(name, text.literal, place, target, attribute)

    def _layers(self) -> Iterator[str]:
        for layers in self.both("Layers"):
            for option in self.stack.evaluator.branches(layers):
                for item in option.items if isinstance(option, Sequence) else ():
                    for layer in self.stack.evaluator.branches(item):
                        yield from self._layer(layer)

    def _layer(self, layer: Value) -> Iterator[str]:
        id_ = self.stack.target(layer).id
        resource = self.stack.resources.get(id_ or "")
        content = resource.get(_LAYER_CONTENT.get(resource.type, "")) if resource else None
        if content is not None and (folder := self._local(content)) is not None:
            yield folder
