"""A literal is lowered to what Python makes of it."""

import ast
import sys

import libcst as cst
import pytest

from lambda_lint.semantics.facts import NOTHING, Const
from lambda_lint.semantics.lower_expr import ExpressionLowering

LITERALS = (
    '""', "'a'", '"\'"', '""""""', '"""a"""', '"""a"b\n"""', "'''a\r\nb\rc'''", '"""a\\n"""', "'\\x41'",
    'r"\\d"', 'u"é"', 'b"a"', "B'''a\r\nb'''",
)  # fmt: skip


@pytest.mark.parametrize("literal", LITERALS)
def test_strings_have_their_values(literal: str) -> None:
    lowered = ExpressionLowering({}, {}).lower(cst.SimpleString(literal))
    assert lowered == Const(ast.literal_eval(literal))


@pytest.mark.parametrize("literal", ["0", "00", "1_000", "0x_fF", "0o17", "0B1", "9" * 4000])
def test_integers_have_their_values(literal: str) -> None:
    lowered = ExpressionLowering({}, {}).lower(cst.Integer(literal))
    assert lowered == Const(ast.literal_eval(literal))


@pytest.mark.parametrize("literal", ["0.5", "1_0.", ".5e1_0", "1e400", "08.5"])
def test_floats_have_their_values(literal: str) -> None:
    lowered = ExpressionLowering({}, {}).lower(cst.Float(literal))
    assert lowered == Const(ast.literal_eval(literal))


@pytest.mark.skipif(not hasattr(sys, "set_int_max_str_digits"), reason="this Python converts any number")
def test_more_digits_than_python_converts_are_unknown() -> None:
    assert ExpressionLowering({}, {}).lower(cst.Integer("9" * 5000)) is NOTHING


def test_a_string_that_python_does_not_read_is_unknown() -> None:
    assert ExpressionLowering({}, {}).lower(cst.SimpleString(r'"\N{no such character}"')) is NOTHING
