"""Markdown pages to cases: small projects with what is expected of them.

Every heading is an independent case, its title the case's id; the blocks under it form one project:

- `python` is a file, named by a line above such as `` `src/app.py` ``, else `app.py`;
- `yaml`, `json`, `hcl` and `ts` are templates, else called `template.yaml`, `template.json`, `main.tf` and
  `stack.ts`;
- `text` that is named `requirements.txt`, or as another list of requirements, is one;
- `toml` is the configuration, in either form (`lambda-lint.toml` or `pyproject.toml`);
- a block labelled `fixed` is the text of the file above it after fixing;
- `snapshot` holds the whole output where the words matter.

Several unnamed blocks of one kind under a heading are alternatives: each makes a case of its own, with
everything that is named. A remark `<!-- not mutated by NAME, NAME: reason -->` (or `not mutated: reason`)
takes a case out of mutations that would change what it is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lambda_lint.deployment.manifests import is_list
from lambda_lint.testing.annotations import (
    Annotation,
    CaseError,
    Expectation,
    expectation,
    strip,
)
from lambda_lint.testing.markdown import Block, Section, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PYTHON = frozenset({"py", "python"})
TEMPLATES = {
    "hcl": "main.tf",
    "json": "template.json",
    "ts": "stack.ts",
    "yaml": "template.yaml",
    "yml": "template.yaml",
}
REMARK = re.compile(r"not mutated(?: by (?P<names>[^:]+))?:\s*(?P<reason>.+)")
ERROR = "error"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of a case, without its annotations. Line n of it is line `line + n - 1` of the page."""

    path: str
    text: str
    line: int
    expectations: tuple[Expectation, ...] = ()
    questions: tuple[Annotation, ...] = ()
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The expected output, and the place of the block in the page so that it can be updated."""

    text: str
    line: int
    indent: str


@dataclass(frozen=True, slots=True)
class Case:
    """A small project and what is expected of it."""

    page: Path
    title: str
    """Unique within the page."""
    line: int
    rule: str | None
    """The name that the page's file name says; whether there is such a rule is known to the registry."""
    files: tuple[CaseFile, ...]
    templates: tuple[CaseFile, ...] = ()
    configuration: str | None = None
    snapshot: Snapshot | None = None
    unmutated: frozenset[str] | None = frozenset()
    """Names of mutations that do not apply; None for all."""

    def __str__(self) -> str:
        return f"{self.page.stem}::{self.title}"

    @property
    def everything(self) -> tuple[CaseFile, ...]:
        return (*self.files, *self.templates)


def cases_of(*places: Path, questions: Iterable[str] = ()) -> tuple[Case, ...]:
    """The cases of pages, and of all pages below folders, in the order of their paths.

    `questions` are further words that begin an annotation, such as `phase` in `# phase: invoke`.
    """
    keys = frozenset({ERROR, *questions})
    pages: list[Path] = []
    for place in places:
        pages.extend(sorted(place.rglob("*.md")) if place.is_dir() else [place])
    return tuple(case for page in pages for case in parse_page(page, page.read_text(encoding="utf-8"), keys))


def parse_page(page: Path, text: str, keys: frozenset[str] = frozenset({ERROR})) -> tuple[Case, ...]:
    """The cases of a page's text. Raises `CaseError` for what cannot be read."""
    cases: list[Case] = []
    titles: dict[str, int] = {}
    for section in _joined(sections(text)):
        try:
            found = _cases_of_section(page, section, keys)
        except CaseError as error:
            raise CaseError(f"{page}:{section.line}: under `{section.title}`: {error}") from None
        for case in found:
            count = titles[case.title] = titles.get(case.title, 0) + 1
            cases.append(case if count == 1 else replace(case, title=f"{case.title} #{count}"))
    return tuple(cases)


def _joined(found: tuple[Section, ...]) -> Iterator[Section]:
    """A section headed `Fixed` belongs to the one before it: its blocks are the texts after fixing."""
    pending = found[0]
    for section in found[1:]:
        if section.title.strip("`*").lower() == "fixed":
            blocks = tuple(
                replace(block, fixed=True) if block.language in PYTHON else block for block in section.blocks
            )
            pending = replace(pending, blocks=(*pending.blocks, *blocks))
            continue
        yield pending
        pending = section
    yield pending


@dataclass(slots=True)
class _Entry:
    """A file on the way to its case. `alternative` tells the unnamed ones apart; 0 is shared by all."""

    file: CaseFile
    is_template: bool
    alternative: int = 0


@dataclass(slots=True)
class _Parts:
    entries: list[_Entry]
    snapshots: list[tuple[int, Snapshot]]
    configuration: str | None = None


def _cases_of_section(page: Path, section: Section, keys: frozenset[str]) -> list[Case]:
    parts = _parts_of(section, keys)
    if not parts.entries:
        return []
    alternatives = sorted({entry.alternative for entry in parts.entries} - {0}) or [0]
    cases = []
    for number, alternative in enumerate(alternatives, 1):
        entries = [entry for entry in parts.entries if entry.alternative in {0, alternative}]
        paths = [entry.file.path for entry in entries]
        if twice := next((path for path in paths if paths.count(path) > 1), None):
            raise CaseError(f"two blocks are called `{twice}`")
        snapshots = [snapshot for owner, snapshot in parts.snapshots if owner in {0, alternative}]
        title = section.title or "start"
        own = next((entry.file.line for entry in entries if entry.alternative), section.line)
        cases.append(
            Case(
                page,
                title if len(alternatives) == 1 else f"{title} ({number})",
                own - 1 if own != section.line else own,
                page.stem.replace("_", "-"),
                tuple(entry.file for entry in entries if not entry.is_template),
                tuple(entry.file for entry in entries if entry.is_template),
                parts.configuration,
                snapshots[-1] if snapshots else None,
                _unmutated(section.remarks),
            )
        )
    return cases


def _parts_of(section: Section, keys: frozenset[str]) -> _Parts:
    parts = _Parts([], [])
    unnamed = _repeated_kind(section)
    alternative = 0
    for block in section.blocks:
        is_template = block.language in TEMPLATES or (block.language == "text" and is_list(block.name or ""))
        if block.language == "toml":
            if parts.configuration is not None:
                raise CaseError("two blocks of configuration")
            parts.configuration = block.text
        elif block.language == "snapshot":
            parts.snapshots.append((alternative, Snapshot(block.text, block.line, block.indent)))
        elif block.fixed and block.language in PYTHON:
            _attach_fixed(parts.entries, block, keys)
        elif is_template or block.language in PYTHON:
            owner = 0
            if block.name is None and unnamed == ("template" if is_template else "python"):
                alternative += 1
                owner = alternative
            parts.entries.append(_Entry(_file_of(block, keys), is_template, owner))
    return parts


def _repeated_kind(section: Section) -> str | None:
    """The kind of which several unnamed blocks stand here as alternatives."""
    unnamed = [block for block in section.blocks if block.name is None and not block.fixed]
    python = sum(block.language in PYTHON for block in unnamed) > 1
    template = sum(block.language in TEMPLATES for block in unnamed) > 1
    if python and template:
        raise CaseError(
            "several unnamed files and several unnamed templates: name them or part them by headings"
        )
    return "python" if python else "template" if template else None


def _file_of(block: Block, keys: frozenset[str]) -> CaseFile:
    path = block.name or TEMPLATES.get(block.language, "app.py")
    try:
        text, found = strip(block.text, keys)
        expectations = tuple(expectation(each) for each in found if each.key == ERROR)
    except CaseError as error:
        raise CaseError(f"`{path}` (line {block.line}): {error}") from None
    questions = tuple(each for each in found if each.key != ERROR)
    return CaseFile(path, text, block.line, expectations, questions)


def _attach_fixed(entries: list[_Entry], block: Block, keys: frozenset[str]) -> None:
    for entry in reversed(entries):
        if not entry.is_template and block.name in {None, entry.file.path}:
            entry.file = replace(entry.file, fixed=strip(block.text, keys)[0])
            return
    raise CaseError(f"the `fixed` block of line {block.line} follows no file that it could belong to")


def _unmutated(remarks: tuple[str, ...]) -> frozenset[str] | None:
    names: set[str] = set()
    for remark in remarks:
        if not remark.startswith("not mutated"):
            continue
        match = REMARK.fullmatch(remark)
        if match is None:
            raise CaseError(f"`{remark}` gives no reason: write `not mutated by NAME: reason`")
        if match["names"] is None:
            return None
        names.update(name.strip() for name in match["names"].split(","))
    return frozenset(names)
