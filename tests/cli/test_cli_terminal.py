from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from command_line import Terminal

from lambda_lint.errors import LambdaLintError
from lambda_lint.terminal import ProgressBar, note, show, standard_output, style_of, wants_color

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("choice", "is_terminal", "environment", "expected"),
    [
        ("auto", False, {}, False),
        ("auto", True, {}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"NO_COLOR": "1", "FORCE_COLOR": "1", "GITHUB_ACTIONS": "true"}, False),
        ("auto", False, {"GITHUB_ACTIONS": "true"}, True),
        ("auto", False, {"GITLAB_CI": "true"}, True),
        ("auto", False, {"CI": "true"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1", "GITLAB_CI": "true"}, False),
    ],
)
def test_who_decides_about_color(
    choice: str, is_terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    stream = Terminal() if is_terminal else io.StringIO()
    assert wants_color(choice, stream, environment) is expected


def test_the_style_of_a_pipe_and_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    pipe, terminal = style_of(io.StringIO(), {}), style_of(Terminal(), {})
    assert (pipe.width, pipe.color, pipe.hyperlinks) == (None, False, False)
    assert (terminal.width, terminal.color, terminal.hyperlinks) == (72, True, True)
    assert not style_of(Terminal(), {"TERM": "dumb"}).hyperlinks


def test_what_is_shown_goes_to_the_right_stream(capsys: pytest.CaptureFixture[str]) -> None:
    show("a table\n")
    note("a \x1b[31mremark")
    told = capsys.readouterr()
    assert told.out == "a table\n"
    assert told.err == "note: a \\x1b[31mremark\n"


def test_a_closed_pipe_is_quiet_also_when_python_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        with standard_output() as stream:
            stream.write("much\n" * 100_000)
        closed.write("more\n")
        closed.flush()


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_full_device_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with (
            pytest.raises(LambdaLintError, match="standard output cannot be written"),
            standard_output() as out,
        ):
            out.write("a\n")


@pytest.mark.parametrize(
    ("stream", "shown", "patience", "expected"),
    [
        (Terminal(), True, 0.0, True),
        (Terminal(), True, 3600.0, False),
        (Terminal(), False, 0.0, False),
        (io.StringIO(), True, 0.0, False),
    ],
    ids=["slow run", "quick run", "quiet", "no terminal"],
)
def test_the_progress_bar(
    stream: io.StringIO, shown: bool, patience: float, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    with ProgressBar(stream, shown=shown, patience=patience) as progress:
        for done in range(3):
            progress(done, 3)
    text = stream.getvalue()
    assert ("analyzing" in text and "2/3" in text) is expected
    assert bool(text) is expected
