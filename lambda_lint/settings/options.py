"""What one place says (`Options`), and what holds in the end (`Settings`).

Settings are made by one line: `DEFAULT.apply(file).apply(command_line)`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from lambda_lint.settings.fail_on import FailOn

if TYPE_CHECKING:
    from lambda_lint.model.labels import Severity

__all__ = ["DEFAULT", "Choices", "FailOn", "Options", "RuleTable", "Settings"]

DEFAULT_EXCLUDE = (
    ".aws-sam",
    ".chalice/deployments",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".lambda_lint_cache",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".serverless",
    ".svn",
    ".terraform",
    ".tox",
    ".venv",
    "__pycache__",
    "_vendor",
    "build",
    "cdk.out",
    "dist",
    "env",
    "node_modules",
    "vendored",
    "venv",
)
"""Patterns as in a `.gitignore`. Packages of others are recognized by what they are, not by a pattern: a
layer's `python/` folder may hold the project's own code."""

DEFAULT_TEST_PATHS = ("tests/", "test_*.py", "*_test.py", "conftest.py")

COMMAND_LINE = "command line"
"""The `source` of choices that were not read from a file."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The rules that one place asks for and turns down, by name, code, code prefix, category or `all`."""

    source: str = COMMAND_LINE
    """Who says it: the configuration file as shown to the user, or `COMMAND_LINE`."""
    select: tuple[str, ...] | None = None
    """These rules and no others, whatever the defaults and earlier places say."""
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    """These rules too."""
    extend_ignore: tuple[str, ...] = ()
    """The same as `ignore`, which adds to what earlier places ignore, as ruff's does."""


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Options of one rule: `rules.fat-handler = { statements = 40 }`."""

    rule: str
    """Name or code, as written."""
    options: tuple[tuple[str, Any], ...]
    """Key, in kebab-case, and value: a TOML scalar, or a tuple of them."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one place says. None, or nothing in a setting that adds up, means that it does not say."""

    choices: tuple[Choices, ...] = ()
    """Of each place in turn; later places win where two are equally specific."""
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pattern of files and what is ignored in them; `!pattern` is for all files but those."""
    severity: tuple[tuple[str, Severity], ...] = ()
    """Selector and severity; the most specific wins, of equals the last."""
    rules: tuple[RuleTable, ...] = ()
    """Of an option that is set more than once the last value holds."""
    extend_exclude: tuple[str, ...] = ()
    exclude: tuple[str, ...] | None = None
    force_exclude: bool | None = None
    respect_gitignore: bool | None = None
    test_paths: tuple[str, ...] | None = None
    handlers: tuple[str, ...] | None = None
    src: tuple[str, ...] | None = None
    baseline: str | None = None
    fail_on: FailOn | None = None
    output_format: tuple[str, ...] | None = None
    fix: bool | None = None
    unsafe_fixes: bool | None = None
    fix_only: bool | None = None
    show_fixes: bool | None = None
    max_file_size: int | None = None
    jobs: int | None = None
    cache_dir: str | None = None
    today: str | None = None

    def merge(self, later: Options) -> Options:
        """Both, as one. `s.apply(a.merge(b))` is `s.apply(a).apply(b)`; `Options()` changes nothing."""
        return replace(self, **_merged(self, later))


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a run. Patterns and paths are relative to the project's root."""

    choices: tuple[Choices, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    rules: tuple[RuleTable, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    force_exclude: bool = False
    respect_gitignore: bool = True
    test_paths: tuple[str, ...] = DEFAULT_TEST_PATHS
    handlers: tuple[str, ...] = ()
    """Handlers that no template, decorator or convention tells: `src/app.py:main`."""
    src: tuple[str, ...] = (".", "src")
    """Folders from which absolute imports start, besides the code folders that templates tell."""
    baseline: str | None = None
    """The file with the findings that are known; None means that there is none."""
    fail_on: FailOn = FailOn.INFO
    """Every finding counts, as in ruff: what should not count is not selected, or is ignored."""
    output_format: tuple[str, ...] = ("full",)
    """Each `FORMAT` or `FORMAT:FILE`."""
    fix: bool = False
    unsafe_fixes: bool = False
    """Whether fixes that may change what the code does are applied too."""
    fix_only: bool = False
    """As `fix`, and what cannot be fixed is not reported."""
    show_fixes: bool = False
    max_file_size: int = 1024 * 1024
    """Bytes; a larger file is not parsed but reported."""
    jobs: int | None = None
    """Worker processes; None means as many as there are processors."""
    cache_dir: str | None = None
    """The folder of the cache; None means `.lambda_lint_cache` in the project's root."""
    today: str | None = None
    """The day on which dates are judged, as `2026-11-22`; None means that they are not."""

    def apply(self, options: Options) -> Settings:
        """These settings, changed by what `options` says."""
        return replace(self, **_merged(self, options))

    @property
    def all_excludes(self) -> tuple[str, ...]:
        """Every pattern that is left out."""
        return self.exclude + self.extend_exclude


DEFAULT = Settings()

ADDING_UP = frozenset({"choices", "per_file_ignores", "severity", "rules", "extend_exclude"})
"""Settings of which each place says a part; of the others the last place that says anything wins."""


def _merged(earlier: Options | Settings, later: Options) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for field in fields(later):
        said = getattr(later, field.name)
        if field.name in ADDING_UP:
            merged[field.name] = getattr(earlier, field.name) + said
        elif said is not None:
            merged[field.name] = said
    return merged
