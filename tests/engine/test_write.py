from __future__ import annotations

import codecs
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.engine.write import replace_bytes, template_source, write_text
from lambda_lint.errors import TemplateError, WriteError
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path

COOKIE = "# coding: latin-1\n"


def rewritten(path: Path, old: str, new: str) -> bytes:
    """The bytes after one text in the file has been replaced by another."""
    read = template_source if path.suffix == ".yaml" else Source.from_bytes
    source = read(path.name, path.read_bytes())
    write_text(path, source, source.text.replace(old, new))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.py", b"one = 1\n", b"two = 1\n"),
        ("a.py", b"one\r\n\xc3\xa9\rone", b"two\r\n\xc3\xa9\rtwo"),
        ("a.py", codecs.BOM_UTF8 + b"one", codecs.BOM_UTF8 + b"two"),
        ("a.py", COOKIE.encode() + b"one = '\xe9'\r\n", COOKIE.encode() + b"two = '\xe9'\r\n"),
        ("a.py", b"# coding: gbk\none = '\xc4\xe3'\n", b"# coding: gbk\ntwo = '\xc4\xe3'\n"),
        ("a.yaml", b"one: \xc3\xa9\n", b"two: \xc3\xa9\n"),
        ("a.yaml", codecs.BOM_UTF8 + b"one: 1", codecs.BOM_UTF8 + b"two: 1"),
        ("a.yaml", "\ufeffone: é\r\n".encode("utf-16-le"), "\ufefftwo: é\r\n".encode("utf-16-le")),
        ("a.yaml", "\ufeffone: é\r\n".encode("utf-16-be"), "\ufefftwo: é\r\n".encode("utf-16-be")),
    ],
)
def test_a_file_is_written_in_the_form_in_which_it_was_read(
    name: str, before: bytes, after: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(before)
    assert rewritten(path, "one", "two") == after
    assert list(tmp_path.iterdir()) == [path]


@given(text=st.text(), new=st.text(), encoding=st.sampled_from(["utf-8", "iso-8859-1", "gbk"]))
def test_any_text_is_written_so_that_it_is_read_again_or_not_at_all(
    text: str, new: str, encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.py"
    cookie = "" if encoding == "utf-8" else f"# coding: {encoding}\n"
    try:
        before = (cookie + text).encode(encoding)
    except UnicodeError:
        return
    path.write_bytes(before)
    try:
        source = Source.from_bytes("a.py", before)
        write_text(path, source, cookie + new)
    except WriteError:
        assert path.read_bytes() == before
    else:
        assert Source.from_bytes("a.py", path.read_bytes()).text == cookie + new


def test_a_file_that_has_changed_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"one\r\n")
    source = Source.from_bytes("src/a.py", b"one\n")
    with pytest.raises(WriteError, match=r"^`src/a.py` has changed since it was read, and is left as it is$"):
        write_text(path, source, "two\n")
    assert path.read_bytes() == b"one\r\n"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("one", "\N{SNOWMAN}", "`iso-8859-1` cannot write its text"),
        (COOKIE, "", "with the new text it would be read in another encoding"),
        (COOKIE, "\n\n\n" + COOKIE, "with the new text it would be read in another encoding"),
        ("latin-1", "no-such-thing", "with the new text it would be read in another encoding"),
    ],
)
def test_a_text_that_would_not_be_read_again_is_not_written(
    old: str, new: str, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(before := COOKIE.encode() + b"one = '\xe9'\n")
    with pytest.raises(WriteError, match=f"^`a.py` is left as it is: {why}$"):
        rewritten(path, old, new)
    assert path.read_bytes() == before


def test_an_encoding_that_cannot_give_back_the_bytes_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    # Two ways to write the same letters: what is read here would be written in the other.
    path.write_bytes(before := b"# coding: utf-7\none = '+AGE-'\n")
    with pytest.raises(WriteError, match="is left as it is"):
        rewritten(path, "one", "two")
    assert path.read_bytes() == before


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"^`a.py` cannot be written: no such file or directory$"):
        write_text(tmp_path / "a.py", Source("a.py", ""), "one\n")


def test_a_write_protected_file_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"one\n")
    # Root may write everything, and tests may run as root.
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with pytest.raises(WriteError, match=r"^`a.py` is write-protected, and is left as it is$"):
        rewritten(path, "one", "two")
    assert path.read_bytes() == b"one\n"


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "a.py", tmp_path / "link.py"
    path.write_bytes(b"one\n")
    path.chmod(0o750)
    link.symlink_to("a.py")
    rewritten(link, "one", "two")
    assert link.is_symlink()
    assert path.read_bytes() == b"two\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o750


def test_a_template_that_is_no_text_has_no_source() -> None:
    with pytest.raises(TemplateError):
        template_source("a.yaml", b"\xff")


def test_bytes_make_a_new_file(tmp_path: Path) -> None:
    replace_bytes(tmp_path / "new", b"\0")
    assert (tmp_path / "new").read_bytes() == b"\0"
