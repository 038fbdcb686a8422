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
        ("# about this import\nfrom b import c", (0, "b.c")),
        ('if d["import"]: import a', (0, "a")),
        ('"""What to import"""\nimport a', (0, "a")),
        ("from a.from_here import b", (0, "a.from_here.b")),
        ("yield from x\nimport a", (0, "a")),
        ("raise X from e; from a import b", (0, "a.b")),
        ("from a import (  # import (x, # or\n    b,\n    # from c import\n    d\n)", (0, "a.d")),
        ("import a . \\\r\n b as c, d", (0, "a.b")),
        ("import a . \\\r\n b as c, d", (0, "d")),
        ("from a import(\n\tb . c,\n)", (0, "a.b.c")),
        ("from a.import_it import*", (0, "a.import_it")),
        ('m = __import__("a")', (0, "a")),
        ("load = importlib.import_module\nload('.a', __package__)", (1, "a")),
    ],
)
def test_a_module_is_seen(text: str, imported: tuple[int, str]) -> None:
    assert imported in imports_in(text)


def test_what_is_not_imported_is_not_seen() -> None:
    assert imports_in("important = 1\nreimport()\nx = 'a.b'\n") == frozenset()


def test_the_next_line_is_another_statement() -> None:
    assert imports_in("# about this import\nx = 1\nimport a\nfrom b import c\n") == {
        (0, "a"),
        (0, "b"),
        (0, "b.c"),
        (0, "c"),
    }


@pytest.mark.parametrize(
    ("repeated", "imported"),
    [
        ("import x\n", 1),
        ("from\n", 0),
        ("import ", 0),
        ("from x import ", 1),
        ("import (", 0),
        ("import (a, #", 1),
        ("import (#\na, #", 1),
        ("import (a,\\\r\n", 1),
        ("# import (\n", 0),
        ("__import__ '..", 0),
    ],
)
def test_what_is_made_to_take_long_does_not(repeated: str, imported: int) -> None:
    """Were all that follows looked at again for each of them, this would take long."""
    found = imports_in(repeated * 50_000)
    assert len(found) == imported


def test_the_packages_around_an_endless_name_are_not_all_told() -> None:
    """All of them would not fit into the memory."""
    text = "a." * 100_000 + "a"
    assert len(imports_in(f"import {text}\nfrom {text} import {'b, ' * 100_000} c\n")) == 253


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
