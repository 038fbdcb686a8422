import codecs
import encodings.aliases
import pkgutil

import pytest

from lambda_lint.errors import SourceError
from lambda_lint.model.location import Position, Span
from lambda_lint.syntax.source import Source, location


def test_utf_8_is_the_default() -> None:
    source = Source.from_bytes("a.py", 'x = "é"\n'.encode())
    assert (source.text, source.encoding, source.has_bom) == ('x = "é"\n', "utf-8", False)


def test_a_byte_order_mark_is_taken_off_and_remembered() -> None:
    source = Source.from_bytes("a.py", b"\xef\xbb\xbfx = 1\n")
    assert (source.text, source.has_bom) == ("x = 1\n", True)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "first_lines",
    [
        "# coding: latin-1",
        "# -*- coding: iso-8859-1 -*-",
        "# vim: set fileencoding=ISO_8859_1 :",
        "#!/usr/bin/python{line_end}# coding=latin_1",
        "\f{line_end}  # coding: L1",
    ],
)
def test_a_declared_encoding_is_used(first_lines: str, line_end: str) -> None:
    text = first_lines.format(line_end=line_end) + f"{line_end}x = 'é'{line_end}"
    assert Source.from_bytes("a.py", text.encode("latin-1")).text == text


@pytest.mark.parametrize(
    "text", ["x = 1\n# coding: ascii\n'é'\n", "\n\n# coding: ascii\n'é'\n", "x = '# coding: ascii é'\n"]
)
def test_a_declaration_elsewhere_is_none(text: str) -> None:
    assert Source.from_bytes("a.py", text.encode()).text == text


def test_line_ends_form_feeds_and_tabs_are_kept() -> None:
    text = "x = 1\r\n\fy = 2\r\tz\n"
    assert Source.from_bytes("a.py", text.encode()).text == text


@pytest.mark.parametrize("name", ["UTF_8", "utf-8-sig", "utf-8"])
def test_every_name_of_utf_8_goes_with_a_byte_order_mark(name: str) -> None:
    data = codecs.BOM_UTF8 + f"# coding: {name}\n'é'".encode()
    assert Source.from_bytes("a.py", data).text.endswith("'é'")


def test_another_encoding_does_not_go_with_a_byte_order_mark() -> None:
    with pytest.raises(SourceError, match="declares the encoding `iso-8859-1`"):
        Source.from_bytes("a.py", codecs.BOM_UTF8 + b"# coding: latin-1\n")


@pytest.mark.parametrize("name", ["rot13", "hex", "base64", "uft-8", "aliases", "..", "undefined"])
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=f"`{name}`"):
        Source.from_bytes("a.py", f"# coding: {name}\nx".encode())


def test_undecodable_bytes_are_named_with_their_line() -> None:
    with pytest.raises(SourceError, match=r"^line 3 is not `utf-8`: byte 0xff$"):
        Source.from_bytes("a.py", b"x\r\ny\r\xff\n")


def test_text_cut_off_within_a_character_is_refused() -> None:
    with pytest.raises(SourceError, match="line 1 is not `utf-8`: byte 0xc3"):
        Source.from_bytes("a.py", b"\xc3")


CODECS = sorted(
    {
        *encodings.aliases.aliases.values(),
        *(module.name for module in pkgutil.iter_modules(encodings.__path__)),
    }
)


@pytest.mark.parametrize("name", CODECS)
def test_any_codec_gives_text_or_an_error(name: str) -> None:
    data = f"# coding: {name}\n'\\q'\n".encode() + bytes(range(256))
    try:
        source = Source.from_bytes("a.py", data)
    except SourceError:
        return
    assert source.text


@pytest.mark.parametrize("name", ["utf-7", "cp1252", "shift_jis", "koi8-r", "gb18030", "mac_roman", "cp037"])
def test_text_encodings_of_python_are_known(name: str) -> None:
    data = f"# coding: {name}\nx = 1\n".encode("ascii")
    assert Source.from_bytes("a.py", data).text == data.decode(name)


def test_positions_count_code_points_and_utf16_units() -> None:
    source = Source("a.py", "x\n'\N{MATHEMATICAL SCRIPT CAPITAL X}é' y")
    assert source.position(source.text.index("y")) == Position(line=2, column=6, utf16=7)


@pytest.mark.parametrize("separator", ["\f", "\v", "\x1c", "\x85", "\u2028"])
def test_nothing_else_ends_a_line(separator: str) -> None:
    source = Source("a.py", f"a{separator}b\r\nc\rd\ne")
    assert source.lines == (f"a{separator}b", "c", "d", "e")
    assert source.position(len(source.text)) == Position(4, 2, 2)


def test_a_final_line_end_starts_an_empty_line() -> None:
    source = Source("a.py", "a\n")
    assert source.lines == ("a", "")
    assert source.position(2) == Position(2, 1, 1)


@pytest.mark.parametrize(
    ("line", "column", "offset"), [(1, 1, 0), (2, 2, 4), (1, 99, 2), (0, 0, 0), (2, 99, 5), (9, 1, 5)]
)
def test_offsets_stay_inside(line: int, column: int, offset: int) -> None:
    assert Source("a.py", "ab\ncd").offset(line, column) == offset


def test_a_location_has_both_ends() -> None:
    found = location("t.yaml", "a:\n  b\n", Span(5, 6))
    assert (found.path, found.start, found.end) == ("t.yaml", Position(2, 3, 3), Position(2, 4, 4))


TEMPLATE = "Code: |\n  def f():\n\n      return '\N{GRINNING FACE}', g\nOther: 1\n"
CODE = "def f():\n\n    return '\N{GRINNING FACE}', g\n"


@pytest.fixture
def embedded() -> Source:
    starts = (TEMPLATE.index("def"), TEMPLATE.index("\n\n") + 1, TEMPLATE.index("    return"))
    return Source.embedded("t.yaml", TEMPLATE, CODE, starts, Span(6, TEMPLATE.index("Other")))


def test_code_in_a_template_is_located_in_the_template(embedded: Source) -> None:
    found = embedded.location(Span(CODE.index("g\n"), CODE.index("g\n") + 1))
    assert TEMPLATE[found.span.start : found.span.end] == "g"
    assert found.path == "t.yaml"
    assert (found.start, found.end) == (Position(4, 19, 20), Position(4, 20, 21))
    assert embedded.file_text == TEMPLATE


def test_a_range_of_lines_is_mapped_at_both_ends(embedded: Source) -> None:
    found = embedded.location(Span(0, CODE.index("return")))
    assert TEMPLATE[found.span.start : found.span.end] == "def f():\n\n      "


def test_the_end_of_the_code_is_the_end_of_its_last_line(embedded: Source) -> None:
    found = embedded.location(Span(0, len(CODE)))
    assert TEMPLATE[found.span.start : found.span.end] == TEMPLATE[10:-10]


def test_code_whose_lines_do_not_map_is_located_as_a_whole() -> None:
    host = 'Code: "def f():\\n return 1"\nOther: 1\n'
    anchor = Span(6, host.index("\nOther"))
    source = Source.embedded("t.yaml", host, "def f():\n return 1", None, anchor)
    assert source.location(Span(3, 5)).span == anchor


def test_of_a_long_anchor_only_the_first_line_is_shown() -> None:
    host = "Code: >\n  x = 1\n  y = 2\n"
    source = Source.embedded("t.yaml", host, "x = 1 y = 2\n", None, Span(6, len(host)))
    assert source.location(Span(0, 1)).span == Span(6, 7)


def test_a_map_that_is_too_long_stays_in_the_template() -> None:
    source = Source.embedded("t.yaml", "ab", "abcdef", (0,), Span(0, 2))
    assert source.location(Span(4, 6)).span == Span(2, 2)
