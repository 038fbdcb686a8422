"""What a text may import, against what its syntax tree says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from lambda_code import PROJECTS

from lambda_lint.engine.imports import imports_in
from lambda_lint.engine.units import Units
from lambda_lint.testing import cases_of


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        ("import a", (0, "a")),
        ("import a.b.c", (0, "a.b.c")),
        ("import a.b.c", (0, "a.b")),
        ("import x, a as y, b", (0, "b")),
        ("import x as y, \\\n    a.b", (0, "a.b")),
        ("from a import b", (0, "a")),
        ("from a import b", (0, "a.b")),
        ("from a import x as y, b", (0, "a.b")),
        ("from a import (x,  # no ) here\n    b as c,\n)", (0, "a.b")),
        ("from a \\\n  import \\\n  b", (0, "a.b")),
        ("from . import b", (1, "b")),
        ("from . import b", (1, "")),
        ("from .. a import b", (2, "a.b")),
        ("from ...a.c import b", (3, "a.c.b")),
        ("from . a import *", (1, "a")),
        ("if x: import a", (0, "a")),
        ("x = 1; import a; y = 2", (0, "a")),
        ("def f():\n\tfrom a import b", (0, "a.b")),
        ("yield_from = 1\nx = from_\nimport a", (0, "a")),
        ("import \N{LATIN SMALL LETTER E WITH ACUTE}", (0, "\N{LATIN SMALL LETTER E WITH ACUTE}")),
        ("import importlib\nimportlib.import_module('a.b')", (0, "a.b")),
        ('m = __import__("a")', (0, "a")),
        ("load = importlib.import_module\nload('.a', __package__)", (1, "a")),
    ],
)
def test_a_module_is_seen(text: str, imported: tuple[int, str]) -> None:
    assert imported in imports_in(text)


def test_what_is_not_imported_is_not_seen() -> None:
    assert imports_in("important = 1\nreimport()\nx = 'a.b'\n") == frozenset()


def missing(path: str, text: str) -> list[tuple[int, str]]:
    """What the tree says that a text imports, and the quick look does not."""
    units = Units(1_000_000)
    units.load({path: text.encode()})
    told = [
        (each.level, ".".join(filter(None, (each.module, "" if each.name == "*" else each.name))))
        for facts in units.facts
        for each in facts.imports
    ]
    return [each for each in told if each not in imports_in(text)]


@given(PROJECTS)
def test_all_that_a_tree_tells_is_seen(files: dict[str, str]) -> None:
    assert not [found for path, text in files.items() for found in missing(path, text)]


def test_all_that_the_trees_of_this_repository_tell_is_seen() -> None:
    root = Path(__file__).parents[2]
    files = [path for folder in ("lambda_lint", "rules") for path in (root / folder).rglob("*.py")]
    texts = {path.as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert not [found for path, text in texts.items() for found in missing(path, text)]


def test_all_that_the_trees_of_cases_tell_is_seen() -> None:
    root = Path(__file__).parents[2]
    cases = cases_of(root / "rules", root / "tests" / "rules")
    files = [file for case in cases for file in case.files]
    assert not [found for file in files for found in missing(file.path, file.text)]
