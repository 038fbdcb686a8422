"""Which file holds the handler of a deployed function, told from its path alone.

What decides, when several files may be meant, is which of them define the handler's name: whoever asks looks
at that, with what is known of the files there.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lambda_lint.deployment.function import DeployedFunction

COMMON_STEMS = frozenset(
    {"app", "function", "handler", "index", "lambda", "lambda_function", "lambda_handler", "main", "run"}
)
"""Names of files that tell nothing about which function is in them."""


class Homes:
    """The files of a project, by number, as places of handlers. Test code is found only by its exact path."""

    def __init__(self, paths: Sequence[str], tests: Collection[int]) -> None:
        self._paths = paths
        self._numbers = {path: number for number, path in enumerate(paths)}
        self._named: dict[str, list[int]] = {}
        """Name of a file, without its folder -> the files of that name."""
        for number, path in enumerate(paths):
            if number not in tests:
                self._named.setdefault(path.rpartition("/")[2], []).append(number)

    def exact(self, function: DeployedFunction) -> int | None:
        """The file at the handler's path in the code folder."""
        if function.handler is None or function.folder is None:
            return None
        stem = function.handler.rpartition(".")[0]
        for tail in dict.fromkeys((stem, stem.replace(".", "/"))):
            for suffix in (".py", "/__init__.py"):
                path = posixpath.normpath(posixpath.join(function.folder, tail + suffix))
                if path in self._numbers:
                    return self._numbers[path]
        return None

    def below(self, function: DeployedFunction) -> Iterator[int]:
        """The files below the template's folder whose path ends in the handler's."""
        above = posixpath.dirname(function.place.path)
        return (
            number
            for number in self._ending(function)
            if not above or self._paths[number].startswith(above + "/")
        )

    def anywhere(self, function: DeployedFunction) -> Iterator[int]:
        """The files whose path ends in the handler's, also if a build uploads the code from elsewhere.

        A file whose name any function may have must stand below the template. All of `below` are among them.
        """
        stem = (function.handler or "").rpartition(".")[0].replace(".", "/").rpartition("/")[2]
        return self.below(function) if stem in COMMON_STEMS else self._ending(function)

    def _ending(self, function: DeployedFunction) -> Iterator[int]:
        tail = (function.handler or "").rpartition(".")[0].replace(".", "/")
        name = f"{tail}.py"
        for number in self._named.get(name.rpartition("/")[2], ()):
            if f"/{self._paths[number]}".endswith(f"/{name}"):
                yield number
