"""What a template says about one thing: known, left out, or not known; and where it stands.

A template that leaves a timeout out and one that takes it from a parameter without a default are not the
same: the first has the default of the platform, of the second nobody knows. Rules ask `value` and
`is_absent`, and stay silent when neither tells anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from lambda_lint.model.location import Span

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a template's decoded text."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """One thing that a template may say.

    Known: `value` is not None. Left out: `is_absent`. Neither: not known, because it comes from elsewhere or
    because the reader of the format does not look for it.
    """

    value: T_co | None = None
    place: Place | None = None
    """Where it is said, also if what is said is not known; None for what is left out."""
    is_absent: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the value, or that there is none, is known."""
        return self.is_absent or self.value is not None


@dataclass(frozen=True, slots=True)
class Listed(Generic[T_co]):
    """Things of which a template may list several: nothing in a complete list means that there are none."""

    items: tuple[T_co, ...] = ()
    is_complete: bool = False
    """False if there may be more than `items`."""


UNKNOWN: Fact[NoReturn] = Fact()
ABSENT: Fact[NoReturn] = Fact(is_absent=True)
NOT_LISTED: Listed[NoReturn] = Listed()
NONE_LISTED: Listed[NoReturn] = Listed(is_complete=True)
