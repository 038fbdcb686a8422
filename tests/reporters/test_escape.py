"""No text of the user's, whatever it holds, may steer a terminal, a log or a stream."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from lambda_lint.reporters import FORMATS, reporter
from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.model.finding import Result


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain `text`", "plain `text`"),
        ("grüße 漢字 👍", "grüße 漢字 👍"),
        ("ideographic\u3000space", "ideographic\u3000space"),
        ("two\nlines\r\n\tand a tab", r"two\nlines\r\n\tand a tab"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb", r"a\u202eb"),
        ("line\u2028separator", r"line\u2028separator"),
        ("a file name of bytes: \udc80", r"a file name of bytes: \udc80"),
        ("tag \U000e0041", r"tag \U000e0041"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_source_cannot_steer_the_terminal(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    result = marked("x = '\x1b]0;title\x07' + «y» # \x9b2J\n", message="\x1b[2J", help="\x1b[3J")
    text = render("full", result, Style(color=True, width=100))
    assert r"x = '\x1b]0;title\x07' + y # \x9b2J" in text
    assert "\x1b]0" not in text
    assert "\x07" not in text
    assert "\x9b" not in text
    assert "\x1b[2J" not in text
    assert "\x1b[3J" not in text


def test_source_is_not_read_as_markup(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    result = marked(
        "x = «y»['[bold]'] # [red]:smile:[/]\n", message="[link=http://example.com]:smile:[/link]"
    )
    text = render("full", result)
    assert "x = y['[bold]'] # [red]:smile:[/]" in text
    assert "[link=http://example.com]:smile:[/link]" in text


def test_github_commands_cannot_be_forged(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    result = marked("«x»", file="a,b:c%.py", message="100 %\n::error::forged", help="x\r::error::y")
    [command, _] = render("github", result).splitlines()
    assert command == (
        "::warning title=lambda-lint (LL001 client-in-handler),file=a%2Cb%3Ac%25.py,line=1,endLine=1,"
        "col=1,endColumn=2::a,b:c%25.py:1:1: LL001 100 %25\\n::error::forged%0Ahelp: x\\r::error::y"
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_stream_that_cannot_write_everything(
    name: str, encoding: str, marked: Callable[..., Result]
) -> None:
    stream = TextIOWrapper(BytesIO(), encoding)
    reporter(name)(marked("漢 = «字» # \ud800", message="`字` \ud800"), stream, PLAIN)
    stream.seek(0)
    text = stream.read()
    spelled = "字" if encoding == "utf-8" and name not in {"json", "json-lines", "sarif"} else "\\u5b57"
    assert spelled in text
