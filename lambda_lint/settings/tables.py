"""A rule's `Options` dataclass, read from and checked against a table of the configuration."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, get_type_hints

from lambda_lint.settings.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STRINGS = tuple[str, ...]
NOUNS: dict[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
    STRINGS: "an array of strings",
}
"""The types that an option may have, and what users call them."""


@dataclass(frozen=True, slots=True)
class OptionField:
    """One option of a rule."""

    key: str
    """As users write it, in kebab-case."""
    name: str
    """As the dataclass has it."""
    kind: Any
    """A key of `NOUNS`."""
    default: Any


Declared: TypeAlias = "type | tuple[OptionField, ...]"
"""A rule's `Options`, or what was read of them before."""


def option_fields(options_type: Declared) -> tuple[OptionField, ...]:
    """The options that a rule declares; ValueError says what is wrong with the declaration."""
    if isinstance(options_type, tuple):
        return options_type
    parameters = getattr(options_type, "__dataclass_params__", None)
    if parameters is None or not parameters.frozen:
        raise ValueError("`Options` is not a frozen dataclass")
    try:
        hints = get_type_hints(options_type)
    except NameError as error:
        raise ValueError(f"a type in `Options` is not known at run time: {error}") from error
    found: list[OptionField] = []
    for field in dataclasses.fields(options_type):
        kind = hints[field.name]
        if kind not in NOUNS:
            raise ValueError(f"option `{field.name}` is none of bool, int, float, str, tuple[str, ...]")
        if field.default is dataclasses.MISSING:
            raise ValueError(f"option `{field.name}` has no default")
        if not is_of_kind(field.default, kind):
            raise ValueError(f"the default of option `{field.name}` is not {NOUNS[kind]}")
        found.append(OptionField(field.name.replace("_", "-"), field.name, kind, field.default))
    return tuple(found)


def is_of_kind(value: object, kind: object) -> bool:
    """Whether a TOML value fits one of the types of `NOUNS`; `true` is no number."""
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is str:
        return isinstance(value, str)
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def problems_in(options_type: Declared | None, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each key that is wrong, with what is wrong about it."""
    known = {field.key: field for field in option_fields(options_type)} if options_type is not None else {}
    for key, value in table.items():
        field = known.get(key)
        if not known:
            yield key, f"has no options, and so no `{key}`"
        elif field is None:
            yield key, f"has no option `{key}`{did_you_mean(key, known)}"
        elif not is_of_kind(value, field.kind):
            yield key, f"wants {NOUNS[field.kind]} as `{key}`, not {noun_of(value)}"


def build(options_type: type, table: Mapping[str, object]) -> Any:
    """An instance of the dataclass; the table is known to have no problems."""
    known = {field.key: field for field in option_fields(options_type)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        field = known[key]
        values[field.name] = tuple(value) if isinstance(value, list) else value
        if field.kind is float:
            values[field.name] = float(values[field.name])
    return options_type(**values)


def noun_of(value: object) -> str:
    """What users call a TOML value of this type."""
    match value:
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list() | tuple():
            return "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"
