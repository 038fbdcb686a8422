"""Values of a stack as facts: known, left out, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment.access import Named
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.fact import ABSENT, NONE_LISTED, NOT_LISTED, Fact, Listed
from lambda_lint.deployment.intrinsics import call_of
from lambda_lint.deployment.stack import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.stack import Stack

_TRUTHS = {"true": True, "false": False}


def text(stack: Stack, value: Value | None) -> Fact[str]:
    """The whole text that `value` comes to."""
    value = stack.evaluator.chosen(value)
    return ABSENT if value is None else Fact(stack.evaluator.literal(value), stack.place(value))


def number(stack: Stack, value: Value | None) -> Fact[int]:
    """The whole number that `value` comes to; -1, which means endless, is one."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return ABSENT
    endless = -1 if stack.evaluator.literal(value) == "-1" else None
    return Fact(stack.evaluator.number(value) if endless is None else endless, stack.place(value))


def flag(stack: Stack, value: Value | None) -> Fact[bool]:
    """Whether `value` is true."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return ABSENT
    return Fact(_TRUTHS.get((stack.evaluator.literal(value) or "").lower()), stack.place(value))


def named(stack: Stack, value: Value | None) -> Fact[Named]:
    """The resource that `value` names. Of an `Fn::If` nobody knows which."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return ABSENT
    is_open = len(list(stack.evaluator.branches(value))) > 1
    return Fact(None if is_open else stack.named(value), stack.place(value))


def texts(stack: Stack, value: Value | None) -> Fact[tuple[str, ...]]:
    """A list of texts of which all are known; a single text is a list of one."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return ABSENT
    found = listed(stack, value)
    known = found.is_complete and not any("${" in item for item in found.items)
    return Fact(found.items if known else None, stack.place(value))


def listed(stack: Stack, value: Value | None) -> Listed[str]:
    """The texts in a list, with `${…}` for what is not known of them; a single text is a list of one."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return NONE_LISTED
    if isinstance(value, Sequence) and call_of(value) is None:
        items = [stack.evaluator.chosen(item) for item in value.items]
        kept = [item for item in items if item is not None]
        found = [written(stack.evaluator.text(item)) for item in kept]
        open_items = [item for item in kept if len(list(stack.evaluator.branches(item))) > 1]
        return Listed(tuple(found), is_complete=not open_items)
    several = stack.evaluator.texts(value)
    if several:
        return Listed(tuple(written(each) for each in several), is_complete=True)
    single = written(stack.evaluator.text(value))
    return NOT_LISTED if single == "${}" else Listed((single,), is_complete=True)


def items(stack: Stack, value: Value | None) -> tuple[tuple[Value, ...], bool]:
    """The items of a list, or the one that stands in place of it; and whether that is all."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return (), True
    if isinstance(value, Sequence) and call_of(value) is None:
        told = [(item, stack.evaluator.chosen(item)) for item in value.items]
        found = tuple(chosen for _, chosen in told if chosen is not None)
        return found, all((call_of(item) or ("", item))[0] != "Fn::If" for item in found)
    if isinstance(value, Scalar | Mapping) and call_of(value) is None:
        return (value,), True
    return (), False


def parts(stack: Stack, value: Value | None) -> Iterator[tuple[str, Value]]:
    """Yield the entries of a mapping that is written out."""
    value = stack.evaluator.chosen(value)
    if isinstance(value, Mapping) and call_of(value) is None:
        for name, entry in value.entries.items():
            yield name, entry.value


def destination(stack: Stack, value: Value | None) -> Fact[Named]:
    """The resource in `Destination`; SAM makes a queue or topic if there is only a type."""
    value = stack.evaluator.chosen(value)
    if value is None:
        return ABSENT
    found = named(stack, value.get("Destination"))
    if not found.is_absent:
        return found
    kind = stack.evaluator.literal(value.get("Type"))
    return Fact(Named(None, service=kind.lower()) if kind else None, stack.place(value))
