"""Code of functions that stands in a CDK program."""

from __future__ import annotations

import pytest

from lambda_lint.deployment.function import STAND_IN, InlineCode
from lambda_lint.deployment.reader import read_template

UNKNOWN = f"{STAND_IN}___"
PYTHON = """
import inspect
import os
import textwrap
from textwrap import dedent
from aws_cdk import aws_lambda as lambda_
"""


def in_python(code: str, before: str = "") -> InlineCode | None:
    """The code of a function in a program, whose line ends may be any."""
    made = f'lambda_.Function(self, "F", handler="index.main", code=lambda_.InlineCode({code}))'
    text = f"{PYTHON}{before}\n{made}"
    (function,) = read_template("app.py", text.encode()).functions
    assert function.handler == "index.main"
    assert function.folder is None
    return function.inline


def in_typescript(code: str) -> InlineCode | None:
    text = f"""import * as lambda from 'aws-cdk-lib/aws-lambda';
const lines = ['x = 1', 'y = 2'];
const text = `
  x = 1
`;
new lambda.Function(this, 'F', {{
  runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.main', code: lambda.Code.fromInline({code})
}});"""
    (function,) = read_template("app.ts", text.encode()).functions
    return function.inline


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('"x = 1"', "x = 1"),
        ('code="x = 1"', "x = 1"),
        ('"x = 1\\ny = 2"', "x = 1\ny = 2"),
        ('"x = 1\\n" "y = 2"', "x = 1\ny = 2"),
        ('"x = 1\\n" + "y = 2"', "x = 1\ny = 2"),
        ('"\\n".join(["x = 1", "y = 2"])', "x = 1\ny = 2"),
        ('"\\n".join(["x = 1", unknown])', f"x = 1\n{UNKNOWN}"),
        ('f"x = {unknown}"', f"x = {UNKNOWN}"),
        ('f"x = {known}"', "x = 7"),
        ('dedent("""\n  x = 1\n""")', "\nx = 1\n"),
        ('textwrap.dedent("""\n  x = 1\n""").strip()', "x = 1"),
        ('inspect.cleandoc("""\n  x = 1\n  """)', "x = 1"),
        ("dedent(known)", "7"),
        ('" ".lstrip()', ""),
        ("CODE", "x = 1"),
    ],
)
def test_code_in_python(code: str, text: str) -> None:
    inline = in_python(code, before='known = "7"\nCODE = """x = 1"""')
    assert inline is not None
    assert inline.text == text


@pytest.mark.parametrize(
    "code",
    [
        "",
        "unknown",
        "compute()",
        "itself",
        "stripped",
        "dedent(unknown)",
        "dedent()",
        '"x".strip("y")',
        "unknown.strip()",
        '"\\n".join(unknown)',
        "unknown.join(['x'])",
        "join(['x'])",
        "Path('a') / 'b'",
    ],
)
def test_code_that_is_not_known(code: str) -> None:
    inline = in_python(code, before="stripped = stripped.strip()\nitself = itself + 'x'")
    assert inline is None or STAND_IN in inline.text or inline.text == "a/b"


@pytest.mark.parametrize(
    "code",
    [
        '"""import os\nx = 1\n"""',
        "'''\nimport os\n\nx = 1'''",
        'r"""\nimport os\n"""',
        '"""\\\nimport os\nx = 1\n"""',
        '"""\n\nimport os\nx = 1\n   """.strip()',
        'dedent("""\n    import os\n      \n    if x:\n        y = 1\n    """)',
        'dedent("""\\\n    import os\n\tx = 1\n""")',
        '"x = 1"',
        '"\\n".join(["x = 1", "y = 2"])',
        "CODE",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_of_code_are_known_where_they_stand(code: str, line_end: str) -> None:
    program = (
        f'{PYTHON}CODE = """\nx = 1\n"""\nlambda_.Function(self, "F", code=lambda_.InlineCode({code}))\n'
    )
    template = read_template("app.py", program.replace("\n", line_end).encode())
    inline = template.functions[0].inline
    assert inline is not None
    assert inline.line_starts is not None
    lines = inline.text.split("\n")
    assert len(inline.line_starts) == len(lines)
    for start, line in zip(inline.line_starts, lines, strict=True):
        assert template.text.startswith(line, start)


@pytest.mark.parametrize(
    "code",
    [
        "5",
        '"x\\ny"',
        '"""\nx = "\\n"\n"""',
        '"x\\n" "y"',
        'f"""\nx = {unknown}\n"""',
        '"x".strip() + "y"',
        '"""\tx"""',
    ],
)
def test_lines_that_are_written_otherwise_have_no_place(code: str) -> None:
    inline = in_python(code)
    assert inline is not None
    assert (inline.line_starts is None) is (code != '"""\tx"""')


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("'x = 1\\ny = 2'", "x = 1\ny = 2"),
        ("`\nx = 1\n`", "\nx = 1\n"),
        ("`x = \\`1\\``", "x = `1`"),
        ("`x = ${name}`", f"x = {UNKNOWN}"),
        ("`x = '\\${name}'`", "x = '${name}'"),
        ("`x = ${a}\\n${b}`", f"x = {UNKNOWN}\n{UNKNOWN}"),
        ("lines.join('\\n')", "x = 1\ny = 2"),
        ("text.trim()", "x = 1"),
        ("'x = \\\n1'", "x = 1"),
        ("`x = ${JSON.stringify({ a: 1 })}`", None),
        ("`x = ${a} ${f({})}`", None),
        ("name", None),
    ],
)
def test_code_in_typescript(code: str, text: str | None) -> None:
    inline = in_typescript(code)
    assert (inline and inline.text) == text


@pytest.mark.parametrize(
    "read",
    [
        "open('src/a.py').read().strip()",
        "dedent(open('src/a.py').read())",
        "open('src/a.py', 'rb').read().decode().replace('x', 'y')",
    ],
)
def test_a_file_that_is_read_and_changed_a_little(read: str) -> None:
    text = f'{PYTHON}lambda_.Function(self, "F", handler="index.main", code=lambda_.InlineCode({read}))'
    (function,) = read_template("app.py", text.encode()).functions
    assert (function.handler, function.folder) == ("a.main", "src")


def test_a_text_that_strips_itself_is_no_file() -> None:
    assert in_python("text", before="text = text.strip()") is None
