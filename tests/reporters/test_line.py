"""Lines in pieces."""

from __future__ import annotations

from lambda_lint.reporters.line import Line, cells


def test_a_line_keeps_the_style_of_each_piece() -> None:
    line = Line("a", "bold").append("").append(Line("b").append("c", "dim")).append(" ")
    assert line.plain == "abc "
    assert line.pieces == [("a", "bold"), ("b", ""), ("c", "dim"), (" ", "")]


def test_blanks_at_the_end_are_taken() -> None:
    line = Line("a ").append(" ", "dim").append("  ")
    line.rstrip()
    assert line.pieces == [("a", "")]
    blank = Line("  ")
    blank.rstrip()
    assert blank.pieces == []


def test_cells() -> None:
    assert (cells("abc"), cells("日本"), cells("é")) == (3, 4, 1)
