from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lambda_lint.catalogue import as_json, explanation, index, page_path, plain_table, readable
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category, Safety, Severity
from lambda_lint.registry import load_registry

ROOT = Path(__file__).parents[1]
RULE = RuleInfo(
    code="LL070",
    name="hardcoded-thing",
    category=Category.SECURITY,
    severity=Severity.ERROR,
    on_by_default=False,
    summary="Finds a thing | or another.",
    page="# hardcoded-thing (LL070)\n\n## What it does\n\nFinds a thing.\n",
    url="",
)


def test_the_index_beside_the_rules_is_current() -> None:
    """Written anew by `lambda-lint rules-index`."""
    folder = ROOT / "rules"
    assert (folder / "README.md").read_text("utf-8") == index(folder, load_registry().infos)


def test_the_index_names_each_page_once() -> None:
    folder = ROOT / "rules"
    text = index(folder, load_registry().infos)
    pages = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.md")}
    assert pages
    assert all(text.count(f"({page})") == 1 for page in pages)


def test_the_index_holds_the_rules_whose_pages_are_in_the_folder(tmp_path: Path) -> None:
    assert "LL070" not in index(tmp_path, [RULE])
    page = tmp_path / page_path(RULE)
    page.parent.mkdir()
    page.write_text(RULE.page)
    text = index(tmp_path, [RULE])
    assert "## Security\n" in text
    link = "[hardcoded-thing](security/hardcoded_thing.md)"
    row = f"| LL070 | {link} | error | off | - | Finds a thing \\| or another. |"
    assert text.endswith(f"|---|---|---|---|---|---|\n{row}\n")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("```python\nf()  # error: [a-rule]\n```\n", "```python\nf()\n```\n"),
        ("```python\n    # error: [a-rule]\nf()\n```\n", "```python\nf()\n```\n"),
        ('```python\nf()  # error: 5 [LL001] "part"  # error: [b]\n```\n', "```python\nf()\n```\n"),
        ("```json\n{}  // error: [a-rule]\n```\n", "```json\n{}\n```\n"),
        ("```yaml\na: b # error: [a-rule]\n```\n", "```yaml\na: b\n```\n"),
        ("```python\nf()  # an error: none\n```\n", "```python\nf()  # an error: none\n```\n"),
        ("Write `# error: [a-rule]`.\n", "Write `# error: [a-rule]`.\n"),
        ("~~~\n```\nf()  # error: [a]\n~~~\nx # error: [a]\n", "~~~\n```\nf()\n~~~\nx # error: [a]\n"),
        ("a\n\n<!-- not mutated: it says why -->\n\nb\n", "a\n\nb\n"),
        ("```\n<!-- a -->\n```\n", "```\n<!-- a -->\n```\n"),
        ("a\n<!-- b -->\nc", "a\nc\n"),
    ],
)
def test_what_is_for_the_page_tests_is_not_shown(page: str, expected: str) -> None:
    assert readable(page) == expected


def test_no_page_shows_an_expectation() -> None:
    pages = {info.code: readable(info.page) for info in load_registry().infos}
    assert not [code for code, page in pages.items() if "# error: [" in page or "<!--" in page]


def test_an_explanation_tells_what_the_class_says() -> None:
    assert explanation(RULE).splitlines()[:4] == [
        "# hardcoded-thing (LL070)",
        "",
        "security · error · off by default",
        "",
    ]
    known = "security · error · off by default · [CWE-798](https://cwe.mitre.org/data/definitions/798.html)\n"
    assert known in explanation(replace(RULE, cwe=798))
    fixable = explanation(replace(RULE, fixable=(Safety.SAFE, Safety.UNSAFE)))
    assert "security · error · off by default · fix: safe or unsafe\n" in fixable


def test_the_table_is_aligned() -> None:
    long = replace(
        RULE,
        code="LL071",
        name="a-much-longer-name-than-the-other",
        on_by_default=True,
        fixable=(Safety.UNSAFE,),
    )
    head, *rows = plain_table([RULE, long]).splitlines()
    assert {row.index("security") for row in rows} == {head.index("CATEGORY")}
    assert rows[0].endswith("  off      -       Finds a thing | or another.")
    assert rows[1].endswith("  on       unsafe  Finds a thing | or another.")


def test_json_is_complete() -> None:
    (record,) = json.loads(as_json([replace(RULE, cwe=798, security_severity=7.5, fixable=(Safety.SAFE,))]))
    assert record == {
        "code": "LL070",
        "name": "hardcoded-thing",
        "category": "security",
        "severity": "error",
        "on_by_default": False,
        "fixable": ["safe"],
        "summary": "Finds a thing | or another.",
        "url": None,
        "cwe": 798,
        "security_severity": 7.5,
        "page": RULE.page,
    }
