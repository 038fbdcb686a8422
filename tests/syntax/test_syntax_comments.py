import pytest

from lambda_lint.model.location import Span
from lambda_lint.syntax.comments import (
    Directive,
    Kind,
    directives,
    marked_handlers,
    may_direct,
)
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source
from lambda_lint.syntax.template_comments import template_directives


def directives_of(text: str) -> tuple[Directive, ...]:
    source = Source("a.py", text)
    return directives(source, parse(source))


def only(text: str) -> Directive:
    (directive,) = directives_of(text)
    return directive


def said(directive: Directive) -> tuple[Kind, list[str], str | None]:
    return directive.kind, [name.text for name in directive.names], directive.reason


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# lambda-lint: ignore[a]", (Kind.IGNORE, ["a"], None)),
        ("# lambda-lint: ignore[a, LL001,b] why not", (Kind.IGNORE, ["a", "LL001", "b"], "why not")),
        ("#lambda-lint:ignore[a]because", (Kind.IGNORE, ["a"], "because")),
        ("## LAMBDA-LINT : Ignore [ a ] -- why", (Kind.IGNORE, ["a"], "why")),
        ("# lambda-lint: ignore[a]: see #12", (Kind.IGNORE, ["a"], "see #12")),
        ("# lambda-lint: ignore[a] why  # type: ignore", (Kind.IGNORE, ["a"], "why")),
        ("# type: ignore  # lambda-lint: ignore[a]", (Kind.IGNORE, ["a"], None)),
        ("# lambda-lint: ignore-file[security]", (Kind.IGNORE_FILE, ["security"], None)),
        ("# noqa: LL001", (Kind.NOQA, ["LL001"], None)),
        ("# NOQA:ll001 , F401 why", (Kind.NOQA, ["ll001", "F401"], "why")),
        ("# noqa: LL001 LL002", (Kind.NOQA, ["LL001", "LL002"], None)),
        ("# noqa: LL001, not a code", (Kind.NOQA, ["LL001"], ", not a code")),
    ],
)
def test_what_a_comment_says(comment: str, expected: tuple[Kind, list[str], str | None]) -> None:
    assert said(only(f"{comment}\nx = 1\n")) == expected


def test_one_comment_may_hold_several() -> None:
    found = directives_of("x = 1  # noqa: LL001 a  # lambda-lint: ignore[b] c # d # lambda-lint: ignore[e]\n")
    assert [said(directive) for directive in found] == [
        (Kind.NOQA, ["LL001"], "a"),
        (Kind.IGNORE, ["b"], "c"),
        (Kind.IGNORE, ["e"], None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa\n",
        "x = 1  # noqa: because\n",
        "x = 1  # see lambda-lint: ignore[a]\n",
        "x = '# lambda-lint: ignore[a]'\n",
        "x = 1\n",
        "# ruff: noqa: LL001\n",
    ],
)
def test_what_is_no_directive(text: str) -> None:
    assert directives_of(text) == ()


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        (
            "# lambda-lint: ignore",
            "`ignore` must name rules in brackets, such as `ignore[client-in-handler]`",
        ),
        ("# lambda-lint: ignore[]", "`ignore` must name"),
        ("# lambda-lint: ignore[ , ]", "`ignore` must name"),
        ("# lambda-lint: ignore[a", "`ignore` must name"),
        ("# lambda-lint: ignore a", "`ignore` must name"),
        ("# lambda-lint: ignore-file", "`ignore-file` must name"),
        ("# lambda-lint: disable=a", "`disable` is no directive: there are `ignore[...]`"),
        ("# lambda-lint:", "`` is no directive"),
        ("# lambda-lint: handler", "`handler` marks a function, and here is none"),
    ],
)
def test_what_is_malformed(comment: str, problem: str) -> None:
    directive = only(f"x = 1  {comment}\n")
    assert directive.kind is Kind.MALFORMED
    assert directive.problem is not None
    assert directive.problem.startswith(problem)


@pytest.mark.parametrize("before", ["", "#!/usr/bin/python\n\n", '"""Docstring."""\n\n'])
def test_a_whole_file_is_ignored_before_its_first_statement(before: str) -> None:
    assert only(f"{before}# lambda-lint: ignore-file[a]\nimport x\n").kind is Kind.IGNORE_FILE


@pytest.mark.parametrize("before", ["import y\n", "@y\n", "'a'\n'b'\n"])
def test_a_whole_file_is_not_ignored_later(before: str) -> None:
    directive = only(f"{before}# lambda-lint: ignore-file[a]\ndef f(): pass\n")
    assert directive.problem == "`ignore-file` must stand before the first statement"


def test_a_file_without_statements_may_be_ignored() -> None:
    assert only("# lambda-lint: ignore-file[a]\n").kind is Kind.IGNORE_FILE


LINES = {
    "its own line": ("a\nb  # !\nc\n", "2-2"),
    "a statement, from its first line": ("f(  # !\n  1,\n)\n", "1-3"),
    "a statement, from its last line": ("x = 1\nf(\n  1,\n)  # !\n", "2-4"),
    "a line within a statement": ("f(\n  1,  # !\n  2,\n)\n", "2-2"),
    "a header, from its first line": ("if f(  # !\n  1,\n):\n  pass\n", "1-3"),
    "a header, from its last line": ("with f(\n  1,\n) as a:  # !\n  pass\n", "1-3"),
    "a one-line body": ("if a: f(  # !\n  1)\nelse: b\n", "1-2"),
    "the next statement": ("a\n# !\nf(\n  1,\n)\n", "2-5"),
    "the next statement, further down": ("# !\n\n# other\nf(\n  1,\n)\nb\n", "1-6"),
    "the next statement, further in": ("if a:\n  # !\n  b\nc\n", "2-3"),
    "the next header": ("# !\nfor a in [\n  1,\n]:\n  b\n", "1-4"),
    "a branch": ("if a:\n  b\n  # !\nelif c:\n  d\nelse:\n  e\n", "3-4"),
    "a handler of exceptions": ("try:\n  a\n# !\nexcept (\n  B,\n):\n  c\n", "3-6"),
    "a function with its decorators": ("# !\n@a\n@b(\n  1)\ndef f(\n  c,\n): pass\n", "1-7"),
    "a function, from its decorator": ("@a  # !\ndef f(\n  c,\n):\n  pass\n", "1-4"),
    "a function, from its own line": ("@a\ndef f(  # !\n  c,\n):\n  pass\n", "2-4"),
    "a class, from its last line": ("@a\nclass A(\n  B,\n):  # !\n  pass\n", "1-4"),
    "the next line within brackets": ("f(\n  # !\n\n  # other\n  a,\n  b,\n)\n", "2-5"),
    "the last line of a text within brackets": ("f(\n  # !\n  a)", "2-3"),
    "a line within the parameters of a function": ("@a\ndef f(\n  # !\n  b,\n): pass\n", "3-4"),
    "a line between decorators": ("@a\n# !\n@b\ndef f(): pass\n", "2-3"),
    "nothing but the end of brackets": ("f(\n  a,\n  # !\n)\n", "3-4"),
    "nothing": ("a\n# !", "2-2"),
    "a case": ("match a:\n  # !\n  case {\n    'b': c,\n  }:\n    d\n", "2-5"),
    "the end of a text": ("x = '''\n''' # !\n", "1-2"),
    "two statements of a line": ("f(\n  1); g(  # !\n  2)\n", "2-2"),
    "a line after a carriage return": ("a\r\n# !\r\nf(\r\n  1)\r\n", "2-4"),
}


@pytest.mark.parametrize(("text", "lines"), LINES.values(), ids=LINES)
def test_which_lines_are_covered(text: str, lines: str) -> None:
    directive = only(text.replace("# !", "# lambda-lint: ignore[a]"))
    assert f"{directive.first_line}-{directive.last_line}" == lines


def test_names_and_comments_have_locations() -> None:
    text = "a\nb  # c  # lambda-lint: ignore[d, e] f  # g\n"
    directive = only(text)
    assert (
        text[directive.location.span.start : directive.location.span.end] == "# lambda-lint: ignore[d, e] f"
    )
    assert [text[name.location.span.start : name.location.span.end] for name in directive.names] == ["d", "e"]
    assert directive.location.start.line == 2
    assert directive.location.path == "a.py"


def test_without_a_tree_a_comment_covers_its_own_line() -> None:
    source = Source("a.py", "# lambda-lint: ignore-file[a]\nf(  # lambda-lint: ignore[b]\n  1,\n")
    whole, line = directives(source, None)
    assert whole.kind is Kind.IGNORE_FILE
    assert (line.first_line, line.last_line) == (2, 2)


def test_where_positions_cannot_be_found_a_comment_covers_its_own_line() -> None:
    source = Source("a.py", "f(  # lambda-lint: ignore[b]\n  1)\n")
    (directive,) = directives(source, parse(Source("a.py", "g(1)\n")))
    assert (directive.first_line, directive.last_line) == (1, 1)


def test_code_in_a_template_has_the_lines_of_the_template() -> None:
    host = "Code: |\n  f(\n    1)  # lambda-lint: ignore[a]\n"
    code = "f(\n  1)  # lambda-lint: ignore[a]\n"
    starts = (host.index("f("), host.index("  1)"))
    source = Source.embedded("t.yaml", host, code, starts, Span(6, len(host)))
    (directive,) = directives(source, parse(source))
    assert (directive.first_line, directive.last_line, directive.location.path) == (2, 3, "t.yaml")
    assert host[directive.names[0].location.span.start] == "a"


@pytest.mark.parametrize(
    "text",
    [
        "def f(a, b):  # lambda-lint: handler\n    pass\n",
        "# lambda-lint: handler main entry\n@a\ndef f(a, b): pass\n",
        "@a  # lambda-lint: handler\ndef f(a, b): pass\n",
        "def f(\n    a,\n    b,\n):  # lambda-lint: handler\n    pass\n",
        "class A:\n    # lambda-lint: handler\n    async def f(self): pass\n",
        "# lambda-lint: handler\n# lambda-lint: handler\ndef f(): pass\n",
    ],
)
def test_a_function_can_be_marked_as_a_handler(text: str) -> None:
    source = Source("a.py", text)
    tree = parse(source)
    assert [function.name.value for function in marked_handlers(source, tree)] == ["f"]
    assert {directive.kind for directive in directives(source, tree)} == {Kind.HANDLER}


@pytest.mark.parametrize(
    "text",
    [
        "def f(a, b): pass\n",
        "def f(a, b):\n    pass  # lambda-lint: handler\n",
        "# lambda-lint: handler\nclass A:\n    def f(self): pass\n",
        "# lambda-lint: ignore[a]\ndef f(): pass\n",
    ],
)
def test_other_functions_are_not_marked(text: str) -> None:
    source = Source("a.py", text)
    assert marked_handlers(source, parse(source)) == ()


def test_a_cheap_test_tells_where_directives_may_be() -> None:
    assert may_direct("x = '#lambda-lint: a'")
    assert may_direct("#noqa: LL001")
    assert not may_direct("import lambda_lint  # lambda-lint is a tool")


TEMPLATE = """\
# lambda-lint: ignore-file[LL070] not ours
Resources:
  Main:  # lambda-lint: ignore[a] why
    Type: "# lambda-lint: ignore[no]"  # noqa: LL001
    Code: |
      x = 1  # lambda-lint: ignore[no]
      # lambda-lint: ignore[no]
    # lambda-lint: ignore[b]

    # a comment
    Name: a#noqa:LL001
  # lambda-lint: ignore
  # lambda-lint: ignore-file[c]
  # lambda-lint: handler
"""


def test_directives_of_a_template() -> None:
    found = [
        (directive.kind, [name.text for name in directive.names], directive.first_line, directive.last_line)
        for directive in template_directives("t.yaml", TEMPLATE)
    ]
    assert found == [
        (Kind.IGNORE_FILE, ["LL070"], 1, 2),
        (Kind.IGNORE, ["a"], 3, 3),
        (Kind.NOQA, ["LL001"], 4, 4),
        (Kind.IGNORE, ["b"], 8, 11),
        (Kind.MALFORMED, [], 12, 12),
        (Kind.MALFORMED, ["c"], 13, 13),
        (Kind.MALFORMED, [], 14, 14),
    ]


def test_what_is_malformed_in_a_template() -> None:
    problems = [directive.problem for directive in template_directives("t.yaml", TEMPLATE)][-2:]
    assert problems == [
        "`ignore-file` must stand before the first line that is no comment",
        "`handler` marks a Python function, and this is a template",
    ]


@pytest.mark.parametrize(
    "text",
    ["a: b\n", "a: 'b\n# lambda-lint: ignore[a]\n", "# noqa: LL001\na: \x00\n", '{"a": "# noqa: LL001"}'],
)
def test_a_template_without_directives(text: str) -> None:
    assert template_directives("t.yaml", text) == ()
