"""A rule's options: their declaration, and tables that set them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, make_dataclass
from typing import Any

import pytest

from lambda_lint.settings.tables import build, noun_of, option_fields, problems_in


@dataclass(frozen=True)
class Everything:
    max_depth: int = 3
    ratio: float = 0.5
    strict: bool = False
    prefix: str = "x"
    names: tuple[str, ...] = ("a",)


def test_fields_have_kebab_case_keys() -> None:
    assert [(option.key, option.default) for option in option_fields(Everything)] == [
        ("max-depth", 3),
        ("ratio", 0.5),
        ("strict", False),
        ("prefix", "x"),
        ("names", ("a",)),
    ]


def test_building() -> None:
    table = {"max-depth": 1, "ratio": 2, "strict": True, "prefix": "y", "names": ["b", "c"]}
    built = build(Everything, table)
    assert built == Everything(1, 2.0, strict=True, prefix="y", names=("b", "c"))
    assert isinstance(built.ratio, float)
    assert build(Everything, {"names": ("d",)}) == Everything(names=("d",))
    assert build(Everything, {}) == Everything()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"max-depth": "3"}, "wants a whole number as `max-depth`, not a string"),
        ({"max-depth": True}, "wants a whole number as `max-depth`, not a boolean"),
        ({"max-depth": 1.5}, "wants a whole number as `max-depth`, not a number"),
        ({"ratio": False}, "wants a number as `ratio`, not a boolean"),
        ({"strict": 1}, "wants true or false as `strict`, not a number"),
        ({"prefix": ["x"]}, "wants a string as `prefix`, not an array"),
        ({"names": "a"}, "wants an array of strings as `names`, not a string"),
        ({"names": [1]}, "wants an array of strings as `names`, not an array"),
        ({"max_depth": 3}, "has no option `max_depth`; did you mean `max-depth`?"),
        ({"zzz": 3}, "has no option `zzz`"),
    ],
)
def test_problems(table: dict[str, object], message: str) -> None:
    assert [told for _, told in problems_in(Everything, table)] == [message]


def test_a_rule_without_options() -> None:
    assert list(problems_in(None, {"a": 1})) == [("a", "has no options, and so no `a`")]
    assert list(problems_in(None, {})) == []


@dataclass(frozen=True)
class Lost:
    a: NowhereToBeFound = 1  # type: ignore[name-defined]  # noqa: F821 - the point


@dataclass
class Mutable:
    a: int = 1


def declared(kind: Any, **default: Any) -> type:
    return make_dataclass("Declared", [("a", kind, field(**default))], frozen=True)


@pytest.mark.parametrize(
    ("options_type", "message"),
    [
        (int, "`Options` is not a frozen dataclass"),
        (Mutable, "`Options` is not a frozen dataclass"),
        (Lost, "a type in `Options` is not known at run time: name 'NowhereToBeFound' is not defined"),
        (declared(list[str], default=()), "option `a` is none of bool, int, float, str, tuple[str, ...]"),
        (declared(int), "option `a` has no default"),
        (declared(int, default="1"), "the default of option `a` is not a whole number"),
    ],
)
def test_declarations_that_are_refused(options_type: type, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        option_fields(options_type)


def test_nouns() -> None:
    values: tuple[object, ...] = (True, 1, 1.5, "", [], (), {}, dt.date(2026, 1, 1))
    assert [noun_of(value) for value in values] == [
        "a boolean", "a number", "a number", "a string", "an array", "an array", "a table", "a date or time",
    ]  # fmt: skip
