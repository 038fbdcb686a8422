"""Templates that are made to take for ever: each is told or silent, within bounds that are counted."""

from __future__ import annotations

import pytest

from lambda_lint.deployment.reader import companions, looks_like_template, read_template
from lambda_lint.errors import TemplateError

HEAD = "service: s\nprovider: {name: aws, runtime: python3.13}\n"


def laughs(count: int, wrap: str) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, count)]
    return "\n".join(lines) + "\n" + wrap.replace("BOMB", f"*a{count - 1}")


SILENT = {
    "aliases in a template": (
        "template.yaml",
        laughs(30, "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Layers: BOMB, Role: BOMB}}}"),
    ),
    "aliases in a service": (
        "serverless.yml",
        laughs(30, HEAD + "functions: {f: {handler: a.b, layers: BOMB, events: BOMB, vpc: BOMB}}"),
    ),
    "variables that double": (
        "serverless.yml",
        HEAD
        + "functions: {f: {handler: '${self:custom.v0}'}}\ncustom:\n"
        + "".join(f"  v{n}: '${{self:custom.v{n + 1}}}'\n" for n in range(500)),
    ),
    "a variable that holds itself": (
        "serverless.yml",
        HEAD + "functions: {f: {handler: a.b, environment: '${self:}'}}\ncustom: '${self:custom}'\n",
    ),
    "the whole service in itself": ("serverless.yml", HEAD + "functions: '${self:functions}'\n"),
    "open brackets in a variable": (
        "serverless.yml",
        HEAD + "functions: {f: {handler: '${self:" + "(" * 200_000 + "}'}}\n",
    ),
    "conditions that double": (
        "template.yaml",
        "Conditions:\n"
        + "".join(f"  C{n}: !And [!Condition C{n + 1}, !Condition C{n + 1}]\n" for n in range(60))
        + "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Timeout: !If [C0, 1, 2]}}}",
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_hostile_templates_that_are_read(name: str) -> None:
    path, text = SILENT[name]
    assert len(read_template(path, text.encode()).functions) <= 1


TOLD = {
    "texts that double": (
        "serverless.yml",
        HEAD
        + "functions: {f: {handler: '${self:custom.v0}'}}\ncustom:\n"
        + "".join(f"  v{n}: '{f'${{self:custom.v{n + 1}}}' * 4}'\n" for n in range(20))
        + "  v20: xxxxxxxxxxxxxxxxxxxx\n",
    ),
    "copies of another file": (
        "serverless.yml",
        HEAD
        + "functions: {f: {handler: a.b}}\ncustom:\n"
        + "".join(f"  v{n}: '${{file(big.yml)}}'\n" for n in range(300)),
    ),
    "deep nesting": ("serverless.yml", HEAD + "functions: " + "[" * 500 + "]" * 500),
    "broken": ("serverless.yml", HEAD + "functions: {"),
    "broken configuration": ("a/.chalice/config.json", '{"stages": '),
    "a tangle of joins": (
        "template.yaml",
        "Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Role: &r0 !Sub '"
        + "x" * 200_000
        + "', Layers: [*r0], Handler: !Join ['', [*r0, *r0, *r0, *r0, *r0, *r0, *r0, *r0]]}}\n",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_hostile_templates_that_are_told(name: str) -> None:
    path, text = TOLD[name]
    beside = {"big.yml": b"".join(b"k%d: v\n" % n for n in range(1_000))}
    with pytest.raises(TemplateError):
        read_template(path, text.encode(), beside)


def test_hostile_applications_of_chalice() -> None:
    app = b"app = Chalice()\n" + b"@app.lambda_function()\n" * 40_000 + b"a" * 400_000
    assert read_template(".chalice/config.json", b"{}", {"app.py": app}).functions == ()


@pytest.mark.parametrize("data", [b"file(" * 100_000, b"${file(" * 50_000, b"service:\nprovider:\n" * 50_000])
def test_looks_are_cheap(data: bytes) -> None:
    assert len(companions("serverless.yml", data)) <= 100_000
    assert looks_like_template("serverless.yml", data) == (b"service" in data)


def test_a_stack_of_many_functions_stays_within_its_work() -> None:
    """What is looked up for each function is indexed: the bound on work is for hostile templates."""
    functions = "".join(
        f"  F{n}: {{Type: AWS::Serverless::Function, Properties: {{Handler: a.b, Timeout: 5}}}}\n"
        f"  A{n}: {{Type: AWS::Lambda::Alias, Properties: {{FunctionName: !Ref F{n}, Name: live}}}}\n"
        f"  G{n}: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: !Sub '/aws/lambda/${{F{n}}}'}}}}\n"
        for n in range(400)
    )
    assert len(read_template("template.yaml", f"Resources:\n{functions}".encode()).functions) == 400
