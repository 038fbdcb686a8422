"""String literals as texts, and what the source writes for a part of one."""

from __future__ import annotations

import ast

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.syntax.literals import literal_at, literals
from lambda_lint.syntax.tree import Tree


def texts(code: str) -> list[str]:
    return sorted(literal.text for literal in literals(Tree(cst.parse_module(code)), "?"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('a = "orders"', ["orders"]),
        ("a = 'orders'", ["orders"]),
        ('a = """or\nders"""', ["or\nders"]),
        ("a = '''orders'''", ["orders"]),
        ('a = "or\\x64ers"', ["orders"]),
        ('a = r"or\\ders"', ["or\\ders"]),
        ('a = b"orders"', ["orders"]),
        ('a = b"\\x6f\\xffrders"', ["o\xffrders"]),
        ('a = Rb"or\\ders"', ["or\\ders"]),
        ('a = u"orders"', ["orders"]),
        ('a = "or" "ders"', ["orders"]),
        ('a = ("or"\n     "de"\n     "rs")', ["orders"]),
        ('a = "or" + "de" + "rs"', ["orders"]),
        ('a = "or" + b + "rs"', ["or?rs"]),
        ('a = "or" f"{b}rs" + c', ["or?rs?"]),
        ('a = f"or{b}rs"', ["or?rs"]),
        ('a = f"or{b!r:>{c}}rs"', ["or?rs"]),
        ('a = f"{{or\\x64{b}}}"', ["{ord?}"]),
        ('a = rf"or\\{b}"', ["or\\?"]),
        ('a = t"or{b}rs"', ["or?rs"]),
        ("a = f\"or{b['ders']}\"", ["ders", "or?"]),
        ('a = {"key": ["one", "two"]}', ["key", "one", "two"]),
        ('f("one", two="two")', ["one", "two"]),
        ('a = "or" * 3', []),
        ('a = "orders" % b', ["orders"]),
        ("a = b + c", []),
        ('"docstring"', []),
        ('"doc" "string"', []),
        ('f"doc{a}string"', []),
        ('def f():\n    """docstring"""\n    return "orders"', ["orders"]),
        ('a = "ab"', []),
        ('a = ""', []),
        ('a = f"{b}"', []),
        ('a = "\\N{NOT A NAME}"', ["\\N{NOT A NAME}"]),
    ],
)
def test_texts(code: str, expected: list[str]) -> None:
    assert texts(code) == expected


def test_a_long_concatenation_is_one_text() -> None:
    code = "a = (" + "\n".join(f'"piece{index}"' for index in range(300)) + ")"
    assert texts(code) == ["".join(f"piece{index}" for index in range(300))]


@pytest.mark.parametrize(
    ("expression", "part", "written"),
    [
        ('"postgresql://a:hunter2@b"', "hunter2", ("hunter2",)),
        ('"hun\\x74er2"', "hunter2", ("hun\\x74er2",)),
        ('"hun" "ter2" "!"', "hunter2", ("hun", "ter2")),
        ('"a:hun" + "ter2@b"', "hunter2", ("hun", "ter2")),
        ('f"a:hunter2@{b}"', "hunter2", ("hunter2",)),
        ('f"a:hun\\x74er2@{b}" "c"', "hunter2", ("a:hun\\x74er2@",)),
    ],
)
def test_written(expression: str, part: str, written: tuple[str, ...]) -> None:
    literal = literal_at(cst.parse_expression(expression), "?")
    assert literal is not None
    start = literal.text.index(part)
    assert literal.written(start, start + len(part)) == written


def test_what_is_no_text() -> None:
    assert literal_at(cst.parse_expression("a.b"), "?") is None
    assert literal_at(cst.parse_expression("a + 1"), "?") is None


@given(st.text(min_size=3), st.booleans())
def test_the_text_is_what_python_says(text: str, twice: bool) -> None:
    code = repr(text) + (f" {text!r}" if twice else "")
    literal = literal_at(cst.parse_expression(code), "?")
    assert literal is not None
    assert literal.text == ast.literal_eval(code)
