"""Rules as people read them: the table, a rule's page, and the index that stands beside the rules.

Works on `RuleInfo` alone, so that it needs neither the rules' code nor libcst.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_lint.listing import aligned
from lambda_lint.model.labels import Category
from lambda_lint.reporters.encode import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lambda_lint.model.finding import RuleInfo

FENCE = re.compile(r"^\s*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
EXPECTATION = re.compile(r"^(?P<code>.*?)(?:^|\s)\s*(?:#|//)[ \t]*error:[^\[\]]*\[[A-Za-z0-9-]+\].*$")
"""A comment that tells the page tests what must fire, such as `# error: [client-in-handler]`."""
REMARK = re.compile(r"^\s*<!--.*-->\s*$")
"""A comment of Markdown on a line of its own: it speaks to the page tests."""

COLUMNS = ("CODE", "NAME", "CATEGORY", "SEVERITY", "DEFAULT", "FIX", "SUMMARY")
FEW = ("CODE", "NAME", "SEVERITY", "SUMMARY")
WIDTH = 120
"""Cells in which all columns can be read."""

CATEGORY_TITLES: Mapping[Category, str] = {
    Category.PERFORMANCE: "Performance: cold and warm starts",
    Category.COST: "Cost: waiting and wasted calls",
    Category.DESIGN: "Design: what one function should do",
    Category.RELIABILITY: "Reliability: errors, retries, timeouts",
    Category.CORRECTNESS: "Correctness: what goes wrong without an error",
    Category.SECURITY: "Security",
    Category.CONFIGURATION: "Configuration: what is written into the code",
    Category.DEPLOYMENT: "Deployment: the template",
}


def readable(page: str) -> str:
    """The page for a person: without what is written for the page tests."""
    return "\n".join(_for_people(page.splitlines())).strip("\n") + "\n"


def explanation(rule: RuleInfo) -> str:
    """The page with, under its title, what the rule's attributes say."""
    state = "on" if rule.on_by_default else "off"
    facts = f"{rule.category.value} · {rule.severity.label} · {state} by default"
    if rule.fixable:
        facts += f" · fix: {_fixability(rule)}"
    if rule.cwe is not None:
        facts += f" · [CWE-{rule.cwe}](https://cwe.mitre.org/data/definitions/{rule.cwe}.html)"
    title, _, rest = readable(rule.page).partition("\n")
    return f"{title}\n\n{facts}\n{rest}"


def _for_people(lines: Iterable[str]) -> Iterator[str]:
    fence = ""
    after_remark = False
    for line in lines:
        mark = FENCE.match(line)
        if fence:
            if mark and mark["marks"].startswith(fence) and not mark["info"].strip():
                fence = ""
            elif expectation := EXPECTATION.match(line):
                if expectation["code"].strip():
                    yield expectation["code"].rstrip()
                continue
        elif mark:
            fence = mark["marks"]
        elif REMARK.match(line):
            after_remark = True
            continue
        if not (after_remark and not line.strip()):
            yield line
        after_remark = False


def rows(rules: Iterable[RuleInfo]) -> list[tuple[str, ...]]:
    """The cells of the table of rules, under `COLUMNS`."""
    return [
        (
            rule.code,
            rule.name,
            rule.category.value,
            rule.severity.label,
            _default(rule),
            _fixability(rule),
            rule.summary,
        )
        for rule in rules
    ]


def columns(rules: Iterable[RuleInfo], titles: Sequence[str]) -> list[tuple[str, ...]]:
    """The table of rules with these columns, under their titles."""
    places = [COLUMNS.index(title) for title in titles]
    return [tuple(row[place] for place in places) for row in (COLUMNS, *rows(rules))]


def plain_table(rules: Iterable[RuleInfo]) -> str:
    """The table of rules for a pipe: aligned, nothing wrapped or cut."""
    return aligned([COLUMNS, *rows(rules)])


def as_json(rules: Iterable[RuleInfo]) -> str:
    """Everything that is known about each rule, its page included."""
    records = [
        {
            "code": rule.code,
            "name": rule.name,
            "category": rule.category.value,
            "severity": rule.severity.label,
            "on_by_default": rule.on_by_default,
            "fixable": [safety.value for safety in rule.fixable],
            "summary": rule.summary,
            "url": rule.url or None,
            "cwe": rule.cwe,
            "security_severity": rule.security_severity,
            "page": readable(rule.page),
        }
        for rule in rules
    ]
    return encode(records, indent=2) + "\n"


def page_path(rule: RuleInfo) -> str:
    """Where the page stands below the folder of its pack."""
    return f"{rule.category.value}/{rule.name.replace('-', '_')}.md"


def index(folder: Path, rules: Sequence[RuleInfo]) -> str:
    """The index of the pack in `folder`, Markdown: the rules whose pages stand there, by category."""
    lines = [
        "# Rules",
        "",
        "Written by `lambda-lint rules-index`; a test keeps it current. Each rule is a module and, beside",
        "it, the page that is linked here; the examples on the page are the rule's tests.",
        "`lambda-lint explain NAME` shows a page in the terminal.",
    ]
    here = [rule for rule in rules if (folder / page_path(rule)).is_file()]
    for category, title in CATEGORY_TITLES.items():
        if members := [rule for rule in here if rule.category is category]:
            lines += ["", f"## {title}", ""]
            lines += [
                "| code | rule | severity | default | fix | what it does |",
                "|---|---|---|---|---|---|",
            ]
            lines += [_index_row(rule) for rule in members]
    return "\n".join(lines) + "\n"


def _index_row(rule: RuleInfo) -> str:
    summary = rule.summary.replace("|", "\\|")
    link = f"[{rule.name}]({page_path(rule)})"
    cells = (rule.code, link, rule.severity.label, _default(rule), _fixability(rule), summary)
    return f"| {' | '.join(cells)} |"


def _fixability(rule: RuleInfo) -> str:
    """Such as `safe`, or `safe or unsafe` for a rule that has fixes of both kinds."""
    return " or ".join(safety.value for safety in rule.fixable) or "-"


def _default(rule: RuleInfo) -> str:
    return "on" if rule.on_by_default else "off"
