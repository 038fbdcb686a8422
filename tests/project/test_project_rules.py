"""What every rule and its page must have."""

from __future__ import annotations

import re
import string
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.registry import load_registry
from lambda_lint.settings.tables import option_fields
from lambda_lint.testing import cases_of
from lambda_lint.testing.wording import faults_of

if TYPE_CHECKING:
    from lambda_lint.packs import RuleEntry
    from lambda_lint.testing.cases import CaseFile

ROOT = Path(__file__).parents[2]
ENTRIES = load_registry().entries
RULES = tuple(entry for entry in ENTRIES if entry.rule_type is not None)
OWN = tuple(entry for entry in ENTRIES if entry.rule_type is None)

HEADINGS = (
    "What it does",
    "Why it matters",
    "Example",
    "Use instead",
    "What it does not see",
    "Fix safety",
    "Options",
    "References",
)
"""Of a rule's page, in this order."""
ONLY_IF_THEY_APPLY = {"Fix safety", "Options"}
OWN_HEADINGS = ("What it does", "Why it matters", "What to do")
"""Of a page of the tool's own; it has no rule whose examples could be linted."""

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda entry: entry.info.name)
each_own = pytest.mark.parametrize("own", OWN, ids=lambda entry: entry.info.name)
each = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.info.name)


@each
def test_the_summary_is_a_sentence(entry: RuleEntry) -> None:
    """It stands alone in the index, so nothing can follow it."""
    assert entry.info.summary.endswith(".")


def headings(page: str) -> list[str]:
    """The headings of the second level."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^## (.+?)\s*$", prose, re.MULTILINE)


def pages_of(entry: RuleEntry) -> list[Path]:
    """The rule's page, and the file with its further cases if there is one."""
    module = entry.info.name.replace("-", "_")
    further = (ROOT / "tests" / "rules" / f"{name}.md" for name in (entry.info.name, module))
    page = ROOT / "rules" / entry.info.category.value / f"{module}.md"
    return [page, *(page for page in further if page.exists())]


def text_under(page: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\s*$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_there_are_rules() -> None:
    assert RULES
    assert OWN


@each
def test_the_title_of_the_page_is_the_rule(entry: RuleEntry) -> None:
    assert entry.info.page.startswith(f"# {entry.info.name} ({entry.info.code})\n")


@each_rule
def test_the_page_has_the_fixed_headings(rule: RuleEntry) -> None:
    found = headings(rule.info.page)
    assert found == [heading for heading in HEADINGS if heading not in ONLY_IF_THEY_APPLY or heading in found]


@each_own
def test_a_page_of_the_tools_own_has_its_headings(own: RuleEntry) -> None:
    found = headings(own.info.page)
    assert found in ([*OWN_HEADINGS], [*OWN_HEADINGS, "References"])


@each_rule
def test_the_page_shows_bad_and_good(rule: RuleEntry) -> None:
    cases = cases_of(pages_of(rule)[0])
    bad = {case.title for case in cases if any(file.expectations for file in case.everything)}
    good = {case.title for case in cases if not any(file.expectations for file in case.everything)}
    assert any(title.startswith("Example") for title in bad), "nothing is reported under `Example`"
    assert any(title.startswith("Use instead") for title in good), "nothing is silent under `Use instead`"


@each_rule
def test_three_examples_stay_silent(rule: RuleEntry) -> None:
    cases = cases_of(*pages_of(rule))
    quiet = [case for case in cases if not any(file.expectations for file in case.everything)]
    assert len(quiet) >= 3


@each_rule
def test_one_output_is_reviewed(rule: RuleEntry) -> None:
    assert any(case.snapshot for case in cases_of(*pages_of(rule))), "no case has a `snapshot` block"


@each_rule
def test_the_page_cites_its_authority(rule: RuleEntry) -> None:
    links = re.findall(r"\]\((https://[^)\s]+)\)", text_under(rule.info.page, "References"))
    assert any(".aws.amazon.com/" in link or "://aws.amazon.com/" in link for link in links), links


@each_rule
def test_options_are_on_the_page(rule: RuleEntry) -> None:
    text = text_under(rule.info.page, "Options")
    options = option_fields(rule.options_type) if rule.options_type else ()
    assert bool(text) == bool(options)
    for option in options:
        assert re.search(rf"`{option.key}`|^{option.key} =", text, re.MULTILINE), f"`{option.key}` is missing"
        if isinstance(option.default, int | float) and not isinstance(option.default, bool):
            assert re.search(rf"\b{re.escape(str(option.default))}\b", text), f"the default of `{option.key}`"


@each_rule
def test_messages_follow_the_convention(rule: RuleEntry) -> None:
    assert rule.rule_type is not None
    message = rule.rule_type.message
    assert not list(faults_of(message))
    fields = [name for _, name, _, _ in string.Formatter().parse(message) if name is not None]
    assert all(name.isidentifier() for name in fields)
    assert not (rule.rule_type.help and list(faults_of(rule.rule_type.help)))


def test_security_rules_have_a_weakness_and_a_score() -> None:
    for rule in RULES:
        category = rule.info.category.value
        assert (rule.info.security_severity is None) == (rule.info.cwe is None), rule.info.name
        if category != "deployment":  # whose rules are about security, too, where templates are
            assert (rule.info.cwe is not None) == (category == "security"), rule.info.name


def format_of(file: CaseFile) -> str | None:
    """The format of templates that a file of a case has, if it is one."""
    name = Path(file.path).name
    if name.startswith("serverless"):
        return "Serverless Framework"
    if name.endswith(".py"):
        return "CDK in Python" if "aws_cdk" in file.text else None
    return {".tf": "Terraform", ".ts": "CDK", ".json": "JSON", ".yaml": "YAML", ".yml": "YAML"}.get(
        Path(name).suffix
    )


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.info.category.value == "deployment"],
    ids=lambda rule: rule.info.name,
)
def test_rules_about_templates_fire_and_stay_silent_in_two_formats(rule: RuleEntry) -> None:
    loud: set[str | None] = set()
    quiet: set[str | None] = set()
    for case in cases_of(*pages_of(rule)):
        formats = {format_of(file) for file in case.everything} - {None}
        is_loud = any(file.expectations for file in case.everything)
        (loud if is_loud else quiet).update(formats)
    assert len(loud) >= 2
    assert len(quiet) >= 2


@each_rule
def test_the_name_names_the_problem(rule: RuleEntry) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.info.name)
    assert not re.search(r"^(no|use|avoid|check|prefer|require|missing-no)-|-(rule|check)$", rule.info.name)


def test_names_and_codes_are_unique() -> None:
    words = Counter(word for entry in ENTRIES for word in (entry.info.code, entry.info.name))
    assert not [word for word, count in words.items() if count > 1]


def test_codes_are_never_used_again() -> None:
    """`codes.txt` holds every code that ever was: new rules add lines, and no line is changed."""
    lines = (Path(__file__).parent / "codes.txt").read_text(encoding="utf-8").splitlines()
    known = dict(line.split(" ") for line in lines)
    assert lines == sorted(lines)
    assert len(known) == len(lines)
    assert len(set(known.values())) == len(lines)
    built_in = {entry.info.code: entry.info.name for entry in ENTRIES if entry.info.code.startswith("LL")}
    assert built_in.items() <= known.items()


def test_further_cases_belong_to_a_rule() -> None:
    names = {entry.info.name for entry in ENTRIES} | {"suppressions"}
    pages = (ROOT / "tests" / "rules").glob("*.md")
    strays = [page.name for page in pages if page.stem.replace("_", "-") not in names]
    assert not strays
