"""Which files belong together: a project falls into parts that are analyzed without each other.

Files are connected when one may import the other, when both may be the code of one deployed function, or when
one may run a function whose code is the other. Test code is never run by Lambda, so each file of it stands
alone. What many functions share is analyzed with each of them, if that costs little more than once: so
a part is about one function and all it runs. A part is what is kept in the cache and handed to a worker.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.engine.groups import groups_of
from lambda_lint.engine.imports import imports_in
from lambda_lint.semantics.homes import Homes
from lambda_lint.semantics.linking import Linker, layers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lambda_lint.deployment.function import DeployedFunction, Template

_INVOKES = re.compile(r"\binvoke(?:_async)?\b")


@dataclass(frozen=True, slots=True)
class Part:
    """Files that may know of each other, and what templates say of them. All sorted."""

    files: tuple[str, ...]
    templates: tuple[str, ...] = ()
    """The templates that have functions with code in the part, or whose functions are checked with it."""
    inline: tuple[tuple[str, str], ...] = ()
    """Template and logical id of each function with code in the template, analyzed with this part."""
    functions: tuple[tuple[str, str], ...] = ()
    """Template and logical id of the functions whose code may be in the part, or that have none at all."""


def parts_of(
    texts: Mapping[str, str],
    templates: Sequence[Template],
    roots: Iterable[str],
    tests: frozenset[str],
    *,
    whole: bool = False,
) -> list[Part]:
    """The parts of a project, by path; `tests` are the paths that are test code.

    With `whole` there is one part, as for a rule that looks at a project.
    """
    return list(_Plan(texts, templates, tuple(roots), tests).parts(whole=whole))


class _Plan:
    def __init__(
        self,
        texts: Mapping[str, str],
        templates: Sequence[Template],
        roots: tuple[str, ...],
        tests: frozenset[str],
    ) -> None:
        self._texts, self._tests = texts, tests
        self._functions = {(t.path, f.name): f for t in templates for f in t.functions}
        inline = {key: f.inline.text for key, f in self._functions.items() if f.inline is not None}
        self._files = sorted(texts)
        self._inline = sorted(inline)
        self._code = [texts[path] for path in self._files] + [inline[key] for key in self._inline]
        self._sizes = list(map(len, self._code))
        paths = [*self._files, *(f"{template}#{name}" for template, name in self._inline)]
        self._linker = Linker(paths, roots, layers_of(self._functions.values()))
        known = Homes(self._files, {number for number, path in enumerate(self._files) if path in tests})
        self._homes = {key: list(self._homes_of(key, f, known)) for key, f in self._functions.items()}
        """Deployed function -> the files, by number, that may hold its handler."""

    def parts(self, *, whole: bool) -> Iterator[Part]:
        everything = list(range(len(self._code)))
        groups = [everything] if whole else groups_of(self._sizes, *self._links())
        by_home: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for key, homes in self._homes.items():
            for number in homes:
                by_home[number].append(key)
        without_code = [key for key, homes in self._homes.items() if not homes]
        for numbers in groups:
            mine = sorted({key for number in numbers for key in by_home.get(number, ())})
            if whole:
                mine = sorted(self._homes)
            split = len(self._files)
            yield Part(
                files=tuple(self._files[number] for number in numbers if number < split),
                templates=tuple(sorted({template for template, _ in mine})),
                inline=tuple(self._inline[number - split] for number in numbers if number >= split),
                functions=tuple(mine),
            )
        if not whole:
            yield from self._without_code(without_code)

    @staticmethod
    def _without_code(functions: Iterable[tuple[str, str]]) -> Iterator[Part]:
        by_template: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for template, name in functions:
            by_template[template].append((template, name))
        for template, mine in sorted(by_template.items()):
            yield Part((), (template,), functions=tuple(sorted(mine)))

    def _links(self) -> tuple[dict[int, set[int]], list[tuple[int, int]]]:
        """Who imports whom, and who may be the code of one function or run the other."""
        imports: dict[int, set[int]] = {}
        for number, code in enumerate(self._code):
            if self._is_test(number):
                continue
            targets = (self._linker.resolve(number, module, level) for level, module in imports_in(code))
            imports[number] = {n for n in targets if n is not None and not self._is_test(n)} - {number}
        return imports, list(self._related())

    def _related(self) -> Iterator[tuple[int, int]]:
        invokers = [
            number
            for number, code in enumerate(self._code)
            if not self._is_test(number) and _INVOKES.search(code)
        ]
        for (template, _), function in self._functions.items():
            own = self._homes[template, function.name]
            near = list(own)
            if function.deployed_name is not None:
                near += (number for number in invokers if function.deployed_name in self._code[number])
            for variable in function.environment:
                near += self._homes.get((template, variable.target or ""), ()) if own else ()
            yield from ((near[0], other) for other in near[1:])

    def _is_test(self, number: int) -> bool:
        return number < len(self._files) and self._files[number] in self._tests

    def _homes_of(self, key: tuple[str, str], function: DeployedFunction, known: Homes) -> Iterator[int]:
        """The files that may hold a function's handler; see `semantics.handlers`, which has the last word."""
        if function.inline is not None:
            yield len(self._files) + self._inline.index(key)
        elif (exact := known.exact(function)) is not None:
            yield exact
        elif function.handler is not None:
            name = function.handler.rpartition(".")[2]
            yield from (number for number in known.anywhere(function) if name in self._code[number])
