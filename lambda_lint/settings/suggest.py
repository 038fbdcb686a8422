"""`did you mean`, for whatever the user may have misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A clause to put behind a message: ``; did you mean `select`?``, or nothing when nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    by_lower = {candidate.lower(): candidate for candidate in known}
    close = get_close_matches(word.lower().replace("_", "-"), by_lower, n=1)
    return f"; did you mean `{by_lower[close[0]]}`?" if close else ""
