"""Cheaper node classes: the same trees and the same findings, and nothing done where it was not tried.

The classes are made while libcst is imported, so most of this looks at other processes, or at a second copy.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import subprocess
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

import libcst as plain
import pytest

from lambda_lint.syntax import lean

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
EXAMPLES = ("tests/examples", "tests/golden")
TEXTS = (
    "b'a' 'b'\n", "try: pass\nexcept: pass\nexcept A: pass\n", "f'{a}' b'b'\n", "(x): int = 1\n",
    "1if 2else 3\n", "x = 08.5\n", "x = a if(b)else c\n", "with(a)as(b):pass\n", "for(x)in(y):pass\n",
    "raise(x)from(y)\n", "def f(a,/,*,b):pass\n", "def f(*):pass\n", "f(**a, *b)\n", "f(a=1, 2)\n",
    "global a,\n", "lambda*a:0\n", "from.x import(y)\n", "a<>b\n", "match x:\n  case{'a':1,**r}:pass\n",
    "x = f'{a!r:{b}}'  # c\n\f\n", "\tx\n", "if a:\r\n\tb\r\n\r\n  # c\r\nelse : c \\\r\n + d",
    "class A :\n  async  def f ( a , * ) : pass\n", "é·\n",
)  # fmt: skip
CODE = """
import json, sys
from lambda_lint.syntax.lean import use_lean_nodes
assert use_lean_nodes() is (sys.argv[1] == "lean")
import libcst
for text in json.loads(sys.argv[2]):
    try:
        module = libcst.parse_module(text)
    except Exception as error:
        print(type(error).__name__, error)
    else:
        print(module.code == text, module, module.deep_equals(module.deep_clone()))
sys.argv[1:] = ["check", *sys.argv[3:], "--isolated", "--no-cache", "--exit-zero", "--output-format", "json"]
from lambda_lint.cli import main
main()
"""


def told(kind: str) -> str:
    """All that a process tells about the texts and the examples."""
    switch = {lean.SWITCH: "0"} if kind == "plain" else {}
    environment = {name: value for name, value in os.environ.items() if name != lean.SWITCH} | switch
    command = [sys.executable, "-c", CODE, kind, json.dumps(TEXTS), *EXAMPLES]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


@pytest.mark.skipif(lean.installed_release() not in lean.RELEASES, reason="never done for this libcst")
def test_trees_and_findings_are_the_same() -> None:
    found = told("lean")
    assert found == told("plain")
    assert "CSTValidationError" in found
    assert '"findings": [' in found


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A second copy of libcst with lean nodes."""
    monkeypatch.delenv(lean.SWITCH, raising=False)
    monkeypatch.setattr(lean, "RELEASES", {lean.installed_release()})
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "libcst"}
    for name in before:
        # The native module stays: it cannot be made twice.
        if not name.startswith("libcst.native"):
            del sys.modules[name]
    try:
        assert lean.use_lean_nodes()
        yield import_module("libcst")
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "libcst"]:
            del sys.modules[name]
        sys.modules.update(before)


def test_the_classes_are_leaner(copied: Any) -> None:
    name = copied.Name("a")
    name.value = "b"
    assert copied is not plain
    assert (name.value, name == name, name == copied.Name("b")) == ("b", True, False)  # noqa: PLR0124
    assert copied.Name.__hash__ is object.__hash__
    assert isinstance(name, copied.BaseExpression)
    assert not isinstance(name, copied.Call)
    assert issubclass(copied.Name, copied.CSTNode)
    assert "value" in repr(name)


def test_nodes_are_still_checked(copied: Any) -> None:
    with pytest.raises(copied.CSTValidationError):
        copied.Name("1")


def test_equal_blanks_are_one_object(copied: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = copied.SimpleWhitespace(" ")
    assert copied.SimpleWhitespace(value=" ") is blank
    assert copied.SimpleWhitespace("\t").value == "\t"
    assert (copied.Newline().value, copied.Newline("\r").value) == (None, "\r")
    assert copy.deepcopy(blank) is blank
    assert blank.with_changes(value="  ").value == "  "
    assert blank.value == " "
    monkeypatch.setattr(lean, "MOST_SHARED", 0)
    assert copied.SimpleWhitespace("\f") is not copied.SimpleWhitespace("\f")


def test_other_classes_are_declared_as_ever(copied: Any) -> None:
    assert copied is sys.modules["libcst"]
    declared = lean._declared(type("Point", (), {"__annotations__": {"x": int}}))  # noqa: SLF001
    assert declared(1) == declared(1)  # type: ignore[arg-type]
    assert dataclasses.dataclass is lean._dataclass  # noqa: SLF001


def test_not_done_where_it_was_not_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not lean.use_lean_nodes(), "libcst is imported"
    monkeypatch.delitem(sys.modules, "libcst")
    monkeypatch.setattr(lean, "RELEASES", {"0.1"})
    assert not lean.use_lean_nodes(), "another release"
    monkeypatch.setenv(lean.SWITCH, "0")
    monkeypatch.setattr(lean, "RELEASES", {lean.installed_release()})
    assert not lean.use_lean_nodes(), "switched off"
    assert "libcst" not in sys.modules
    spec = ModuleSpec("libcst", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(PathFinder, "find_spec", lambda _: spec)
    assert lean.installed_release() is None, "a release without the file"
    (tmp_path / "_version.py").write_text("version = 1\n")
    assert lean.installed_release() is None, "a file without a release"
    monkeypatch.setattr(PathFinder, "find_spec", lambda _: None)
    assert lean.installed_release() is None, "no libcst"
