import pytest

from lambda_lint.syntax.fingerprint import line_hashes

EMPTY_LINE_AT_THE_END = "c129715d7a2bc9a3:1"


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", [EMPTY_LINE_AT_THE_END]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{count}" for count in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                EMPTY_LINE_AT_THE_END,
            ],
        ),
    ],
)
def test_published_vectors(text: str, hashes: list[str]) -> None:
    assert line_hashes(text) == hashes


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_and_blanks_do_not_matter(line_end: str) -> None:
    text = "def f():\n    return 1\n\nprint('x')"
    assert line_hashes(text.replace("\n", line_end).replace("    ", "\t")) == line_hashes(text)


def test_other_line_separators_do_not_start_a_line() -> None:
    assert len(line_hashes("a\x0cb\x0bc\x85d\u2028e")) == 1


def test_characters_count_as_utf16_units() -> None:
    # The window ends one unit before the last letter if the first character takes two units.
    wide, narrow = "\N{MATHEMATICAL SCRIPT CAPITAL X}", "x"
    assert line_hashes(wide + "a" * 98 + "b") == line_hashes(wide + "a" * 98 + "c")
    assert line_hashes(narrow + "a" * 98 + "b") != line_hashes(narrow + "a" * 98 + "c")


def test_lone_surrogates_are_hashed_too() -> None:
    assert line_hashes("\ud800") != line_hashes("\ud801")
