"""Which file an import means.

A Lambda function's modules are found next to the file, in the folder that is deployed (some folder above the
file), in its layers, and in the source roots that the user names. A file that none of these reach is taken
when it is the only one in the project whose path ends in the imported name.
"""

from __future__ import annotations

import posixpath
import sys
from typing import TYPE_CHECKING

from lambda_lint.knowledge.sdk import FACTORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lambda_lint.deployment.function import DeployedFunction


def layers_of(functions: Iterable[DeployedFunction]) -> dict[str, tuple[str, ...]]:
    """Code folder -> the folders of the layers of the functions in it."""
    layers: dict[str, tuple[str, ...]] = {}
    for function in functions:
        if function.folder is not None and function.layers:
            known = layers.get(function.folder, ())
            layers[function.folder] = tuple(dict.fromkeys((*known, *function.layers)))
    return layers


STANDARD_LIBRARY = sys.stdlib_module_names
SDK_PACKAGES = frozenset(name.partition(".")[0] for name in FACTORIES)


class Linker:
    """Resolves imports among the project's files, given by path in a fixed order."""

    def __init__(
        self,
        paths: Sequence[str],
        roots: Iterable[str] = (),
        layers: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._paths = paths
        self._folders = [posixpath.dirname(path) for path in paths]
        self._by_stem: dict[str, int] = {}
        self._by_tail: dict[str, list[int]] = {}
        for number, path in enumerate(paths):
            if not path.endswith(".py"):
                continue
            stem = path[: -len("/__init__.py")] if path.endswith("/__init__.py") else path[:-3]
            self._by_stem.setdefault(stem, number)
            self._by_tail.setdefault(stem.rpartition("/")[2], []).append(number)
        self._words = {word for stem in self._by_stem for word in stem.split("/")}
        """The names of all folders and files: what begins with another name is not in the project."""
        self._layers = {folder: list(map(_base, found)) for folder, found in (layers or {}).items()}
        """Code folder -> the folders of its layers."""
        every_layer = [folder for folders in self._layers.values() for folder in folders]
        bases = dict.fromkeys((*map(_base, roots), *every_layer))
        self._roots = [place for base in bases for place in (base, _below(base, "python"))]
        self._memo: dict[tuple[str, str, int], int | None] = {}
        self._ends: dict[str, dict[str, int]] = {}

    def resolve(self, importer: int, module: str, level: int) -> int | None:
        """The number of the file that `module` means in the file `importer`, or None."""
        folder = self._folders[importer]
        key = (folder, module, level)
        if key not in self._memo:
            self._memo[key] = (
                self._relative(folder, module, level) if level else self._absolute(folder, module)
            )
        return self._memo[key]

    def _relative(self, folder: str, module: str, level: int) -> int | None:
        for _ in range(level - 1):
            above = posixpath.dirname(folder)
            if above == folder:
                return None
            folder = above
        tail = module.replace(".", "/")
        stem = posixpath.join(folder, tail) if tail else folder
        return self._by_stem.get(stem)

    def _absolute(self, folder: str, module: str) -> int | None:
        first = module.partition(".")[0]
        if first not in self._words or first in SDK_PACKAGES:
            return None  # a copy of the SDK among the files, as in a layer, is still the SDK
        tail = module.replace(".", "/")
        ending = self._ending(tail)
        if not ending:
            return None
        for base in self._search(folder):
            found = ending.get(_below(base, tail))
            if found is not None:
                return found
        return self._only_one(module, tail)

    def _ending(self, tail: str) -> dict[str, int]:
        """The files whose paths, without the ending, end in `tail`, by those paths."""
        if tail not in self._ends:
            stems = map(self._stem, self._by_tail.get(tail.rpartition("/")[2], ()))
            self._ends[tail] = {
                stem: self._by_stem[stem] for stem in stems if f"/{stem}".endswith(f"/{tail}")
            }
        return self._ends[tail]

    def _search(self, folder: str) -> Iterable[str]:
        above = folder
        while True:
            yield above
            for layer in self._layers.get(above, ()):
                yield _below(layer, "python")
                yield layer
            parent = posixpath.dirname(above)
            if parent == above:
                break
            above = parent
        yield from self._roots

    def _only_one(self, module: str, tail: str) -> int | None:
        first = module.partition(".")[0]
        if first in STANDARD_LIBRARY:
            return None
        found = [number for stem, number in self._ending(tail).items() if stem != tail]
        in_layers = [number for number in found if self._stem(number).endswith("/python/" + tail)]
        if len(in_layers) == 1:
            return in_layers[0]
        # One word alone is more often a library that is not in the project.
        return found[0] if len(found) == 1 and "." in module else None

    def _stem(self, number: int) -> str:
        return self._paths[number].removesuffix("/__init__.py").removesuffix(".py")


def _base(folder: str) -> str:
    """A folder as a path begins with it: nothing for the current one."""
    base = posixpath.normpath(folder)
    return "" if base == "." else base


def _below(base: str, tail: str) -> str:
    return f"{base.rstrip('/')}/{tail}" if base else tail
