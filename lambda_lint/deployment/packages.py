"""Joins the functions of templates, and their layers, with the requirements that they are packaged with."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import requirement_lists, requirement_projects
from lambda_lint.deployment.fact import ABSENT, UNKNOWN, Fact, Place
from lambda_lint.deployment.manifests import REQUIREMENTS, is_list
from lambda_lint.deployment.reader import decode
from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lambda_lint.deployment.function import DeployedFunction, Layer, Template
    from lambda_lint.deployment.requirements import Packaging, Requirements

MAX_CHARACTERS = 4_000_000
"""Of all files together; the lock of a large project has half a million."""
_IN_LAYERS = ("", "python")


def packaged(templates: Iterable[Template], files: Mapping[str, bytes]) -> list[Template]:
    """The templates with the requirements of their functions; `files` are also others than lists."""
    lists = {path: data for path, data in files.items() if is_list(path)}
    joined = _Lists(lists) if lists else None
    return list(templates) if joined is None else [joined.template(template) for template in templates]


class _Lists:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._texts: dict[str, str | None] = {}
        self._left = MAX_CHARACTERS
        self._read: dict[str, tuple[Requirements | None, set[str]]] = {}
        """What each file asks for, and the files that tell it."""
        self._used: set[str] = set()

    def template(self, template: Template) -> Template:
        """A template whose functions know their requirements."""
        self._used = set()
        functions = tuple(map(self._function, template.functions))
        return replace(
            template, functions=functions, also_in=tuple(sorted(self._used.union(template.also_in)))
        )

    def _function(self, function: DeployedFunction) -> DeployedFunction:
        attached = replace(function.attached, items=tuple(map(self._layer, function.attached.items)))
        requirements: Fact[Requirements] = UNKNOWN
        folder = function.packaging.folder or function.folder
        if folder is not None and function.inline is None and function.package_type.value != "Image":
            requirements = self._of(folder, function.packaging)
        return replace(function, attached=attached, requirements=requirements)

    def _layer(self, layer: Layer) -> Layer:
        if layer.folder is None:
            return layer
        found = (self._of(posixpath.join(layer.folder, below), layer.packaging) for below in _IN_LAYERS)
        return replace(layer, requirements=next((each for each in found if not each.is_absent), UNKNOWN))

    def _of(self, folder: str, packaging: Packaging) -> Fact[Requirements]:
        for name in packaging.files:
            path = posixpath.normpath(posixpath.join(folder, name))
            if path in self._files:
                requirements, told_by = self._requirements(path)
                self._used |= told_by
                if requirements is not None:
                    requirements = requirements.without(packaging.left_out)
                return Fact(requirements, Place(path, Span(0, 0)))
        return ABSENT if packaging.files else UNKNOWN

    def _requirements(self, path: str) -> tuple[Requirements | None, set[str]]:
        if path not in self._read:
            told_by: set[str] = set()

            def text_of(wanted: str) -> str | None:
                text = self._text(wanted)
                if text is not None:
                    told_by.add(wanted)
                return text

            is_pips = posixpath.basename(path) == REQUIREMENTS
            read = requirement_lists.read if is_pips else requirement_projects.read
            self._read[path] = read(path, text_of), told_by
        return self._read[path]

    def _text(self, path: str) -> str | None:
        """The text of a list, if it is there and can be read."""
        if path not in self._texts:
            data = self._files.get(path)
            text = None
            if data is not None and len(data) <= self._left:
                self._left -= len(data)
                try:
                    text = decode(data)
                except TemplateError:
                    text = None
            self._texts[path] = text
        return self._texts[path]
