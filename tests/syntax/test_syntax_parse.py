import sys
import warnings

import libcst as cst
import pytest

from lambda_lint.errors import InvalidSyntaxError, SourceError
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source


def problem_of(text: str) -> tuple[str, int]:
    with pytest.raises(InvalidSyntaxError) as caught:
        parse(Source("a.py", text))
    return str(caught.value), caught.value.offset


@pytest.mark.parametrize("text", ["", "\n", "\f\n", "# only a comment", "x = 1", "x = 1\r\ry = 2\r"])
def test_any_python_gives_a_tree(text: str) -> None:
    assert parse(Source("a.py", text)).module.encoding == "utf-8"


@pytest.mark.parametrize(
    "code",
    [
        "x = t'{a}'",
        "try: a\nexcept B, C: d",
        "type A[T = int] = list[T]",
        "def f[*Ts](): pass",
        "x = f'{a['b']}'",
        "lazy import a",
        "x = [*a for a in b]",
        "try: a\nexcept* B: c",
    ],
)
def test_newer_syntax_than_the_running_python_is_read(code: str) -> None:
    assert len(parse(Source("a.py", code)).nodes) > 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = 1\nif x\n    pass\n", "\n    pass"),
        ("x = 1\r\ny = (\r\n", "(\r\n"),
        ("x = 'é' y\n", "y\n"),
        ("x = 1\r)\r", ")\r"),
        ("\f\nx = = 1\n", "= 1"),
    ],
)
def test_a_syntax_error_has_the_place_that_python_gives(text: str, place: str) -> None:
    assert problem_of(text)[1] == text.index(place)


def test_a_syntax_error_has_the_words_of_python() -> None:
    assert problem_of("x = (")[0] == "'(' was never closed"
    assert problem_of("def f():\nx = 1\n")[0].startswith("expected an indented block after function")


def test_a_syntax_error_at_the_end_is_placed_in_the_text() -> None:
    assert problem_of("x = [\n1,\n")[1] <= len("x = [\n1,\n")


@pytest.mark.parametrize(
    "code",
    [
        "print 'x'",
        "print x, y",
        "if x: print 'x'",
        "exec 'x'",
        "raise E, 'x'",
        "x = 0777",
        "x = 10L",
        "x = 0xFFL",
        "x = a <> b",
        "x = `a`",
        "x = ur'a'",
        "try: a\nexcept E, e: print e",
    ],
)
def test_python_2_is_called_python_2(code: str) -> None:
    assert problem_of(f"y = 1\n{code}\n")[0].startswith("this looks like Python 2")


@pytest.mark.parametrize("code", ["x = = 1", "return x y", "printer x", "if True print(1)", "x = 10.0.1"])
def test_other_errors_are_not_called_python_2(code: str) -> None:
    assert "Python 2" not in problem_of(f"{code}\n")[0]


def test_null_bytes_are_no_python() -> None:
    assert problem_of("x = 1\ny = \0\n") == ("source code cannot contain null bytes", 10)


def test_a_second_byte_order_mark_is_no_python() -> None:
    assert problem_of("\ufeffx = 1") == ("invalid non-printable character U+FEFF", 0)


def test_too_many_levels_are_no_python() -> None:
    code = "".join(" " * level + "if a:\n" for level in range(120)) + " " * 120 + "b\n"
    assert problem_of(code)[0] == "too many levels of indentation"


def refusal_of(text: str, size_limit: int = 1000) -> str:
    with pytest.raises(SourceError) as caught:
        parse(Source("a.py", text), size_limit)
    return str(caught.value)


def test_a_lone_surrogate_is_refused_with_its_line() -> None:
    assert refusal_of("x = 1\ny = '\udc80'\n") == "line 2: U+DC80 is no character"


def test_a_large_file_is_refused() -> None:
    assert refusal_of("#" * 11, size_limit=10) == "the file has 11 characters, and the limit is 10"
    assert parse(Source("a.py", "#" * 10), size_limit=10).of_type(cst.Comment) == []


def test_python_that_libcst_cannot_read_is_no_syntax_error() -> None:
    message = "line 2: Python can read this, but libcst cannot (ParserSyntaxError)"
    assert refusal_of("y = 1\n(x): int = 1\n") == message


def test_what_is_too_deep_for_both_parsers_is_refused() -> None:
    # libcst gives up on so many strings side by side; here, CPython on so many signs.
    assert refusal_of("x = (" + "'a' " * 9_000 + ")\n" + "y = " + "-" * 3_900 + "1\n", 10**6)


def test_warnings_of_python_are_not_shown() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        problem_of("x = '\\q'\ny = 1if x else 2\nz = (\n")
    assert caught == []


def test_interruptions_are_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cst, "parse_module", interrupt)
    with pytest.raises(KeyboardInterrupt):
        parse(Source("a.py", "x"))


class PanicError(BaseException):
    """As Rust code raises it when it fails an assertion."""


def test_a_panic_of_the_parser_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_: str) -> None:
        raise PanicError("index out of bounds")

    monkeypatch.setattr(cst, "parse_module", panic)
    assert refusal_of("x = 1") == "Python can read this, but libcst cannot (PanicError)"


def test_the_recursion_limit_does_not_matter() -> None:
    before = sys.getrecursionlimit()
    code = "x = " + " and ".join(["a"] * 3000) + "\n"
    assert len(parse(Source("a.py", code)).of_type(cst.BooleanOperation)) == 2999
    assert sys.getrecursionlimit() == before
