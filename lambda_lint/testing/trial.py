"""A case on its way through the engine: what the checks may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from lambda_lint.model.labels import Category

if TYPE_CHECKING:
    from lambda_lint.model.finding import Finding, Result, RuleInfo
    from lambda_lint.testing.cases import Case

Files = Mapping[str, bytes]
Place = tuple[str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Project:
    """What is linted."""

    files: Files
    templates: Files
    configuration: str | None = None
    select: tuple[str, ...] | None = None
    """As on the command line; None leaves it to the configuration and the defaults."""


class Linter(Protocol):
    """What runs a project. The harness knows no more of the engine than this."""

    def __call__(self, project: Project) -> Result: ...

    def name_of(self, word: str) -> str | None:
        """The name of the rule with this name or code."""

    def is_rule(self, word: str) -> bool:
        """Whether this is the name or code of a rule of some pack, not of a finding of the tool itself."""

    def info(self, word: str) -> RuleInfo:
        """What is known of that rule."""

    def chooses(self, configuration: str) -> bool:
        """Whether the configuration selects or ignores rules itself."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A case, what runs it, and its result with nothing but the case's rules on."""

    case: Case
    lint: Linter
    project: Project
    rules: frozenset[str] | None
    """The names of the rules that the case is about; None when it is about all that are on."""
    result: Result

    def own(self, result: Result) -> list[Finding]:
        """The findings of the case's rules."""
        return [finding for finding in result.findings if self.rules is None or finding.name in self.rules]

    def text(self, path: str) -> str:
        """The text of a file of the case."""
        return {file.path: file.text for file in self.case.everything}[path]

    def with_texts(self, texts: Mapping[str, str]) -> Project:
        """The project with other texts for some of its files."""
        given = {path: text.encode() for path, text in texts.items()}
        return replace(
            self.project,
            files={
                **self.project.files,
                **{path: given[path] for path in given if path in self.project.files},
            },
            templates={
                **self.project.templates,
                **{path: given[path] for path in given if path in self.project.templates},
            },
        )


def start(case: Case, lint: Linter) -> Trial:
    """Run the case for the first time."""
    rules = rules_of(case, lint)
    chosen = case.configuration is not None and lint.chooses(case.configuration)
    project = Project(
        {file.path: file.text.encode() for file in case.files},
        {file.path: file.text.encode() for file in case.templates},
        case.configuration,
        None if rules is None or chosen else tuple(sorted(rules)),
    )
    return Trial(case, lint, project, rules, lint(project))


def rules_of(case: Case, lint: Linter) -> frozenset[str] | None:
    """The page's rule and those that the case names besides; None for a page that is no rule's."""
    if case.rule is None or not lint.is_rule(case.rule):
        return None
    named = {
        lint.name_of(expectation.rule) or expectation.rule
        for file in case.everything
        for expectation in file.expectations
    }
    return frozenset({lint.name_of(case.rule) or case.rule, *named})


def place(finding: Finding) -> Place:
    """What must not change when only bytes and offsets do."""
    location = finding.location
    return (location.path, location.start.line, location.start.column, finding.name, finding.message)


def told(places: list[Place]) -> str:
    return "".join(
        f"\n    {path}:{line}:{column} [{rule}] {message}" for path, line, column, rule, message in places
    )


def is_ours(finding: Finding) -> bool:
    """Whether a finding is the tool's own, which is about the run and not about the code."""
    return finding.category is Category.TOOL
