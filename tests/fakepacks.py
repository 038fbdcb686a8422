"""Rule packs for tests: real packages with real metadata, in a folder that is put on `sys.path`."""

from __future__ import annotations

import importlib
import itertools
import sys
import sysconfig
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

COUNT = itertools.count()

RULE = """
import libcst as cst
from lambda_lint.model.labels import Severity
from lambda_lint.rule import Rule

class TheRule(Rule[cst.Call]):
    code = "{code}"
    severity = Severity.WARNING
    message = "`{{call}}` is wrong"
    {more}

    def check(self, subject, ctx, /):
        yield self.violation(subject, call="x")
"""
PAGE = "# {name} ({code})\n\n## What it does\n\nReports {name}. And more.\n"


def rule(code: str, more: str = "") -> str:
    """The source of a rule; `more` are further lines of its class."""
    return RULE.format(code=code, more="\n    ".join(more.splitlines()))


def page(name: str, code: str) -> str:
    return PAGE.format(name=name, code=code)


def rules(*described: tuple[str, str, str, str]) -> dict[str, str]:
    """The files of some rules, each told as category, name, code and further lines of the class."""
    files: dict[str, str] = {}
    for category, name, code, more in described:
        module = name.replace("-", "_")
        files[f"{category}/__init__.py"] = ""
        files[f"{category}/{module}.py"] = rule(code, more)
        files[f"{category}/{module}.md"] = page(name, code)
    return files


def install(folder: Path, files: Mapping[str, str], *, pack: str = "fake", package: str | None = None) -> str:
    """Write a package and the metadata that announces it; its import name."""
    package = package or f"fake_rules_{next(COUNT)}"
    for path, text in {"__init__.py": "", **files}.items():
        target = folder / package / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[lambda_lint.rules]\n{pack} = {package}\n")
    importlib.invalidate_caches()
    return package


def see_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide every installed distribution but those in `folder`; what is imported stays imported."""
    standard = [sysconfig.get_path("stdlib"), f"{sysconfig.get_path('platstdlib')}/lib-dynload"]
    monkeypatch.setattr(sys, "path", [str(folder), *standard])
