"""What is read of the files that templates name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.discovery.companions import contents_of

if TYPE_CHECKING:
    from pathlib import Path


def test_contents_by_every_path_that_a_template_may_use(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    own, above, large = tmp_path / "here/own.yml", tmp_path / "above.yml", tmp_path / "large.yml"
    above.write_bytes(b"a: b")
    large.write_bytes(b"a" * 100)
    named = [str(path) for path in (own, above, large, tmp_path / "gone.yml")]
    contents = contents_of(named, {str(own): b"c: d"}, tmp_path / "here", 50)
    assert contents == {
        "own.yml": b"c: d",
        own.as_posix(): b"c: d",
        "../above.yml": b"a: b",
        above.as_posix(): b"a: b",
    }
