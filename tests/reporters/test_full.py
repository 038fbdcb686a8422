"""How `full` draws: excerpts, paths, order and width. Whole reports are in `golden`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lambda_lint.model.finding import Note, Result
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Safety, Severity
from lambda_lint.model.location import Span
from lambda_lint.reporters.style import Style
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET = Style(quiet=True)
NARROW = Style(quiet=True, width=60)


@pytest.fixture
def excerpt(marked: Callable[..., Result], render: Callable[..., str]) -> Callable[..., str]:
    """Give the part between the headline and the advice."""

    def drawn(text: str, style: Style = QUIET, **more: object) -> str:
        lines = render("full", marked(text, **more), style).splitlines()
        first = next(number for number, line in enumerate(lines) if line.lstrip().startswith("-->"))
        last = next(number for number, line in enumerate(lines) if line.lstrip().startswith("= "))
        return "\n".join(lines[first + 1 : last]) + "\n"

    return drawn


def at(text: str, part: str, path: str = "app.py") -> Note:
    start = text.index(part)
    return Note(Source(path, text).location(Span(start, start + len(part))), f"about {part}")


ONE_LINE = """\
  |
1 | import boto3
2 | s3 = boto3.client("s3")
  |      ^^^^^^^^^^^^^^^^^^
3 | x = 1
  |
"""


def test_one_line_and_its_neighbours(excerpt: Callable[..., str]) -> None:
    assert excerpt('import boto3\ns3 = «boto3.client("s3")»\nx = 1\ny = 2\n') == ONE_LINE


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, excerpt: Callable[..., str]) -> None:
    text = 'import boto3\ns3 = «boto3.client("s3")»\nx = 1\ny = 2\n'
    assert excerpt(text.replace("\n", end)) == ONE_LINE


def test_neighbours_that_say_nothing_are_left_out(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("f(\n)\nx = «y»\n\n")
        == """\
  |
3 | x = y
  |     ^
  |
"""
    )


def test_an_empty_range_gets_one_mark(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("x = 1\ny = 2\n«»")
        == """\
  |
2 | y = 2
3 |
  | ^
  |
"""
    )


def test_tabs_and_wide_characters_are_aligned(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("\tx\t= '漢字👍' + «y»\n")
        == """\
  |
1 |     x   = '漢字👍' + y
  |                      ^
  |
"""
    )


def test_combining_and_invisible_characters_are_aligned(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("x = 'e\u0301\u202e' + «y»\n")
        == """\
  |
1 | x = 'e\u0301\\u202e' + y
  |                 ^
  |
"""
    )


def test_a_range_of_several_lines_from_a_lines_start(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("a = 1\n    «b(\n        2,\n    )» + 1\nc = 3\n")
        == """\
  |
1 |   a = 1
2 | /     b(
3 | |         2,
4 | |     ) + 1
  | |_____^
5 |   c = 3
  |
"""
    )


def test_a_range_of_several_lines_from_within_a_line(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("a = 1\nb = «c(\n    2,\n)»\n")
        == """\
  |
1 |   a = 1
2 |   b = c(
  |  _____^
3 | |     2,
4 | | )
  | |_^
  |
"""
    )


def test_a_long_range_is_shown_by_its_ends(excerpt: Callable[..., str]) -> None:
    lines = "".join(f"    line_{number},\n" for number in range(20))
    assert (
        excerpt(f"b = 1\nx = «f(\n{lines})»\nc = 3\n")
        == """\
   |
 1 |   b = 1
 2 |   x = f(
   |  _____^
...  |
23 | | )
   | |_^
24 |   c = 3
   |
"""
    )


def test_a_range_that_ends_with_its_line(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("«x = 1\n»y = 2\n")
        == """\
  |
1 | x = 1
  | ^^^^^
2 | y = 2
  |
"""
    )


def test_a_file_of_one_empty_line_end(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("«\n»")
        == """\
  |
1 |
  | ^
  |
"""
    )


def test_a_long_line_is_cut_around_the_range(excerpt: Callable[..., str]) -> None:
    text = "x = [" + "1, " * 40 + "«secret», " + "2, " * 40 + "]\n"
    assert (
        excerpt(text, NARROW)
        == """\
  |
1 | ...1, 1, 1, 1, 1, 1, 1, secret, 2, 2, 2, 2, 2, 2, 2...
  |                         ^^^^^^
  |
"""
    )


def test_a_long_line_is_shown_from_its_start_if_that_reaches_the_range(excerpt: Callable[..., str]) -> None:
    assert (
        excerpt("x = «y» + " + "1 + " * 40 + "2\n", NARROW)
        == """\
  |
1 | x = y + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + ...
  |     ^
  |
"""
    )


def test_a_range_wider_than_the_terminal(excerpt: Callable[..., str]) -> None:
    drawn = excerpt("x = '" + "a" * 50 + "' + «'" + "s" * 500 + "'»\n", NARROW)
    assert (
        drawn
        == """\
  |
1 | ...aaaaaaaa' + 'sssssssssssssssssssssssssssssssssss...
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
"""
    )


def test_a_line_of_a_megabyte(excerpt: Callable[..., str]) -> None:
    drawn = excerpt("a" * 500_000 + "«b»" + "c" * 500_000)
    assert [len(line) for line in drawn.splitlines()] == [3, 158, 81, 3]


def test_related_places_are_marked_in_the_source(excerpt: Callable[..., str]) -> None:
    text = "cache = {}\n\n\n\ndef f():\n    x = y(cache)\n"
    drawn = excerpt(
        text.replace("y(cache)", "«y(cache)»"),
        related=(at(text, "cache = {}"), at(text, "y("), at(text, "f")),
    )
    assert (
        drawn
        == """\
  |
1 | cache = {}
  | ---------- about cache = {}
...
5 | def f():
  |   - about f
6 |     x = y(cache)
  |         ^^^^^^^^
  |         -- about y(
  |
"""
    )


def test_related_places_of_several_lines_and_in_a_range(excerpt: Callable[..., str]) -> None:
    text = "f(\n    1,\n)\nx = y(\n    a,\n    b,\n)\n"
    related = (at(text, "f(\n    1,\n)"), at(text, "b"))
    assert (
        excerpt("f(\n    1,\n)\nx = «y(\n    a,\n    b,\n)»\n", related=related)
        == """\
  |
1 |   f(
  |   -- about f(\\n    1,\\n)
...
4 |   x = y(
  |  _____^
5 | |     a,
6 | |     b,
  | |     - about b
7 | | )
  | |_^
  |
"""
    )


def test_a_gap_of_one_line_is_filled(excerpt: Callable[..., str]) -> None:
    text = "a = 1\n\n\nb = 2\n"
    assert (
        excerpt("a = 1\n\n«b» = 2\n", related=(at("a = 1", "a"),))
        == """\
  |
1 | a = 1
  | - about a
2 |
3 | b = 2
  | ^
  |
"""
    )
    assert "..." in excerpt(text.replace("b", "«b»"), related=(at(text, "a"),))


def test_related_places_without_room_become_notes(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    names = [f"name_{number}" for number in range(12)]
    text = "".join(f"{name} = 1\n" for name in names)
    notes = [at(text, name) for name in names]
    elsewhere = at("y = 1", "y", "other.py")
    beyond = replace(elsewhere, location=Source("app.py", "\n" * 99 + "z").location(Span(99, 100)))
    wordy = Note(notes[0].location, "a long explanation " * 5)
    result = marked(text + "«x» = 1\n", related=(elsewhere, beyond, wordy, *notes))
    lines = render("full", result, NARROW).splitlines()
    assert [line.strip() for line in lines if "= note:" in line] == [
        "= note: other.py:1:1: about y",
        "= note: app.py:100:1: about y",
        "= note: app.py:1:1: a long explanation a long explanation",
        "= note: app.py:5:1: about name_4",
        "= note: app.py:6:1: about name_5",
        "= note: app.py:7:1: about name_6",
        "= note: and 5 further places",
    ]
    assert sum("- about" in line for line in lines) == 4


def test_a_related_place_cut_off_its_line_becomes_a_note(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    text = "a = 1; " + "b = 2; " * 50 + "c = 3\n"
    drawn = render("full", marked(text.replace("c", "«c»"), related=(at(text, "a"),)), NARROW)
    assert "= note: app.py:1:1: about a\n" in drawn


def test_without_source(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    plain = """\
warning LL001 client-in-handler: this is wrong
 --> app.py:2:1
  = note: app.py:1:1: about a
  = help: mend it
  = see: https://example.com/rules/client-in-handler.md

"""
    result = marked("a\n«b»", related=(at("a", "a"),), help="mend it")
    assert render("full", replace(result, sources={}), QUIET) == plain
    assert render("full", replace(result, sources={"app.py": "short"}), QUIET) == plain


def test_a_rule_without_page(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    drawn = render("full", replace(marked("«b»"), rules=()), QUIET)
    assert drawn.endswith("1 | b\n  | ^\n\n")


def test_a_long_path_is_shown_by_its_ends(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    path = tuple(
        replace(at("\n" * number + "x", "x", f"{'a' * number}.py"), text=f"`f{number}` calls `f{number + 1}`")
        for number in range(1, 15)
    )
    drawn = render("full", marked("«b»", path=path), QUIET)
    assert (
        """\
  = path: a.py:2:1                `f1` calls `f2`
          aa.py:3:1               `f2` calls `f3`
          aaa.py:4:1              `f3` calls `f4`
          aaaa.py:5:1             `f4` calls `f5`
          ... 6 more calls
          aaaaaaaaaaa.py:12:1     `f11` calls `f12`
"""
        in drawn
    )
    assert "more call" not in render("full", marked("«b»", path=path[:9]), QUIET)


@pytest.mark.parametrize(
    ("safety", "mark", "word"),
    [(Safety.SAFE, " [*]", "safe"), (Safety.UNSAFE, "", "unsafe"), (Safety.DISPLAY, "", "by hand")],
)
def test_fixes(
    safety: Safety, mark: str, word: str, marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    fix = Fix("say `c`", (Edit(Span(0, 1), "c"),), safety)
    drawn = render("full", marked("«b»", fix=fix), QUIET)
    assert drawn.startswith(f"warning LL001 client-in-handler{mark}: this")
    assert f"= fix: say `c` ({word})\n" in drawn


def test_the_worst_file_and_finding_come_last(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    def found(path: str, line: int, severity: Severity) -> Result:
        return marked("\n" * line + "«b»", file=path, severity=severity)

    several = [
        found("a.py", 1, Severity.ERROR),
        found("a.py", 2, Severity.INFO),
        found("b.py", 1, Severity.WARNING),
        found("c.py", 3, Severity.WARNING),
        found("c.py", 4, Severity.WARNING),
    ]
    result = Result(tuple(result.findings[0] for result in several))
    lines = render("full", result).splitlines()
    assert [line.split()[-1] for line in lines if "-->" in line] == [
        "b.py:2:1",
        "c.py:4:1",
        "c.py:5:1",
        "a.py:3:1",
        "a.py:2:1",
    ]
    assert lines[-6:] == [
        "",
        "  1  info     LL001  client-in-handler",
        "  3  warning  LL001  client-in-handler",
        "  1  error    LL001  client-in-handler",
        "",
        "1 error, 3 warnings and 1 info in 0 files, 0 handlers",
    ]


def test_a_clean_run_is_one_line(clean: Result, render: Callable[..., str]) -> None:
    assert render("full", clean) == "no findings in 1 file, 0 handlers\n"
    assert render("full", clean, QUIET) == ""
    assert render("full", clean, Style(color=True)) == "\x1b[1;32mno findings in 1 file, 0 handlers\x1b[0m\n"


def test_nothing_is_wrapped_without_a_width(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    words = "word " * 100 + "end"
    drawn = render("full", replace(marked("«b»", message=words, help=words), notes=(words,)))
    assert f"warning LL001 client-in-handler: {words}\n" in drawn
    assert f"  = help: {words}\n" in drawn
    assert f"note: {words}\n" in drawn


@pytest.mark.parametrize("width", [40, 60, 100])
def test_nothing_is_wider_than_the_terminal(
    width: int, marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    words = "word " * 50 + "end"
    path = (at("x", "x"),)
    result = replace(marked("x = «y» + " + "z" * 200, message=words, help=words, path=path), notes=(words,))
    # The address of the page stays whole, so that it can be clicked and copied.
    lines = render("full", replace(result, rules=()), Style(width=width)).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[1].startswith("  word")


def test_a_width_that_cannot_be_is_mended(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    assert "x = y" in render("full", marked("x = «y»"), Style(width=1))


def test_links_stand_behind_the_code_only_with_color(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    result = marked("«b»")
    url = "https://example.com/rules/client-in-handler.md"
    linked = render("full", result, Style(color=True, hyperlinks=True))
    assert f"\x1b]8;;{url}\x1b\\" in linked
    assert "see:" not in linked
    for style in (Style(color=True), Style(hyperlinks=True), Style()):
        drawn = render("full", result, style)
        assert "\x1b]8" not in drawn
        assert url in drawn
    assert "\x1b" not in render("full", result, Style(hyperlinks=True))


def test_the_environment_has_no_say(
    marked: Callable[..., Result], render: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = marked("«b»", message="word " * 50)
    before = [render("full", result, style) for style in (Style(), Style(color=True, width=90))]
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "30", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert [render("full", result, style) for style in (Style(), Style(color=True, width=90))] == before
