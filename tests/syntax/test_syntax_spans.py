import libcst as cst
import pytest

from lambda_lint.errors import SourceError
from lambda_lint.model.location import Span
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source
from lambda_lint.syntax.spans import headers_of, spans_of
from lambda_lint.syntax.tree import Tree


def found(text: str, kind: type[cst.CSTNode]) -> list[str]:
    source = Source("a.py", text)
    tree = parse(source)
    nodes = tree.of_type(kind)
    spans = spans_of(tree, source, nodes)
    return [text[spans[node].start : spans[node].end] for node in nodes]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("x = (  a . b (c) )", cst.Call, "a . b (c)"),
        ("x = ((a))", cst.Name, "x|a"),
        ("x = (a, b,)", cst.Tuple, "a, b,"),
        ("x = [a, b]", cst.List, "[a, b]"),
        ("f(a , b = c ,)", cst.Arg, "a|b = c"),
        ("f(a for a in b)", cst.GeneratorExp, "a for a in b"),
        (
            "# c\n@d\n# e\n\nasync def f(): # g\n    pass # h\n\n# i\nx",
            cst.FunctionDef,
            "async def f(): # g\n    pass",
        ),
        ("@d\nclass A(B): x = 1; y = 2\n", cst.ClassDef, "class A(B): x = 1; y = 2"),
        (
            "if a:\n  b\nelif c:\n  d\nelse:\n  e\n",
            cst.If,
            "if a:\n  b\nelif c:\n  d\nelse:\n  e|elif c:\n  d\nelse:\n  e",
        ),
        ("try:\n  a\nexcept E  :\n  b\nfinally  :\n  c\n", cst.ExceptHandler, "except E  :\n  b"),
        ("try:\n  a\nexcept E  as  e  :\n  b\n", cst.AsName, "as  e"),
        ("x = f'{a!s  } {b = } #{c}'", cst.FormattedStringExpression, "{a!s  }|{b = }|{c}"),
        ("x = f'# {a}  {b}'", cst.FormattedStringText, "# |  "),
        ("x = f'''{\n  a\n}'''", cst.FormattedString, "f'''{\n  a\n}'''"),
        ("x = f'{f'{a}'}'", cst.FormattedString, "f'{f'{a}'}'|f'{a}'"),
        ("x = t'{a}'", cst.TemplatedString, "t'{a}'"),
        ("x = 'a' \\\n  'b'", cst.ConcatenatedString, "'a' \\\n  'b'"),
        ("x = a \\\r\n  . b", cst.Attribute, "a \\\r\n  . b"),
        ("x = (a  # c\n     .b)", cst.Attribute, "a  # c\n     .b"),
        ("import a ; import b", cst.Import, "import a|import b"),
        ("x = 1 ; y = 2 ;  # c\n", cst.SimpleStatementLine, "x = 1 ; y = 2 ;"),
        ("x = 1\r\f\ry = 2\r", cst.Integer, "1|2"),
        ("\f\nx = 1\n\fdef f():\n\f\tpass\n", cst.FunctionDef, "def f():\n\f\tpass"),
        ("x = '\N{GRINNING FACE}' + y", cst.Name, "x|y"),
        ("x = '''a\r\nb\rc'''\r\ny", cst.SimpleString, "'''a\r\nb\rc'''"),
        ("def f(): pass", cst.Parameters, ""),
        ("lambda: 0", cst.Lambda, "lambda: 0"),
        ("match a:\n  case [b, *_]: pass\n", cst.MatchCase, "case [b, *_]: pass"),
        ("with (a as b, c): pass", cst.WithItem, "a as b|c"),
        ("a if b else c", cst.IfExp, "a if b else c"),
        ("x = 1 if a else(2)", cst.Integer, "1|2"),
        ("a<b not  in c", cst.ComparisonTarget, "<b|not  in c"),
        ("x = a  if  a[ 1 : 2 ]else b", cst.Slice, "1 : 2"),
    ],
)
def test_the_text_at_the_span_is_the_node(text: str, kind: type[cst.CSTNode], expected: str) -> None:
    assert "|".join(found(text, kind)) == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(line_end: str) -> None:
    text = "def f(a):\n    # b\n\n    return [\n        a.b,  # c\n    ]\n\n\nx = f(1)\n".replace(
        "\n", line_end
    )
    assert found(text, cst.Attribute) == ["a.b"]
    assert found(text, cst.Call) == ["f(1)"]


def test_mixed_line_ends_do_not_matter() -> None:
    assert found("a = 1\nb = 2\r\nc = 3\rd = 4", cst.Integer) == ["1", "2", "3", "4"]


def test_nothing_is_asked_and_nothing_is_found() -> None:
    source = Source("a.py", "x = 1")
    assert spans_of(parse(source), source, []) == {}


def test_a_text_that_is_not_the_tree_s_is_refused() -> None:
    tree = parse(Source("a.py", "x = 1\ny = 2\n"))
    with pytest.raises(SourceError, match="line 2: cannot find"):
        spans_of(tree, Source("a.py", "x = 1\nz = 2\n"), tree.of_type(cst.Name))


def test_code_that_is_too_deep_is_refused() -> None:
    deep: cst.BaseExpression = cst.Name("a")
    for _ in range(60_000):
        deep = cst.Attribute(deep, cst.Name("b"))
    tree = Tree(cst.Module([cst.SimpleStatementLine([cst.Expr(deep)])]))
    with pytest.raises(SourceError, match="nested too deeply"):
        spans_of(tree, Source("a.py", "a" + ".b" * 60_000), [deep])


def test_headers_end_before_the_body() -> None:
    text = (
        "@d\ndef f(\n    a,\n) -> b:  # c\n    # e\n    if a: return (\n        1)\n"
        "    match a:\n        case 1:\n            x\n"
    )
    source = Source("a.py", text)
    tree = parse(source)
    statements = [
        *tree.of_type(cst.FunctionDef),
        *tree.of_type(cst.If),
        *tree.of_type(cst.Match),
        *tree.of_type(cst.MatchCase),
        *tree.of_type(cst.SimpleStatementLine),
    ]
    headers = headers_of(tree, source, statements)
    assert [text[headers[node].start : headers[node].end] for node in statements] == [
        "def f(\n    a,\n) -> b:",
        "if a: return (\n        1)",
        "match a:",
        "case 1:",
        "x",
    ]


def test_a_span_is_given_for_every_node() -> None:
    text = "class A[T](B, c=1):\n    def f(self, /, *, a: int = 1, **b) -> None:\n        del a[1:2], (b,)\n"
    source = Source("a.py", text)
    tree = parse(source)
    spans = spans_of(tree, source, tree.nodes)
    assert len(spans) == len(tree.nodes)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans.values())
    assert spans[tree.module] == Span(0, len(text) - 1)
