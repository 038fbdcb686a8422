import contextlib

import pytest

from lambda_lint.errors import SourceError
from lambda_lint.syntax import guard
from lambda_lint.syntax.lexer import comments, tokens

HARMLESS = {
    "a long table": "x = [\n" + "    ('a', 1, {'b': [2, 3]}),\n" * 5000 + "]\n",
    "a long table with comments": "x = [\n" + "    ('a', {'b': [2]}),  # c(\n" * 2000 + "]\n",
    "many statements": "x = a.b(c)[d] + 1 - 2\n" * 5000,
    "a long sum": "x = " + " + ".join(["'a'"] * 1000) + "\n",
    "a long sum of products": "x = " + " + ".join(["a*b**2"] * 700) + "\n",
    "a long condition": "x = " + " and ".join(["a == b"] * 4000) + "\n",
    "strings side by side": "x = (" + "'a'\n" * 2500 + ")\n",
    "a fluent interface": "x = (a\n" + "    .b(1)\n" * 300 + ")\n",
    "dispatch": "if a == 1:\n    pass\n" + "elif a == 2:\n    pass\n" * 1500,
    "dispatch twice": ("if a == 1:\n    pass\n" + "elif a == 2:\n    pass\n" * 1500) * 2,
    "patterns": "match x:\n"
    + "    case {'a': [B(c=[d, *_])], 'e': {'f': (g | h)}} if f(g(h(i(j(k(1)))))): pass\n" * 50,
    "a call named `case`": "case(" + "f(" * 25 + ")" * 25 + ")\n",
    "deleting": "del a[b[c[d[e[f[g[1]]]]]]]\n" * 30,
    "brackets in text": 'x = \'f(((((((((((((\' + """' + "[" * 500 + '""" # ' + "{" * 500 + "\n",
    "brackets in the text of f-strings": "x = f'{a} ((((((((( {b}'\n" * 500,
    "an f-string with much in it": "x = f'''" + "{a} - {b(c)} ((\n" * 500 + "'''\n",
    "closing brackets": ")" * 500,
    "lambdas": "x = [\n" + "    lambda a: a.b,\n" * 1000 + "]\n",
    "carriage returns": "x = a.b.c\r" * 1000,
    "a pattern of one line": "match x:\n case 1: f(" + "g(" * 30 + ")" * 31 + "\n",
}


@pytest.mark.parametrize("code", HARMLESS.values(), ids=HARMLESS)
def test_code_that_people_and_generators_write_passes(code: str) -> None:
    guard.check(code)


HARMFUL = {
    "round brackets": ("x = " + "(" * 300 + ")" * 300, "more than 200 brackets within each other"),
    "curly brackets": ("x = " + "{" * 201 + "}" * 201, "more than 200 brackets within each other"),
    "brackets never closed": ("x = " + "[" * 201, "more than 200 brackets within each other"),
    "brackets in an f-string": ("x = f'{" + "(" * 300 + ")" * 300 + "}'", "more than 200 brackets"),
    "f-strings in each other": ("x = " + "f'{" * 300 + "a" + "}'" * 300, "more than 200 brackets"),
    "specifications in each other": ("x = f'" + "{a:" * 300 + "}" * 300 + "'", "more than 200 brackets"),
    "a sum": ("x = " + " + ".join("a" * 12_000), "too intricate"),
    "a sum of strings": ("x = " + " + ".join(["'a'"] * 12_000), "too intricate"),
    "a sum in an f-string": ("x = f'{" + "+".join("a" * 12_000) + "}'", "too intricate"),
    "signs": ("x = " + "-" * 12_000 + "a", "too intricate"),
    "negations": ("x = " + "not " * 12_000 + "a", "too intricate"),
    "conditions": ("x = " + "a if b else " * 6_000 + "c", "too intricate"),
    "lambdas": ("x = " + "lambda: " * 12_000 + "a", "too intricate"),
    "attributes": ("x = a" + ".b" * 12_000, "too intricate"),
    "calls": ("x = a" + "()" * 12_000, "too intricate"),
    "subscripts": ("x = a" + "[0]" * 4_000, "too intricate"),
    "methods with arguments": ("x = a" + ".b(c, d, e, f)" * 3_000, "too intricate"),
    "conjunctions": ("x = " + " and ".join("a" * 12_000), "an expression of more than 10000 parts"),
    "comparisons": ("x = " + " < ".join("a" * 12_000), "an expression of more than 10000 parts"),
    "conjunctions in brackets": (
        "x = " + "(" * 150 + "a" + (" and a" * 80 + ")") * 150,
        "an expression of more than 10000 parts|too intricate",
    ),
    "a sum over joined lines": ("x = a" + " + \\\n  a" * 12_000, "too intricate"),
    "a sum over joined lines, CR": ("x = a" + " + \\\r  a" * 12_000, "too intricate"),
    "a string that is never closed": ("x = " + "[" * 201 + "'''" + "]" * 201, "more than 200 brackets"),
    "alternatives": ("if a: b\n" + "elif a: b\n" * 2_100, "more than 2000 `elif` in one statement"),
    "sequence patterns": ("match x:\n case " + "[" * 25 + "]" * 25 + ": pass", "too intricate"),
    "class patterns": ("match x:\n case " + "A(b=" * 25 + "1" + ")" * 25 + ": pass", "too intricate"),
    "mapping patterns": ("match x:\n case " + "{1: " * 13 + "a" + "}" * 13 + ": pass", "too intricate"),
    "class patterns with a mistake": (
        "match x:\n case " + "A(" * 13 + "a b" + ")" * 13 + ": pass",
        "too intricate",
    ),
    "a pattern after another": (
        "match x:\n case 1: pass\n case " + "[" * 25 + "]" * 25 + ": pass",
        "too intricate",
    ),
    "targets of `del`": ("del " + "(" * 25 + "a" + ",)" * 25, "too intricate"),
    "`del` after a colon": ("if x: del " + "(" * 25 + "a" + ",)" * 25, "too intricate"),
    "`del` after a carriage return": ("x = 1\rdel " + "(" * 25 + "a" + ",)" * 25, "too intricate"),
    "`del` after a semicolon": ("x; del " + "(" * 25 + "a" + ",)" * 25, "too intricate"),
    "a deep table": ("x = " + "[" * 150 + "1," * 20_000 + "]" * 150, "too intricate"),
}


@pytest.mark.parametrize(("code", "message"), HARMFUL.values(), ids=HARMFUL)
def test_code_that_would_stop_the_parser_is_refused(code: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        guard.check(code + "\n")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_line_is_named(line_end: str) -> None:
    code = line_end.join(["x = 1", "y = [", "1, " + "[" * 300, "]"])
    with pytest.raises(SourceError, match=r"^line 3: more than 200 brackets"):
        guard.check(code)


@pytest.mark.parametrize(
    "unit",
    ["\\'", '"""\\', "#", "'", '"', "f'{", "(", "\\", "del (", "a;if ", "{}:", "\\N{", "f'{a:", "elif"],
)
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    with contextlib.suppress(SourceError):
        guard.check(text)
    places = [start for _, start in tokens(text)]
    assert places == sorted(set(places))
    assert all(text[span.start] == "#" for span in comments(text))


def test_lone_surrogates_are_no_trouble() -> None:
    guard.check("x = '\ud800'\ny = \udfff\n")
