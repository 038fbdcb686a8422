"""What patterns certainly match is what pathspec says that they match."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from lambda_lint.settings.pattern_shapes import shape_of
from lambda_lint.settings.patterns import Patterns, is_pattern

PATTERNS = (
    "", "#x", "/", "//", "!", "a", "a/", "/a", "/a/", "!a", "!/a/b", "a/b", "a/b/", "**/a", "**/a/", "**/a/b",
    "a/**", "a/**/b", "**", "*", "*/", "/*", "*.b", "a*", "*a*", "a*b", "*a*b*", "a**b", "a?", "?", "a.?",
    "[ab]", "[ab]a", "[Bb]in/", "a.[ab][ab]", "[!a]b", "[a-c]", "a[", "a]", "[z-a]", "a[ab", "\\a", "a\\ b",
    "a ", "a\\ ", "./a", "../a", "a//b", "/a/*", "a/*/b", "a/*.b", "[ab]/c", "!*.b", "*[ab]c[ab]*",
    "[abcdefgh][abcdefgh]", "a\\*b", "\\!a", "\\#a", "*\\ a", "a/[ab]", "*/a", "a/?",
)  # fmt: skip
NAMES = ("a", "b", "c", "ab", "a.b", "bin", "Bin", "aab", "a b", "ba", "x", "acb", "!a", "#a", "[ab", "a*b")


def asked(lines: list[str], path: str) -> bool | None:
    """What pathspec alone says."""

    def compiled(lines: list[str]) -> GitIgnoreSpec | None:
        try:
            return GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):
            return None

    valid = [line for line in lines if compiled([line]) is not None]
    return GitIgnoreSpec.from_lines(valid).check_file(path).include


paths = st.builds(
    lambda names, end: "/".join(names) + end,
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)


@given(st.lists(st.sampled_from(PATTERNS), max_size=4), paths)
def test_patterns_mean_what_pathspec_says(lines: list[str], path: str) -> None:
    patterns = Patterns(lines)
    assert patterns.verdict(path) is asked(lines, path)
    # Asked once more, from what is remembered.
    assert patterns.verdict(path) is asked(lines, path)
    if not any(map(patterns.concern, path.rstrip("/").split("/"))):
        assert patterns.verdict(path) is None


@pytest.mark.parametrize("line", PATTERNS)
def test_each_pattern_alone(line: str) -> None:
    patterns = Patterns([line])
    found = [
        f"{a}{b}{end}" for a in NAMES for b in ("", *(f"/{name}" for name in NAMES)) for end in ("", "/")
    ]
    assert [path for path in found if patterns.verdict(path) is not asked([line], path)] == []


@pytest.mark.parametrize("line", PATTERNS)
def test_what_is_a_pattern(line: str) -> None:
    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        assert not is_pattern(line)
    else:
        assert is_pattern(line)


def test_lines_without_a_pattern_have_no_shape() -> None:
    assert [shape_of(line) for line in ("", "  ", "# a")] == [None, None, None]


def test_the_usual_patterns_are_decided_without_pathspec() -> None:
    code = """if True:
        import sys
        from lambda_lint.settings.patterns import Patterns, is_pattern
        lines = ["__pycache__/", "*.py[cod]", "/build", "!src/build", "[Dd]ebug/", "*.tfstate.*", "a/*.js"]
        found = Patterns(lines)
        paths = ["x/__pycache__/", "a.pyc", "build/x", "debug/", "b.tfstate.c", "a/b.js", "a.py", "src/build"]
        print([found.verdict(path) for path in paths], all(map(is_pattern, ["a", "a.b"])))
        print("pathspec" in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    verdicts = [True, True, True, True, True, True, None, False]
    assert done.stdout == f"{verdicts} True\nFalse\n"
