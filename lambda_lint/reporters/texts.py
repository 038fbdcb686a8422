"""The texts of a result, split into lines once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.model.fix import Fix
    from lambda_lint.model.location import Location


class Texts:
    """`Result.sources` by path; a file that could not be decoded has no text."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._sources: dict[str, Source] = {}

    def source(self, path: str) -> Source | None:
        if path not in self._sources and path in self._texts:
            self._sources[path] = Source(path, self._texts[path])
        return self._sources.get(path)

    def places(self, fix: Fix | None, path: str) -> list[tuple[Location, str]]:
        """Each edit of a fix in the file `path`: what to replace, and by what. Empty without the text."""
        source = self.source(path)
        if fix is None or source is None:
            return []
        return [(source.location(edit.span), edit.text) for edit in fix.edits]
