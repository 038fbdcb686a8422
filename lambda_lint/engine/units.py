"""Files to units: decoded, parsed, lowered; or a problem that says why not."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from lambda_lint.errors import InvalidSyntaxError, LambdaLintError, SourceError
from lambda_lint.model.location import Span
from lambda_lint.semantics.lower import Lowered
from lambda_lint.syntax.comments import marked_handlers
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from lambda_lint.deployment.function import Template
    from lambda_lint.semantics.facts import ModuleFacts

KEPT_CHARACTERS = 1_000_000
"""How much source may have its tree in memory at a time: with what belongs to it, a tree takes some 50 times
the size of its text, and more where expressions are dense."""
SHARED_CHARACTERS = 300_000
"""The same, of what several parts share."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or inline code, that could not be analyzed."""

    code: str
    message: str
    source: Source
    offset: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A module that was parsed."""

    source: Source
    lowered: Lowered


class Shelf:
    """Parsed modules within a bound; what was put in first goes first."""

    def __init__(self, most_characters: int) -> None:
        self._most = most_characters
        self._units: OrderedDict[tuple[str, str], Unit] = OrderedDict()
        self._size = 0

    def __contains__(self, source: Source) -> bool:
        return (source.path, source.text) in self._units

    def get(self, source: Source) -> Unit | None:
        """The module of this text under this path, if it is still there."""
        unit = self._units.get((source.path, source.text))
        return None if unit is None else Unit(source, unit.lowered)

    def put(self, unit: Unit) -> None:
        """Keep a module."""
        self._units[unit.source.path, unit.source.text] = unit
        self._size += len(unit.source.text)
        while self._size > self._most and len(self._units) > 1:
            _, oldest = self._units.popitem(last=False)
            self._size -= len(oldest.source.text)


class Units:
    """All modules of a part. Facts are kept; trees come and go within a bound."""

    def __init__(
        self,
        size_limit: int,
        fatal: Mapping[str, str] = MappingProxyType({}),
        shelf: Shelf | None = None,
        shared: Container[str] = frozenset(),
    ) -> None:
        """`fatal` are files that are not to be parsed, and why; `shared` ones stay on the shelf."""
        self.facts: list[ModuleFacts] = []
        self.sources: list[Source] = []
        self.problems: list[Problem] = []
        self.inline: dict[tuple[str, str], int] = {}
        """Template path and logical id -> the module of its inline code."""
        self._limit = size_limit
        self._fatal = fatal
        self._kept = Shelf(KEPT_CHARACTERS)
        self._shelf, self._shared = shelf or self._kept, shared

    def load(
        self,
        files: Mapping[str, bytes],
        templates: Iterable[Template] = (),
        inline: Container[tuple[str, str]] | None = None,
        begin: Callable[[str], None] = lambda _path: None,
    ) -> None:
        """Read every file and every piece of inline code, in the order of their paths.

        `inline` names the functions whose inline code is meant, by template and logical id; None means all.
        `begin` is told each file before it is touched.
        """
        for path in sorted(files):
            begin(path)
            source = self._decoded(path, files[path])
            if source is not None:
                self._add(path, source)
        for template in templates:
            for function in template.functions:
                code, key = function.inline, (template.path, function.name)
                if code is not None and (inline is None or key in inline):
                    source = Source.embedded(
                        template.path, template.text, code.text, code.line_starts, code.place.span
                    )
                    number = self._add(f"{template.path}#{function.name}", source)
                    if number is not None:
                        self.inline[key] = number

    def _decoded(self, path: str, data: bytes) -> Source | None:
        if path in self._fatal:
            self.problems.append(Problem("LL904", self._fatal[path], Source(path, ""), 0))
            return None
        if len(data) > self._limit:
            size, limit = len(data) // 1024, self._limit // 1024
            message = f"the file has {size} KiB, more than the limit of {limit} KiB"
            self.problems.append(Problem("LL904", message, Source(path, ""), 0))
            return None
        try:
            return Source.from_bytes(path, data)
        except SourceError as error:
            self.problems.append(Problem("LL904", str(error), Source(path, ""), 0))
            return None

    def _add(self, path: str, source: Source) -> int | None:
        number = len(self.facts)
        try:
            unit = self._unit(path, source)
        except InvalidSyntaxError as error:
            self.problems.append(Problem("LL900", str(error), source, error.offset))
            return None
        except LambdaLintError as error:
            self.problems.append(Problem("LL904", str(error), source, 0))
            return None
        self.facts.append(unit.lowered.facts)
        self.sources.append(source)
        return number

    def _parsed(self, path: str, source: Source) -> Unit:
        tree = parse(source, self._limit)
        marked = [tree.order[function] for function in marked_handlers(source, tree)]
        return Unit(source, Lowered(path, tree, marked))

    def _unit(self, path: str, source: Source) -> Unit:
        shelf = self._shelf if source.path in self._shared else self._kept
        unit = shelf.get(source)
        if unit is None:
            unit = self._parsed(path, source)
            shelf.put(unit)
        return unit

    def unit(self, number: int) -> Unit:
        """The module with its tree, parsed again if it was let go."""
        return self._unit(self.facts[number].path, self.sources[number])

    def text_of(self, path: str) -> str:
        """The text of one of the files; empty for others."""
        sources = (*self.sources, *(problem.source for problem in self.problems))
        return next((source.file_text for source in sources if source.path == path), "")

    def in_good_order(self) -> list[int]:
        """All modules, those first whose trees are in memory."""
        gone = [source not in self._kept and source not in self._shelf for source in self.sources]
        return sorted(range(len(self.facts)), key=lambda number: (gone[number], number))


def start_of(problem: Problem) -> Span:
    """The place of a problem: one character, or nothing at the end of the text."""
    end = min(problem.offset + 1, len(problem.source.text))
    return Span(min(problem.offset, end), end)
