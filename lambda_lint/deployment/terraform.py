"""The functions of Terraform: of the resource itself, of local modules, and of the common Lambda module.

A template is a file, but what it says stands in all files of its folder, in the modules that it calls, and in
those that call it. So a file that declares functions is read with all of them, as one document in
CloudFormation's form, whose values know their files.

Variables have their defaults, or what `terraform.tfvars` says. Resources with `count` or `for_each` count as
one.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment import (
    claims,
    cloudformation,
    hcl,
    made_values,
    terraform_lambda_module,
)
from lambda_lint.deployment.fact import Place
from lambda_lint.deployment.function import Template
from lambda_lint.deployment.stack import Stack
from lambda_lint.deployment.terraform_code import code_of
from lambda_lint.deployment.terraform_links import linked
from lambda_lint.deployment.terraform_module import At, Sources
from lambda_lint.deployment.terraform_names import Instance, shifted
from lambda_lint.deployment.terraform_shapes import SHAPES
from lambda_lint.deployment.terraform_values import Expressions
from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.document import Entry, Value
    from lambda_lint.deployment.files import Files
    from lambda_lint.deployment.function import Declared, DeployedFunction
    from lambda_lint.deployment.terraform_module import Declared as DeclaredBlock

MAX_INSTANCES = 300
MAX_CALLS = 8
"""Levels of modules that call modules."""


def read(path: str, text: str, beside: Files) -> Template:
    """One file. Raises `TemplateError` if that is broken; others that are count as empty."""
    if not claims.reads_terraform() or not claims.declares_functions(text.encode()):
        return Template(path, text, ())
    project = (
        beside.kept(_Project, lambda: _Project.of(beside))
        if path in beside
        else _Project.of({path: text.encode()})
    )
    folder = posixpath.dirname(path)
    if not claims.may_be_python(text.encode() for text in project.sources.texts_around(folder)):
        return Template(path, text, ())
    project.sources.folder(folder)
    if path in project.sources.broken:
        raise project.sources.broken[path]
    functions: dict[str, DeployedFunction] = {}
    others: dict[str, DeployedFunction] = {}
    resources: dict[str, Declared] = {}
    files: set[str] = set()
    for root in project.sources.roots(folder):
        known = project.deployed(root)
        for each in known.functions:
            (functions if each.place.path == path else others)[each.name] = each
        resources.update((each.id, each) for each in known.resources)
        files.update(known.also_in)
    return Template(
        path,
        text,
        tuple(functions.values()),
        tuple(resources.values()),
        tuple(others.values()),
        tuple(sorted(files - {path})),
    )


@dataclass(slots=True)
class _Project:
    """All files of Terraform of a run, and what each folder that Terraform is run in deploys."""

    sources: Sources
    _deployed: dict[str, Template | TemplateError] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> _Project:
        texts = {
            name: data.decode("utf-8-sig", "replace")
            for name, data in files.items()
            if name.endswith((claims.TERRAFORM, claims.TERRAFORM_VARIABLES))
        }
        return cls(Sources(texts))

    def deployed(self, root: str) -> Template:
        """The functions and resources of a folder. Raises `TemplateError` if there are too many."""
        if root not in self._deployed:
            try:
                deployment = _Deployment(self.sources, root)
                stack = deployment.stack()
                functions = tuple(cloudformation.functions_of(stack, ""))
                resources = tuple(cloudformation.declared(stack))
                self._deployed[root] = Template(root, "", functions, resources, also_in=deployment.files())
            except TemplateError as error:
                self._deployed[root] = error
        known = self._deployed[root]
        if isinstance(known, TemplateError):
            raise known
        return known


@dataclass(slots=True)
class _FolderStack(Stack):
    """A stack whose values stand in several files."""

    files: Sources | None = None

    @classmethod
    def over(cls, path: str, document: Value, files: Sources) -> Stack:
        stack = cls.of(path, document)
        assert isinstance(stack, cls)  # noqa: S101 - the document has resources
        stack.files = files
        return stack

    def place(self, value: Value) -> Place:
        assert self.files is not None  # noqa: S101 - given before anything is asked
        return Place(*self.files.place(value.span))

    def given_at(self, entry: Entry) -> Place:
        """The key's place: the value may be what a variable has elsewhere."""
        return self.place(entry.key)


class _Deployment:
    """A folder that Terraform is run in, with the modules that it calls."""

    def __init__(self, files: Sources, root: str) -> None:
        self._files = files
        self._root = root
        self._expressions = Expressions(files.text_at)
        self._instances: list[Instance] = []
        self._entries: dict[str, tuple[Span, str, Value]] = {}
        """Place, type and properties by address."""

    def stack(self) -> Stack:
        top = Instance(self._files.folder(self._root), "", ".", None, {})
        self._instantiate(top, 0)
        for instance in self._instances:
            for (type_, name), declared in instance.folder.resources.items():
                if type_ in SHAPES:
                    self._add(instance, type_, name, declared)
        resources = [
            (
                address,
                key,
                made_values.mapping(
                    key, [("Type", key, made_values.text(key, type_)), ("Properties", key, properties)]
                ),
            )
            for address, (key, type_, properties) in linked(
                self._entries, self._instances, self._expressions
            ).items()
        ]
        start = Span(0, 0)
        document = made_values.mapping(start, [("Resources", start, made_values.mapping(start, resources))])
        return _FolderStack.over(posixpath.join(self._root, "main.tf"), document, self._files)

    def files(self) -> tuple[str, ...]:
        """The files in which what the stack says may stand."""
        folders = {instance.folder.path for instance in self._instances}
        return tuple(name for folder in sorted(folders) for name in self._files.names_in(folder))

    def _instantiate(self, instance: Instance, depth: int) -> None:
        self._instances.append(instance)
        for name, declared in instance.folder.calls.items():
            source = declared.block.attributes.get("source")
            if source is None or not isinstance(source.value, hcl.Literal) or source.value.text is None:
                continue
            if terraform_lambda_module.is_source(source.value.text):
                address = f"{instance.prefix}module.{name}"
                instance.outputs_of[name] = terraform_lambda_module.outputs(address)
            elif source.value.text.startswith(("./", "../")):
                self._call(instance, name, declared, source.value.text, depth)
        for name in instance.outputs_of:
            address = f"{instance.prefix}module.{name}"
            made = terraform_lambda_module.resources(
                self._expressions, instance, instance.folder.calls[name], address
            )
            self._entries.update(made)

    def _call(self, instance: Instance, name: str, declared: DeclaredBlock, source: str, depth: int) -> None:
        location = posixpath.normpath(posixpath.join(instance.location, source))
        folder = posixpath.normpath(posixpath.join(self._root, location))
        folder = "" if folder == "." else folder
        if depth == MAX_CALLS or len(self._instances) >= MAX_INSTANCES or not self._files.has(folder):
            return
        arguments = {
            each.name: At(each.value, declared.base)
            for each in declared.block.attributes.values()
            if each.name not in {"source", "version"}
        }
        child = Instance(
            self._files.folder(folder),
            f"{instance.prefix}module.{name}.",
            location,
            instance,
            arguments,
        )
        instance.children[name] = child
        self._instantiate(child, depth + 1)

    def _add(self, instance: Instance, type_: str, name: str, declared: DeclaredBlock) -> None:
        shape = SHAPES[type_]
        properties = self._expressions.block(
            declared.block, declared.base, instance, shape.names, shape.lists, shape.jsons
        )
        key = shifted(declared.block.key, declared.base)
        if type_ in {"aws_lambda_function", "aws_lambda_layer_version"}:
            content = "Code" if type_ == "aws_lambda_function" else "Content"
            if properties.get("Code", "ImageUri") is None:
                code = code_of(self._expressions, instance, declared)
                properties = made_values.with_entry(properties, key, content, code.value)
                if code.is_guess:
                    properties = made_values.with_entry(
                        properties, key, made_values.PACKAGE_IS_MADE, code.value
                    )
        self._entries[f"{instance.prefix}{type_}.{name}"] = (key, shape.type, properties)
