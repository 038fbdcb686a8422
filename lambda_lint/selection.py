"""Which rules run, on which file, how severe they are, and why.

The more specific selector wins, wherever it is written: a rule over a code prefix, a prefix over a category,
a category over `all`. Where two are equally specific the later place wins (the command line over the file),
and within one place the one that ignores.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambda_lint.errors import UsageError
from lambda_lint.settings.options import COMMAND_LINE
from lambda_lint.settings.patterns import Patterns
from lambda_lint.settings.vocabulary import Specificity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePath

    from lambda_lint.model.labels import Severity
    from lambda_lint.registry import Registry, RuleEntry
    from lambda_lint.rule import Rule
    from lambda_lint.settings.options import Choices, RuleTable, Settings
    from lambda_lint.settings.vocabulary import Selector


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """One reason to run a rule or not to; of several the greatest holds."""

    specificity: Specificity
    place: int
    ignores: bool
    reason: str


DAY = "today"
"""The option by which a rule is told the day of the run."""

UNSAID = Specificity(-1)
"""Less specific than any selector: what holds when nobody says anything."""


class Selection:
    """The answer, for one run, to which rules run where."""

    def __init__(
        self, settings: Settings, registry: Registry, root: Path | None = None, cwd: Path | None = None
    ) -> None:
        """Patterns of files are relative to `root`; paths that are asked about to `cwd`."""
        self._registry = registry
        self._cwd = cwd or Path.cwd()
        self._root = os.path.normpath(self._cwd / (root or "."))
        self._tables, self._today = settings.rules, settings.today
        self._severities = [(self._understood(text, "severity"), level) for text, level in settings.severity]
        self._tests = Patterns(settings.test_paths)
        self._file_ignores = [
            (
                Patterns((pattern.removeprefix("!"),)),
                pattern.startswith("!"),
                self._codes(selectors),
            )
            for pattern, selectors in settings.per_file_ignores
        ]
        verdicts = list(self._verdicts(settings.choices))
        selective = any(choices.select is not None for choices in settings.choices)
        self._final = {
            entry.info.code: _final(entry, verdicts, selective=selective) for entry in registry.entries
        }
        self.enabled: tuple[RuleEntry, ...] = tuple(
            entry for entry in registry.entries if not self._final[entry.info.code].ignores
        )
        """The rules and the tool's own findings that run on some file, by code."""
        self._subsets: dict[tuple[frozenset[str], bool], tuple[RuleEntry, ...]] = {}

    def for_path(self, path: str | PurePath) -> tuple[RuleEntry, ...]:
        """Those that run on this file; on test code, only those that are meant for it."""
        relative = self._relative(path)
        ignored = frozenset[str]().union(
            *(codes for pattern, others, codes in self._file_ignores if pattern.match(relative) is not others)
        )
        key = (ignored, self._tests.match(relative))
        if key not in self._subsets:
            self._subsets[key] = tuple(self._without(*key))
        return self._subsets[key]

    def runs(self, code: str, path: str | PurePath) -> bool:
        """Whether findings of this code are wanted in this file."""
        return any(entry.info.code == code for entry in self.for_path(path))

    def is_test(self, path: str | PurePath) -> bool:
        """Whether the file is test code."""
        return self._tests.match(self._relative(path))

    def why(self, code: str) -> str:
        """One line for `--show-settings`: whether the rule runs, and who says so."""
        entry = self._registry.get(code)
        verdict = self._final[entry.info.code]
        state = "off" if verdict.ignores else "on"
        return f"{entry.info.code} {entry.info.name}: {state}, {verdict.reason}"

    def severity(self, entry: RuleEntry) -> Severity:
        """How bad its findings are: the rule's own severity, unless the configuration changes it."""
        return self.severity_override(entry) or entry.info.severity

    def severity_override(self, entry: RuleEntry) -> Severity | None:
        """The severity that the configuration gives, which also replaces that of a single finding."""
        said = [
            (selector.specificity, index, level)
            for index, (selector, level) in enumerate(self._severities)
            if entry.info.code in selector.codes
        ]
        return max(said)[2] if said else None

    def rule(self, entry: RuleEntry) -> Rule[Any]:
        """The rule with its options as configured."""
        return self._registry.instantiate(entry, self.options_of(entry))

    def options_of(self, entry: RuleEntry) -> dict[str, object]:
        """The options that are set for a rule, in kebab-case; those that are not have their defaults."""
        given = {} if self._today is None or not asks_for_day(entry) else {DAY: self._today}
        return {**given, **options_set(entry, self._tables, self._registry)}

    def _without(self, ignored: frozenset[str], in_tests: bool) -> Iterator[RuleEntry]:
        for entry in self.enabled:
            if entry.info.code in ignored and entry.ignorable:
                continue
            if in_tests and not entry.in_tests:
                continue
            yield entry

    def _verdicts(self, places: tuple[Choices, ...]) -> Iterator[tuple[Verdict, frozenset[str]]]:
        last = max((index for index, place in enumerate(places) if place.select is not None), default=-1)
        for index, place in enumerate(places):
            asked = {"ignore": place.ignore, "extend-ignore": place.extend_ignore}
            # A `select` starts anew: what earlier places asked for is gone, what they ignore is not.
            if index == last:
                asked["select"] = place.select or ()
            if index >= last:
                asked["extend-select"] = place.extend_select
            for key, selectors in asked.items():
                for text in selectors:
                    selector = self._understood(text, key)
                    said = f"--{key} {text} on the command line"
                    if place.source != COMMAND_LINE:
                        said = f"{key} = {text} in {place.source}"
                    ignores = key.endswith("ignore")
                    yield Verdict(selector.specificity, index, ignores, said), selector.codes

    def _understood(self, text: str, key: str) -> Selector:
        selector = self._registry.vocabulary.selector(text)
        if selector is None:
            raise UsageError(f"{self._registry.vocabulary.problem(text)} (in `{key}`)")
        return selector

    def _codes(self, selectors: Iterable[str]) -> frozenset[str]:
        return frozenset[str]().union(
            *(self._understood(text, "per-file-ignores").codes for text in selectors)
        )

    def _relative(self, path: str | PurePath) -> str:
        absolute = os.path.normpath(self._cwd / path)
        return Path(os.path.relpath(absolute, self._root)).as_posix()


def options_set(entry: RuleEntry, tables: Iterable[RuleTable], registry: Registry) -> dict[str, object]:
    """What the configuration says of a rule's options."""
    told = (table.options for table in tables if registry.find(table.rule) is entry)
    return {key: value for options in told for key, value in options}


def asks_for_day(entry: RuleEntry) -> bool:
    """Whether the rule has the option that is given the day of the run."""
    return any(option.key == DAY for option in entry.options or ())


def _final(entry: RuleEntry, verdicts: list[tuple[Verdict, frozenset[str]]], *, selective: bool) -> Verdict:
    if not entry.ignorable:
        return Verdict(UNSAID, -1, ignores=False, reason="always")
    said = [verdict for verdict, codes in verdicts if entry.info.code in codes]
    if said:
        return max(said)
    if entry.always:
        return Verdict(UNSAID, -1, ignores=False, reason="unless it is ignored")
    if selective:
        return Verdict(UNSAID, -1, ignores=True, reason="not selected")
    return Verdict(UNSAID, -1, ignores=not entry.info.on_by_default, reason="by default")
