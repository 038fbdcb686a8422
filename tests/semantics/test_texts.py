"""What is known of a text that is put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.semantics.texts import joined
from lambda_lint.semantics.values import UNKNOWN, Composed, Constant, Environment, FromContext, Value

STAGE = Environment("STAGE")
NAME = FromContext("function_name")

PARTS = st.one_of(
    st.text(max_size=3).map(Constant),
    st.sampled_from([STAGE, NAME, UNKNOWN, Composed(("a", None)), Composed((STAGE, "b"))]),
)


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ([], Constant("")),
        ([Constant("a"), Constant("b")], Constant("ab")),
        ([STAGE], STAGE),
        ([NAME, Constant("")], NAME),
        ([FromContext()], UNKNOWN),
        ([UNKNOWN, Constant("")], UNKNOWN),
        ([Constant("a-"), STAGE, Constant("-"), Constant("b")], Composed(("a-", STAGE, "-b"))),
        ([STAGE, STAGE], Composed((STAGE, STAGE))),
        ([UNKNOWN, UNKNOWN, Constant("a")], Composed((None, "a"))),
        ([Composed(("a", None)), Composed((None, "b"))], Composed(("a", None, "b"))),
        ([UNKNOWN, STAGE, UNKNOWN], Composed((None, STAGE, None))),
    ],
)
@pytest.mark.parametrize("formatted", [False, True])
def test_parts(values: list[Value], whole: Value, formatted: bool) -> None:
    assert joined(values, formatted=formatted) == whole


def test_only_formatting_makes_text_of_numbers() -> None:
    assert joined([Constant("a"), Constant(1)], formatted=True) == Constant("a1")
    assert joined([Constant("a"), Constant(1)], formatted=False) == UNKNOWN
    assert joined([Constant(1), Constant(2)], formatted=False) == UNKNOWN


def test_bytes_only_join_bytes() -> None:
    assert joined([Constant(b"a"), Constant(b"b")], formatted=False) == Constant(b"ab")
    assert joined([Constant(b"a"), Constant("b")], formatted=False) == UNKNOWN
    assert joined([Constant(b"a"), UNKNOWN], formatted=False) == UNKNOWN
    assert joined([Constant(b"a")], formatted=True) == Constant("b'a'")


@given(st.lists(PARTS), st.lists(PARTS))
def test_it_does_not_matter_where_a_text_is_cut(left: list[Value], right: list[Value]) -> None:
    halves = [joined(left, formatted=True), joined(right, formatted=True)]
    assert joined(halves, formatted=True) == joined([*left, *right], formatted=True)


@pytest.mark.parametrize("part", [Constant("ab"), Constant(b"ab"), Environment("A")])
def test_a_text_that_doubles_has_an_end(part: Value) -> None:
    text, lengths = part, 0
    while text != UNKNOWN:
        text = joined([text, text], formatted=False)
        lengths += 1
    assert 10 < lengths < 20
