"""The cache: whole or not at all, shared, bounded, and never in the way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from lambda_lint.engine.store import DIGEST, ENTRIES, Store, digest, remove

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER = digest(b"key"), digest(b"other")


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / ENTRIES).rglob("*") if path.is_file())


def test_what_was_put_in_is_got_out_by_any_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    assert store.get(KEY) is None
    store.put(KEY, b"content")
    assert store.get(KEY) == b"content"
    assert Store(tmp_path / "cache").get(KEY) == b"content"
    assert store.get(OTHER) is None
    assert not store.warnings


def test_the_folder_says_what_it_is(tmp_path: Path) -> None:
    Store(tmp_path).put(KEY, b"")
    assert (tmp_path / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.get(KEY)
    store.close()
    assert not (tmp_path / "cache").exists()


def test_parts_of_a_key_do_not_run_together() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc") != digest(b"abc")


def test_what_is_damaged_is_dropped_with_one_warning(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")
    store.put(OTHER, b"content")
    for path in entries(tmp_path):
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert store.get(KEY) is None
    assert store.get(OTHER) is None
    assert len(store.warnings) == 1
    assert "was damaged" in store.warnings[0]
    assert not entries(tmp_path)
    store.put(KEY, b"content")
    assert store.get(KEY) == b"content"


def test_an_entry_under_another_key_is_damaged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")
    store.put(OTHER, b"more")
    one, other = entries(tmp_path)
    one.write_bytes(other.read_bytes())
    assert None in (store.get(KEY), store.get(OTHER))


def test_half_an_entry_is_damaged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")
    (path,) = entries(tmp_path)
    path.write_bytes(path.read_bytes()[: DIGEST // 2])
    assert store.get(KEY) is None


def test_a_cache_that_cannot_be_written_is_left_alone_with_one_warning(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    store = Store(tmp_path / "cache")
    store.put(KEY, b"content")
    store.put(OTHER, b"content")
    assert store.warnings == ["the cache cannot be written: file exists"]
    assert (tmp_path / "cache").read_text() == "a file is in the way"


def test_a_full_disk_leaves_no_half_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    store.put(OTHER, b"content")
    assert store.warnings == ["the cache cannot be written: no space left on device"]
    assert len(entries(tmp_path)) == 1


def test_a_cache_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")
    (path,) = entries(tmp_path)
    path.unlink()
    path.mkdir()
    assert store.get(KEY) is None
    assert store.get(KEY) is None
    assert store.warnings == ["the cache cannot be read: is a directory"]


def test_the_oldest_entries_are_dropped_when_there_are_too_many(tmp_path: Path) -> None:
    store = Store(tmp_path, max_bytes=1000)
    for number in range(20):
        store.put(digest(bytes([number])), b"x" * 84)
        for path in entries(tmp_path):
            if path.stat().st_mtime > 10**6:
                os.utime(path, (number, number))
    (entries(tmp_path)[0].parent / "gone").symlink_to("nowhere")
    store.close()
    kept = [number for number in range(20) if store.get(digest(bytes([number]))) is not None]
    assert kept == list(range(10, 20))


def test_entries_of_other_layouts_go(tmp_path: Path) -> None:
    (tmp_path / "lambda-lint-entries-0" / "ab").mkdir(parents=True)
    Store(tmp_path).put(KEY, b"content")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [ENTRIES]


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder with what others keep there: files, a tag, folders of nearly our name, a way to elsewhere."""
    folder = tmp_path / "home"
    for name, text in FOREIGN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "lambda-lint-entries-8").symlink_to(folder / "pip")
    return folder


FOREIGN = {
    "pip/wheel": "a wheel",
    "1/ab/cd": "a file",
    "entries-1/ab/cd": "a file",
    "lambda-lint-entries-1a/ab/cd": "a file",
    "lambda-lint-entries-2": "no folder",
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# of another tool\n",
}


def held(folder: Path) -> dict[str, str]:
    files = (
        path for path in folder.rglob("*") if path.is_file() and "lambda-lint-entries-8" not in path.parts
    )
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_what_others_keep_in_the_folder_is_left_alone(foreign: Path) -> None:
    Store(foreign).put(KEY, b"content")
    (path,) = entries(foreign)
    assert Store(foreign).get(KEY) == b"content"
    path.write_text("")
    assert held(foreign) == {path.relative_to(foreign).as_posix(): "", **FOREIGN}


def test_no_tag_is_put_into_the_folder_of_others(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("")
    Store(tmp_path).put(KEY, b"content")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app.py", ENTRIES]


def test_what_others_keep_in_the_folder_is_not_removed(foreign: Path) -> None:
    assert not remove(foreign)
    assert held(foreign) == FOREIGN
    Store(foreign).put(KEY, b"content")
    assert remove(foreign)
    assert held(foreign) == FOREIGN
    assert (foreign / "lambda-lint-entries-8" / "wheel").is_file()


def test_what_others_have_added_to_a_cache_is_not_removed(tmp_path: Path) -> None:
    Store(tmp_path).put(KEY, b"content")
    (tmp_path / ".gitignore").write_text("more\n")
    (tmp_path / "notes.txt").write_text("mine")
    assert remove(tmp_path)
    assert held(tmp_path) == {".gitignore": "more\n", "notes.txt": "mine"}
    assert not remove(tmp_path)


def test_only_a_cache_is_removed(tmp_path: Path) -> None:
    assert not remove(tmp_path)
    assert not remove(tmp_path / "cache")
    assert tmp_path.exists()
    Store(tmp_path / "cache").put(KEY, b"content")
    assert remove(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
