"""What the search for secrets answers."""

from dataclasses import dataclass

from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Span

HOLE = "\ufffc"
"""Stands in a text for the part of an f-string or a concatenation that is not a literal."""


@dataclass(frozen=True, slots=True)
class Match:
    """A secret in a text."""

    kind: str
    """What it is, as a message says it: `password`, `GitHub token`. Never a part of the text."""
    span: Span
    """The secret itself within the text, as narrow as it is known."""
    confidence: Confidence = Confidence.HIGH

    def secret(self, text: str) -> str:
        """The part of `text` that must not be shown."""
        return text[self.span.start : self.span.end]
