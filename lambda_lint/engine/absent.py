"""Handlers whose module is certainly not in the code folder of their function.

Only a run knows all files: what is analyzed later, part by part, is told the outcome.
"""

from __future__ import annotations

import posixpath
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lambda_lint.semantics.homes import Homes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lambda_lint.deployment.function import DeployedFunction, Template
    from lambda_lint.engine.inputs import Inputs

ALIKE = 0.75
"""How much a name must be like the one that is looked for, to be what was meant."""
MOST_COMPARED = 1_000
"""Files of a folder that are compared with a name."""


def absent_modules(
    inputs: Inputs, templates: Iterable[Template], tests: Collection[str]
) -> dict[tuple[str, str], str]:
    """The functions, by template and logical id, whose module is absent; with the path of one like it, or "".

    Absent is only what could not have been overlooked: the folder was looked at, holds other modules, and
    nothing in it that was left out can be the one, nor can a layer.
    """
    paths = sorted(inputs.files)
    homes = Homes(paths, {number for number, path in enumerate(paths) if path in tests})
    seen = _Seen(inputs, [path for path in paths if path not in tests])
    return {
        (template.path, function.name): alike
        for template in templates
        for function in template.functions
        if homes.exact(function) is None and (alike := seen.alike(function)) is not None
    }


class _Seen:
    def __init__(self, inputs: Inputs, modules: Sequence[str]) -> None:
        self._inputs, self._modules = inputs, modules

    def alike(self, function: DeployedFunction) -> str | None:
        """The path of a module like the one that is absent; None if it may not be absent."""
        folder = function.folder
        if folder is None or not function.handler or function.inline is not None:
            return None
        if not function.is_packed_as_is or not _is_in(folder, self._inputs.scope):
            return None
        tail = function.handler.rpartition(".")[0].replace(".", "/")
        here = [posixpath.relpath(path, folder) for path in self._modules if _is_in(path, folder)]
        if not here or not tail or self._may_be_left_out(folder, tail):
            return None
        above = f"{posixpath.dirname(tail)}.py"
        if above in here:
            # `app.Orders.handle`: of a class in a module, nothing can be the handler.
            return posixpath.normpath(posixpath.join(folder, above))
        alike = _like(tail, here)
        if alike is None and not self._is_at_home(function, tail, here):
            return None
        return "" if alike is None else posixpath.normpath(posixpath.join(folder, alike))

    def _may_be_left_out(self, folder: str, tail: str) -> bool:
        """Whether the module, or a folder on the way to it, is there without being among the files."""
        stem = posixpath.normpath(posixpath.join(folder, tail))
        above = list(_up(posixpath.dirname(stem), folder))
        return any(
            place in self._inputs.left_out for place in (f"{stem}.py", f"{stem}/__init__.py", stem, *above)
        ) or any(path.startswith(f"{stem}.") for path in self._inputs.left_out)

    @staticmethod
    def _is_at_home(function: DeployedFunction, tail: str, here: Sequence[str]) -> bool:
        """Whether the module can only be the function's own: no layer, and no package, may bring it."""
        first, _, rest = tail.partition("/")
        is_own = not rest or any(path.startswith(f"{first}/") for path in here)
        return is_own and function.attached.is_complete and not function.attached.items


def _like(tail: str, here: Sequence[str]) -> str | None:
    """Of the paths, the one that is nearly the same, both in its folder and in its name."""
    folder, name = posixpath.split(tail)
    names = {posixpath.basename(path).removesuffix(".py"): None for path in here[:MOST_COMPARED]}
    near = get_close_matches(name, names, 3, ALIKE)
    for found in near:
        for path in here[:MOST_COMPARED]:
            above, below = posixpath.split(path)
            if below == f"{found}.py" and (above == folder or get_close_matches(above, [folder], 1, ALIKE)):
                return path
    return None


def _up(path: str, folder: str) -> Iterator[str]:
    """A folder and those above it, up to the last one."""
    while path not in {folder, ""}:
        yield path
        path = posixpath.dirname(path)
    yield folder


def _is_in(path: str, folder: str) -> bool:
    """Whether a path is below a folder, both as they are shown."""
    if folder in {".", ""}:
        return not path.startswith(("/", "../")) and path != ".."
    return path == folder or path.startswith(f"{folder}/")
