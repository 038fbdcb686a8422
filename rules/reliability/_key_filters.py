"""Does the key of an object pass the filter of a trigger?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Composed, Constant, Fact

if TYPE_CHECKING:
    from lambda_lint.api import Value


def passes(value: Value, begins: Fact[str], ends: Fact[str]) -> bool | None:
    """Whether a key passes a filter; None if that is not known."""
    match value:
        case Constant(str(text)):
            parts: tuple[object, ...] = (text,)
        case Composed(found):
            parts = found
        case _:
            return None
    first, last = parts[0], parts[-1]
    answers = (
        _begins(first if isinstance(first, str) else "", begins, is_whole=len(parts) == 1),
        _begins(last[::-1] if isinstance(last, str) else "", _reversed(ends), is_whole=len(parts) == 1),
    )
    return False if False in answers else None if None in answers else True


def _begins(text: str, wanted: Fact[str], *, is_whole: bool) -> bool | None:
    """Whether a text of which this is the beginning, or all, begins as wanted."""
    if wanted.is_absent:
        return True
    if wanted.value is None:
        return None
    if is_whole or len(text) >= len(wanted.value):
        return text.startswith(wanted.value)
    return None if wanted.value.startswith(text) else False


def _reversed(fact: Fact[str]) -> Fact[str]:
    return Fact(fact.value[::-1] if fact.value is not None else None, is_absent=fact.is_absent)
