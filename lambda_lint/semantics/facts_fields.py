"""Functions that write the facts of a class as plain lists, and read them: made from the fields of the class.

They are generated as dataclasses generate theirs, so a new fact needs no line here. `write_X` takes an X and
gives its fields; where an expression or a text stands, its place in a list. `read_X` does the reverse, and
raises where a value has not the type that its field says. `parts_X` gives the expressions in an X.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from lambda_lint.semantics import facts as definitions
from lambda_lint.semantics.made import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lambda_lint.semantics.facts import Scalar

SCALARS = (str, bytes, int, float, bool, NoneType)


def read_scalar(written: list[Any], texts: list[str]) -> Scalar:
    """What `_Writing.scalar` has written."""
    kind, value = written
    if kind == 0:
        return None if value is None else value is True
    if kind == 1:
        number: int = int(value, 16) if isinstance(value, str) else value | 0
        return number
    if kind == 2:
        return float.fromhex(value)
    text: str = texts[value]
    return text if kind == 3 else text.encode("latin-1")


@cache
def _names() -> dict[str, Any]:
    """What the annotations speak of."""
    known: dict[str, Any] = {**vars(definitions), "Made": Made}
    # The alias is a text there, to which no `| None` can be added.
    known["Expr"] = _union(known[name] for name in str(definitions.Expr).split(" | "))
    known["Scalar"] = _union(SCALARS)
    return known


def _union(kinds: Iterable[Any]) -> Any:
    return reduce(or_, kinds)


@cache
def expressions() -> tuple[type, ...]:
    return get_args(_names()["Expr"])


@cache
def functions() -> dict[str, Callable[..., Any]]:
    """The functions `read_…`, `write_…` and `parts_…` of all classes, by these names."""
    kinds = [kind for kind in _names().values() if isinstance(kind, type) and is_dataclass(kind)]
    enums = [each for each in _names().values() if _is_enum(each)]
    names: dict[str, Any] = {kind.__name__: kind for kind in kinds}
    names |= {each.__name__: {str(member.value): member for member in each} for each in enums}
    names["scalar"] = read_scalar
    lines = [line for kind in kinds for line in _source(kind)]
    exec("\n".join(lines), names)  # noqa: S102 - made of the names in our own classes
    return names


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum) and kind is not Enum


def _source(kind: type) -> list[str]:
    hints = get_type_hints(kind, _names())
    hints = {field.name: hints[field.name] for field in fields(kind)}
    is_expression = kind in expressions()
    tag = str(expressions().index(kind)) if is_expression else "0"
    place = "w.known" if is_expression else "w.place"
    written = "".join(f", {_writing(hint, f'o.{name}', place)}" for name, hint in hints.items())
    read = ", ".join(_reading(hint, f"f{index}") for index, hint in enumerate(hints.values()))
    received = "".join(f", f{index}" for index in range(len(hints)))
    parts = "".join(f"{part}, " for name, hint in hints.items() if (part := _parts(hint, f"o.{name}")))
    return [
        f"def write_{kind.__name__}(o, w): return ({tag}{written},)",
        f"def read_{kind.__name__}(r, s, e):",
        f" _{received} = r",
        f" return {kind.__name__}({read})",
        f"def parts_{kind.__name__}(o): return ({parts})",
    ]


def _optional(hint: Any) -> Any:
    """X of `X | None`, else None."""
    if get_origin(hint) not in (Union, UnionType) or NoneType not in get_args(hint):
        return None
    rest = (each for each in get_args(hint) if each is not NoneType)
    return _union(rest)


def _is_expression(hint: Any) -> bool:
    return get_args(hint) == expressions()


def _is_scalar(hint: Any) -> bool:
    return get_args(hint) == SCALARS


def _writing(hint: Any, value: str, place: str, depth: int = 0) -> str:
    """Python code for `value`, of the type `hint`, as JSON can hold it."""
    inner, each = _optional(hint), f"v{depth}"
    if _is_expression(hint):
        return f"{place}({value})"
    if _is_scalar(hint):
        return f"w.scalar({value})"
    if inner is not None:
        return f"(None if {value} is None else {_writing(inner, value, place, depth)})"
    if get_origin(hint) is dict:
        _, of = get_args(hint)
        return f"[(w.text(k), {_writing(of, each, place, depth + 1)}) for k, {each} in {value}.items()]"
    if get_origin(hint) is tuple:
        first, *others = get_args(hint)
        if others == [Ellipsis]:
            return f"tuple([{_writing(first, each, place, depth + 1)} for {each} in {value}])"
        items = enumerate((first, *others))
        return f"({', '.join(_writing(one, f'{value}[{at}]', place, depth) for at, one in items)},)"
    if isinstance(hint, type) and is_dataclass(hint):
        return f"write_{hint.__name__}({value}, w)"
    if _is_enum(hint):
        return f"w.text({value}.value)"
    return {str: f"w.text({value})", int: value, bool: value}[hint]


def _reading(hint: Any, value: str, depth: int = 0) -> str:
    """Python code for what `_writing` has made of a value; it raises where the types are not those."""
    inner, each = _optional(hint), f"v{depth}"
    if _is_expression(hint):
        return f"e[{value}]"
    if _is_scalar(hint):
        return f"scalar({value}, s)"
    if inner is not None:
        return f"(None if {value} is None else {_reading(inner, value, depth)})"
    if get_origin(hint) is dict:
        _, of = get_args(hint)
        return f"{{s[k]: {_reading(of, each, depth + 1)} for k, {each} in {value}}}"
    if get_origin(hint) is tuple:
        first, *others = get_args(hint)
        if others == [Ellipsis]:
            return f"tuple([{_reading(first, each, depth + 1)} for {each} in {value}])"
        names = [f"{each}_{at}" for at in range(len(others) + 1)]
        items = ", ".join(
            _reading(one, name, depth + 1) for one, name in zip(get_args(hint), names, strict=True)
        )
        return f"[({items}) for {', '.join(names)} in ({value},)][0]"
    if isinstance(hint, type) and is_dataclass(hint):
        return f"read_{hint.__name__}({value}, s, e)"
    if _is_enum(hint):
        return f"{hint.__name__}[s[{value}]]"
    # `|` takes nothing but whole numbers.
    return {str: f"s[{value}]", int: f"{value} | 0", bool: f"({value} | 0) != 0"}[hint]


def _parts(hint: Any, value: str, depth: int = 0) -> str:
    """Python code for the expressions in a value, for a display such as a tuple; "" if it holds none."""
    inner, each = _optional(hint), f"v{depth}"
    if _is_expression(hint):
        return value
    if inner is not None and _parts(inner, value):
        return f"*(() if {value} is None else ({_parts(inner, value, depth)},))"
    if get_origin(hint) is tuple:
        first, *others = get_args(hint)
        if others == [Ellipsis]:
            part = _parts(first, each, depth + 1)
            return f"*[p{depth} for {each} in {value} for p{depth} in ({part},)]" if part else ""
        found = [_parts(one, f"{value}[{at}]", depth) for at, one in enumerate((first, *others))]
        return ", ".join(filter(None, found))
    return ""
