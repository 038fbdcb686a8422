"""What only shows in a process of its own: imports, pipes, signals, a real terminal, the shell."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import fakepacks
import pytest
from command_line import environment

HEAVY = (
    "dataclasses",
    "importlib.metadata",
    "importlib.resources",
    "lambda_lint.app",
    "lambda_lint.settings.options",
    "libcst",
    "logging",
    "pathspec",
    "rich",
    "subprocess",
    "tomllib",
    "yaml",
)
SCRIPT = str(Path(sys.executable).with_name("lambda-lint"))
FULL = Path("/dev/full")


def loaded_after(statement: str) -> list[str]:
    """The heavy modules that are loaded but for those of click: Python 3.10 needs `subprocess` for it."""
    code = "import json, sys\nimport click\nof_click = set(sys.modules)\n"
    code += f"try:\n    {statement}\nexcept SystemExit:\n    pass\n"
    code += f"loaded = [name for name in {HEAVY} if name in sys.modules and name not in of_click]\n"
    code += "print(json.dumps(loaded), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stderr)
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "import lambda_lint",
        "import lambda_lint.cli; lambda_lint.cli.main(['--help'])",
        "import lambda_lint.cli; lambda_lint.cli.main(['--version'])",
        "import lambda_lint.cli; lambda_lint.cli.main(['check', '--help'])",
    ],
)
def test_nothing_heavy_is_imported_for_help(statement: str) -> None:
    assert loaded_after(statement) == []


@pytest.mark.usefixtures("project")
def test_what_is_imported_for_a_run_is_seen_by_that_test() -> None:
    assert "libcst" in loaded_after("import lambda_lint.cli; lambda_lint.cli.main([])")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "command", [[SCRIPT], [sys.executable, "-m", "lambda_lint"]], ids=["script", "module"]
)
def test_the_installed_command(command: list[str]) -> None:
    arguments = ["--output-format", "concise"]
    done = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.stdout.startswith("src/store.py:5:12: LL001")
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("arguments", "code"), [((), 1), (("rules",), 0), (("explain", "LL001"), 0)])
def test_a_reader_that_stops_early_is_no_error(arguments: tuple[str, ...], code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        process = subprocess.run(
            [SCRIPT, *arguments], stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False
        )
    finally:
        os.close(writing)
    assert (process.returncode, process.stderr) == (code, b"")


@pytest.mark.usefixtures("project")
@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_standard_output_that_is_full_is_a_failure() -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [SCRIPT], stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False
        )
    assert done.returncode == 2
    assert done.stderr == "error: standard output cannot be written: No space left on device\n"


@pytest.mark.usefixtures("project")
def test_an_interrupt_during_the_analysis(tmp_path: Path) -> None:
    rule = fakepacks.rule("XX001").replace(
        'yield self.violation(subject, call="x")',
        'import sys, time; print("begun", file=sys.stderr, flush=True); time.sleep(60); yield',
    )
    files = fakepacks.rules(("security", "slow-rule", "XX001", "")) | {"security/slow_rule.py": rule}
    fakepacks.install(tmp_path / "packs", files)
    with subprocess.Popen(
        [SCRIPT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(PYTHONPATH=str(tmp_path / "packs")),
        # A shell that runs the tests in the background has interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err.strip()) == ("", "")


def in_terminal(*arguments: str, **variables: str) -> str:
    """What a terminal of 80 columns shows."""
    main, secondary = pty.openpty()
    done = subprocess.Popen(
        [SCRIPT, *arguments],
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        env=environment(TERM="xterm-256color", COLUMNS="80", **variables),
    )
    os.close(secondary)
    shown = b""
    while True:
        try:
            part = os.read(main, 4096)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(main)
    done.wait()
    return shown.decode()


@pytest.mark.usefixtures("project")
def test_a_terminal_gets_color_and_nothing_else_without_it() -> None:
    colored = in_terminal()
    assert "\x1b[" in colored
    assert "client-in-handler" in colored
    assert "\x1b[" not in in_terminal(NO_COLOR="1")
    assert "\x1b[" not in in_terminal("--color", "never")


def test_pages_and_tables_fit_the_terminal() -> None:
    for arguments in (("rules",), ("explain", "client-in-handler")):
        assert max(map(len, in_terminal(*arguments, NO_COLOR="1").splitlines())) <= 80
