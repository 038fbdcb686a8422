"""What may become of a value, and of its parts: the words in which `uses` answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import libcst as cst

    from lambda_lint.semantics.facts import Scalar


class Part(Enum):
    """A part of a value for which there is no key."""

    EACH = "each"
    """What a loop over it yields."""
    SOME = "some"
    """Under a key that is not known, or a slice."""


Path: TypeAlias = "tuple[Scalar | Part, ...]"
"""How a part is reached: `("Items", Part.EACH, "id")`; empty for the value itself."""


class Fate(Enum):
    """What is done with a value or a part of it."""

    DROPPED = "dropped"
    """Nothing: the expression is a statement."""
    READ = "read"
    """It is looked up by its key; what is done with it then are further uses."""
    TESTED = "tested"
    """Its truth, its emptiness, or how it compares with something."""
    COUNTED = "counted"
    """`len` of it, other than to test whether it is empty."""
    SEARCHED = "searched"
    """`x in` it."""
    ITERATED = "iterated"
    """A loop or a comprehension runs over it."""
    GATHERED = "gathered"
    """Another collection takes it in: `found += it`, `found.extend(it)`, `sorted(it)`."""
    CALLED = "called"
    """A method of it is called: `call` is that call."""
    COMPUTED = "computed"
    """Something is made of it: arithmetic, a text, a key."""
    CHANGED = "changed"
    """Something is put into it, or taken out."""
    PASSED = "passed"
    """It is an argument of something that cannot be looked into: `call` is that call."""
    RETURNED = "returned"
    YIELDED = "yielded"
    STORED = "stored"
    """It is kept in an attribute, an item, a global or a collection."""
    UNCLEAR = "unclear"
    """Something that is not followed."""


ESCAPES = frozenset({Fate.PASSED, Fate.RETURNED, Fate.YIELDED, Fate.STORED, Fate.UNCLEAR})
"""Fates after which anything may be done with the value elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One thing that is done with a part of a value."""

    path: Path
    fate: Fate
    node: cst.CSTNode | None
    """Where; None in a function of another module."""
    call: cst.Call | None = None
    """The call that takes it, or the call of its method."""


@dataclass(frozen=True, slots=True)
class Uses:
    """All that is done with a value."""

    all: tuple[Use, ...]

    def __iter__(self) -> Iterator[Use]:
        return iter(self.all)

    def keys(self, prefix: Path = ()) -> frozenset[Scalar | Part]:
        """The keys that are looked up in the part at `prefix`; `Part.SOME` among them is a key not known."""
        size = len(prefix)
        return frozenset(use.path[size] for use in self.all if _lies_below(use.path, prefix))

    def of(self, path: Path) -> tuple[Use, ...]:
        """What is done with the part itself."""
        return tuple(use for use in self.all if use.path == path)

    def escapes(self, path: Path = (), unless: Callable[[Use], bool] | None = None) -> bool:
        """Whether the part, or something that holds it, goes where it is not followed.

        `unless` picks out escapes that do not matter to the one who asks, such as into a log.
        """
        return any(
            use.fate in ESCAPES and path[: len(use.path)] == use.path and not (unless and unless(use))
            for use in self.all
        )


def _lies_below(path: Path, prefix: Path) -> bool:
    return len(path) > len(prefix) and path[: len(prefix)] == prefix
