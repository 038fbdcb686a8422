"""Folders of Terraform files: what they declare, and which folder calls which as a module."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from lambda_lint.deployment import hcl, hcl_reader
from lambda_lint.deployment.terraform_shapes import looked_into
from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOCAL_SOURCE = re.compile(r"""^[ \t]*source[ \t]*=[ \t]*"(\.\.?/[^"$\n]*)\"""", re.MULTILINE)
MAX_ROOTS = 10
"""Folders that use one module, each read on its own."""


@dataclass(frozen=True, slots=True)
class At:
    """A part of a file; its spans count from `base`."""

    node: hcl.Expression
    base: int


@dataclass(frozen=True, slots=True)
class Declared:
    """A block of a file."""

    block: hcl.Block
    base: int


@dataclass(slots=True)
class Folder:
    """What the files of one folder declare."""

    path: str
    locals: dict[str, At] = field(default_factory=dict)
    variables: dict[str, At | None] = field(default_factory=dict)
    """Their defaults."""
    variable_keys: dict[str, Span] = field(default_factory=dict)
    outputs: dict[str, At] = field(default_factory=dict)
    resources: dict[tuple[str, str], Declared] = field(default_factory=dict)
    data: dict[tuple[str, str], Declared] = field(default_factory=dict)
    calls: dict[str, Declared] = field(default_factory=dict)

    def take(self, file: hcl.Block, base: int) -> None:
        """Add what a file declares."""
        for block in file.blocks:
            declared = Declared(block, base)
            match block.type, block.labels:
                case "resource", (type_, name):
                    self.resources[type_, name] = declared
                case "data", (type_, name):
                    self.data[type_, name] = declared
                case "module", (name,):
                    self.calls[name] = declared
                case "variable", (name,):
                    self.variable_keys[name] = Span(base + block.key.start, base + block.key.end)
                    default = block.attributes.get("default")
                    self.variables[name] = None if default is None else At(default.value, base)
                case "output", (name,):
                    if "value" in block.attributes:
                        self.outputs[name] = At(block.attributes["value"].value, base)
                case "locals", ():
                    for attribute in block.attributes.values():
                        self.locals[attribute.name] = At(attribute.value, base)

    def give(self, file: hcl.Block, base: int) -> Iterator[tuple[Span, Span]]:
        """Take the values of a file of variables; yield where each stands, and where its variable does."""
        for attribute in file.attributes.values():
            if attribute.name in self.variables:
                self.variables[attribute.name] = At(attribute.value, base)
                span = attribute.value.span
                yield Span(base + span.start, base + span.end), self.variable_keys[attribute.name]


@dataclass(slots=True)
class Sources:
    """The Terraform files of a project, parsed when they are asked for.

    Their texts stand one after the other, as it were: an offset names a file and a place in it.
    """

    texts: Mapping[str, str]
    broken: dict[str, TemplateError] = field(default_factory=dict)
    """What is wrong with the files that cannot be read."""
    _bases: list[tuple[int, str]] = field(default_factory=list)
    _end: int = 0
    _given: list[tuple[Span, Span]] = field(default_factory=list)
    _folders: dict[str, Folder] = field(default_factory=dict)
    _known_names: dict[str, list[str]] | None = None
    _known_users: dict[str, set[str]] | None = None

    def folder(self, path: str) -> Folder:
        """What a folder declares; files that are broken count as empty."""
        if path not in self._folders:
            folder = self._folders[path] = Folder(path)
            own = self._by_folder().get(path, [])
            for name in own:
                if name.endswith(".tf"):
                    folder.take(*self._parsed(name))
            for name in own:
                if name.endswith(".tfvars"):
                    self._given.extend(folder.give(*self._parsed(name)))
        return self._folders[path]

    def names_in(self, path: str) -> list[str]:
        """The files of a folder that places may point at."""
        return [name for name in self._by_folder().get(path, ()) if name.endswith(".tf")]

    def has(self, path: str) -> bool:
        """Whether there is a Terraform file in a folder."""
        return path in self._by_folder()

    def _by_folder(self) -> dict[str, list[str]]:
        if self._known_names is None:
            self._known_names = {}
            for name in sorted(self.texts):
                self._known_names.setdefault(posixpath.dirname(name), []).append(name)
        return self._known_names

    def _parsed(self, path: str) -> tuple[hcl.Block, int]:
        base = self._end
        self._bases.append((base, path))
        self._end += len(self.texts[path]) + 1
        try:
            return hcl_reader.parse(self.texts[path], looked_into), base
        except TemplateError as error:
            self.broken[path] = error
            return hcl.Block("", (), Span(0, 0), {}, ()), base

    def place(self, span: Span) -> tuple[str, Span]:
        """The file in which a span is, and the span there.

        For a value in a file of variables: where the variable is declared, as that is a template, too.
        """
        for given, declared in self._given:
            if given.start <= span.start and span.end <= given.end:
                span = declared
        base, path = self._bases[bisect_right(self._bases, span.start, key=itemgetter(0)) - 1]
        return path, Span(span.start - base, span.end - base)

    def text_at(self, span: Span) -> str:
        """The text within a span of one file."""
        base, path = self._bases[bisect_right(self._bases, span.start, key=itemgetter(0)) - 1]
        return self.texts[path][span.start - base : span.end - base]

    def roots(self, path: str) -> list[str]:
        """The folders that bring a folder into a deployment: those that use it and are used by none."""
        found = [folder for folder in self._around(path) if not self._users().get(folder)]
        return found or [path]

    def texts_around(self, path: str) -> Iterator[str]:
        """Yield the texts of a folder and of those that use it, where values may come from."""
        for folder in self._around(path):
            for name in self._by_folder().get(folder, ()):
                yield self.texts[name]

    def _around(self, path: str) -> list[str]:
        """A folder and those that use it, directly or not, until `MAX_ROOTS` are found that are not used."""
        users = self._users()
        found: list[str] = []
        seen, pending, roots = {path}, [path], 0
        while pending and roots < MAX_ROOTS:
            current = pending.pop(0)
            found.append(current)
            above = sorted(users.get(current, set()) - seen)
            roots += not users.get(current)
            seen.update(above)
            pending.extend(above)
        return found

    def _users(self) -> dict[str, set[str]]:
        """The folders that use each folder as a module."""
        if self._known_users is None:
            self._known_users = {}
            for name, text in self.texts.items():
                own = posixpath.dirname(name)
                for source in _LOCAL_SOURCE.findall(text):
                    used = posixpath.normpath(posixpath.join(own, source))
                    self._known_users.setdefault("" if used == "." else used, set()).add(own)
        return self._known_users
