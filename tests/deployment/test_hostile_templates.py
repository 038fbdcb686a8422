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


TYPESCRIPT = "import * as lambda from 'aws-cdk-lib/aws-lambda';\nnew lambda.Function(this, 'F', {});\n"
TERRAFORM = 'resource "aws_lambda_function" "f" {\n  handler = local.l0\n}\n'


@pytest.mark.parametrize(
    "more",
    [
        "import" + " " * 200_000,
        "import {" * 20_000,
        "import x" + "\n" * 200_000,
        "\\`" * 40_000,
        "`" + "\\`" * 90_000,
        "'" + "\\'" * 40_000,
    ],
)
def test_hostile_programs_in_typescript(more: str) -> None:
    assert len(read_template("stack.ts", (TYPESCRIPT + more).encode()).functions) == 1


def test_a_hostile_line_of_a_program_in_python() -> None:
    line = "x = [" + "'\N{GREEK SMALL LETTER ALPHA}', " * 20_000 + "]\n"
    text = "from aws_cdk import aws_lambda\n" + line + "aws_lambda.Function(None, 'F', handler='a.b')\n"
    assert len(read_template("stack.py", text.encode()).functions) == 1


def test_policies_of_roles_that_are_not_known() -> None:
    pairs = "".join(
        f'resource "aws_iam_role" "r{n}" {{\n}}\n'
        f'resource "aws_iam_role_policy_attachment" "a{n}" {{\n  role = var.r\n  policy_arn = "p{n}"\n}}\n'
        for n in range(1_000)
    )
    assert len(read_template("main.tf", (TERRAFORM + pairs).encode()).functions) == 1


def test_loops_over_aliases_of_loops() -> None:
    loops = ", ".join(f"'Fn::ForEach::L{n}': [N, [A], *before]" for n in range(30))
    levels = "".join(f"a{n}: &a{n} {{{loops.replace('before', f'a{n - 1}')}}}\n" for n in range(1, 30))
    text = f"a0: &a0 {{F: {{Type: AWS::Lambda::Function}}}}\n{levels}Resources: *a29\n"
    assert len(read_template("template.yaml", text.encode()).functions) == 1


def test_stacks_and_services_that_hold_themselves() -> None:
    stack = b"""
    Resources:
      Own: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml, Parameters: {P: !Ref P}}}
      Other: {Type: AWS::Serverless::Application, Properties: {Location: b.yaml, Parameters: {P: !Ref P}}}
      F: {Type: AWS::Lambda::Function, Properties: {Timeout: !Ref P}}
    Parameters: {P: {Type: Number}}
    """
    files = {"a.yaml": stack, "b.yaml": stack}
    assert [len(read_template(path, data, files).functions) for path, data in files.items()] == [1, 1]
    service = (
        HEAD.encode() + b"functions: ${file(serverless.yml):functions}\ncustom: ${file(serverless.yml)}\n"
    )
    assert read_template("serverless.yml", service, {"serverless.yml": service}).functions == ()


def test_modules_and_locals_that_go_in_circles() -> None:
    call = 'module "m" {\n  source = "../%s"\n  x = module.m.y\n}\noutput "y" {\n  value = module.m.y\n}\n'
    circle = "locals {\n  l0 = local.l1\n  l1 = [local.l0, module.m.y]\n}\n"
    files = {
        "a/main.tf": (TERRAFORM + circle + call % "b").encode(),
        "b/main.tf": (TERRAFORM + circle + call % "a").encode(),
    }
    for path, data in files.items():
        assert read_template(path, data, files).functions[0].handler is None


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
