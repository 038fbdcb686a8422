from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, TextIO

import pytest
from command_line import LOOKS, PROJECT, LambdaLint, Run, Terminal, write

from lambda_lint.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOOKS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A function with one finding, LL001 in `src/store.py`; it is the working folder."""
    monkeypatch.chdir(write(tmp_path / "project", PROJECT))
    return tmp_path / "project"


@pytest.fixture
def lambda_lint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> LambdaLint:
    """The command, in this process."""

    def run(*arguments: str, stdin: bytes | None = None, stdout: TextIO | None = None) -> Run:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        if stdout is not None:
            monkeypatch.setattr(sys, "stdout", stdout)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        told = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Run(code, told.out, told.err)

    return run


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    return Terminal()
