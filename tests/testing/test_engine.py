"""Cases run through the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambda_lint.errors import ConfigurationError
from lambda_lint.testing import CaseFailedError, cases_of, check_case, check_mutants
from lambda_lint.testing.cases import Case, parse_page
from lambda_lint.testing.engine import installed
from lambda_lint.testing.trial import Project

HEAD = "# Title\n\n```python\nimport boto3\n\n\ndef handler(event, context):\n    client = boto3.client('s3')"
TAIL = "\n    return len(client.list_buckets())\n```\n"


def case_of(text: str, page: str = "client_in_handler.md") -> Case:
    (case,) = parse_page(Path(page), text)
    return case


def test_installed_rules_run_by_default() -> None:
    check_case(case_of(f"{HEAD}  # error: [client-in-handler]{TAIL}"))
    assert "rename_event" in check_mutants(case_of(f"{HEAD}  # error: [LL001]{TAIL}"))
    with pytest.raises(CaseFailedError, match=r"unexpected  14 \[client-in-handler\]"):
        check_case(case_of(f"{HEAD}{TAIL}"))


def test_a_page_of_the_tools_own_is_about_all_rules() -> None:
    text = f"{HEAD}  # error: [client-in-handler]{TAIL}"
    check_case(case_of(text, page="syntax_error.md"))
    assert not installed().is_rule("syntax-error")
    assert installed().name_of("LL900") == "syntax-error"


@pytest.mark.parametrize("table", ["", "[tool.lambda-lint]\n"])
def test_the_configuration_of_a_case_holds(table: str) -> None:
    case = case_of(f'{HEAD}{TAIL}```toml\n{table}ignore = ["LL001"]\n```\n')
    check_case(case)
    settings = installed().settings(Project({}, {}, case.configuration))
    assert settings.choices[0].ignore == ("LL001",)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("no-such-key = 1", "unknown key `no-such-key`"),
        ('select = ["no-such-rule"]', "there is no rule, code or category `no-such-rule`"),
    ],
)
def test_mistakes_in_the_configuration_are_errors(toml: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        check_case(case_of(f"{HEAD}{TAIL}```toml\n{toml}\n```\n"))


def test_pages_are_read_from_disk(tmp_path: Path) -> None:
    page = tmp_path / "fat_handler.md"
    page.write_text(f"{HEAD}{TAIL}", encoding="utf-8")
    (case,) = cases_of(tmp_path)
    check_case(case)
