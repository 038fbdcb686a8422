from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lambda_lint.deployment.function import STAND_IN
from lambda_lint.deployment.reader import read_template

if TYPE_CHECKING:
    from lambda_lint.deployment.function import InlineCode

HEAD = """# 😀
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Code:
"""
BODY = """
          import os

          def handler(event, context):
             
              return '😀'  # x

        S3: x
"""  # noqa: W293 - a line of spaces is what is tested


def read(zip_file: str, newline: str = "\n") -> tuple[str, InlineCode]:
    """The template's text and its inline code, whose YAML is given at an indentation of 8."""
    text = (HEAD + f"        ZipFile: {zip_file}").replace("\n", newline)
    template = read_template("template.yaml", text.encode())
    (function,) = template.functions
    assert function.inline is not None
    return template.text, function.inline


def assert_mapped(text: str, inline: InlineCode) -> None:
    assert inline.line_starts is not None
    lines = inline.text.split("\n")
    assert len(inline.line_starts) == len(lines)
    for start, line in zip(inline.line_starts, lines, strict=True):
        assert text[start : start + len(line)] == line


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "header",
    [
        "|",
        "|-",
        "|+",
        "|2",
        "|2-",
        "|-2",
        "| # why 😀",
        "&code |",
        "!!str |",
        "!!str &code |",
        "!!str\n          |",
    ],
)
def test_literal_scalars_map_line_by_line(header: str, newline: str) -> None:
    text, inline = read(header + BODY, newline)
    assert_mapped(text, inline)
    assert STAND_IN not in inline.text
    assert text[inline.place.span.start] in "|&!"
    ast.parse(inline.text.lstrip())


def test_a_scalar_that_ends_the_file() -> None:
    text, inline = read("|\n          x = 1")
    assert_mapped(text, inline)
    assert inline.text == "x = 1"
    assert_mapped(*read("|-"))


def test_an_empty_code_is_mapped_to_the_end() -> None:
    text, inline = read("|\n")
    assert inline.text == ""
    assert inline.line_starts == (len(text),)


def stand_ins(text: str) -> list[str]:
    return re.findall(rf"{STAND_IN}\w+", text)


@pytest.mark.parametrize("sub", ["!Sub |", "!Sub\n          - |", "\n          Fn::Sub: |"])
def test_placeholders_keep_columns(sub: str) -> None:
    tail = "\n          - {Own: x}" if "-" in sub else ""
    code = 'N = ${Count}\n              A = "${AWS::Region}" + f"${!A}" + "${é.Arn}"; B = 1'
    text, inline = read(f"{sub}\n              {code}{tail}\n")
    tree = ast.parse(inline.text)
    assert stand_ins(inline.text) == [
        "ƻ_Count_",
        "ƻ_AWS__Region_",
        "ƻ___Arn_",
    ]
    assert inline.line_starts is not None
    column = inline.text.split("\n")[1].index("B = 1")
    assert text[inline.line_starts[1] + column :].startswith("B = 1")
    assert isinstance(tree.body[1], ast.Assign)


def test_joined_lines_map_item_by_item() -> None:
    text, inline = read(
        '!Join\n          - "\\n"\n          - - import os\n'
        '            - "def handler(e):"\n            - "  return 1"\n'
    )
    assert_mapped(text, inline)
    assert inline.text == "import os\ndef handler(e):\n  return 1"


def test_a_join_of_what_is_not_written_out() -> None:
    _, inline = read(
        '!Join ["\\n", [!Sub "A = \'${X}\'", !Ref B, !GetAtt C.Arn, {"Fn::ImportValue": {"Fn::Sub": x}}]]\n'
    )
    assert inline.text == "A = 'ƻ_X_'\nƻ_B_\nƻ_C_Arn_\nƻ_value_"
    assert stand_ins(inline.text) == [
        "ƻ_X_",
        "ƻ_B_",
        "ƻ_C_Arn_",
        "ƻ_value_",
    ]
    assert inline.line_starts is None


def test_a_join_without_newlines_is_not_mapped() -> None:
    _, inline = read('!Join ["", ["import os\\n", "x = 1"]]\n')
    assert (inline.text, inline.line_starts) == ("import os\nx = 1", None)


@pytest.mark.parametrize(
    "scalar",
    [
        ">\n          import os\n\n          x = 1\n",
        '"import os\\nx = 1"\n',
        "'it''s'\n",
        "x =\n          1\n",
        "|\n          a = '\u2028          '\n          b = 1\n",
    ],
)
def test_lines_that_do_not_map(scalar: str) -> None:
    text, inline = read(scalar)
    assert inline.line_starts is None
    assert text[inline.place.span.start] == scalar[0]


@pytest.mark.parametrize(
    "scalar", ["def handler(e, c):pass", "'def handler(e, c): pass'", '"x = 1"', "!Sub 'x = ${Y}'"]
)
def test_one_line_as_it_is_written_maps(scalar: str) -> None:
    text, inline = read(scalar + "\n")
    (start,) = inline.line_starts or ()
    assert text[start:].startswith(scalar.removeprefix("!Sub ").strip("\"'")[:3])


def test_json_maps_only_where_nothing_is_escaped() -> None:
    for code, is_mapped in [("x = 1", True), ("x = 1\n", False), ('x = "1"', False), ("x = '😀'", False)]:
        function = {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"ZipFile": code}}}
        text = json.dumps({"Resources": {"F": function}})
        (found,) = read_template("template.json", text.encode()).functions
        assert found.inline is not None
        assert (found.inline.line_starts is not None) == is_mapped


@pytest.mark.parametrize(
    "value", ["!Ref Code", "{a: b}", "[a]", "", "!Join ['', !Ref Lines]", "!Sub [!Ref a, {}]"]
)
def test_code_that_is_not_known(value: str) -> None:
    template = read_template("template.yaml", (HEAD + f"        ZipFile: {value}\n").encode())
    assert [(function.inline, function.folder) for function in template.functions] == [(None, None)]


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff")
)


@given(
    lines=st.lists(st.builds(str.__add__, st.sampled_from(["", "    ", "\t"]), LINE), min_size=1),
    indent=st.integers(1, 9),
    header=st.sampled_from(["|", "|-", "|+", "|  # 😀"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
@example(lines=["    x", "y"], indent=2, header="|", newline="\r\n")
@example(lines=["", "x", " ", ""], indent=3, header="|+", newline="\n")
def test_any_code_maps(lines: list[str], indent: int, header: str, newline: str) -> None:
    # Without an indication the first line's own indentation would belong to the template.
    header = header[0] + str(indent) + header[1:]
    body = "".join(f"\n{' ' * (8 + indent)}{line}" for line in lines)
    text, inline = read(f"{header}{body}\n", newline)
    assert_mapped(text, inline)
    assert inline.text.rstrip("\n") == "\n".join(lines).rstrip("\n")


NAME = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,9}(\.[A-Za-z]{1,5})?|AWS::Region", fullmatch=True)


@given(st.lists(st.tuples(st.sampled_from(["x = ", "y['k'] + ", "(", "'", "   "]), NAME), min_size=1))
def test_any_placeholder_keeps_length(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"{before}${{{name}}}" for before, name in parts)
    assume(source == source.strip())
    text, inline = read(f"!Sub |-\n          {source}\n")
    assert len(inline.text) == len(source)
    assert len(stand_ins(inline.text)) == len(parts)
    assert all(text.isidentifier() for text in stand_ins(inline.text))
    (start,) = inline.line_starts or ()
    assert text[start : start + len(source)] == source
