from __future__ import annotations

import subprocess
import sys

import pytest

from lambda_lint.deployment.reader import MAX_BYTES, decode, looks_like_template, read_template
from lambda_lint.errors import TemplateError

TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.12
"""
JSON = (
    '{"Resources": {"Orders":\n\t{"Type":"AWS::Lambda::Function", "Properties": {"Handler": "app.handler"}}}}'
)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("template.yaml", TEMPLATE),
        ("a/b.yml", TEMPLATE),
        ("a.TEMPLATE", TEMPLATE),
        ("a.json", JSON),
        ("a.template", JSON),
        (
            "a.yaml",
            TEMPLATE.replace("Resources", '"Resources"')
            .replace("AWS", "'AWS")
            .replace("::Function", "::Function'"),
        ),
        ("a.yaml", TEMPLATE.replace("AWS::Serverless", "AWS::Lambda")),
    ],
)
def test_templates_are_told_by_name_and_bytes(path: str, text: str) -> None:
    assert looks_like_template(path, text.encode())
    assert looks_like_template(path, text.encode("utf-8-sig"))
    assert looks_like_template(path, text.encode("utf-16"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("template.md", TEMPLATE),
        ("template", TEMPLATE),
        ("schema.json", '{"enum": ["AWS::Lambda::Function"]}'),
        ("notes.yaml", "types: [AWS::Serverless::Function]"),
        ("types.json", '{"Resources": ["AWS::Lambda::Function"]}'),
        ("api.yaml", TEMPLATE.replace("::Function", "::Api")),
        ("api.yaml", TEMPLATE.replace("::Function", "::FunctionX")),
        ("part.yaml", TEMPLATE.replace("Resources:", "")),
    ],
)
def test_other_files_are_not_templates(path: str, text: str) -> None:
    assert not looks_like_template(path, text.encode())


def test_a_template() -> None:
    template = read_template("app/template.yaml", TEMPLATE.encode())
    assert (template.path, template.text) == ("app/template.yaml", TEMPLATE)
    (function,) = template.functions
    assert (function.name, function.handler, function.folder) == ("Orders", "app.handler", "app")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_offsets_count_in_the_decoded_text(encoding: str, newline: str) -> None:
    text = ("# 😀é\n" + TEMPLATE).replace("\n", newline)
    template = read_template("template.yaml", text.encode(encoding))
    assert template.text == text == decode(text.encode(encoding))
    (function,) = template.functions
    assert function.handler_place is not None
    for span, shown in [(function.place.span, "Orders"), (function.handler_place.span, "app.handler")]:
        assert text[span.start : span.end] == shown


def test_json() -> None:
    template = read_template("template.json", JSON.encode())
    (function,) = template.functions
    assert function.handler_place is not None
    span = function.handler_place.span
    assert JSON[span.start : span.end] == '"app.handler"'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "a",
        "Resources:",
        "Resources: [a]",
        "Resources: {a: , b: x, c: [d], d: {Type: }, e: {Type: [f]}}",
    ],
)
def test_documents_without_functions(text: str) -> None:
    assert read_template("template.yaml", text.encode()).functions == ()


def test_each_document_is_a_stack_of_its_own() -> None:
    text = f"{TEMPLATE}---\na: 1\n---\n{TEMPLATE.replace('Orders', 'Mails')}"
    assert [function.name for function in read_template("template.yaml", text.encode()).functions] == [
        "Orders",
        "Mails",
    ]


@pytest.mark.parametrize(
    ("data", "message", "offset"),
    [
        ("# é\nResources: ü".encode("latin-1"), "not valid UTF-8", 2),
        ("# é\n".encode() + b"Resources: \xff", "not valid UTF-8", 15),
        (b"\xff\xfea\0b", "not valid UTF-16", 1),
        (b"a: \0", "character U+0000 is not allowed", 3),
        (b"a: b: c", "mapping values are not allowed in this context", 4),
        (b" " * (MAX_BYTES + 1), "larger than 2 MiB", 0),
    ],
)
def test_what_cannot_be_read_says_where(data: bytes, message: str, offset: int) -> None:
    with pytest.raises(TemplateError) as caught:
        read_template("template.yaml", data)
    assert (str(caught.value), caught.value.offset) == (message, offset)


def test_aliases_cannot_make_a_template_explode() -> None:
    variables = ", ".join(f"V{n}: x" for n in range(2000))
    functions = "".join(
        f"  F{n}: {{Type: AWS::Lambda::Function, Properties: {{Environment: {{Variables: *all}}}}}}\n"
        for n in range(2000)
    )
    with pytest.raises(TemplateError, match="far more of this template"):
        read_template("template.yaml", f"All: &all {{{variables}}}\nResources:\n{functions}".encode())


def test_yaml_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys, lambda_lint.deployment.reader as reader\n"
        "reader.looks_like_template('a.yaml', b'')\n"
        "print('yaml' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert output.stdout == "False\n"
