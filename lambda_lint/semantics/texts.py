"""Text that is put together from parts: what is known of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.semantics.values import UNKNOWN, Composed, Constant, Environment, FromContext, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Part: TypeAlias = "str | Environment | FromContext | None"
MAX_TEXT = 10_000
"""Characters, or bytes, of what is put together; more is not known. Thirty lines that each put a text before
itself would make a text of 2**30 times its length."""


def joined(values: Sequence[Value], *, formatted: bool) -> Value:
    """What the values make when they are joined: a constant, or as much of a text as is known.

    `formatted` is true where parts that are no strings are turned into strings, as f-strings do.
    """
    constants = [value.value for value in values if isinstance(value, Constant)]
    if not formatted and any(not isinstance(constant, str) for constant in constants):
        raw = [constant for constant in constants if isinstance(constant, bytes)]
        is_known = len(raw) == len(values) and sum(map(len, raw)) <= MAX_TEXT
        return Constant(b"".join(raw)) if is_known else UNKNOWN
    unmerged = [part for value in values for part in _parts(value)]
    # Each part counts as a character, too: there could be as many of them.
    if len(unmerged) + sum(len(part) for part in unmerged if isinstance(part, str)) > MAX_TEXT:
        return UNKNOWN
    parts = tuple(_merged(unmerged))
    match parts:
        case ():
            return Constant("")
        case (str(whole),):
            return Constant(whole)
        case (Environment() | FromContext() as alone,):
            return alone
    return Composed(parts) if any(parts) else UNKNOWN


def _parts(value: Value) -> tuple[Part, ...]:
    match value:
        case Constant(""):
            return ()
        case Constant(constant):
            return (str(constant),)
        case Environment() | FromContext(str()):
            return (value,)
        case Composed(parts):
            return parts
    return (None,)


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    """Neighbouring constants become one, and so do neighbours of which nothing is known."""
    run: list[str] = []
    before: Part = ""
    for part in parts:
        if isinstance(part, str):
            run.append(part)
        else:
            if run:
                yield "".join(run)
                run.clear()
                before = ""
            if part is not None or before is not None:
                yield part
            before = part
    if run:
        yield "".join(run)
