from __future__ import annotations

import os
import resource
import stat
from pathlib import Path

import pytest

from lambda_lint.errors import LambdaLintError
from lambda_lint.model.finding import Result
from lambda_lint.outputs import Destination, destinations, replace_file, write_file
from lambda_lint.reporters.style import PLAIN


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_formats_and_files() -> None:
    assert destinations(["full", "json:a:b.json", " sarif:c.sarif", "full"]) == (
        Destination("full"),
        Destination("json", Path("a:b.json")),
        Destination("sarif", Path("c.sarif")),
    )


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        replace_file(tmp_path / "a.json", "one\n")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.json").read_bytes() == b"one\n"
    assert mode_of(tmp_path / "a.json") == 0o640
    assert list(tmp_path.iterdir()) == [tmp_path / "a.json"]


def test_a_file_that_was_there_keeps_its_mode_and_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    path.chmod(0o600)
    inode = path.stat().st_ino
    replace_file(path, "new\udcff")
    assert path.read_text() == "new\\udcff"
    assert mode_of(path) == 0o600
    assert path.stat().st_ino != inode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to("real/a.json")
    replace_file(link, "text")
    assert link.is_symlink()
    assert (tmp_path / "real" / "a.json").read_text() == "text"


def test_a_device_stays_a_device() -> None:
    replace_file(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            replace_file(path, "new" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_an_error_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(LambdaLintError, match=r"`.*a.json` cannot be written: "):
        write_file(tmp_path / "a.json", "json", Result(()), PLAIN)
    with pytest.raises(LambdaLintError, match=r"cannot be written: No such file"):
        write_file(tmp_path / "gone" / "a.json", "json", Result(()), PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
