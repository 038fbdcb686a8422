"""The rules of a SARIF log, as GitHub shows them beside an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_lint.model.labels import Category, Severity

if TYPE_CHECKING:
    from lambda_lint.model.finding import RuleInfo

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEM_SEVERITIES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
LONGEST_DESCRIPTION = 1024
LONGEST_NAME = 255
PRECISION = "high"
"""The same for every rule and run, as GitHub asks of rules: a rule of ours is silent where it does not
know. How sure a single finding is stands in the result's property `confidence`."""


def descriptor(rule: RuleInfo) -> dict[str, Any]:
    """A `reportingDescriptor`."""
    described: dict[str, Any] = {
        "id": rule.code,
        # SARIF1001: the name must differ from the id, and is written as one word.
        "name": _shortened("".join(part.capitalize() for part in rule.name.split("-")), LONGEST_NAME),
        "shortDescription": {"text": _shortened(rule.summary, LONGEST_DESCRIPTION)},
        "fullDescription": {"text": _shortened(_opening(rule), LONGEST_DESCRIPTION)},
        "help": {"text": rule.page or rule.summary, "markdown": rule.page or rule.summary},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": _properties(rule),
    }
    if rule.url:
        described["helpUri"] = rule.url
    return described


def _properties(rule: RuleInfo) -> dict[str, Any]:
    tags = [rule.category.value, "aws-lambda"]
    if rule.cwe is not None:
        tags.append(f"external/cwe/cwe-{rule.cwe:03d}")
    properties: dict[str, Any] = {
        "tags": tags,
        "precision": PRECISION,
        "problem.severity": PROBLEM_SEVERITIES[rule.severity],
    }
    if rule.category is Category.SECURITY and rule.security_severity is not None:
        # On any other rule this would make GitHub call the finding a vulnerability.
        properties["security-severity"] = f"{rule.security_severity:.1f}"
    return properties


def _opening(rule: RuleInfo) -> str:
    """The first section of the page, "What it does"; the summary when there is no such section."""
    lines: list[str] = []
    inside = False
    for line in rule.page.splitlines():
        if line.startswith("## "):
            if inside:
                break
            inside = True
        elif inside:
            lines.append(line)
    return " ".join(" ".join(lines).split()) or rule.summary


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
