"""Edits keep all that they do not mean to change."""

import libcst as cst
import pytest
from editing import Editor, naively

from lambda_lint.api import NoEditError, Safety


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()\n", "f(t=1)\n"),
        ("f(a)\n", "f(a, t=1)\n"),
        ("f(a,)\n", "f(a, t=1,)\n"),
        ("f(a, *b)\n", "f(a, *b, t=1)\n"),
        ("f((a))\n", "f((a), t=1)\n"),
        ("f(a  # why\n)\n", "f(a, t=1  # why\n)\n"),
        ("f(\n    a,\n    b,\n)\n", "f(\n    a,\n    b,\n    t=1,\n)\n"),
        ("f(\n    a,\n    b\n)\n", "f(\n    a,\n    b,\n    t=1,\n)\n"),
        ("f(\n    a,\n    b  # why\n)\n", "f(\n    a,\n    b,  # why\n    t=1,\n)\n"),
        ("f(\n    a,\n    b,  # why\n)\n", "f(\n    a,\n    b,  # why\n    t=1,\n)\n"),
        ("f(\n    a,\n    b)\n", "f(\n    a,\n    b, t=1)\n"),
        ("f(\n    a\n    ,\n)\n", "f(\n    a, t=1\n    ,\n)\n"),
        ("f(\r\n\ta,\r\n)\r\n", "f(\r\n\ta,\r\n\tt=1,\r\n)\r\n"),
        ("f(\n    # nothing\n)\n", "f(\n    # nothing\nt=1)\n"),
        ("x = f( )\n", "x = f( t=1)\n"),
    ],
)
def test_an_argument_is_added_where_the_others_are(before: str, after: str) -> None:
    editor = Editor(before)
    assert editor.after(editor.edits.add_argument(editor.call("f"), "t=1")) == after


@pytest.mark.parametrize("text", ["f(t=2)\n", "f(**k)\n", "f(x for x in y)\n"])
def test_no_argument_is_added_that_may_be_there_or_has_no_place(text: str) -> None:
    editor = Editor(text)
    with pytest.raises(NoEditError):
        editor.edits.add_argument(editor.call("f"), "t=1")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(t=1)\n", "f()\n"),
        ("f(t=1,)\n", "f()\n"),
        ("f(a, t=1)\n", "f(a)\n"),
        ("f(a, t=1,)\n", "f(a,)\n"),
        ("f(t=1, b=2)\n", "f(b=2)\n"),
        ("f(\n    a,\n    t=1,\n)\n", "f(\n    a,\n)\n"),
        ("f(\n    a,\n    t=1\n)\n", "f(\n    a,\n)\n"),
        ("f(\n    t=1,\n    b=2,\n)\n", "f(\n    b=2,\n)\n"),
        ("f(a,\n  t=1)\n", "f(a)\n"),
        ("f(\n  t=1\n  ,\n  b=1)\n", "f(\n  b=1)\n"),
    ],
)
def test_an_argument_is_removed_with_its_comma(before: str, after: str) -> None:
    editor = Editor(before)
    call = editor.call("f")
    (arg,) = (arg for arg in call.args if arg.keyword is not None and arg.keyword.value == "t")
    assert editor.after(editor.edits.remove_argument(call, arg)) == after


def test_an_argument_alone_with_its_comma_below_is_not_removed() -> None:
    editor = Editor("f(t=1\n  ,)\n")
    call = editor.call("f")
    with pytest.raises(NoEditError):
        editor.edits.remove_argument(call, call.args[0])


def test_no_argument_is_removed_before_others_that_would_move() -> None:
    editor = Editor("f(a, b)\n")
    call = editor.call("f")
    with pytest.raises(NoEditError):
        editor.edits.remove_argument(call, call.args[0])


def test_no_comment_goes_with_an_argument() -> None:
    editor = Editor("f(\n    a,\n    t=1,  # in seconds\n)\n")
    call = editor.call("f")
    edit = editor.edits.remove_argument(call, call.args[1])
    with pytest.raises(NoEditError, match="comment"):
        editor.after(edit)


@pytest.mark.parametrize(
    ("before", "gone", "after"),
    [
        ("x = 1\ny = 2\n", ["x"], "y = 2\n"),
        ("x = 1\n", ["x"], ""),
        ("x = 1; y = 2; z = 3\n", ["y"], "x = 1; z = 3\n"),
        ("x = 1; y = 2; z = 3;\n", ["x", "z"], "y = 2;\n"),
        ("x = 1; y = 2\n", ["x", "y"], ""),
        ("if a: x = 1\n", ["x"], "if a: pass\n"),
        ("if a: x = 1; y = 2\n", ["x"], "if a: y = 2\n"),
        ("if a:\n    x = 1\n", ["x"], "if a:\n    pass\n"),
        ("if a:\n    x = 1\n    y = 2\nz\n", ["x", "y"], "if a:\n    pass\nz\n"),
        ("def f():\n    x = (\n        1)\n\n    return 2\n", ["x"], "def f():\n    return 2\n"),
        ("def f():\n    y\n\n    x = 1\n\n    return 2\n", ["x"], "def f():\n    y\n\n    return 2\n"),
        ("def f():\n    y\n\n    x = 1\n\n\nz\n", ["x"], "def f():\n    y\n\n\nz\n"),
        ("def f():\n    y\n    x = 1\n\n    z\n", ["x"], "def f():\n    y\n\n    z\n"),
        ("@a\n@b\ndef x():\n    pass\ny\n", ["def"], "y\n"),
        ("y\nx = 1", ["x"], "y\n"),
        ("# about x\nx = 1\ny\n", ["x"], "# about x\ny\n"),
        ("if a:\n  x\nelse:\n  y = 1\n", ["y"], "if a:\n  x\nelse:\n  pass\n"),
    ],
)
def test_statements_are_deleted(before: str, gone: list[str], after: str) -> None:
    editor = Editor(before)
    statements = [editor.statement(text) for text in gone]
    assert editor.after(*editor.edits.delete_statements(statements)) == after


def test_a_line_of_statements_is_deleted() -> None:
    editor = Editor("x = 1; y = 2\nz\n")
    assert editor.after(editor.edits.delete_statement(editor.tree.module.body[0])) == "z\n"


def test_no_comment_beside_a_statement_is_deleted() -> None:
    editor = Editor("x = 1  # why\ny\n")
    edit = editor.edits.delete_statement(editor.statement("x"))
    with pytest.raises(NoEditError, match="comment"):
        editor.after(edit)
    kept = editor.edits.insert_before(editor.statement("y"), "z = 1  # why")
    assert editor.after(edit, kept) == "z = 1  # why\ny\n"


def test_what_is_no_statement_of_a_block_is_not_deleted() -> None:
    editor = Editor("if a:\n    x\nelif b:\n    y\n")
    first = editor.tree.module.body[0]
    with pytest.raises(NoEditError):
        editor.edits.delete_statement(first.orelse)  # type: ignore[union-attr]
    with pytest.raises(NoEditError):
        editor.edits.delete_statement(first.test)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "at", "text", "after"),
    [
        ("x = 1\n", "x", "n = 0", "n = 0\nx = 1\n"),
        ("x = 1; y = 2\n", "x", "n = 0", "n = 0\nx = 1; y = 2\n"),
        ("def f():\n\tx = 1\n", "x", "if a:\n    n = 0", "def f():\n\tif a:\n\t\tn = 0\n\tx = 1\n"),
        ("def f():\n  x = 1\n", "x", "if a:\n\n    n = 0", "def f():\n  if a:\n\n    n = 0\n  x = 1\n"),
        ("def f():\n    # why\n    x = 1\n", "x", "n = 0", "def f():\n    n = 0\n    # why\n    x = 1\n"),
        ("# the file\nx = 1\n", "x", "n = 0", "# the file\nn = 0\nx = 1\n"),
        ("a\n# of x\nx = 1\n", "x", "n = 0", "a\nn = 0\n# of x\nx = 1\n"),
        ("a\n@b\ndef x(): pass\n", "def", "n = 0", "a\nn = 0\n@b\ndef x(): pass\n"),
        ("a\r\nx = 1\r\n", "x", "n = 0\nm = 1", "a\r\nn = 0\r\nm = 1\r\nx = 1\r\n"),
        ('y = """\n# no comment"""\nx = 1\n', "x", "n = 0", 'y = """\n# no comment"""\nn = 0\nx = 1\n'),
    ],
)
def test_lines_are_inserted_before_a_statement(before: str, at: str, text: str, after: str) -> None:
    editor = Editor(before)
    assert editor.after(editor.edits.insert_before(editor.statement(at), text)) == after


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("x = 1\ny\n", "x", "x = 1\nn = 0\ny\n"),
        ("x = 1  # why\ny\n", "x", "x = 1  # why\nn = 0\ny\n"),
        ("y; x = 1\n", "x", "y; x = 1\nn = 0\n"),
        ("def f():\n    x = 1", "x", "def f():\n    x = 1\n    n = 0"),
        ("if a:\n    x = 1\ny\n", "if", "if a:\n    x = 1\nn = 0\ny\n"),
        ("x = (1,\n  2)\ny\n", "x", "x = (1,\n  2)\nn = 0\ny\n"),
    ],
)
def test_lines_are_inserted_after_a_statement(before: str, at: str, after: str) -> None:
    editor = Editor(before)
    assert editor.after(editor.edits.insert_after(editor.statement(at), "n = 0")) == after


def test_nothing_is_inserted_where_a_statement_shares_its_line() -> None:
    editor = Editor("x = 1; y = 2\nif a: z = 3\n")
    with pytest.raises(NoEditError):
        editor.edits.insert_before(editor.statement("y"), "n = 0")
    with pytest.raises(NoEditError):
        editor.edits.insert_after(editor.statement("x"), "n = 0")
    with pytest.raises(NoEditError):
        editor.edits.insert_after(editor.statement("z"), "n = 0")


def test_no_string_of_several_lines_is_indented() -> None:
    editor = Editor("def f():\n    x = 1\n")
    with pytest.raises(NoEditError):
        editor.edits.insert_before(editor.statement("x"), 'n = """\n  """')


HANDLER = "\n\ndef handler(event, context):\n    pass\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n" + HANDLER, "import os\n\nN = 0\n" + HANDLER),
        ("import os\n\nX = 1\n" + HANDLER, "import os\n\nN = 0\nX = 1\n" + HANDLER),
        ("import os\nX = 1\n" + HANDLER, "import os\nN = 0\nX = 1\n" + HANDLER),
        ("import os\n\n# of X\nX = 1\n", "import os\n\nN = 0\n\n# of X\nX = 1\n"),
        ("import os\ndef f(): pass\n", "import os\n\nN = 0\n\n\ndef f(): pass\n"),
        ("import os", "import os\n\nN = 0"),
        ('"""A doc."""\n' + HANDLER, '"""A doc."""\n\nN = 0\n' + HANDLER),
        ("", "N = 0\n"),
        ("# only this\n", "# only this\n\nN = 0\n"),
        ("#!python\ndef f(): pass\n", "#!python\n\nN = 0\n\n\ndef f(): pass\n"),
        (
            "import os\ntry:\n    import json\nexcept ImportError:\n    json = None\n" + HANDLER,
            "import os\ntry:\n    import json\nexcept ImportError:\n    json = None\n\nN = 0\n" + HANDLER,
        ),
        ("import os\n\nx = 1\nimport b\n" + HANDLER, "import os\n\nx = 1\nimport b\n\nN = 0\n" + HANDLER),
        ("import os\n" + HANDLER + "import late\n", "import os\n\nN = 0\n" + HANDLER + "import late\n"),
    ],
)
def test_lines_are_inserted_after_the_imports(before: str, after: str) -> None:
    editor = Editor(before)
    assert editor.after(editor.edits.insert_after_imports("N = 0")) == after


@pytest.mark.parametrize(
    ("before", "wanted", "spelled", "line"),
    [
        ("import os\n", ("os",), "os", None),
        ("import os as system\n", ("os",), "system", None),
        ("import os\n", ("os", "environ"), "os.environ", None),
        ("from os import environ as e\nimport os\n", ("os", "environ"), "e", None),
        ("import urllib.parse\n", ("urllib.parse", "quote"), "urllib.parse.quote", None),
        ("import urllib.parse as p\n", ("urllib.parse", "quote"), "p.quote", None),
        ("from urllib import parse\n", ("urllib.parse", "quote"), "parse.quote", None),
        ("from urllib.parse import quote as q\n", ("urllib.parse", "quote"), "q", None),
        ("import urllib.request\n", ("urllib.parse",), "urllib.parse", "import urllib.parse"),
        ("import urllib.request\n", ("urllib.parse", "quote"), "quote", "from urllib.parse import quote"),
        ("import a\nos = a.b\n", ("os",), "os_module", "import os as os_module"),
        ("import a\nprint(quote)\n", ("u", "quote"), "quote_2", "from u import quote as quote_2"),
        ("import a\nfrom .os import path\n", ("os", "path"), "path_2", "from os import path as path_2"),
        ("import a\ndef f():\n    import os\n", ("os",), "os", "import os"),
        ("import a\ndef f(os): pass\n", ("os",), "os_module", "import os as os_module"),
        ("try:\n    import os\nexcept E:\n    os = 0\n", ("os",), "os_module", "import os as os_module"),
        ("import a\nif a:\n    import os\n", ("os",), "os", "import os"),
        ("from os import *\n", ("os", "path"), "path", "from os import path"),
    ],
)
def test_imports_are_used_or_added(
    before: str, wanted: tuple[str, str | None], spelled: str, line: str | None
) -> None:
    editor = Editor(before)
    name, edits = editor.edits.ensure_import(*wanted)
    assert name == spelled
    assert [edit.text.strip() for edit in edits] == ([] if line is None else [line])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n", "import os\nimport re\n"),
        ("import os", "import os\nimport re"),
        ("", "import re\n\n"),
        ('"""A doc."""\nx\n', '"""A doc."""\n\nimport re\nx\n'),
        ('"""A doc."""\n\nx\n', '"""A doc."""\n\nimport re\n\nx\n'),
        ("# the file\nx\n", "# the file\n\nimport re\nx\n"),
        ("x\n", "import re\n\nx\n"),
        ("from __future__ import annotations\n\nx\n", "from __future__ import annotations\nimport re\n\nx\n"),
        ("import os; x = 1\ny\n", "import os; x = 1\nimport re\ny\n"),
    ],
)
def test_an_import_is_added_after_the_others(before: str, after: str) -> None:
    editor = Editor(before)
    _, edits = editor.edits.ensure_import("re")
    assert editor.after(*edits) == after


def test_an_import_is_not_used_where_its_name_means_something_else() -> None:
    editor = Editor(
        "import os\ndef f(os):\n    x\ndef g():\n    y\n    class A:\n        os = 1\n        z\n"
    )
    assert editor.edits.ensure_import("os", at=editor.statement("x"))[0] == "os_module"
    assert editor.edits.ensure_import("os", at=editor.statement("y"))[0] == "os"
    assert editor.edits.ensure_import("os", at=editor.statement("z"))[0] == "os_module"
    assert editor.edits.ensure_import("os")[0] == "os_module"


def test_an_import_below_is_of_no_use_at_import_time() -> None:
    editor = Editor("x = 1\ndef f():\n    y\nclass A:\n    z\nimport os\n")
    assert editor.edits.ensure_import("os", at=editor.statement("y")) == ("os", ())
    name, edits = editor.edits.ensure_import("os", at=editor.statement("z"))
    assert (name, [edit.text for edit in edits]) == ("os", ["import os\n\n"])
    early = Editor("x = 1\nimport a\n")
    with pytest.raises(NoEditError):
        early.edits.ensure_import("os", at=early.statement("x"))


def test_an_import_and_what_uses_it_are_added_at_one_place() -> None:
    editor = Editor("import os\n" + HANDLER)
    name, imports = editor.edits.ensure_import("boto3")
    assert name == "boto3"
    added = editor.edits.insert_after_imports("s3 = boto3.client('s3')")
    assert editor.after(*imports, added) == "import os\nimport boto3\n\ns3 = boto3.client('s3')\n" + HANDLER


def test_a_fresh_name_is_mentioned_nowhere() -> None:
    editor = Editor("x = y\ndef f(a, *, b):\n    global c\n    g(d=1).e\n")
    assert [editor.edits.fresh_name(name) for name in "xyabcg"] == [f"{name}_2" for name in "xyabcg"]
    assert [editor.edits.fresh_name(name) for name in "de"] == ["d", "e"]
    assert editor.edits.fresh_name("list") == "list_2"
    assert editor.edits.fresh_name("class") == "class_2"


def test_a_name_means_the_global_unless_a_scope_between_binds_it() -> None:
    editor = Editor(
        "def f(a):\n    def g():\n        global a\n        x\n    y\n    return [z for a in b]\nw\n"
    )
    edits = editor.edits
    assert edits.means_the_global("a", editor.statement("x"))
    assert not edits.means_the_global("a", editor.statement("y"))
    assert edits.means_the_global("a", editor.statement("w"))


def test_texts_can_stand_elsewhere() -> None:
    editor = Editor("x = (a\n  + b)\ny = (c)\nz = f(\n  d)\nw = (e\n  .f())\n")
    values = [statement.value for statement in editor.tree.nodes if isinstance(statement, cst.Assign)]
    assert [editor.edits.text_of(value) for value in values] == [
        "(a\n  + b)",
        "(c)",
        "f(\n  d)",
        "(e\n  .f())",
    ]
    assert editor.edits.text_of(editor.statement("y")) == "y = (c)"
    inside = Editor("f(a\n  + b)\n")
    assert inside.edits.text_of(inside.call("f").args[0].value) == "(a\n  + b)"


def test_moved_texts_lose_the_indentation_of_their_line() -> None:
    editor = Editor("def f():\n    x = g(\n        a,\n    )\n    y = h('''\n    ''')\n    z = 1\n")
    assert editor.edits.moved_text(editor.call("g")) == "g(\n    a,\n)"
    assert editor.edits.moved_text(editor.node(cst.Integer, "1")) == "1"
    with pytest.raises(NoEditError):
        editor.edits.moved_text(editor.call("h"))


def test_a_replacement_keeps_parentheses_and_comments() -> None:
    editor = Editor("x = (a)\ny = f(  # why\n)\n")
    value = editor.statement("x").value  # type: ignore[attr-defined]
    assert editor.after(editor.edits.replace(value, "b\nc")) == "x = (b\nc)\ny = f(  # why\n)\n"
    call = editor.call("f")
    with pytest.raises(NoEditError, match="comment"):
        editor.after(editor.edits.replace(call, "g()"))
    assert editor.after(editor.edits.replace(call, "g()  # why")) == "x = (a)\ny = g()  # why\n"


def test_a_fix_changes_something_and_its_edits_do_not_overlap() -> None:
    editor = Editor("x = f(1)\n")
    edits, call = editor.edits, editor.call("f")
    with pytest.raises(NoEditError, match="nothing"):
        edits.fix("none", [edits.replace(call, "f(1)")], Safety.SAFE)
    with pytest.raises(NoEditError, match="overlap"):
        edits.fix("two", [edits.replace(call, "g()"), edits.replace(call.args[0], "2")], Safety.SAFE)
    both = [edits.replace(call, "g()"), edits.add_argument(call, "2")]
    with pytest.raises(NoEditError, match="overlap"):
        edits.fix("two", both, Safety.SAFE)
    assert editor.after(edits.replace(call, "g()"), edits.replace(call, "g()")) == "x = g()\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n" + HANDLER, "import os\n\nN = 0\n" + HANDLER),
        ("import os\n\nA = 1\nB = 2  # b\n" + HANDLER, "import os\n\nA = 1\nB = 2  # b\nN = 0\n" + HANDLER),
        ('"""A doc."""\n\nA = 1\n' + HANDLER, '"""A doc."""\n\nA = 1\nN = 0\n' + HANDLER),
        ("A = 1\n" + HANDLER, "A = 1\nN = 0\n" + HANDLER),
        ('"""A doc."""\n' + HANDLER, '"""A doc."""\n\nN = 0\n' + HANDLER),
        ("def f(): pass\n", "N = 0\n\n\ndef f(): pass\n"),
        ("import os\nif os:\n    A = 1\nB = 2\n", "import os\n\nN = 0\n\n\nif os:\n    A = 1\nB = 2\n"),
        ("import os; A = 1\nB = 2", "import os; A = 1\nB = 2\nN = 0"),
    ],
)
def test_lines_are_inserted_before_functions(before: str, after: str) -> None:
    editor = Editor(before)
    assert editor.after(editor.edits.insert_before_functions("N = 0")) == after


def test_lines_are_inserted_after_what_they_need() -> None:
    editor = Editor("import os\n\n\ndef f():\n    pass\n\n\nA = 1\nB = 2\n")
    needed = editor.tree.order[editor.statement("A")]
    lines = editor.edits.insert_before_functions("N = A", after=needed)
    assert editor.after(lines) == "import os\n\n\ndef f():\n    pass\n\n\nA = 1\nN = A\nB = 2\n"
    function = editor.tree.order[editor.statement("def")]
    lines = editor.edits.insert_before_functions("N = f()", after=function)
    assert editor.after(lines) == "import os\n\n\ndef f():\n    pass\n\n\nN = f()\n\n\nA = 1\nB = 2\n"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("with a as b:\n    x\n    y\nz\n", "", "x\ny\nz\n"),
        ("with a as b:\n    x\n", "b = a", "b = a\nx\n"),
        ("def f():\n\twith a:\n\t\t# why\n\n\t\tx\n\tz\n", "", "def f():\n\t# why\n\n\tx\n\tz\n"),
        (
            "with a:\n    if b:\n        x\n    else:\n        y(\n  1)\n",
            "",
            "if b:\n    x\nelse:\n    y(\n  1)\n",
        ),
        ("with (\n    a as b,\n):\n    x\n", "", "x\n"),
        ("with a:\r\n    x\r\n", "b = a", "b = a\r\nx\r\n"),
        ("with a:\n    @b\n    def f(): pass\n", "", "@b\ndef f(): pass\n"),
    ],
)
def test_a_with_statement_is_unwrapped(before: str, text: str, after: str) -> None:
    editor = Editor(before)
    statement = editor.node(cst.With, "with")
    assert editor.after(*editor.edits.unwrap(statement, text)) == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("with a: x\n", "beside"),
        ('with a:\n    x = """\n    """\n', "string"),
        ("with a:  # why\n    x\n", "comment"),
    ],
)
def test_a_with_statement_that_cannot_be_unwrapped_stays(text: str, why: str) -> None:
    editor = Editor(text)
    with pytest.raises(NoEditError, match=why):
        editor.after(*editor.edits.unwrap(editor.node(cst.With, "with")))


def test_comments_above_go_with_a_statement_that_stands_apart() -> None:
    text = "a\n\n# of x\n# and more\nx = 1\n\n# of y\ny = 2\nz = 3; w = 4\n\nlast = 5\n"
    editor = Editor(text)
    edits = editor.edits
    x, y, last = (editor.statement(name) for name in ("x", "y", "last"))
    assert edits.comments_above(x) == ("# of x", "# and more")
    assert edits.comments_above(y) == ()
    assert edits.comments_above(editor.statement("z")) == ()
    assert edits.comments_above(last) == ()
    gone = edits.delete_statements([x, y], [x])
    assert naively(text, gone) == "a\n\n# of y\nz = 3; w = 4\n\nlast = 5\n"


def test_comments_beside_a_statement() -> None:
    editor = Editor("x = 1  # why\ny = (\n    2  # in it\n)\n")
    assert editor.edits.comment_beside(editor.statement("x")) == "# why"
    assert editor.edits.comment_beside(editor.statement("y")) == ""


MOVING = """\
import os
b = 1
def f(p):
    a = 1
    b = 2
    c = 3
    c = 4
    d = 5
    del d
    global e
    e = 6
    p = 7
    def inner():
        a = 8
        h = 9
    len = 10
def g():
    return h, len
class A:
    k = 1
"""


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("a = 1", True),
        ("b = 2", False),
        ("c = 3", False),
        ("d = 5", False),
        ("e = 6", False),
        ("p = 7", False),
        ("a = 8", False),
        ("h = 9", False),
        ("len = 10", False),
        ("k = 1", False),
        ("b = 1", False),
    ],
)
def test_a_variable_moves_up_only_if_nobody_is_disturbed(text: str, can: bool) -> None:
    editor = Editor(MOVING)
    assert editor.edits.can_move_up(text[: text.index(" ")], editor.statement(text)) is can


def test_what_the_module_binds_for_sure() -> None:
    editor = Editor(
        "a = 1\nif a:\n    b = 2\nc = 3\nc = 4\ndef f():\n    global d\n    d = 5\n    a = 6\nd = 7\n"
    )
    assert [name for name in "abcde" if editor.edits.is_settled(name)] == ["a"]
    assert editor.edits.is_only_binding("a", editor.statement("a = 6"))


@pytest.mark.parametrize(
    ("before", "spelled"),
    [
        ("import a\ndef f(cache): pass\n", "cache"),
        ("import a\ndef f():\n    cache = 1\n    return cache\n", "cache"),
        ("import a\ndef f():\n    return cache\n", "cache_2"),
        ("import a\ncache = 1\n", "cache_2"),
        ("import a\ndef f():\n    global cache\n    cache = 1\n", "cache_2"),
        ("from functools import cache\n", "cache"),
        ("import functools\n", "functools.cache"),
    ],
)
def test_an_import_for_the_top_level_alone(before: str, spelled: str) -> None:
    editor = Editor(before)
    assert editor.edits.ensure_import("functools", "cache", at=editor.tree.module)[0] == spelled


def test_no_import_hides_a_builtin() -> None:
    editor = Editor("import a\n")
    assert editor.edits.ensure_import("shop", "open")[0] == "open_2"
