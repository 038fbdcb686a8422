"""`--fix` and its kin: what they change, what they print, and the exit code."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

import pytest
from command_line import STORE, write

from lambda_lint import fixing
from lambda_lint.engine.fix import fix

if TYPE_CHECKING:
    from pathlib import Path

    from command_line import LambdaLint, Terminal

FIXED = """\
import boto3

s3_client = boto3.client("s3")


def save(item):
    return s3_client.put_object(Bucket=item["bucket"], Key="a", Body=item)
"""
MOVED = """\
import boto3


def save(item):
    region = "eu-west-1"
    return boto3.client("s3", region_name=region).put_object(Bucket=item["bucket"], Key="a", Body=item)
"""
ONLY = ("--select", "LL001,LL002", "--output-format", "concise")


def test_fix_changes_files_and_reports_what_is_left(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--fix", *ONLY)
    assert (project / "src/store.py").read_text() == FIXED
    assert (run.code, run.err) == (0, "")
    assert "note: fixed: 1 finding in 1 file\n" in run.out
    assert "LL001" not in run.out
    again = lambda_lint("--fix", *ONLY)
    assert "fixed" not in again.out
    assert (project / "src/store.py").read_text() == FIXED


def test_without_fix_the_way_is_told(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint(*ONLY)
    assert "LL001 client-in-handler [*] an SDK client" in run.out
    assert run.out.endswith("1 warning in 3 files, 1 handler; [*] 1 fixable with `--fix`\n")
    assert (project / "src/store.py").read_text() == STORE
    (project / "src/store.py").write_text(MOVED)
    unsafe = lambda_lint(*ONLY)
    assert "LL001 client-in-handler an SDK client" in unsafe.out
    assert unsafe.out.endswith("; 1 fixable with `--fix --unsafe-fixes`\n")
    assert "LL001 client-in-handler [*] an SDK client" in lambda_lint(*ONLY, "--unsafe-fixes").out


def test_unsafe_fixes_are_made_only_if_asked(project: Path, lambda_lint: LambdaLint) -> None:
    store = project / "src/store.py"
    store.write_text(MOVED)
    run = lambda_lint("--fix", *ONLY)
    assert run.code == 1
    assert store.read_text() == MOVED
    run = lambda_lint("--fix", "--unsafe-fixes", *ONLY)
    assert run.code == 0
    assert 's3_client = boto3.client("s3", region_name=region)\n\n\ndef save' in store.read_text()


def test_the_configuration_may_ask_for_it(project: Path, lambda_lint: LambdaLint) -> None:
    store = project / "src/store.py"
    store.write_text(MOVED)
    (project / "lambda-lint.toml").write_text("fix = true\nunsafe-fixes = true\nshow-fixes = true\n")
    assert lambda_lint(*ONLY, "--no-fix").code == 1
    assert lambda_lint(*ONLY, "--no-unsafe-fixes").code == 1
    assert store.read_text() == MOVED
    run = lambda_lint(*ONLY)
    assert run.code == 0
    assert run.out.startswith("Fixed 1 finding in 1 file:\n- src/store.py\n    1 x LL001 client-in-handler\n")


def test_a_difference_is_shown_and_nothing_changed(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--diff", *ONLY)
    assert run.code == 1
    assert run.out == (
        "--- src/store.py\n+++ src/store.py\n@@ -1,5 +1,7 @@\n import boto3\n"
        '+\n+s3_client = boto3.client("s3")\n \n \n def save(item):\n'
        '-    return boto3.client("s3").put_object(Bucket=item["bucket"], Key="a", Body=item)\n'
        '+    return s3_client.put_object(Bucket=item["bucket"], Key="a", Body=item)\n'
    )
    assert "note: could be fixed: 1 finding in 1 file\n" in run.err
    assert (project / "src/store.py").read_text() == STORE
    listed = lambda_lint("--diff", "--show-fixes", "--quiet", *ONLY)
    assert listed.err == "Would fix 1 finding in 1 file:\n- src/store.py\n    1 x LL001 client-in-handler\n"
    lambda_lint("--fix", *ONLY)
    assert lambda_lint("--diff", "--quiet", *ONLY) == type(run)(0, "", "")


def test_a_difference_has_color_on_a_terminal(
    project: Path, lambda_lint: LambdaLint, terminal: Terminal
) -> None:
    (project / "src/store.py").write_text(STORE.removesuffix("\n") + "  # \x1b[31m")
    lambda_lint("--diff", *ONLY, stdout=terminal)
    text = terminal.getvalue()
    assert '\x1b[32m+s3_client = boto3.client("s3")\x1b[0m\n' in text
    assert "\\x1b[31m\x1b[0m\n" in text
    assert "\\ No newline at end of file\n" in text
    assert "\x1b[36m@@ " in text


def test_fix_only_reports_nothing(project: Path, lambda_lint: LambdaLint) -> None:
    store = project / "src/store.py"
    store.write_text(STORE + "\n\ndef other(kind):\n    return boto3.client('s3', **kind)\n")
    write(
        project,
        {
            "src/app.py": "import boto3\n\n\ndef lambda_handler(event, context):\n"
            "    with boto3.client('s3') as s3, open('x') as y:\n        return s3, y\n"
        },
    )
    run = lambda_lint("--fix-only", "--show-fixes", *ONLY)
    assert (run.code, run.out) == (0, "")
    assert "1 handler found" in run.err
    assert lambda_lint("--fix-only", "--quiet", *ONLY).err == ""
    assert lambda_lint(*ONLY).code == 1


def test_only_named_files_are_changed(project: Path, lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--fix", "src/app.py", *ONLY)
    assert run.code == 0
    assert (project / "src/store.py").read_text() == STORE


def test_standard_input_is_fixed_to_standard_output(project: Path, lambda_lint: LambdaLint) -> None:
    text = (
        b'\xef\xbb\xbfimport boto3\r\n\r\n\r\ndef handler(event, context):\r\n    boto3.client("s3").x()\r\n'
    )
    run = lambda_lint("--fix", "-", *ONLY, stdin=text)
    assert run.out == (
        '\ufeffimport boto3\r\n\r\ns3_client = boto3.client("s3")\r\n\r\n\r\n'
        "def handler(event, context):\r\n    s3_client.x()\r\n"
    )
    assert run.code == 0
    assert "no findings in 1 file, 1 handler" in run.err
    clean = lambda_lint("--fix-only", "-", "--quiet", *ONLY, stdin=b"x = 1\n")
    assert (clean.code, clean.out, clean.err) == (0, "x = 1\n", "")
    difference = lambda_lint("--diff", "-", *ONLY, stdin=text)
    assert difference.out.startswith("--- stdin.py\n+++ stdin.py\n@@")
    named = lambda_lint("--fix", "-", "--stdin-filename", "src/store.py", *ONLY, stdin=STORE.encode())
    assert named.out == FIXED
    assert (project / "src/store.py").read_text() == STORE


def test_a_file_that_cannot_be_written_stays_and_is_reported(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write everything, and tests may run as root.
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    run = lambda_lint("--fix", *ONLY)
    assert run.code == 2
    assert run.err == "error: `src/store.py` is write-protected, and is left as it is\n"
    assert "LL001" in run.out
    assert "fixed" not in run.out.replace("fixable", "")
    assert (project / "src/store.py").read_text() == STORE
    assert lambda_lint("--fix-only", *ONLY).code == 2


def test_a_file_that_changes_meanwhile_is_left_as_it_is(
    project: Path, lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = project / "src/store.py"

    def slow(*arguments: Any, **more: Any) -> Any:
        done = fix(*arguments, **more)
        store.write_text("x = 1\n")
        return done

    monkeypatch.setattr(fixing, "fix", slow)
    run = lambda_lint("--fix", *ONLY)
    assert run.code == 2
    assert "`src/store.py` has changed since it was read, and is left as it is" in run.err
    assert store.read_text() == "x = 1\n"


def test_mode_encoding_and_links_are_kept(project: Path, lambda_lint: LambdaLint) -> None:
    store, real = project / "src/store.py", project / "src/real.txt"
    text = f"# -*- coding: latin-1 -*-\n{STORE}# \xe9\n"
    real.write_bytes(text.encode("latin-1"))
    real.chmod(0o755)
    store.unlink()
    store.symlink_to("real.txt")
    assert lambda_lint("--fix", *ONLY).code == 0
    assert store.is_symlink()
    assert real.read_bytes() == f"# -*- coding: latin-1 -*-\n{FIXED}# \xe9\n".encode("latin-1")
    assert stat.S_IMODE(real.stat().st_mode) == 0o755


def test_what_the_baseline_knows_is_not_fixed(project: Path, lambda_lint: LambdaLint) -> None:
    lambda_lint("baseline", "create", "--select", "LL001")
    run = lambda_lint("--fix", "--baseline", "lambda-lint-baseline.json", *ONLY)
    assert run.code == 0
    assert (project / "src/store.py").read_text() == STORE


@pytest.mark.usefixtures("project")
def test_fixes_stand_in_every_format(lambda_lint: LambdaLint) -> None:
    select = ("--select", "LL001")
    assert '"safety": "safe"' in lambda_lint(*select, "--output-format", "json").out
    assert '"safety":"safe"' in lambda_lint(*select, "--output-format", "json-lines").out
    assert "LL001 [*] an SDK client" in lambda_lint(*select, "--output-format", "github").out
    assert '"deletedRegion"' in lambda_lint(*select, "--output-format", "sarif").out
    full = lambda_lint(*select).out
    assert "warning LL001 client-in-handler [*]: an SDK client" in full
    assert "= fix: make `s3_client` once, at module level (safe)\n" in full
    assert "LL001  warning  client-in-handler [*]" in lambda_lint(*select, "--statistics").out
