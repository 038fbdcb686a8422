"""A string literal is lowered to what Python makes of it."""

import ast

import libcst as cst
import pytest

from lambda_lint.semantics.facts import Const
from lambda_lint.semantics.lower_expr import ExpressionLowering

LITERALS = (
    '""', "'a'", '"\'"', '""""""', '"""a"""', '"""a"b\n"""', "'''a\r\nb\rc'''", '"""a\\n"""', "'\\x41'",
    'r"\\d"', 'u"é"', 'b"a"', "B'''a\r\nb'''",
)  # fmt: skip


@pytest.mark.parametrize("literal", LITERALS)
def test_strings_have_their_values(literal: str) -> None:
    lowered = ExpressionLowering({}, {}).lower(cst.SimpleString(literal))
    assert lowered == Const(ast.literal_eval(literal))
