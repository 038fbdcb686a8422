"""Changes of a case's Python files that keep their meaning, so that every finding must survive them.

A mutation works on libcst trees in which every line carries a marker comment; the markers travel with the
code wherever it is moved, and tell afterwards which line of the case a line of the mutant comes from.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.testing import (
    mutate_blocks,
    mutate_functions,
    mutate_imports,
    mutate_layout,
    mutate_move,
    mutate_names,
)
from lambda_lint.testing.lines import stretches
from lambda_lint.testing.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.testing.cases import Case

MARKER = re.compile(r"[ \t]*#@(\d+):(\d+)@[ \t]*$")
WORD = re.compile(r"\w+")

Change = Callable[[Sources], Mapping[str, cst.Module] | None]
Lines = Mapping[tuple[str, int], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change and what is known of it."""

    change: Change
    reshapes: bool = False
    """True when functions get longer or shorter, which a rule that measures them may notice."""

    @property
    def name(self) -> str:
        return self.change.__name__


MUTATIONS: tuple[Mutation, ...] = (
    Mutation(mutate_names.rename_locals),
    Mutation(mutate_names.rename_globals),
    Mutation(mutate_names.rename_event),
    Mutation(mutate_names.alias_imports),
    Mutation(mutate_imports.alias_by_assignment),
    Mutation(mutate_imports.import_members),
    Mutation(mutate_imports.import_modules),
    Mutation(mutate_blocks.wrap_in_try, reshapes=True),
    Mutation(mutate_blocks.wrap_in_with, reshapes=True),
    Mutation(mutate_blocks.wrap_in_if, reshapes=True),
    Mutation(mutate_move.move_helpers),
    Mutation(mutate_blocks.decorate_handler),
    Mutation(mutate_functions.turn_into_method, reshapes=True),
    Mutation(mutate_functions.turn_into_closure, reshapes=True),
    Mutation(mutate_functions.call_through_partial, reshapes=True),
    Mutation(mutate_layout.annotate_assignments),
    Mutation(mutate_layout.parenthesize_values),
    Mutation(mutate_layout.change_quotes),
    Mutation(mutate_layout.insert_comments),
    Mutation(mutate_layout.indent_by_two),
    Mutation(mutate_layout.indent_by_tab),
    Mutation(mutate_layout.break_calls),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """The files after a mutation. `lines` maps each line of them to the line of the case it comes from."""

    files: Mapping[str, str]
    lines: Lines


def mutants_of(case: Case, mutations: Iterable[Mutation] = MUTATIONS) -> dict[str, Mutant]:
    """The mutants of a case by the mutation's name; a mutation that does not apply is left out."""
    if case.unmutated is None:
        return {}
    sources = sources_of(case)
    if sources is None:
        return {}
    found: dict[str, Mutant] = {}
    for mutation in mutations:
        if mutation.name in case.unmutated:
            continue
        modules = mutation.change(sources)
        if modules is not None:
            found[mutation.name] = _mutant(case, mutation, modules)
    return found


@lru_cache(maxsize=16)
def sources_of(case: Case) -> Sources | None:
    """The case's files parsed with every line marked; None when one of them is not valid Python."""
    try:
        modules = {
            file.path: cst.parse_module(mark(file.text, number)) for number, file in enumerate(case.files)
        }
    except (cst.ParserSyntaxError, tokenize.TokenError, SyntaxError):
        return None
    elsewhere = [template.text for template in case.templates]
    if case.configuration is not None:
        elsewhere.append(case.configuration)
    kept = frozenset(word for text in elsewhere for word in WORD.findall(text))
    used = frozenset(word for file in case.files for word in WORD.findall(file.text))
    tells_apart = any("ignore-file" in file.text for file in case.files) or any(
        key in (case.configuration or "") for key in ("per-file-ignores", "test-paths", "src")
    )
    return Sources(modules, kept, kept | used, tells_apart)


def original_lines(case: Case) -> Lines:
    """Each line of the case's files to the line that stands for it.

    That is its own, or in a string over several lines the last of these. What a mutant's lines map to is
    told in the same terms.
    """
    paths = [file.path for file in case.files]
    lines: dict[tuple[str, int], tuple[str, int]] = {}
    for number, file in enumerate(case.files):
        lines.update(_unmark(file.path, mark(file.text, number), paths)[1])
    return lines


def _mutant(case: Case, mutation: Mutation, modules: Mapping[str, cst.Module]) -> Mutant:
    paths = [file.path for file in case.files]
    files: dict[str, str] = {}
    lines: dict[tuple[str, int], tuple[str, int]] = {}
    for path, module in modules.items():
        text, found = _unmark(path, module.code, paths)
        files[path] = text
        lines.update(found)
    if files == {file.path: file.text for file in case.files}:
        raise AssertionError(f"`{mutation.name}` changed nothing in {case}")
    return Mutant(files, lines)


def mark(text: str, file: int) -> str:
    """`text` with a marker comment at the end of each line that can take one."""
    lines = text.split("\n")
    for stretch in stretches(text):
        if lines[stretch.last - 1].strip():
            lines[stretch.last - 1] += f"  #@{file}:{stretch.last}@"
    return "\n".join(lines)


def _unmark(path: str, text: str, paths: list[str]) -> tuple[str, Lines]:
    found: dict[tuple[str, int], tuple[str, int]] = {}
    kept: list[str] = []
    waiting: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        waiting.append(number)
        match = MARKER.search(line)
        if match is None:
            kept.append(line)
            continue
        kept.append(line[: match.start()])
        origin = (paths[int(match[1])], int(match[2]))
        found.update({(path, each): origin for each in waiting})
        waiting.clear()
    return "\n".join(kept), found
