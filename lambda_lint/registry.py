"""Every rule that is installed, and the tool's own findings.

Rules come through one door, the entry-point group `lambda_lint.rules`; the built-in ones too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from lambda_lint.errors import PluginError, UsageError
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category
from lambda_lint.rule_entry import RuleEntry
from lambda_lint.settings.suggest import did_you_mean
from lambda_lint.settings.tables import build, problems_in
from lambda_lint.settings.vocabulary import KnownRule, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from lambda_lint.own import OwnFinding
    from lambda_lint.rule import Rule

__all__ = ["Registry", "RuleEntry", "load_registry", "own_entries"]

GROUP = "lambda_lint.rules"


class Registry:
    """The rules of every pack and the tool's own findings, sorted by code."""

    def __init__(self, entries: Iterable[RuleEntry], fingerprint: str | None = None) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.info.code))
        self.fingerprint = fingerprint
        """Changes with the tool, with Python and what is installed, and with any file of a pack; None if that
        cannot be told."""

    @property
    def infos(self) -> tuple[RuleInfo, ...]:
        """What reporters and commands say about each."""
        return tuple(entry.info for entry in self.entries)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that a configuration may use for these rules."""
        return self.vocabulary_with(())

    def vocabulary_with(self, formats: Iterable[str]) -> Vocabulary:
        """The same, with the output formats that a configuration may name."""
        return Vocabulary(
            (
                KnownRule(info.code, info.name, info.category, info.summary, entry.options)
                for entry in self.entries
                for info in (entry.info,)
            ),
            formats,
        )

    def find(self, name_or_code: str) -> RuleEntry | None:
        """The rule of that name or code, in upper or lower case."""
        known = self.vocabulary.rule(name_or_code)
        return None if known is None else self._by_code[known.code]

    def get(self, name_or_code: str) -> RuleEntry:
        """The rule of that name or code; UsageError if there is none."""
        if entry := self.find(name_or_code):
            return entry
        names = (info.name for info in self.infos)
        raise UsageError(f"there is no rule `{name_or_code}`{did_you_mean(name_or_code, names)}")

    @staticmethod
    def instantiate(entry: RuleEntry, options: Mapping[str, object]) -> Rule[Any]:
        """The rule, with options as in its table of the configuration (keys in kebab-case)."""
        if entry.rule_type is None:
            raise UsageError(f"`{entry.info.name}` is a finding of the tool itself, not a rule that runs")
        for _, message in problems_in(entry.options_type, options):
            raise UsageError(f"the rule `{entry.info.name}` {message}")
        if entry.options_type is None:
            return entry.rule_type()
        return entry.rule_type(build(entry.options_type, options))

    @cached_property
    def _by_code(self) -> dict[str, RuleEntry]:
        return {entry.info.code: entry for entry in self.entries}


def load_registry(record: Path | None = None) -> Registry:
    """The rules of every installed pack; PluginError names what is broken.

    `record` is a file that remembers the answer: while nothing that is installed changes, no rule is imported
    to give it.
    """
    from lambda_lint import rule_record  # noqa: PLC0415 - imports us

    remembered = None if record is None else rule_record.read(record)
    if remembered is not None:
        return Registry(*remembered)
    packs = _packs()
    registry = _loaded(packs)
    if record is not None:
        rule_record.write(record, registry.entries, packs)
    return registry


def _packs() -> dict[str, str]:
    """The names of the packs that are installed, by their packages."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and its answer is remembered

    packs = {point.value: point.name for point in entry_points(group=GROUP)}
    if not packs:
        raise PluginError(
            "no rule pack is installed: nothing is announced in the entry-point group "
            f"`{GROUP}`; install lambda-lint with pip (`pip install -e .` in a checkout)"
        )
    return packs


def _loaded(packs: Mapping[str, str]) -> Registry:
    from lambda_lint import rule_record  # noqa: PLC0415 - imports us
    from lambda_lint.packs import load_pack  # noqa: PLC0415 - as above

    entries = list(own_entries())
    origin = {word: "the tool itself" for entry in entries for word in (entry.info.code, entry.info.name)}
    for package, pack in sorted(packs.items()):
        for entry in load_pack(pack, package):
            here = f"`{entry.info.name}` of the rule pack `{pack}`"
            for word in (entry.info.code, entry.info.name):
                if word in origin:
                    raise PluginError(f"{here}: `{word}` is taken by {origin[word]}")
                origin[word] = here
            entries.append(entry)
    return Registry(entries, rule_record.fingerprint(rule_record.folders_of(packs)))


def own_entries() -> tuple[RuleEntry, ...]:
    """The tool's own findings, LL900 to LL905."""
    from lambda_lint.own import OWN  # noqa: PLC0415 - reads pages

    return tuple(RuleEntry(_own_info(own), None, own.always, own.ignorable) for own in OWN)


def _own_info(own: OwnFinding) -> RuleInfo:
    from lambda_lint.packs import summary_of  # noqa: PLC0415 - imports what checks packs

    page = own.page
    return RuleInfo(
        code=own.code,
        name=own.name,
        category=Category.TOOL,
        severity=own.severity,
        on_by_default=True,
        summary=summary_of(page) or own.name,
        page=page,
        url=own.url,
    )
