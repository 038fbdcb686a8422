import pytest

from lambda_lint.syntax.lexer import comments, tokens


def texts(code: str) -> list[str]:
    return [code[span.start : span.end] for span in comments(code)]


@pytest.mark.parametrize(
    "code",
    [
        "x = 1  # yes",
        "# yes",
        "x = '#no'  # yes",
        'x = "#no"  # yes',
        "x = '''\n#no\n'''  # yes",
        'x = """\n#no ""\\""" #no"""  # yes',
        "x = '\\'#no'  # yes",
        "x = r'\\'#no'# yes",
        "x = b'#no' rb'#no' Rb\"#no\" u'#no'  # yes",
        "x = '#no\\\n#no'  # yes",
        "x = '#no\\\r\n#no'  # yes",
        "x = f'#no{a}#no'  # yes",
        "x = f'{a}' '#no'  # yes",
        "x = f'{{#no{a:#>8}#no}}'  # yes",
        "x = f'{a:{b}#}#no'  # yes",
        "x = f'{a:{b:{c}}}#no'  # yes",
        "x = f'{a:{b}}}}#no'  # yes",
        "x = f'{d[\"#no\"]}'  # yes",
        "x = f'{d['#no']}'  # yes",
        "x = f'{f'{f'#no'}#no'}#no'  # yes",
        "x = f'''{\na  # yes\n}#no'''",
        "x = f'{a!r:#}'  # yes",
        "x = f'{a:=#8}' f'{(a:=1)}#no'  # yes",
        "x = f'{lambda: 1}#no'  # yes",
        "x = f'{ {1: 2}[1] }#no'  # yes",
        "x = f'\\N{NUMBER SIGN}#no{a}'  # yes",
        "x = rf'\\{a}#no'  # yes",
        "x = f'\\'#no{a}'  # yes",
        "x = t'#no{a}#no'  # yes",
        "x = fR'#no' Tr'#no'  # yes",
        "buf'#no'  # yes",
        "x = 'never closed #no\ny = 1  # yes",
        "x = f'never closed #no\ny = 1  # yes",
        "x = f'never {a: closed #no\ny = 1  # yes",
        "x = f'{a}}#no'  # yes",
        "x = 1 \\\n  # yes",
        "x = 1\r# yes\ry = 2",
    ],
)
def test_only_comments_are_comments(code: str) -> None:
    found = texts(code)
    assert found
    assert all(text.startswith("# yes") for text in found)


def test_a_string_that_is_never_closed_takes_the_rest() -> None:
    assert texts("x = '''\n# no\n") == []
    assert texts("# yes\nx = f'''\n# no\n") == ["# yes"]


def test_a_comment_ends_with_its_line() -> None:
    assert texts("# a\r\n# b\r# c\f\x85d\n") == ["# a", "# b", "# c\f\x85d"]


def test_code_without_a_number_sign_has_none() -> None:
    assert texts("x = 1\n") == []


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("f(a, *b)[c]", "( , * ) [ ]"),
        ("x = 1.5 + a.b", "= + ."),
        ("if not a and b:\n    pass", "if not and : line"),
        ("notable = iffy", "="),
        ("x = '+' + f'+{a + b}+'", "= string + string { + }"),
        ("x = (1 +\n 2)\\\n - 3  # x", "= ( + line ) - comment"),
        ("x **= 2 // 3 << 4", "**= // <<"),
        ("def f(a: b = c, /) -> d: ...", "( : = , / ) -> : . . ."),
        ("x = f'{a:{b}}' '{'", "= string { : { } } string"),
        ("x = f'{a:>{{b}}}'", "= string { : { { } } }"),
    ],
)
def test_tokens_of_which_code_grows(code: str, kinds: str) -> None:
    assert " ".join(kind for kind, _ in tokens(code)) == kinds


def test_tokens_have_their_places() -> None:
    assert list(tokens("f(a)\n# b")) == [("(", 1), (")", 3), ("line", 4), ("comment", 5)]
