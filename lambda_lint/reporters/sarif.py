"""SARIF 2.1.0, in the subset that GitHub code scanning reads, and with fixes for other viewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lambda_lint
from lambda_lint.model.labels import Silencer
from lambda_lint.reporters.encode import encode
from lambda_lint.reporters.paths import relative_uri
from lambda_lint.reporters.sarif_rules import LEVELS, descriptor
from lambda_lint.reporters.summary import counted
from lambda_lint.reporters.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from lambda_lint.model.finding import Finding, Result, Suppressed
    from lambda_lint.model.location import Location
    from lambda_lint.reporters.style import Style

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
MOST_RESULTS = 25_000
"""GitHub refuses a whole log with more."""
MOST_RELATED = 100
"""GitHub shows no more, and refuses the log above a thousand."""
MOST_STEPS = 1000
SUPPRESSION_KINDS = {Silencer.COMMENT: "inSource", Silencer.BASELINE: "external"}
FAILURES = frozenset({"LL900", "LL901", "LL904", "LL905"})
"""Files, templates and rules that fell out of the analysis: said of the run, too."""


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write one log with one run; suppressed findings only if asked, since GitHub would open them."""
    stream.write(encode(Log(result, style).data(), indent=1) + "\n")


class Log:
    """A result on its way to SARIF; it holds what the findings refer to."""

    def __init__(self, result: Result, style: Style) -> None:
        self._result = result
        self._suppressed = result.suppressed if style.show_suppressed else None
        self._texts = Texts(result.sources)
        self._rule_index = {rule.code: index for index, rule in enumerate(result.rules)}

    def data(self) -> dict[str, Any]:
        results, left_out = self._results()
        driver = {
            "name": "lambda-lint",
            "version": lambda_lint.__version__,
            "semanticVersion": lambda_lint.__version__,
            "rules": [descriptor(rule) for rule in self._result.rules],
        }
        run = {
            "tool": {"driver": driver},
            # All up to the last slash is the category by which GitHub tells uploads apart.
            "automationDetails": {"id": "lambda-lint/"},
            "columnKind": "utf16CodeUnits",
            # No `uri`: it would name the machine's folders, and GitHub does not need it.
            "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
            "invocations": [
                {
                    "executionSuccessful": not self._result.crashed,
                    "toolExecutionNotifications": self._notifications(left_out),
                }
            ],
            "results": results,
        }
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def _results(self) -> tuple[list[dict[str, Any]], int]:
        """The results, and how many had no room: the least severe."""
        findings = _worst(self._result.findings, MOST_RESULTS)
        results = [self._finding(finding) for finding in findings]
        total = len(self._result.findings)
        if self._suppressed is not None:
            # The property must stand on all results of a run, or on none.
            results = [{**found, "suppressions": []} for found in results]
            room = MOST_RESULTS - len(results)
            results += [self._silenced(silenced) for silenced in self._suppressed[:room]]
            total += len(self._suppressed)
        return results, total - len(results)

    def _silenced(self, silenced: Suppressed) -> dict[str, Any]:
        suppression = {"kind": SUPPRESSION_KINDS[silenced.by]}
        if silenced.reason:
            suppression["justification"] = silenced.reason
        return {**self._finding(silenced.finding), "suppressions": [suppression]}

    def _finding(self, finding: Finding) -> dict[str, Any]:
        place = self._location(finding.location)
        if finding.function:
            place["logicalLocations"] = [{"fullyQualifiedName": finding.function, "kind": "function"}]
        found: dict[str, Any] = {
            **self._rule(finding.code, "ruleId", "ruleIndex"),
            "level": LEVELS[finding.severity],
            "message": {"text": _message(finding)},
            "locations": [place],
            "partialFingerprints": self._fingerprints(finding),
            "properties": {
                "category": finding.category.value,
                "confidence": finding.confidence.label,
                "name": finding.name,
            },
        }
        if finding.related:
            found["relatedLocations"] = [
                {"id": number, **self._location(note.location, note.text)}
                for number, note in enumerate(finding.related[:MOST_RELATED], 1)
            ]
        if finding.path:
            found["codeFlows"] = [{"threadFlows": [{"locations": self._steps(finding)}]}]
        fix = self._fix(finding)
        if fix:
            found["fixes"] = [fix]
        return found

    def _steps(self, finding: Finding) -> list[dict[str, Any]]:
        """From the handler to the place, which is the last step."""
        calls = [(note.location, note.text) for note in finding.path[: MOST_STEPS - 1]]
        steps = [*calls, (finding.location, finding.message)]
        return [
            {"location": self._location(location, text), "nestingLevel": depth}
            for depth, (location, text) in enumerate(steps)
        ]

    def _location(self, location: Location, text: str | None = None) -> dict[str, Any]:
        place: dict[str, Any] = {
            "physicalLocation": {"artifactLocation": self._file(location), "region": _region(location)}
        }
        if text is not None:
            place["message"] = {"text": text}
        return place

    def _file(self, location: Location) -> dict[str, str]:
        return {"uri": relative_uri(location.path, self._result.root), "uriBaseId": ROOT}

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        prints = {}
        if finding.line_hash:
            prints["primaryLocationLineHash"] = finding.line_hash
        source = self._texts.source(finding.location.path)
        start = finding.location.start
        if source is not None and start.line <= len(source.lines):
            line = source.lines[start.line - 1]
            # The column behind the indentation, so that indenting a line does not make a new alert.
            indentation = len(line) - len(line.lstrip())
            prints["primaryLocationStartColumnFingerprint"] = str(start.utf16 - 1 - indentation)
        return prints

    def _fix(self, finding: Finding) -> dict[str, Any] | None:
        places = self._texts.places(finding.fix, finding.location.path)
        if finding.fix is None or not places:
            return None
        replacements = [
            {"deletedRegion": _region(place), "insertedContent": {"text": text}} for place, text in places
        ]
        change = {"artifactLocation": self._file(finding.location), "replacements": replacements}
        return {
            "description": {"text": finding.fix.title},
            "artifactChanges": [change],
            "properties": {"safety": finding.fix.safety.value},
        }

    def _notifications(self, left_out: int) -> list[dict[str, Any]]:
        notifications = [
            {
                "level": "error",
                "message": {"text": finding.message},
                "locations": [self._location(finding.location)],
                "associatedRule": self._rule(finding.code, "id", "index"),
            }
            for finding in self._result.findings
            if finding.code in FAILURES
        ]
        notifications += [{"level": "note", "message": {"text": note}} for note in self._result.notes]
        if left_out:
            text = f"{counted(left_out, 'finding')} left out: a log holds at most {MOST_RESULTS} results"
            notifications.append({"level": "warning", "message": {"text": text}})
        return notifications

    def _rule(self, code: str, name: str, place: str) -> dict[str, Any]:
        index = self._rule_index.get(code)
        return {name: code} if index is None else {name: code, place: index}


def _worst(findings: Iterable[Finding], most: int) -> list[Finding]:
    """The `most` most severe findings, in the given order."""
    numbered = sorted(enumerate(findings), key=lambda pair: -pair[1].severity)[:most]
    return [finding for _, finding in sorted(numbered, key=lambda pair: pair[0])]


def _region(location: Location) -> dict[str, int]:
    return {
        "startLine": location.start.line,
        "startColumn": location.start.utf16,
        "endLine": location.end.line,
        "endColumn": location.end.utf16,
    }


def _message(finding: Finding) -> str:
    """Sentences: what is wrong, links to the related places by their ids, and what to do."""
    sentences = [_unlinked(finding.message)]
    if finding.related:
        links = [
            f"[{_link_text(note.text)}]({number})"
            for number, note in enumerate(finding.related[:MOST_RELATED], 1)
        ]
        sentences.append(f"See {', '.join(links)}")
    if finding.help:
        sentences.append(_unlinked(finding.help))
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in sentences)


def _unlinked(text: str) -> str:
    """Code such as `table["a"](1)` must not read as a link to related place 1."""
    return text.replace("](", "\\](")


def _link_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
