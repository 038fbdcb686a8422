"""Which files belong together: a project falls into parts that know nothing of each other.

Files are connected when one may import the other, when both may be the code of one deployed function, or when
one may run a function whose code is the other. Test code is never run by Lambda, so each file of it stands
alone. What is found in one part depends on nothing in any other: a part is what is analyzed, kept in the
cache, and handed to a worker.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.engine.imports import imports_in
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
    """Template and logical id of the functions that are checked with this part, and with no other."""


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
        paths = [*self._files, *(f"{template}#{name}" for template, name in self._inline)]
        self._linker = Linker(paths, roots, layers_of(self._functions.values()))
        self._named: dict[str, list[int]] = defaultdict(list)
        for number, path in enumerate(self._files):
            self._named[posixpath.basename(path)].append(number)
        self._numbers = {path: number for number, path in enumerate(self._files)}
        self._homes = {key: list(self._homes_of(key, f)) for key, f in self._functions.items()}
        """Deployed function -> the files, by number, that may hold its handler."""

    def parts(self, *, whole: bool) -> Iterator[Part]:
        groups = _Groups(len(self._code))
        for one, other in self._connections():
            groups.join(one, other)
        if whole:
            for number in range(len(self._code)):
                groups.join(0, number)
        members: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._code)):
            members[groups.of(number)].append(number)
        owned: dict[int | None, list[tuple[str, str]]] = defaultdict(list)
        for key, homes in self._homes.items():
            owned[groups.of(homes[0]) if homes else 0 if whole and self._code else None].append(key)
        for group, numbers in members.items():
            functions = tuple(sorted(owned.get(group, ())))
            split = len(self._files)
            yield Part(
                files=tuple(self._files[number] for number in numbers if number < split),
                templates=tuple(sorted({template for template, _ in functions})),
                inline=tuple(self._inline[number - split] for number in numbers if number >= split),
                functions=functions,
            )
        if whole and not self._code:
            yield Part(
                (), tuple(sorted({template for template, _ in owned[None]})), functions=tuple(owned[None])
            )
            return
        homeless: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in owned.get(None, ()):
            homeless[key[0]].append(key)
        for template, functions_left in sorted(homeless.items()):
            yield Part((), (template,), functions=tuple(sorted(functions_left)))

    def _connections(self) -> Iterator[tuple[int, int]]:
        for number, code in enumerate(self._code):
            if self._is_test(number):
                continue
            for level, module in imports_in(code):
                target = self._linker.resolve(number, module, level)
                if target is not None and not self._is_test(target):
                    yield number, target
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

    def _homes_of(self, key: tuple[str, str], function: DeployedFunction) -> Iterator[int]:
        """The files that may hold a function's handler; see `semantics.handlers`, which has the last word."""
        if function.inline is not None:
            yield len(self._files) + self._inline.index(key)
        elif function.handler is not None and function.folder is not None:
            stem, _, name = function.handler.rpartition(".")
            beside = [
                self._numbers[path]
                for tail in dict.fromkeys((stem, stem.replace(".", "/")))
                for suffix in (".py", "/__init__.py")
                if (path := posixpath.normpath(posixpath.join(function.folder, tail + suffix)))
                in self._numbers
            ]
            yield from beside[:1] or self._elsewhere(function, stem.replace(".", "/"), name)

    def _elsewhere(self, function: DeployedFunction, tail: str, name: str) -> Iterator[int]:
        above = posixpath.dirname(function.place.path)
        for number in self._named.get(f"{posixpath.basename(tail)}.py", ()):
            path = self._files[number]
            is_below = not above or path.startswith(above + "/")
            is_named = f"/{path}".endswith(f"/{tail}.py") and name in self._texts[path]
            if is_below and is_named and path not in self._tests:
                yield number


class _Groups:
    """Disjoint sets of numbers."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, number: int) -> int:
        """The least number of the set that holds this one."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.of(one), self.of(other)))
        self._above[other] = one
