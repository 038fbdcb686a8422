"""`check`: what it reports, where it writes it, and the exit code."""

from __future__ import annotations

import json
import runpy
import sys
from typing import TYPE_CHECKING

import fakepacks
import pytest
from command_line import APP, STORE, write

import lambda_lint as package

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint

FINDING = "src/store.py:5:12: LL001 client-in-handler"
HARMLESS = "def lambda_handler(event, context):\n    return 1\n"


def codes(text: str) -> set[str]:
    return {finding["code"] for finding in json.loads(text)["findings"]}


# -- paths


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", [(), (".",), ("src/",), ("check", "src"), ("src", "template.yaml")])
def test_finds_the_same_however_it_is_asked(lambda_lint: LambdaLint, arguments: tuple[str, ...]) -> None:
    run = lambda_lint(*arguments, "--output-format", "concise")
    assert run.out.startswith(FINDING)
    assert run.code == 1


@pytest.mark.usefixtures("project")
def test_reports_only_the_given_file_but_reads_the_project(lambda_lint: LambdaLint) -> None:
    assert FINDING in lambda_lint("src/store.py", "--output-format", "concise").out
    other = lambda_lint("src/app.py", "--output-format", "concise")
    assert "LL001" not in other.out
    assert "1 handler found" in other.out
    assert other.code == 0


@pytest.mark.usefixtures("project")
def test_a_path_that_does_not_exist(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("src", "nowhere")
    assert (run.code, run.out, run.err) == (2, "", "error: the path `nowhere` does not exist\n")


@pytest.mark.usefixtures("project")
def test_a_misspelt_command(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("rule")
    assert run.code == 2
    assert run.err == "error: there is neither a path nor a command `rule`; did you mean `rules`?\n"


@pytest.mark.usefixtures("project")
def test_a_misspelt_option(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--selct", "all")
    assert run.code == 2
    assert "--select" in run.err


def test_no_python_file_is_clean_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    monkeypatch.chdir(tmp_path)
    run = lambda_lint()
    assert run.code == 0
    assert "note: no Python file to analyze" in run.out


@pytest.mark.usefixtures("project")
def test_a_template_alone_is_told_about_its_handlers(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("template.yaml")
    assert "note: 1 handler found: 1 by template" in run.out
    assert "in 1 file" in run.out


SERVICE = """\
service: orders
provider: {name: aws, runtime: "${file(../common.yml):runtime}"}
functions: {take: {handler: src/take.work}}
"""


def test_files_that_a_template_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    files = {"common.yml": "runtime: python3.13\n", "api/serverless.yml": SERVICE}
    files["api/src/take.py"] = "def work(first, second):\n    return 1\n"
    monkeypatch.chdir(write(tmp_path, files))
    (tmp_path / ".git").mkdir()
    assert "1 handler found: 1 by template" in lambda_lint().out
    monkeypatch.chdir(tmp_path / "api")
    assert "1 handler found: 1 by template" in lambda_lint().out
    (tmp_path / "common.yml").write_text("runtime: nodejs22.x\n")
    assert "no handler found" in lambda_lint().out


def test_no_handler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint) -> None:
    monkeypatch.chdir(write(tmp_path, {"a.py": "x = 1\n"}))
    run = lambda_lint()
    assert run.code == 0
    assert "note: no handler found" in run.out


def test_tells_how_handlers_are_known(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/more.py": HARMLESS, "src/again.py": HARMLESS})
    assert "note: 3 handlers found: 1 by template, 2 by convention" in lambda_lint().out


def test_vendored_packages_are_counted_and_listed(project: Path, lambda_lint: LambdaLint) -> None:
    write(
        project,
        {"src/pony/__init__.py": STORE, "src/pony-1.0.dist-info/RECORD": "pony/__init__.py,,\n"},
    )
    run = lambda_lint("--verbose")
    assert "note: 1 package of others left out (`--verbose` lists it)" in run.out
    assert "note: left out, as it is a package of others: src/pony\n" in run.err
    assert "src/pony/" not in run.out
    assert "left out, as" not in lambda_lint().err


def test_verbose_tells_the_configuration(project: Path, lambda_lint: LambdaLint) -> None:
    assert "note: there is no configuration file\n" in lambda_lint("-v").err
    write(project, {"lambda-lint.toml": ""})
    assert "note: the configuration is lambda-lint.toml\n" in lambda_lint("-v").err


# -- selection and settings


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--ignore", "client-in-handler"),
        ("--ignore", "security,LL001"),
        ("--ignore", "design", "--ignore", "performance"),
        ("--extend-ignore", "LL001"),
        ("--select", "security"),
        ("--select", "design,security"),
    ],
)
def test_rules_that_do_not_run(lambda_lint: LambdaLint, arguments: tuple[str, ...]) -> None:
    run = lambda_lint("--output-format", "json", *arguments)
    assert codes(run.out) == set()
    assert run.code == 0


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--select", "client-in-handler"),
        ("--select", "design", "--select", "ll001"),
        ("--select", "design", "--extend-select", "performance"),
        ("--select", "all", "--ignore", "deployment"),
        ("--ignore", "performance", "--extend-select", "LL001"),
    ],
)
def test_rules_that_run(lambda_lint: LambdaLint, arguments: tuple[str, ...]) -> None:
    assert codes(lambda_lint("--output-format", "json", *arguments).out) == {"LL001"}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "clinet-in-handler"), "did you mean `client-in-handler`?"),
        (("--ignore", "LL999"), "there is no rule, code or category `LL999`"),
        (("--select", ","), "`--select` is given without a value"),
        (("--output-format", "sarf"), "there is no output format `sarf`; did you mean `sarif`?"),
        (("--output-format", "xml"), "there are full, concise, json, json-lines, github, sarif"),
        (("--output-format", "json:"), "`json:` names no file"),
        (("--output-format", "json:src"), "`src` is a folder"),
        (("--output-format", "json:new/a.json"), "the folder of `new/a.json` does not exist"),
        (("--output-format", "json", "--output-format", "full"), "cannot both go to standard output"),
        (("--output-format", "json:a", "--output-format", "sarif:a"), "cannot both go to `a`"),
        (("--output-format", "json", "--statistics"), "`--statistics` takes the place of `json`"),
        (("--stdin-filename", "a.py"), "`-` is not given"),
        (("-", "src"), "`-` stands alone"),
        (("--config", "nowhere.toml"), "the configuration file `nowhere.toml` does not exist"),
        (("--isolated", "--config", "a.toml"), "exclude each other"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    lambda_lint: LambdaLint, arguments: tuple[str, ...], message: str
) -> None:
    run = lambda_lint(*arguments)
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith("error: ")
    assert run.err.count("\n") == 1
    assert message in run.err


def test_all_mistakes_of_a_configuration_are_told_with_their_lines(
    project: Path, lambda_lint: LambdaLint
) -> None:
    write(project, {"lambda-lint.toml": 'selct = ["all"]\nfail-on = "never"\njobs = 0\n'})
    run = lambda_lint()
    assert run.code == 2
    first, second = run.err.splitlines()
    assert first == "error: lambda-lint.toml:1: unknown key `selct`; did you mean `select`?"
    assert second.startswith("error: lambda-lint.toml:3: `jobs`")


def test_a_configuration_that_names_no_rule(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"lambda-lint.toml": 'ignore = ["fat-handlr"]\n'})
    run = lambda_lint()
    assert run.code == 2
    assert "lambda-lint.toml:1: " in run.err
    assert "did you mean `fat-handler`?" in run.err


def test_the_configuration_counts_unless_isolated(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"lambda-lint.toml": 'ignore = ["LL001"]\noutput-format = ["concise"]\n'})
    assert "LL001" not in lambda_lint().out
    assert " --> src/store.py" in lambda_lint("--isolated").out
    assert "LL001" in lambda_lint("--extend-select", "LL001").out


def test_another_configuration(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"other.toml": 'fail-on = "error"\n'})
    assert lambda_lint("--config", "other.toml").code == 0


def test_settings_are_relative_to_the_configuration_wherever_one_stands(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        project,
        {
            "lambda-lint.toml": (
                'handlers = ["deep/work.py:start"]\nsrc = ["lib"]\n'
                '[per-file-ignores]\n"src/store.py" = ["LL001"]\n'
            ),
            "deep/work.py": "import shared.aws\n\n\ndef start(event, context):\n    shared.aws.client()\n",
            "lib/shared/aws.py": "import boto3\n\n\ndef client():\n    return boto3.client('s3')\n",
        },
    )
    expected = {("lib/shared/aws.py", "LL001")}
    for folder in (project, project / "deep"):
        monkeypatch.chdir(folder)
        found = json.loads(lambda_lint("--output-format", "json", str(project)).out)["findings"]
        places = {(finding["location"]["path"], finding["code"]) for finding in found}
        assert {(path.replace(f"{project.as_posix()}/", ""), code) for path, code in places} == expected


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "info"), 1),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "error"), 0),
        (("--fail-on", "never"), 0),
        (("--exit-zero",), 0),
    ],
)
def test_exit_code(lambda_lint: LambdaLint, arguments: tuple[str, ...], code: int) -> None:
    run = lambda_lint(*arguments)
    assert "LL001" in run.out
    assert run.code == code


# -- which files


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        ((), {"src/app.py", "src/store.py", "template.yaml"}),
        (("--exclude", "src/store.py"), {"src/app.py", "template.yaml"}),
        (("--exclude", "store.py,*.yaml"), {"src/app.py"}),
        (("--extend-exclude", "app.py", "--extend-exclude", "template.yaml"), {"src/store.py"}),
        (("src/app.py", "--exclude", "src"), {"src/app.py"}),
        (("src/app.py", "--exclude", "src", "--force-exclude"), set()),
    ],
)
def test_show_files(lambda_lint: LambdaLint, arguments: tuple[str, ...], files: set[str]) -> None:
    run = lambda_lint("--show-files", *arguments)
    assert set(run.out.splitlines()) == files
    assert (run.code, run.err) == (0, "")


def test_what_git_ignores(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {".gitignore": "store.py\n", ".git/HEAD": ""})
    assert "src/store.py" not in lambda_lint("--show-files").out
    assert "src/store.py" in lambda_lint("--show-files", "--no-respect-gitignore").out


@pytest.mark.usefixtures("project")
def test_a_file_that_is_named_but_excluded_is_not_reported(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--force-exclude", "--exclude", "src", "src/store.py")
    assert run.code == 0
    assert "note: no Python file to analyze" in run.out


def test_show_settings(project: Path, lambda_lint: LambdaLint) -> None:
    write(
        project,
        {
            "lambda-lint.toml": (
                'ignore = ["design"]\njobs = 3\n[severity]\nLL001 = "error"\n'
                '[per-file-ignores]\n"src/*" = ["all"]\n'
                "[rules.fat-handler]\nmax-calls = 4\n"
            )
        },
    )
    lines = lambda_lint("--show-settings", "--select", "LL001").out.splitlines()
    assert lines[:2] == ["configuration: lambda-lint.toml", ""]
    assert {
        "jobs = 3",
        'fail-on = "info"',
        'severity.LL001 = "error"',
        'per-file-ignores."src/*" = ["all"]',
        "rules.fat-handler.max-calls = 4",
        "LL001 client-in-handler: on, --select LL001 on the command line",
        "LL020 fat-handler: off, ignore = design in lambda-lint.toml",
    } <= set(lines)


# -- standard input


def test_standard_input_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lambda_lint: LambdaLint
) -> None:
    monkeypatch.chdir(tmp_path)
    run = lambda_lint("-", "--output-format", "concise", stdin=(STORE + APP.replace("store.", "")).encode())
    assert run.out.startswith("stdin.py:5:12: LL001")
    assert run.code == 1


@pytest.mark.usefixtures("project")
def test_standard_input_stands_for_a_file_of_the_project(lambda_lint: LambdaLint) -> None:
    edited = f"# a new line\n{STORE}".encode()
    run = lambda_lint("-", "--stdin-filename", "src/store.py", "--output-format", "concise", stdin=edited)
    assert run.out.startswith("src/store.py:6:12: LL001")
    assert "in 1 file" in run.out


def test_standard_input_is_a_file_that_does_not_exist_yet(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/app.py": APP.replace("store", "fresh")})
    run = lambda_lint(
        "-", "--stdin-filename", "src/fresh.py", "--output-format", "concise", stdin=STORE.encode()
    )
    assert run.out.startswith("src/fresh.py:5:12: LL001")
    assert "in 1 file" in run.out


@pytest.mark.usefixtures("project")
def test_standard_input_is_a_template(lambda_lint: LambdaLint) -> None:
    run = lambda_lint(
        "-", "--stdin-filename", "template.yaml", "--output-format", "json", stdin=b"Resources: {"
    )
    assert codes(run.out) == {"LL905"}


@pytest.mark.usefixtures("project")
def test_standard_input_that_is_excluded(lambda_lint: LambdaLint) -> None:
    arguments = ("-", "--stdin-filename", "src/store.py", "--force-exclude", "--exclude", "src")
    assert lambda_lint(*arguments, stdin=STORE.encode()).code == 0


# -- what cannot be analyzed


def test_a_syntax_error_is_a_finding(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"src/broken.py": "def f(:\n"})
    run = lambda_lint("src/broken.py", "--output-format", "json")
    assert codes(run.out) == {"LL900"}
    assert run.code == 1


def test_a_file_that_cannot_be_read_is_a_finding(project: Path, lambda_lint: LambdaLint) -> None:
    (project / "src" / "loop.py").symlink_to("loop.py")
    run = lambda_lint("--output-format", "concise")
    assert "src/loop.py:1:1: LL904" in run.out
    assert "too many levels of symbolic links" in run.out


def test_a_file_that_is_too_large_is_a_finding(project: Path, lambda_lint: LambdaLint) -> None:
    write(project, {"lambda-lint.toml": f"max-file-size = {len(STORE) - 1}\n"})
    run = lambda_lint("--output-format", "concise")
    assert "src/store.py:1:1: LL904" in run.out
    assert "src/app.py" not in run.out


# -- output


def test_several_formats_at_once(project: Path, lambda_lint: LambdaLint) -> None:
    arguments = ("--output-format", "sarif:out.sarif", "--output-format", "json:out.json")
    run = lambda_lint(*arguments, "--output-format", "concise")
    assert run.out.startswith(FINDING)
    assert codes((project / "out.json").read_text()) == {"LL001"}
    assert json.loads((project / "out.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.usefixtures("project")
def test_reports_in_files_only_leave_standard_output_empty(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--output-format", "json:out.json")
    assert (run.code, run.out) == (1, "")
    assert run.err == (
        "note: 1 handler found: 1 by template\n1 warning in 3 files, 1 handler; [*] 1 fixable with `--fix`\n"
    )
    assert lambda_lint("--output-format", "json:out.json", "--quiet").err == ""


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("format_name", ["json", "sarif", "json-lines"])
def test_machine_formats_have_the_notes_beside_them(lambda_lint: LambdaLint, format_name: str) -> None:
    run = lambda_lint("--output-format", format_name)
    assert [json.loads(line) for line in ([run.out] if format_name != "json-lines" else run.out.splitlines())]
    assert run.err == "note: 1 handler found: 1 by template\n"


@pytest.mark.usefixtures("project")
def test_quiet_is_findings_only(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("-q", "--output-format", "concise")
    assert run.err == ""
    assert run.out.count("\n") == 1
    assert lambda_lint("-q", "--ignore", "LL001").out == ""


def test_the_format_from_the_environment(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"lambda-lint.toml": 'output-format = ["json"]\n'})
    monkeypatch.setenv("LAMBDA_LINT_OUTPUT_FORMAT", "concise json:out.json")
    assert lambda_lint().out.startswith(FINDING)
    assert codes((project / "out.json").read_text()) == {"LL001"}
    assert lambda_lint("--output-format", "github").out.startswith("::warning ")


def test_statistics(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--statistics", "--output-format", "json:out.json")
    assert run.out.splitlines()[0].split() == ["1", "LL001", "warning", "client-in-handler", "[*]"]
    assert run.code == 1
    assert "1 handler found" in run.err
    assert codes((project / "out.json").read_text()) == {"LL001"}


def test_show_suppressed(project: Path, lambda_lint: LambdaLint) -> None:
    write(
        project, {"src/store.py": STORE.replace("item)\n", "item)  # lambda-lint: ignore[LL001] wanted\n", 2)}
    )
    silent = lambda_lint("--output-format", "concise")
    assert (silent.code, "LL001" in silent.out) == (0, False)
    assert "(suppressed: wanted)" in lambda_lint("--output-format", "concise", "--show-suppressed").out


@pytest.mark.usefixtures("project")
def test_color(lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in lambda_lint().out
    assert "\x1b[" in lambda_lint("--color", "always").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "\x1b[" in lambda_lint().out
    assert "\x1b[" not in lambda_lint("--color", "never").out


@pytest.mark.parametrize(("color", "expected"), [("auto", False), ("always", True)])
def test_files_have_color_only_when_told(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch, color: str, expected: bool
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    lambda_lint("--output-format", "full:out.txt", "--color", color)
    assert ("\x1b[" in (project / "out.txt").read_text()) == expected


# -- rules that fail


def install_rule(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    rule = fakepacks.rule("XX001").replace('yield self.violation(subject, call="x")', body)
    files = fakepacks.rules(("security", "odd-rule", "XX001", ""))
    fakepacks.install(folder, files | {"security/odd_rule.py": rule})
    monkeypatch.syspath_prepend(folder)


@pytest.mark.usefixtures("project")
def test_a_rule_that_crashes_is_a_failure_and_the_rest_goes_on(
    tmp_path: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_rule(tmp_path / "packs", monkeypatch, "raise ValueError(subject); yield")
    run = lambda_lint("--output-format", "json")
    assert codes(run.out) == {"LL001", "LL901"}
    assert run.code == 2
    assert lambda_lint("--exit-zero").code == 2


@pytest.mark.usefixtures("project")
def test_a_failure_of_lambda_lint_itself_is_admitted_without_the_words_of_the_error(
    tmp_path: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = 'yield self.violation(subject, call="x", help=["hush"])'
    install_rule(tmp_path / "packs", monkeypatch, body)
    run = lambda_lint()
    assert run.code == 2
    assert run.err.startswith("error: lambda-lint failed with ")
    assert "hush" not in run.err
    assert "cli.py:" in run.err


@pytest.mark.usefixtures("project")
def test_as_a_module(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["lambda_lint", "--output-format", "concise"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("lambda_lint", run_name="__main__")
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith(FINDING)


def test_version(lambda_lint: LambdaLint) -> None:
    assert lambda_lint("--version").out == f"lambda-lint {package.__version__}\n"


def test_dates_are_judged_on_the_day_that_is_given(project: Path, lambda_lint: LambdaLint) -> None:
    template = "Resources:\n  F: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.12}}\n"
    (project / "template.yaml").write_text(template)
    assert "LL102" not in lambda_lint("--today", "2026-11-22").out
    assert "ends the support of `python3.12` on 2028-10-31" in lambda_lint("--today", "2028-09-01").out
    (project / "lambda-lint.toml").write_text("today = 2028-12-01\n")
    assert "ended the support of `python3.12`" in lambda_lint().out
    assert lambda_lint("--today", "soon").code == 2
