"""Patterns as in a `.gitignore`."""

from __future__ import annotations

import pytest

from lambda_lint.settings.patterns import Patterns, is_pattern


@pytest.mark.parametrize(
    ("patterns", "path", "verdict"),
    [
        (("build",), "build/", True),
        (("build",), "src/build/x.py", True),
        (("build",), "src/builder.py", None),
        (("tests/",), "src/tests/x.py", True),
        (("tests/",), "src/tests", None),
        (("/src/*.py",), "src/a.py", True),
        (("/src/*.py",), "lib/src/a.py", None),
        ((".chalice/deployments",), ".chalice/deployments/", True),
        (("*_test.py",), "a/b/x_test.py", True),
        (("build", "!build/keep.py"), "build/keep.py", False),
        (("*.py", "!keep.py"), "a/keep.py", False),
        (("!keep.py", "keep.py"), "keep.py", True),
        (("# comment", ""), "anything", None),
        ((), "anything", None),
    ],
)
def test_verdict(patterns: tuple[str, ...], path: str, verdict: bool | None) -> None:
    assert Patterns(patterns).verdict(path) is verdict
    assert Patterns(patterns).match(path) is (verdict is True)


def test_what_is_no_pattern_matches_nothing() -> None:
    assert not is_pattern("[z-a]")
    assert not is_pattern("!")
    assert is_pattern("*.py")
    assert Patterns(("[z-a]", "!", "*.py")).match("z.py")
    assert not Patterns(("[z-a]",)).match("z")
