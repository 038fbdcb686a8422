"""The other files of a run that a template may name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_lint.deployment.document import parse
from lambda_lint.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from lambda_lint.deployment.document import Value

_Kept = TypeVar("_Kept")
_NESTING = (b"AWS::CloudFormation::Stack", b"AWS::Serverless::Application")


class Files(dict[str, bytes]):
    """Bytes by path: all templates, and what they name. Read once for each run."""

    code: Collection[str] = ()
    """The paths of the Python files of the project, if they are known."""
    passed: dict[str, list[tuple[str, str | None]]] | None = None
    """What nested templates, by path, are given: names of parameters and values."""

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Files:
        """The same, if it is one already."""
        return files if isinstance(files, cls) else cls(files)

    @cached_property
    def nesting(self) -> dict[str, bytes]:
        """Those that may nest other templates."""
        return {path: data for path, data in self.items() if any(mark in data for mark in _NESTING)}

    @cached_property
    def _kept(self) -> dict[type, Any]:
        return {}

    def kept(self, kind: type[_Kept], make: Callable[[], _Kept]) -> _Kept:
        """What a format keeps from one template to the next."""
        if kind not in self._kept:
            self._kept[kind] = make()
        found: _Kept = self._kept[kind]
        return found

    @cached_property
    def _parsed(self) -> dict[str, tuple[Value, ...]]:
        return {}

    def documents(self, path: str) -> tuple[Value, ...]:
        """The documents of a YAML or JSON file; none if it is not there or broken."""
        if path not in self._parsed:
            self._parsed[path] = self._read(path)
        return self._parsed[path]

    def _read(self, path: str) -> tuple[Value, ...]:
        try:
            return parse(self[path].decode("utf-8-sig")) if path in self else ()
        except (TemplateError, UnicodeDecodeError):
            # Of a template of its own, that is told when it is its turn.
            return ()
