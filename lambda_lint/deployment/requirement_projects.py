"""Requirements of projects: `pyproject.toml` and `Pipfile`, with the lock files of uv, Poetry and Pipenv.

What is asked for is told by the project's file, what comes with it by the lock. Groups for development are
not packaged.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lambda_lint.deployment.fact import Listed, Place
from lambda_lint.deployment.manifests import PIPFILE, POETRY_LOCK, PYPROJECT
from lambda_lint.deployment.requirement_lists import requirement_in
from lambda_lint.deployment.requirements import Requirement, Requirements, normalized
from lambda_lint.model.location import Span
from lambda_lint.settings.toml import TOMLDecodeError, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SOURCES = ("git", "url", "path", "file")


def read(path: str, text_of: Callable[[str], str | None]) -> Requirements | None:
    """What the project asks for to which a file belongs, a lock or its own; None if that cannot be told."""
    folder, separator, name = path.rpartition("/")
    own = f"{folder}{separator}{PIPFILE if name == PIPFILE else PYPROJECT}"
    text = text_of(own)
    table = _table(text)
    if text is None or table is None:
        return None
    if name == PIPFILE:
        asked = list(_of_table(table.get("packages"), own, text, "packages"))
        versions, locked = _pipenv(text_of(f"{own}.lock"))
    else:
        asked = [*_of_project(table, own, text), *_of_poetry(table, own, text)]
        lock = None if name == PYPROJECT else _table(text_of(path))
        versions, locked = _locked(lock, [each.name for each in asked], is_poetry=name == POETRY_LOCK)
    items = tuple(_pinned(each, versions.get(each.name)) for each in asked)
    return Requirements(own, Listed(items, is_complete=not _is_dynamic(table)), locked)


def _table(text: str | None) -> dict[str, Any] | None:
    try:
        return None if text is None else loads(text)
    except (TOMLDecodeError, RecursionError):
        return None


def _is_dynamic(table: dict[str, Any]) -> bool:
    """Whether a build backend works out what is needed."""
    dynamic = _below(table, "project", "dynamic")
    return isinstance(dynamic, list) and "dependencies" in dynamic


def _below(table: Any, *path: str) -> Any:
    for name in path:
        table = table.get(name) if isinstance(table, dict) else None
    return table


def _pinned(requirement: Requirement, version: str | None) -> Requirement:
    """A requirement at the version that a lock says."""
    if version is None:
        return requirement
    return replace(requirement, specifier=",".join(filter(None, (requirement.specifier, f"=={version}"))))


# -- what is asked for


def _of_project(table: dict[str, Any], path: str, text: str) -> Iterator[Requirement]:
    """Yield the dependencies of `[project]`."""
    listed = _below(table, "project", "dependencies")
    start = max(text.find("[project]"), 0)
    for written in listed if isinstance(listed, list) else ():
        if not isinstance(written, str):
            continue
        found = (text.find(f"{quote}{written}{quote}", start) for quote in "\"'")
        at = max(found)
        made = requirement_in(written.strip(), path, at + 1) if at >= 0 else None
        if made is not None:
            yield made


def _of_poetry(table: dict[str, Any], path: str, text: str) -> Iterator[Requirement]:
    """Yield the dependencies of `[tool.poetry]`."""
    listed = _below(table, "tool", "poetry", "dependencies")
    for each in _of_table(listed, path, text, "tool.poetry.dependencies"):
        if each.name != "python":
            yield each


def _of_table(listed: Any, path: str, text: str, header: str) -> Iterator[Requirement]:
    """Yield the entries of a table of names and versions."""
    start = text.find(f"[{header}]")
    for name, said in listed.items() if isinstance(listed, dict) else ():
        key = re.compile(rf"""^[ \t]*["']?({re.escape(name)})["']?[ \t]*[=.]""", re.MULTILINE)
        match = key.search(text, max(start, 0))
        if match is None:
            continue
        version = said if isinstance(said, str) else _below(said, "version")
        url = next((str(_below(said, each)) for each in _SOURCES if _below(said, each) is not None), None)
        extras = _below(said, "extras")
        marker = _below(said, "markers")
        yield Requirement(
            name=normalized(name),
            place=Place(path, Span(*match.span(1))),
            specifier=_specifier(version) if isinstance(version, str) else "",
            extras=tuple(map(str, extras)) if isinstance(extras, list) else (),
            marker=marker if isinstance(marker, str) else "",
            is_conditional=marker is not None or _below(said, "optional") is True,
            url=url,
        )


def _specifier(version: str) -> str:
    """The versions in the words of pip: a bare one means exactly that to Poetry, `^` and `*` stay."""
    plain = re.sub(r"\s", "", version)
    return "" if plain == "*" else f"=={plain}" if plain[:1].isdigit() else plain


# -- what a lock installs


def _pipenv(text: str | None) -> tuple[dict[str, str], Listed[str]]:
    try:
        default = _below(json.loads(text), "default") if text is not None else None
    except (ValueError, RecursionError):
        default = None
    if not isinstance(default, dict):
        return {}, Listed()
    versions = {normalized(name): str(_below(each, "version") or "") for name, each in default.items()}
    exact = {name: version.removeprefix("==") for name, version in versions.items() if version[:2] == "=="}
    return exact, Listed(tuple(versions), is_complete=True)


def _locked(
    lock: dict[str, Any] | None, asked: list[str], *, is_poetry: bool
) -> tuple[dict[str, str], Listed[str]]:
    """The versions of a lock, and the names of what comes with what is asked for."""
    packages = lock.get("package") if lock is not None else None
    if not isinstance(packages, list):
        return {}, Listed()
    needs: dict[str, set[str]] = {}
    versions: dict[str, str] = {}
    for package in packages:
        name = normalized(str(_below(package, "name") or ""))
        version, needed = _below(package, "version"), _below(package, "dependencies")
        if isinstance(version, str):
            versions[name] = version
        if is_poetry:
            names = list(needed) if isinstance(needed, dict) else []
        else:
            names = [str(_below(each, "name")) for each in needed] if isinstance(needed, list) else []
        needs.setdefault(name, set()).update(map(normalized, names))
    reached: dict[str, None] = {}
    pending = list(asked)
    while pending:
        name = pending.pop()
        if name not in reached:
            reached[name] = None
            pending.extend(needs.get(name, ()))
    return versions, Listed(tuple(reached), is_complete=all(name in needs for name in asked))
