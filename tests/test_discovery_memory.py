"""What is remembered of a walk is what a walk would find."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.discovery import discover
from lambda_lint.discovery import memory as memory_module
from lambda_lint.discovery.memory import Memory
from lambda_lint.engine.store import Store
from lambda_lint.gathering import find_files
from lambda_lint.request import Request
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_lint.discovery.found import Discovered

LONG_AGO = 1_000_000_000
TEMPLATE = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "src/app.py": "",
        "src/deep/er/more.py": "",
        "template.yaml": TEMPLATE,
        "other.yaml": "a: 1\n",
        ".gitignore": "ignored/\n",
        "ignored/left.py": "",
        ".git/info/exclude": "secret.py\n",
        "secret.py": "",
        "python/requests/__init__.py": "__version__ = '1'\n",
        "python/urllib3/__init__.py": "",
    }
    folder = tmp_path / "project"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    age(folder)
    return folder


def age(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        os.utime(path, (LONG_AGO, LONG_AGO))
    os.utime(folder, (LONG_AGO, LONG_AGO))


def found(project: Path, version: str = "1", paths: tuple[str, ...] = ()) -> tuple[Discovered, bool]:
    """What is found, and whether it was remembered."""
    walks = []

    def walk(*arguments: object) -> Discovered:
        walks.append(arguments)
        return discover(*arguments)  # type: ignore[arg-type]

    memory = Memory(Store(project.parent / "cache"), version)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lambda_lint.gathering.discover", walk)
        seen = find_files(Request(tuple(map(Path, paths)), cwd=project), DEFAULT, None, memory)
    return seen, not walks


def plain(discovered: Discovered) -> list[object]:
    return [getattr(discovered, name) for name in (*memory_module._PATHS, "root")]  # noqa: SLF001


def test_a_walk_is_remembered(project: Path) -> None:
    first, remembered = found(project)
    assert not remembered
    again, remembered = found(project)
    assert remembered
    assert plain(again) == plain(first)
    assert len(again.project) == 2
    assert len(again.templates) == 1
    assert again.skipped_vendored


def new_file(project: Path) -> None:
    (project / "src/deep/er/new.py").write_text("")


def no_more_file(project: Path) -> None:
    (project / "src/app.py").unlink()


def no_more_folder(project: Path) -> None:
    (project / "src/deep/er/more.py").unlink()
    (project / "src/deep/er").rmdir()


def new_name(project: Path) -> None:
    (project / "src/app.py").rename(project / "src/main.py")


def new_folder(project: Path) -> None:
    (project / "src/other").mkdir()
    (project / "src/other/app.py").write_text("")


def another_template(project: Path) -> None:
    (project / "other.yaml").write_text(TEMPLATE)


def no_more_template(project: Path) -> None:
    (project / "template.yaml").write_text("a: 1\n")


def other_ignores(project: Path) -> None:
    (project / ".gitignore").write_text("src/\n")


def other_excludes(project: Path) -> None:
    (project / ".git/info/exclude").write_text("app.py\n")


@pytest.mark.parametrize(
    "change",
    [
        new_file,
        no_more_file,
        no_more_folder,
        new_name,
        new_folder,
        another_template,
        no_more_template,
        other_ignores,
        other_excludes,
    ],
)
def test_what_has_changed_is_found(project: Path, change: Callable[[Path], None]) -> None:
    first, _ = found(project)
    assert found(project)[1]
    change(project)
    seen, remembered = found(project)
    assert not remembered
    assert plain(seen) == plain(discover((), DEFAULT, project))
    assert plain(seen) != plain(first)


def test_new_text_in_a_python_file_is_no_matter(project: Path) -> None:
    found(project)
    (project / "src/app.py").write_text("x = 1\n")
    assert found(project)[1]


def test_what_may_still_be_changing_is_not_remembered(project: Path) -> None:
    new_file(project)
    found(project)
    assert not found(project)[1]
    age(project)
    found(project)
    assert found(project)[1]


@pytest.mark.parametrize("paths", [(), ("src/app.py",)], ids=["asked for", "beside"])
def test_a_walk_that_could_not_read_something_is_not_remembered(
    project: Path, paths: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir, closed = os.scandir, str(project / "src/deep")

    def refused(folder: str) -> Iterator[os.DirEntry[str]]:
        if folder == closed:
            raise PermissionError
        return scandir(folder)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        first, _ = found(project, paths=paths)
    assert [os.path.relpath(path, project) for path in first.project] == ["src/app.py"]
    seen, remembered = found(project, paths=paths)
    assert not remembered
    assert len(seen.project) == 2
    assert found(project, paths=paths)[1]


def test_another_version_walks_anew(project: Path) -> None:
    found(project)
    assert not found(project, "2")[1]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"looked": [], "states": []}', '{"looked": 3, "states": 4}']
)
def test_what_is_no_memory_is_walked_anew(project: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    found(project)
    monkeypatch.setattr(Store, "get", lambda *_: text.encode())
    seen, remembered = found(project)
    assert not remembered
    assert plain(seen) == plain(discover((), DEFAULT, project))


def test_the_memory_is_data(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr(Store, "put", lambda _self, _key, content: kept.append(content))
    found(project)
    assert json.loads(kept[0])["root"] == str(project)


SERVICE = "service: s\nprovider: {name: aws}\nfunctions: ${file(ignored/functions.yml)}\n"


def test_files_that_templates_name_are_remembered_and_looked_for_again(project: Path) -> None:
    (project / "serverless.yml").write_text(SERVICE)
    age(project)
    assert found(project)[0].companions == ()
    assert found(project)[1]
    named = project / "ignored/functions.yml"
    named.write_text("f: {handler: a.b}\n")
    age(project)
    seen, remembered = found(project)
    assert (seen.companions, remembered) == ((str(named),), False)
    seen, remembered = found(project)
    assert (seen.companions, remembered) == ((str(named),), True)
    named.write_text("f: {handler: another.one}\n")
    age(project)
    assert not found(project)[1]
