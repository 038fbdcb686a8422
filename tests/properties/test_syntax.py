import contextlib

import libcst as cst
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lambda_lint.errors import InvalidSyntaxError, LambdaLintError, SourceError
from lambda_lint.syntax import guard
from lambda_lint.syntax.comments import directives
from lambda_lint.syntax.fingerprint import line_hashes
from lambda_lint.syntax.lexer import comments, tokens
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source
from lambda_lint.syntax.spans import spans_of
from lambda_lint.syntax.template_comments import template_directives
from lambda_lint.syntax.tree import Tree

texts = st.text(st.characters(codec=None) | st.sampled_from("\r\n\f\t \\#'\"{}()[]:,=.-\0\ud800\U0001d4b3"))
"""Any text, lone surrogates included, with more of what matters than chance would give."""

PIECES = (
    "x", "f", "rb", "'", '"', "'''", '"""', "{", "}", "(", ")", "[", "]", ":", "=", ",", ".", "\n", "\r\n",
    "\r", "\\\n", "\f", " ", "    ", "\t", "# c", "# lambda-lint: ignore[LL001] r", "# lambda-lint: handler",
    "# noqa: LL001", "def f(a):", "class A:", "if a:", "elif b:", "else:", "try:", "except E  :", "return 1",
    "lambda: ", "not ", "1", "+", "-", "@d", "match x:", "case [a]:", "del ", "async ", "await ", "import a",
    "print 'x'", "é", "\\N{DASH}",
)  # fmt: skip
code_like = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)

names = st.sampled_from(["a", "b.c", "é", "'s'", '"#"', "f'{x!s  } {y:{z}}'", "1", "(a)", "[a]", "{1: a}"])
operators = st.sampled_from([" + ", " and ", " < ", " if a else ", " not in ", "\t* ", " \\\n  - "])
around = st.sampled_from(
    [
        "f({0}, k={0})", "(({0}))", "(\n  {0}  # c\n)", "(not {0})", "[{0} for a in b]", "(lambda *b: {0})",
        "d[{0}]", "d[{0}:, ...]", "g(x := {0})", "({0}, *b,)", "{{**f({0})}}", "(await f({0}))",
    ]
)  # fmt: skip
expressions = st.recursive(
    names,
    lambda inner: st.one_of(
        st.tuples(inner, operators, inner).map("".join),
        st.tuples(around, inner).map(lambda drawn: drawn[0].format(drawn[1])),
    ),
    max_leaves=8,
)
simple = st.one_of(
    expressions,
    expressions.map("x = {}".format),
    expressions.map("return {}".format),
    expressions.map("x = 1; y = {};".format),
    st.just("import a.b as c"),
    st.just("pass  # c"),
    st.just("x = a \\\n  + b"),
)


def indented(body: list[str]) -> str:
    return "".join("    " + line + "\n" for line in "\n".join(body).split("\n"))


statements = st.recursive(
    simple,
    lambda inner: st.tuples(
        st.sampled_from(
            [
                "def f(a, /, b=1, *c, d: int, **e) -> int:\n{0}",
                "@d\n# c\nasync def f():\n{0}",
                "class A(B, c=1):\n{0}",
                "if a:\n{0}elif b:\n{0}else:\n{0}",
                "try:\n{0}except E  :\n{0}finally:\n{0}",
                "with a as b, c:\n{0}",
                "for a, b in c:\n{0}",
                "while (a):  # c\n{0}",
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ).map(lambda drawn: drawn[0].replace("{0}", indented(drawn[1])).rstrip("\n")),
    max_leaves=10,
)
modules = st.tuples(
    st.lists(st.one_of(statements, st.sampled_from(["", "# c", "\f", "  # c"])), max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
).map(lambda drawn: ("\n".join(drawn[0]) + "\n" * drawn[2]).replace("\n", drawn[1]))


def parsed(text: str) -> tuple[Tree, Source] | None:
    source = Source("a.py", text)
    try:
        return parse(source), source
    except (InvalidSyntaxError, SourceError):
        return None


@given(texts, st.data())
def test_offsets_and_positions_are_two_names_of_one_place(text: str, data: st.DataObject) -> None:
    source = Source("a.py", text)
    offset = data.draw(st.integers(0, len(text)))
    position = source.position(offset)
    if text[offset - 1 : offset + 1] == "\r\n":
        # Between the two characters of a line end there is no place of its own.
        offset -= 1
    assert source.offset(position.line, position.column) == offset
    before = source.lines[position.line - 1][: position.column - 1]
    assert position.utf16 - 1 == len(before.encode("utf-16-le", "surrogatepass")) // 2


@given(texts)
def test_lines_make_the_text(text: str) -> None:
    source = Source("a.py", text)
    ends = (*source.line_starts[1:], len(text))
    lines = [text[start:end] for start, end in zip(source.line_starts, ends, strict=True)]
    assert "".join(lines) == text
    assert [line.rstrip("\r\n") for line in lines] == list(source.lines)
    assert len(line_hashes(text)) == len(source.lines)


@given(
    st.binary()
    | st.binary().map(b"# coding: ".__add__)
    | texts.map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_give_a_source_or_an_error(data: bytes) -> None:
    try:
        source = Source.from_bytes("a.py", data)
    except SourceError:
        return
    assert source.position(len(source.text)).line == len(source.lines)


@given(texts | code_like)
@example("x = " + "(" * 1000)
@example("\N{BYTE ORDER MARK}\N{BYTE ORDER MARK}")
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_gives_a_tree_or_an_error(text: str) -> None:
    source = Source("a.py", text)
    try:
        tree = parse(source)
    except InvalidSyntaxError as error:
        place = error.offset
    except SourceError:
        place = 0
    else:
        spans = spans_of(tree, source, tree.nodes)
        place = max(span.end for span in spans.values())
        assert len(spans) == len(tree.nodes)
        assert len(directives(source, tree)) == len(directives(source, None))
    assert 0 <= place <= len(text)


@given(texts | code_like)
def test_the_lexer_takes_any_text(text: str) -> None:
    ends = 0
    for span in comments(text):
        assert ends <= span.start < span.end <= len(text)
        assert text[span.start] == "#"
        ends = span.end
    places = [start for _, start in tokens(text)]
    assert places == sorted(places)
    with contextlib.suppress(SourceError):
        guard.check(text)
    assert template_directives("t.yaml", text) is not None


@given(modules)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_each_node_is_visited_once_and_in_source_order(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    tree, source = found
    assert len(set(map(id, tree.nodes))) == len(tree.nodes)
    spans = spans_of(tree, source, tree.nodes)
    for node in tree.nodes[1:]:
        inner, outer = spans[node], spans[tree.parents[node]]
        assert outer.start <= inner.start <= inner.end <= outer.end or stands_outside(node, tree)
    leaves = [node for node in tree.nodes if isinstance(node, cst.Name | cst.Integer | cst.SimpleString)]
    starts = [spans[leaf].start for leaf in leaves]
    assert starts == sorted(set(starts))
    for leaf in leaves:
        assert text[spans[leaf].start : spans[leaf].end] == leaf.value


def stands_outside(node: cst.CSTNode, tree: Tree) -> bool:
    """A function's span begins at `def`, after its decorators; a parameter's is that of its name."""
    return isinstance(node, cst.Decorator) or isinstance(tree.parent(node), cst.Param)


@given(modules)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_walk_misses_no_node_that_means_something(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    tree = found[0]
    meant = (cst.BaseExpression, cst.BaseStatement, cst.BaseSmallStatement, cst.BaseSuite, cst.Arg, cst.Param)
    everything: list[cst.CSTNode] = [tree.module]
    for node in everything:
        everything.extend(node.children)
    assert {id(node) for node in everything if isinstance(node, meant)} <= {id(node) for node in tree.nodes}


@given(modules)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_most_modules_that_are_made_here_are_python(text: str) -> None:
    """Or else the properties above would say little."""
    source = Source("a.py", text)
    with contextlib.suppress(LambdaLintError):
        parse(source)
        return
    pytest.fail(f"not Python: {text!r}")
