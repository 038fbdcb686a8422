"""The keys of a configuration file: name, kind of value and meaning, each told once.

The reader, the JSON schema and the list of settings are made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What may stand behind a key."""

    SELECTORS = "selectors"
    """An array of rules' names, codes, code prefixes, categories, or `all`."""
    PATTERNS = "patterns"
    """An array of patterns as in a `.gitignore`."""
    FOLDERS = "folders"
    FILE = "file"
    HANDLERS = "handlers"
    """An array of `path.py:function`."""
    FORMATS = "formats"
    """An array of `FORMAT` or `FORMAT:FILE`."""
    SWITCH = "switch"
    COUNT = "count"
    """A whole number from 1."""
    DAY = "day"
    """A date, or a string such as `2026-11-22`."""
    FAIL_ON = "fail-on"
    SELECTORS_BY_PATTERN = "selectors by pattern"
    SEVERITIES = "severities"
    """A table of selector and severity."""
    RULES = "rules"
    """A table of tables: each rule's options."""


@dataclass(frozen=True, slots=True)
class Key:
    """A top-level key of `[tool.lambda-lint]`."""

    name: str
    kind: Kind
    summary: str

    @property
    def field(self) -> str:
        """The name in Python: of the field of `Options` or, for selections, of `Choices`."""
        return self.name.replace("-", "_")


KEYS = (
    Key(
        "select",
        Kind.SELECTORS,
        "The rules to run, instead of those that are on by default: names, codes, code prefixes, "
        "categories or `all`. The more specific selector wins.",
    ),
    Key("ignore", Kind.SELECTORS, "Rules not to run."),
    Key("extend-select", Kind.SELECTORS, "Rules to run besides those that run anyway."),
    Key("extend-ignore", Kind.SELECTORS, "The same as `ignore`."),
    Key(
        "per-file-ignores",
        Kind.SELECTORS_BY_PATTERN,
        "Rules not to run on the files that match a pattern; `!pattern` means all files but those.",
    ),
    Key("exclude", Kind.PATTERNS, "Files and folders to leave out, instead of the built-in list."),
    Key("extend-exclude", Kind.PATTERNS, "Files and folders to leave out besides those of `exclude`."),
    Key(
        "force-exclude", Kind.SWITCH, "Leave out excluded files even when they are named on the command line."
    ),
    Key("respect-gitignore", Kind.SWITCH, "Leave out what Git ignores."),
    Key("test-paths", Kind.PATTERNS, "What is test code, on which most rules do not run."),
    Key(
        "handlers",
        Kind.HANDLERS,
        "Handlers that cannot be known from templates or code, each as `src/app.py:main`.",
    ),
    Key("src", Kind.FOLDERS, "Folders from which absolute imports start."),
    Key("severity", Kind.SEVERITIES, "Another severity for a rule, a code prefix or a category."),
    Key("rules", Kind.RULES, "Options of single rules: `rules.fat-handler.max-statements = 15`."),
    Key("baseline", Kind.FILE, "The file with the findings that are known and do not count."),
    Key("fail-on", Kind.FAIL_ON, "The least severity at which a finding makes the exit code 1."),
    Key("output-format", Kind.FORMATS, "Output formats, each `FORMAT` or `FORMAT:FILE`."),
    Key("fix", Kind.SWITCH, "Fix what has a safe fix."),
    Key("unsafe-fixes", Kind.SWITCH, "With fixes that may change what the code does."),
    Key("fix-only", Kind.SWITCH, "Fix, and report nothing of what is left."),
    Key("show-fixes", Kind.SWITCH, "List what was fixed."),
    Key("max-file-size", Kind.COUNT, "Bytes from which a file is reported instead of parsed."),
    Key("cache-dir", Kind.FILE, "The folder of the cache; `.lambda_lint_cache` when not given."),
    Key(
        "today",
        Kind.DAY,
        "The day on which dates are judged, such as `2026-11-22`, instead of the day of the run.",
    ),
    Key("jobs", Kind.COUNT, "Worker processes; the number of processors when not given."),
)

SELECTION_KEYS = frozenset({"select", "ignore", "extend-select", "extend-ignore"})

DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"

HANDLER_PATTERN = r"^[^:]+\.py:[^\W\d]\w*(\.[^\W\d]\w*)*$"
