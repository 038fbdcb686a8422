"""A parsed TOML table, as `Options`; what is wrong in it is collected, not raised at the first."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_lint.model.labels import Severity
from lambda_lint.settings.keys import DAY_PATTERN, HANDLER_PATTERN, KEYS, SELECTION_KEYS, Key, Kind
from lambda_lint.settings.options import Choices, FailOn, Options, RuleTable
from lambda_lint.settings.problem import Problem
from lambda_lint.settings.suggest import did_you_mean
from lambda_lint.settings.tables import noun_of

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Problems = list[Problem]
SEVERITIES = {severity.label: severity for severity in Severity}
FAIL_ON = {level.value: level for level in FailOn}


def read_options(table: dict[str, Any], source: str, problems: Problems) -> Options:
    """What the table says. `source` is the file as shown to the user."""
    known = {key.name: key for key in KEYS}
    chosen: dict[str, Any] = {}
    said: dict[str, Any] = {}
    for name, value in table.items():
        key = known.get(name)
        if key is None:
            problems.append(Problem((name,), f"unknown key `{name}`{did_you_mean(name, known)}"))
            continue
        read = READERS[key.kind](key, value, problems)
        (chosen if name in SELECTION_KEYS else said)[key.field] = read
    if chosen:
        said["choices"] = (Choices(source, **chosen),)
    return Options(**said)


def _strings(key: Key, value: object, problems: Problems) -> tuple[str, ...]:
    return _strings_at((key.name,), f"`{key.name}`", value, problems)


def _strings_at(path: tuple[str, ...], what: str, value: object, problems: Problems) -> tuple[str, ...]:
    if not isinstance(value, list):
        problems.append(Problem(path, f"{what} must be an array of strings, not {noun_of(value)}"))
        return ()
    wrong = [item for item in value if not isinstance(item, str)]
    if wrong:
        problems.append(Problem(path, f"{what} must hold strings, not {noun_of(wrong[0])}"))
    return tuple(item for item in value if isinstance(item, str))


def _patterns(key: Key, value: object, problems: Problems) -> tuple[str, ...]:
    patterns = _strings(key, value, problems)
    for pattern in patterns:
        _must_be_pattern((key.name,), pattern, problems)
    return patterns


def _must_be_pattern(path: tuple[str, ...], pattern: str, problems: Problems) -> None:
    from lambda_lint.settings.patterns import is_pattern  # noqa: PLC0415 - most files have no pattern

    if not pattern or not is_pattern(pattern):
        problems.append(Problem(path, f"`{pattern}` in `{path[0]}` is not a pattern of paths", pattern))


def _handlers(key: Key, value: object, problems: Problems) -> tuple[str, ...]:
    handlers = _strings(key, value, problems)
    for handler in handlers:
        if not re.match(HANDLER_PATTERN, handler):
            message = f"`{handler}` in `{key.name}` is not of the form `src/app.py:main`"
            problems.append(Problem((key.name,), message, handler))
    return handlers


def _file(key: Key, value: object, problems: Problems) -> str | None:
    if isinstance(value, str) and value:
        return value
    problems.append(Problem((key.name,), f"`{key.name}` must be the path of a file, not {_noun(value)}"))
    return None


def _noun(value: object) -> str:
    return noun_of(value) if value != "" else "an empty string"


def _switch(key: Key, value: object, problems: Problems) -> bool | None:
    if isinstance(value, bool):
        return value
    problems.append(Problem((key.name,), f"`{key.name}` must be true or false, not {noun_of(value)}"))
    return None


def _count(key: Key, value: object, problems: Problems) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    problems.append(Problem((key.name,), f"`{key.name}` must be a whole number from 1"))
    return None


def _day(key: Key, value: object, problems: Problems) -> str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and re.match(DAY_PATTERN, value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    problems.append(Problem((key.name,), f"`{key.name}` must be a day, such as 2026-11-22"))
    return None


def _fail_on(key: Key, value: object, problems: Problems) -> FailOn | None:
    level: FailOn | None = _one_of(FAIL_ON, (key.name,), f"`{key.name}`", value, problems)
    return level


def _selectors_by_pattern(
    key: Key, value: object, problems: Problems
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    read: list[tuple[str, tuple[str, ...]]] = []
    for pattern, selectors in _table(key, value, problems).items():
        path = (key.name, pattern)
        _must_be_pattern(path, pattern, problems)
        read.append((pattern, _strings_at(path, f"`{key.name}` for `{pattern}`", selectors, problems)))
    return tuple(read)


def _severities(key: Key, value: object, problems: Problems) -> tuple[tuple[str, Severity], ...]:
    read: list[tuple[str, Severity]] = []
    for selector, label in _table(key, value, problems).items():
        what = f"the severity of `{selector}`"
        if severity := _one_of(SEVERITIES, (key.name, selector), what, label, problems):
            read.append((selector, severity))
    return tuple(read)


def _rules(key: Key, value: object, problems: Problems) -> tuple[RuleTable, ...]:
    read: list[RuleTable] = []
    for rule, options in _table(key, value, problems).items():
        if not isinstance(options, dict):
            message = f"`{key.name}.{rule}` must be a table of the rule's options, not {noun_of(options)}"
            problems.append(Problem((key.name, rule), message))
            continue
        settings = ((key, tuple(item) if isinstance(item, list) else item) for key, item in options.items())
        read.append(RuleTable(rule, tuple(settings)))
    return tuple(read)


def _table(key: Key, value: object, problems: Problems) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    problems.append(Problem((key.name,), f"`{key.name}` must be a table, not {noun_of(value)}"))
    return {}


def _one_of(
    known: dict[str, Any], path: tuple[str, ...], what: str, value: object, problems: Problems
) -> Any:
    if isinstance(value, str) and value in known:
        return known[value]
    names = ", ".join(f"`{name}`" for name in known)
    hint = did_you_mean(value, known) if isinstance(value, str) else ""
    problems.append(Problem(path, f"{what} must be one of {names}{hint}"))
    return None


READERS: dict[Kind, Callable[[Key, Any, Problems], Any]] = {
    Kind.SELECTORS: _strings,
    Kind.PATTERNS: _patterns,
    Kind.FOLDERS: _strings,
    Kind.FILE: _file,
    Kind.FORMATS: _strings,
    Kind.HANDLERS: _handlers,
    Kind.SWITCH: _switch,
    Kind.COUNT: _count,
    Kind.DAY: _day,
    Kind.FAIL_ON: _fail_on,
    Kind.SELECTORS_BY_PATTERN: _selectors_by_pattern,
    Kind.SEVERITIES: _severities,
    Kind.RULES: _rules,
}
