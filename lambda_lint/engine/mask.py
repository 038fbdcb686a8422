"""Secrets are taken out of everything that is shown or kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.model.finding import Finding, Note, Suppressed
from lambda_lint.model.fix import Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT = 6
"""A line of a secret that has fewer characters tells nothing, and would blot out too much elsewhere."""


class Mask:
    """Hides secrets: every occurrence in any text, by as many `*`, so that offsets stay true."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted(set(texts), key=lambda text: (-len(text), text))
        """What is hidden, the longest first."""

    @classmethod
    def of_secrets(cls, secrets: Iterable[str]) -> Mask:
        """Hides each line of each secret that tells something of it."""
        return cls(line for secret in secrets for line in _telling_lines(secret))

    def text(self, text: str) -> str:
        for secret in self.texts:
            text = text.replace(secret, "*" * len(secret))
        return text

    def finding(self, finding: Finding) -> Finding:
        """The finding with its message, notes, help and fix masked."""
        return replace(
            finding,
            message=self.text(finding.message),
            path=self._notes(finding.path),
            related=self._notes(finding.related),
            help=None if finding.help is None else self.text(finding.help),
            fix=None if finding.fix is None else self._fix(finding.fix),
        )

    def suppressed(self, entry: Suppressed) -> Suppressed:
        """The entry, masked; what is suppressed is never fixed."""
        reason = None if entry.reason is None else self.text(entry.reason)
        return Suppressed(replace(self.finding(entry.finding), fix=None), reason)

    def _notes(self, notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(Note(note.location, self.text(note.text)) for note in notes)

    def _fix(self, fix: Fix) -> Fix | None:
        """A fix that would write a secret cannot be shown, so it is not offered."""
        edits = tuple(Edit(edit.span, self.text(edit.text)) for edit in fix.edits)
        return fix if edits == fix.edits else None


def _telling_lines(secret: str) -> list[str]:
    """The lines of a secret, but for short ones of a longer text, such as the last of an encoded key."""
    lines = [line for line in secret.splitlines() if line.strip()]
    return [line for line in lines if len(lines) == 1 or len(line.strip()) >= SHORT]
