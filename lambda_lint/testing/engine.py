"""Cases through the real engine, in memory."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lambda_lint.engine.lint import Inputs, lint
from lambda_lint.errors import ConfigurationError
from lambda_lint.registry import Registry, load_registry
from lambda_lint.settings.check import problems_with
from lambda_lint.settings.load import SHARED_TABLE
from lambda_lint.settings.options import DEFAULT, Choices, Options, Settings
from lambda_lint.settings.read import read_options
from lambda_lint.settings.toml import loads

if TYPE_CHECKING:
    from lambda_lint.model.finding import Result, RuleInfo
    from lambda_lint.settings.problem import Problem
    from lambda_lint.testing.trial import Project


class Engine:
    """A `Linter`: the engine with the rules of a registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __call__(self, project: Project) -> Result:
        return lint(inputs_of(project), self.settings(project), self.registry)

    def name_of(self, word: str) -> str | None:
        entry = self.registry.find(word)
        return None if entry is None else entry.info.name

    def info(self, word: str) -> RuleInfo:
        return self.registry.get(word).info

    def is_rule(self, word: str) -> bool:
        entry = self.registry.find(word)
        return entry is not None and entry.rule_type is not None

    def chooses(self, configuration: str) -> bool:
        return bool(self._options(configuration).choices)

    def settings(self, project: Project) -> Settings:
        """The settings of a case: its configuration, then what the harness selects."""
        settings = DEFAULT
        if project.configuration is not None:
            settings = settings.apply(self._options(project.configuration))
        if project.select is not None:
            settings = settings.apply(Options(choices=(Choices(select=project.select),)))
        return settings

    def _options(self, configuration: str) -> Options:
        table = loads(configuration)
        if SHARED_TABLE[0] in table:
            for key in SHARED_TABLE:
                table = table[key]
        problems: list[Problem] = []
        options = read_options(table, "lambda-lint.toml", problems)
        problems += problems_with(options, self.registry.vocabulary)
        if problems:
            raise ConfigurationError("\n".join(problem.message for problem in problems))
        return options


def inputs_of(project: Project) -> Inputs:
    """A project as the engine wants it: everything given, everything reported on."""
    return Inputs(files=project.files, templates=project.templates, beside=project.files)


@lru_cache(maxsize=1)
def installed() -> Engine:
    """The engine with every rule that is installed."""
    return Engine(load_registry())
