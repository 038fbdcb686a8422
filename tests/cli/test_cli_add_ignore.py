"""`--add-ignore` suppresses what is found by comments; a second run finds nothing and adds nothing."""

from __future__ import annotations

import codecs
import os
import stat
from typing import TYPE_CHECKING

import pytest
from command_line import APP, PROJECT, STORE, write

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint

CONCISE = ("--output-format", "concise")
IGNORE = "# lambda-lint: ignore[client-in-handler]"
HEAD = "import boto3\n\n\ndef lambda_handler(event, context):\n"


@pytest.fixture
def project(project: Path) -> Path:
    """The project, in which other rules than the tests are about may find what they like."""
    return write(project, {"lambda-lint.toml": "select = ['LL001', 'LL022', 'LL066', 'LL902']\n"})


def handler(*lines: str) -> str:
    """A handler with these lines."""
    return HEAD + "".join(f"    {line}\n" for line in lines) + "    return 1\n"


def added(project: Path, lambda_lint: LambdaLint, text: str | bytes, *arguments: str) -> str:
    """The text of a file with the suppressions, which a second run leaves as it is."""
    path = project / "src/app.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    run = lambda_lint("--add-ignore", *arguments, "src/app.py", *CONCISE)
    assert (run.code, run.err) == (0, ""), run.out + run.err
    after = path.read_bytes()
    again = lambda_lint("--add-ignore", "src/app.py", *CONCISE)
    assert (again.code, "suppressed: 0 findings in 0 files" in again.out) == (0, True)
    assert path.read_bytes() == after
    assert lambda_lint("src/app.py", *CONCISE).code == 0
    return after.decode("utf-8", "surrogateescape")


# -- where it stands


@pytest.mark.usefixtures("project")
def test_on_the_line(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--add-ignore", *CONCISE)
    assert (run.code, run.err) == (0, "")
    assert "note: suppressed: 1 finding in 1 file\n" in run.out
    assert run.out.endswith("no findings in 3 files, 1 handler; 1 suppressed\n")
    assert (project / "src/store.py").read_text() == STORE.rstrip() + f"  {IGNORE}\n"
    assert (project / "src/app.py").read_text() == APP
    assert lambda_lint(*CONCISE).code == 0


@pytest.mark.usefixtures("project")
def test_with_a_reason(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--add-ignore=until #12 is done", "--show-suppressed", *CONCISE)
    assert "(suppressed: until #12 is done)" in run.out
    assert (project / "src/store.py").read_text().endswith(f"  {IGNORE} -- until #12 is done\n")


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("a = boto3.client('s3')  # first", f"a = boto3.client('s3')  # first  {IGNORE}"),
        ("a = boto3.client('s3')   ", f"a = boto3.client('s3')  {IGNORE}   "),
        ("a = boto3.client('s3')  # noqa: E501", f"a = boto3.client('s3')  # noqa: E501  {IGNORE}"),
        ("a = boto3.client('s3')  # a \\", f"a = boto3.client('s3')  # a \\  {IGNORE}"),
        ("a = boto3.client('s3'); b = 2", f"a = boto3.client('s3'); b = 2  {IGNORE}"),
        (
            "a = boto3.client('s3'); b = boto3.client('sqs')",
            f"a = boto3.client('s3'); b = boto3.client('sqs')  {IGNORE}",
        ),
        ("a = boto3.client(\n        's3',\n    )", f"a = boto3.client(  {IGNORE}\n        's3',\n    )"),
        (
            "a = print(\n        1,\n        boto3.client('s3'),\n    )",
            f"a = print(\n        1,\n        boto3.client('s3'),  {IGNORE}\n    )",
        ),
        ("a = 1 + \\\n        boto3.client('s3')", f"a = 1 + \\\n        boto3.client('s3')  {IGNORE}"),
        ("a = boto3.client('s3') + \\\n        1", f"a = boto3.client('s3') + \\\n        1  {IGNORE}"),
        (
            "for a in boto3.client('s3'):\n        b = a",
            f"for a in boto3.client('s3'):  {IGNORE}\n        b = a",
        ),
        ("if event: a = boto3.client('s3')", f"if event: a = boto3.client('s3')  {IGNORE}"),
        (
            'a = boto3.client("s3").get("""\n  # text\n""")',
            f'a = boto3.client("s3").get("""\n  # text\n""")  {IGNORE}',
        ),
        (
            'a = f"""\n  {boto3.client("s3")}\n  """ + \\\n        "x"',
            f'a = f"""\n  {{boto3.client("s3")}}\n  """ + \\\n        "x"  {IGNORE}',
        ),
        (
            'if f"""\n  {boto3.client("s3")}\n  """: a = """\n  """',
            f'if f"""\n  {{boto3.client("s3")}}\n  """: a = """\n  """  {IGNORE}',
        ),
        (
            "@print(boto3.client('s3'))\n    def f():\n        return 1",
            f"@print(boto3.client('s3'))  {IGNORE}\n    def f():\n        return 1",
        ),
        (
            'a = b"""\n""" + boto3.client("s3").get("""\n""") + """\n\\\n"""  # end',
            f'a = b"""\n""" + boto3.client("s3").get("""\n""") + """\n\\\n"""  # end  {IGNORE}',
        ),
    ],
)
def test_where_a_comment_may_stand(project: Path, lambda_lint: LambdaLint, line: str, after: str) -> None:
    assert added(project, lambda_lint, handler(line)) == handler(after)


def test_several_rules_at_one_place(project: Path, lambda_lint: LambdaLint) -> None:
    text = handler("boto3.client('lambda').invoke(FunctionName='a')")
    after = added(project, lambda_lint, text, "--select", "LL001,LL022")
    assert "invoke(FunctionName='a')  # lambda-lint: ignore[client-in-handler, sync-lambda-invoke]\n" in after


# -- together with comments that are there


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "# lambda-lint: ignore[sync-lambda-invoke]",
            "# lambda-lint: ignore[sync-lambda-invoke, client-in-handler] -- old",
        ),
        ("# lambda-lint: ignore[LL022] why", "# lambda-lint: ignore[LL022, client-in-handler] why"),
        (
            "# a # lambda-lint: ignore[LL022] # b",
            "# a # lambda-lint: ignore[LL022, client-in-handler] -- old # b",
        ),
        ("# lambda-lint:ignore[ LL022, ]", "# lambda-lint:ignore[ LL022, client-in-handler, ] -- old"),
        ("# noqa: LL022", "# noqa: LL022  # lambda-lint: ignore[client-in-handler] -- old"),
    ],
)
def test_it_joins_a_suppression_on_the_line(
    project: Path, lambda_lint: LambdaLint, before: str, after: str
) -> None:
    line = "boto3.client('lambda').invoke(FunctionName='a')"
    text = added(project, lambda_lint, handler(f"{line}  {before}"), "--add-ignore=old")
    assert text == handler(f"{line}  {after}")


def test_it_joins_a_suppression_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    above = "          # lambda-lint: ignore[LL070] given by us\n"
    template = INLINE.replace("          _HANDLER", f"{above}          _HANDLER")
    monkeypatch.chdir(write(tmp_path, {"template.yaml": template}))
    lambda_lint("--add-ignore=old", "--select", "LL066")
    text = (tmp_path / "template.yaml").read_text()
    assert (
        "# lambda-lint: ignore[LL070, reserved-environment-variable] given by us\n          _HANDLER: >-\n"
        in text
    )


# -- files of every kind


@pytest.mark.parametrize(
    ("encoding", "start"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("latin-1", b"# coding: latin-1\r\n"),
        ("gbk", b"# coding: gbk\n"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_form_of_a_file_is_kept(
    project: Path, lambda_lint: LambdaLint, encoding: str, start: bytes, line_end: str
) -> None:
    word = "你好" if encoding == "gbk" else "ä"
    text = handler(f"a = '{word}', boto3.client('s3')", 'if f"""', '{boto3.client("s3")}""": a = """', '"""')
    data = start + text.replace("\n", line_end).encode(encoding)
    path = project / "src/app.py"
    path.write_bytes(data)
    path.chmod(0o755)
    assert lambda_lint("--add-ignore=bekannt", *CONCISE, "src/app.py").code == 0
    after = text.replace("client('s3')\n", f"client('s3')  {IGNORE} -- bekannt\n")
    after = after.replace('    """\n    return', f'    """  {IGNORE} -- bekannt\n    return')
    assert path.read_bytes() == start + after.replace("\n", line_end).encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


def test_a_last_line_without_an_end(project: Path, lambda_lint: LambdaLint) -> None:
    text = handler().replace("return 1\n", "return boto3.client('s3')")
    assert added(project, lambda_lint, text) == text + f"  {IGNORE}"


def test_a_reason_that_the_file_cannot_hold(project: Path, lambda_lint: LambdaLint) -> None:
    before = b"# coding: latin-1\n" + handler("boto3.client('s3')").encode()
    (project / "src/latin.py").write_bytes(before)
    run = lambda_lint("--add-ignore=\N{SNOWMAN}", *CONCISE)
    assert run.code == 2
    assert run.err == "error: `src/latin.py` is left as it is: `iso-8859-1` cannot write its text\n"
    assert "note: suppressed: 1 finding in 1 file\n" in run.out
    assert (project / "src/latin.py").read_bytes() == before
    assert "\N{SNOWMAN}" in (project / "src/store.py").read_text("utf-8")


# -- templates

INLINE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Environment:
        Variables:
          AWS_REGION: eu-west-1
          AWS_SESSION_TOKEN: "x"  # why
          _HANDLER: >-
            index.other
            # text
      Code:
        ZipFile: |
          import boto3


          def handler(event, context):
              return boto3.client("s3")
"""


def test_a_template_and_the_code_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    monkeypatch.chdir(write(tmp_path, {"template.yaml": INLINE}))
    run = lambda_lint("--add-ignore", "--select", "LL001,LL066", *CONCISE)
    assert (run.code, run.err) == (0, "")
    note = "  # lambda-lint: ignore[reserved-environment-variable]"
    after = INLINE.replace("eu-west-1\n", f"eu-west-1{note}\n").replace("# why", f"# why{note}")
    after = after.replace("          _H", f"          {note.strip()}\n          _H").replace(
        'client("s3")', f'client("s3")  {IGNORE}'
    )
    assert (tmp_path / "template.yaml").read_text() == after
    assert "suppressed: 0 findings" in lambda_lint("--add-ignore", "--select", "LL001,LL066", *CONCISE).out


def test_code_whose_lines_are_not_those_of_the_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    code = "import boto3\\n\\n\\ndef handler(event, context):\\n    return boto3.client('s3')\\n"
    start = INLINE[: INLINE.index("      Environment")]
    template = f'{start}      Code:\n        ZipFile: "{code}"\n      Timeout: 3\n'
    monkeypatch.chdir(write(tmp_path, {"template.yaml": template}))
    run = lambda_lint("--add-ignore", "--select", "LL001", *CONCISE)
    assert run.code == 0
    assert (tmp_path / "template.yaml").read_text() == template.replace('\\n"\n', f'\\n"  {IGNORE}\n')


START = INLINE[: INLINE.index("          AWS_REGION")]
# Behind the first line and above it, a comment would be text of the value that is around it.
NO_PLACE = (
    START.replace("Variables:\n", "Variables: {\n")
    + '          "A": "\n\n            b", "AWS_REGION": "c\n            d", "B": "e\n            f"\n'
    + "        }\n"
)


def test_where_the_template_has_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    template = NO_PLACE
    monkeypatch.chdir(write(tmp_path, {"template.yaml": template, "app.py": handler("boto3.client('s3')")}))
    run = lambda_lint("--add-ignore", "--select", "LL001,LL066", *CONCISE)
    assert run.code == 1
    message = "there is no place for a comment that suppresses `reserved-environment-variable`"
    assert f"note: `template.yaml:11`: {message}\n" in run.out
    assert "note: suppressed: 1 finding in 1 file\n" in run.out
    assert (tmp_path / "template.yaml").read_text() == template


def test_where_a_comment_would_break_the_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    template = INLINE.replace("eu-west-1\n", "eu\n            west-1\n")
    monkeypatch.chdir(write(tmp_path, {"template.yaml": template}))
    assert lambda_lint("--add-ignore", "--select", "LL001,LL066", *CONCISE).code == 0
    note = "  # lambda-lint: ignore[reserved-environment-variable]"
    text = (tmp_path / "template.yaml").read_text()
    assert f"          AWS_REGION: eu\n            west-1{note}\n" in text
    assert text.count("# lambda-lint") == 4


def test_where_one_comment_would_break_it_and_another_has_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    second = (
        START.partition("\n")[2].replace("Orders", "Parcels")
        + "          AWS_REGION: eu\n            west-1\n"
    )
    monkeypatch.chdir(write(tmp_path, {"template.yaml": NO_PLACE + second}))
    run = lambda_lint("--add-ignore", "--select", "LL066", *CONCISE)
    assert run.code == 1
    assert "note: `template.yaml:11`: there is no place for a comment" in run.out
    assert (tmp_path / "template.yaml").read_text().count("# lambda-lint") == 1


TERRAFORM = """\
resource "aws_lambda_function" "orders" {
  handler = "app.handler"
  runtime = "python3.13"
  environment {
    variables = {
      // where it runs
      AWS_REGION = "eu-west-1"
    }
  }
}
"""
TYPESCRIPT = """\
import * as lambda from 'aws-cdk-lib/aws-lambda';

new lambda.Function(this, 'Orders', {
  handler: 'app.handler',
  runtime: lambda.Runtime.PYTHON_3_13,
  environment: {
    // where it runs
    AWS_REGION: 'eu-west-1',
  },
});
"""


@pytest.mark.parametrize(("name", "template", "mark"), [("a.tf", TERRAFORM, "#"), ("a.ts", TYPESCRIPT, "//")])
def test_comments_are_those_of_the_language(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lambda_lint: LambdaLint,
    name: str,
    template: str,
    mark: str,
) -> None:
    monkeypatch.chdir(write(tmp_path, {name: template}))
    assert lambda_lint("--add-ignore", "--select", "LL066,LL902", *CONCISE).code == 0
    ignore = f"{mark} lambda-lint: ignore[reserved-environment-variable]"
    line = next(line for line in template.splitlines() if "AWS_REGION" in line)
    assert (tmp_path / name).read_text() == template.replace(line, f"{line}  {ignore}")
    above = template.replace(line, f"      {ignore}\n{line}")
    write(tmp_path, {name: above})
    assert lambda_lint("--select", "LL066,LL902", *CONCISE).code == 0


def test_json_has_no_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    variables = '{"AWS_REGION": "a", "AWS_SESSION_TOKEN": "b"}'
    properties = f'{{"Handler": "a.b", "Runtime": "python3.13", "Environment": {{"Variables": {variables}}}}}'
    template = f'{{"Resources": {{"F": {{"Type": "AWS::Lambda::Function", "Properties": {properties}}}}}}}'
    monkeypatch.chdir(write(tmp_path, {"template.json": template}))
    run = lambda_lint("--add-ignore", "--select", "LL066", *CONCISE)
    assert run.code == 1
    assert "note: `template.json`: JSON has no comments, so 2 findings must be suppressed by hand" in run.out
    assert (tmp_path / "template.json").read_text() == template


# -- what is not suppressed


def test_what_is_wrong_with_files_and_comments(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/broken.py": "def f(:\n", "src/unused.py": f"x = 1  {IGNORE}\n"})
    run = lambda_lint("--add-ignore", *CONCISE)
    assert run.code == 1
    assert "LL900" in run.out
    assert "LL902" in run.out
    assert "note: 2 findings about files or comments cannot be suppressed by a comment\n" in run.out
    assert (project / "src/unused.py").read_text() == f"x = 1  {IGNORE}\n"


def test_what_the_baseline_knows_gets_no_comment(project: Path, lambda_lint: LambdaLint) -> None:
    lambda_lint("baseline", "create")
    more = "\n\ndef load(key):\n    return boto3.client('s3')\n"
    write(
        project,
        {
            "src/store.py": STORE + more,
            "src/app.py": APP.replace("    return", "    store.load(1)\n    return"),
        },
    )
    with_baseline = ("--baseline", "lambda-lint-baseline.json", *CONCISE)
    run = lambda_lint("--add-ignore", *with_baseline)
    assert run.code == 0
    assert (project / "src/store.py").read_text() == STORE + more.rstrip() + f"  {IGNORE}\n"
    assert lambda_lint(*with_baseline).out.endswith("; 1 suppressed; 1 in the baseline\n")


def test_only_the_files_that_are_given(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/other.py": handler("boto3.client('s3')")})
    lambda_lint("--add-ignore", "src/other.py", *CONCISE)
    assert (project / "src/store.py").read_text() == PROJECT["src/store.py"]
    assert IGNORE in (project / "src/other.py").read_text()


def test_help_shows_that_the_value_may_be_left_out(lambda_lint: LambdaLint) -> None:
    text = lambda_lint("check", "--help").out
    assert "--add-ignore[=REASON]" in text
    assert "--changed[=REVISION]" in text


# -- what does not go together


@pytest.mark.usefixtures("project")
def test_not_for_standard_input(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--add-ignore", "-", stdin=b"x = 1\n")
    assert (run.code, run.err) == (2, "error: `--add-ignore` writes to files, and standard input is none\n")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("option", ["--fix", "--diff", "--fix-only"])
def test_not_together_with_fixes(lambda_lint: LambdaLint, option: str) -> None:
    run = lambda_lint("--add-ignore", option)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "error: `--add-ignore` does not go together with fixes: fix first, then suppress what is left\n"
    )


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "reason", ["two\nlines", " blanks", "- dash", "a # b", "x lambda-lint: #noqa: LL001"]
)
def test_a_reason_that_would_not_be_read_again(lambda_lint: LambdaLint, reason: str) -> None:
    run = lambda_lint(f"--add-ignore={reason}")
    assert run.code == 2
    assert "as its reason" in run.err


def test_a_file_that_cannot_be_written(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write everything, and tests may run as root.
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    run = lambda_lint("--add-ignore", *CONCISE)
    assert run.code == 2
    assert run.err == "error: `src/store.py` is write-protected, and is left as it is\n"
    assert "LL001" in run.out
    assert (project / "src/store.py").read_text() == STORE
