"""The baseline: findings that a project knows of and lives with, so that only new ones count.

A finding is known by its rule, its file, the function around it, the text of its line, and how often all of
these are equal; so it stays known when lines above it come and go. Of the line only a hash is kept: a line
with a hardcoded secret must not get into one more file, which may go where the code does not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_lint.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lambda_lint.model.finding import Finding

VERSION = 1
ANEW = "`lambda-lint baseline create --force` writes it anew"
NEVER = frozenset({"LL901"})
"""What never counts as known: a part of the analysis that failed says nothing lasting of the code."""

_FIRST = re.compile(r'"findings"\s*:\s*\[\s*')
_NEXT = re.compile(r"\s*,?\s*")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What equal findings have in common."""

    path: str
    """Relative to the project's root, POSIX."""
    function: str
    """The qualified name; empty outside of functions."""
    rule: str
    """The name, which says more in a review than the code."""
    line: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each finding is known."""

    counts: Mapping[Key, int]

    @property
    def total(self) -> int:
        """The number of findings."""
        return sum(self.counts.values())

    def split(
        self, findings: Iterable[Finding], paths: Callable[[str], str]
    ) -> tuple[list[Finding], list[Finding], Baseline]:
        """The findings that are new, those that are known, and what of the baseline was not found.

        `paths` makes the path of a finding relative to the project's root.
        """
        left = dict(self.counts)
        new, known = [], []
        for finding in findings:
            key = key_of(finding, paths)
            if key is not None and left.get(key):
                left[key] -= 1
                known.append(finding)
            else:
                new.append(finding)
        return new, known, Baseline({key: count for key, count in left.items() if count})

    def only(self, wanted: Callable[[Key], bool]) -> Baseline:
        """The part whose keys are wanted."""
        return Baseline({key: count for key, count in self.counts.items() if wanted(key)})

    def minus(self, other: Baseline) -> Baseline:
        """What is left without another one."""
        left = {key: count - other.counts.get(key, 0) for key, count in self.counts.items()}
        return Baseline({key: count for key, count in left.items() if count > 0})

    def joined(self, other: Baseline) -> Baseline:
        """What is in either of the two."""
        return Baseline(Counter(self.counts) | Counter(other.counts))

    def text(self) -> str:
        """The file: JSON with one entry on each line, sorted, so that branches merge well."""
        entries = ",\n".join(f"    {_entry(key, self.counts[key])}" for key in sorted(self.counts))
        body = f"[\n{entries}\n  ]" if entries else "[]"
        return f'{{\n  "version": {VERSION},\n  "findings": {body}\n}}\n'


def baseline_of(findings: Iterable[Finding], paths: Callable[[str], str]) -> Baseline:
    """The baseline in which these findings are known."""
    keys = (key_of(finding, paths) for finding in findings)
    return Baseline(Counter(key for key in keys if key is not None))


def key_of(finding: Finding, paths: Callable[[str], str]) -> Key | None:
    """What a baseline knows a finding by; None for one that it must not hide."""
    if finding.code in NEVER:
        return None
    return Key(paths(finding.location.path), finding.function or "", finding.name, finding.line_key)


def _entry(key: Key, count: int) -> str:
    entry = {
        "path": key.path,
        "function": key.function or None,
        "rule": key.rule,
        "line": key.line,
        "count": count,
    }
    return json.dumps(entry, ensure_ascii=False)


def read(text: str, shown: str) -> Baseline:
    """Read the text of a file; a ConfigurationError names the file, as users see it, and the line.

    An entry that stands there twice counts once: two branches have found the same.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise _not_json(text, shown, error) from error
    except RecursionError as error:
        raise ConfigurationError(f"{shown}: is not a baseline") from error
    first = _FIRST.search(text)
    if first is None or not isinstance(document, dict) or document.keys() != {"version", "findings"}:
        raise ConfigurationError(f"{shown}: is not a baseline; `lambda-lint baseline create` writes one")
    version = document["version"]
    if version != VERSION:
        message = f"the baseline has version {json.dumps(version)}, and this lambda-lint reads {VERSION}"
        raise ConfigurationError(f"{shown}: {message}")
    counts: dict[Key, int] = {}
    for line, entry in _entries(text, first.end()):
        problem = _problem(entry)
        if problem is not None:
            raise ConfigurationError(f"{shown}:{line}: {problem}; {ANEW}")
        key = Key(entry["path"], entry["function"] or "", entry["rule"], entry["line"])
        counts[key] = max(counts.get(key, 0), entry["count"])
    return Baseline(counts)


def _entries(text: str, start: int) -> Iterator[tuple[int, Any]]:
    """Each element of the array whose first is at `start`, and the line on which it stands."""
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while text[start] != "]":
        line += text.count("\n", counted, start)
        counted = start
        entry, end = decoder.raw_decode(text, start)
        yield line, entry
        gap = _NEXT.match(text, end)
        start = gap.end() if gap else end


def _not_json(text: str, shown: str, error: ValueError) -> ConfigurationError:
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        return ConfigurationError(f"{shown}:{line}: there is a merge conflict; {ANEW}")
    place = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
    reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return ConfigurationError(f"{shown}{place}: is not JSON: {reason[:1].lower()}{reason[1:]}")


def _problem(entry: Any) -> str | None:
    names = {"path", "function", "rule", "line", "count"}
    if not isinstance(entry, dict) or entry.keys() != names:
        return f"an entry must be an object with {', '.join(f'`{name}`' for name in sorted(names))}"
    for name in ("path", "rule", "line"):
        if not isinstance(entry[name], str):
            return f"`{name}` must be a string"
    if not isinstance(entry["function"], str | None):
        return "`function` must be a string or null"
    count = entry["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return "`count` must be a whole number from 1"
    return None
