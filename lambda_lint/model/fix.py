"""A fix: edits of one file that are applied together or not at all."""

from dataclasses import dataclass

from lambda_lint.model.labels import Safety
from lambda_lint.model.location import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the text of `span` by `text`; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a finding. The edits do not overlap and stand in source order."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety
