"""Changed lines in a file that was fixed since Git was asked. The rest is tested through the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lambda_lint.engine.changed import Changed, Lines
from lambda_lint.model.finding import Finding
from lambda_lint.model.labels import Category, Confidence, Severity
from lambda_lint.model.location import Span
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path

SAVED = "one\ntwo\nthree\nfour\n"


def finding_of(text: str, part: str) -> Finding:
    start = text.index(part)
    location = Source("a.py", text).location(Span(start, start + len(part)))
    return Finding("LL001", "a-rule", Category.DESIGN, Severity.INFO, Confidence.HIGH, "wrong", location)


@pytest.mark.parametrize(
    ("now", "part", "is_new"),
    [
        (SAVED, "three", True),
        (SAVED, "three\n", True),
        (SAVED, "two", False),
        (SAVED, "two\n", False),
        ("zero\nmore\n" + SAVED, "three", True),
        ("zero\nmore\n" + SAVED, "two", False),
        ("zero\nmore\n" + SAVED, "more", True),
        ("one\nthree\nfour\n", "one\nthree", True),
        ("one\ntwo!\nthree\nfour\n", "two!", True),
        (SAVED + "five\n", "four", False),
        (SAVED + "five\n", "four\nfive", True),
    ],
)
def test_lines_are_those_of_the_saved_file(now: str, part: str, is_new: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(SAVED)
    changed = Changed(tmp_path, frozenset({str(path)}), {str(path): Lines(written=[(3, 3)])})
    assert changed.has(finding_of(now, part), now.encode()) is is_new


def test_what_was_taken_away_is_between_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(SAVED)
    changed = Changed(tmp_path, frozenset({str(path)}), {str(path): Lines(deleted_after=[2])})
    now = "zero\n" + SAVED
    assert changed.has(finding_of(now, "two\nthree"), now.encode())
    assert not changed.has(finding_of(now, "two"), now.encode())
    assert not changed.has(finding_of(now, "three\nfour"), None)
