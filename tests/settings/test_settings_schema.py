"""The JSON schema says of a configuration what the reader says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from lambda_lint.errors import ConfigurationError
from lambda_lint.model.labels import Category
from lambda_lint.settings.check import check
from lambda_lint.settings.load import load
from lambda_lint.settings.schema import json_schema
from lambda_lint.settings.toml import loads
from lambda_lint.settings.vocabulary import KnownRule, Vocabulary

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class FatHandlerOptions:
    statements: int = 30
    ratio: float = 0.5
    strict: bool = False
    prefix: str = "x"
    free_services: tuple[str, ...] = ("sts", "logs")


RULES = (
    KnownRule("LL001", "client-in-handler", Category.PERFORMANCE, "Reports clients."),
    KnownRule("LL020", "fat-handler", Category.DESIGN, "Reports fat.", FatHandlerOptions),
    KnownRule("ACME001", "acme", Category.DESIGN, "Reports acme."),
)
VOCABULARY = Vocabulary(RULES, formats=("full", "json"))
SCHEMA = json_schema(VOCABULARY)
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_options_of_a_rule_stand_in_it_with_their_defaults() -> None:
    rule = SCHEMA["properties"]["rules"]["properties"]["fat-handler"]
    assert rule["description"] == "fat-handler (LL020): Reports fat."
    assert rule["properties"] == {
        "statements": {"type": "integer", "default": 30},
        "ratio": {"type": "number", "default": 0.5},
        "strict": {"type": "boolean", "default": False},
        "prefix": {"type": "string", "default": "x"},
        "free-services": {"type": "array", "items": {"type": "string"}, "default": ["sts", "logs"]},
    }


def test_every_key_is_described() -> None:
    assert all(key["description"].endswith(".") for key in SCHEMA["properties"].values())


def test_without_known_formats_any_will_do() -> None:
    schema = json_schema(Vocabulary(RULES))
    assert Draft202012Validator(schema).is_valid({"output-format": ["html"]})
    assert not VALIDATOR.is_valid({"output-format": ["html"]})


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("", True),
        ("select = ['all', 'performance', 'tool', 'LL', 'LL0', 'LL001', 'ACME0', 'acme']", True),
        ("select = 'all'", False),
        ("select = ['nothing']", False),
        ("select = ['XX1']", False),
        ("extend-ignore = [1]", False),
        ("per-file-ignores = { 'tests/*' = ['LL0'] }", True),
        ("per-file-ignores = { 'tests/*' = 'LL0' }", False),
        ("exclude = ['a']\nextend-exclude = []\ntest-paths = []\nsrc = ['lib']", True),
        ("force-exclude = true\nrespect-gitignore = false", True),
        ("force-exclude = 'yes'", False),
        ("handlers = ['src/my-app.py:main', 'a.py:Service.run']", True),
        ("handlers = ['app.main']", False),
        ("handlers = ['app.py:']", False),
        ("severity = { cost = 'info', LL001 = 'error' }", True),
        ("severity = { cost = 'note' }", False),
        ("severity = { nothing = 'info' }", False),
        ("fail-on = 'never'", True),
        ("fail-on = 'always'", False),
        ("output-format = ['full', 'json:out.json']", True),
        ("output-format = ['jsonish']", False),
        ("max-file-size = 1\njobs = 8", True),
        ("jobs = 0", False),
        ('today = "2026-11-22"', True),
        ('today = "22.11.2026"', False),
        ("today = 2026", False),
        ("jobs = 1.5", False),
        ("rules = { fat-handler = { statements = 40, free-services = [] } }", True),
        ("rules = { LL020 = { ratio = 1 } }", True),
        ("rules = { fat-handler = { statement = 40 } }", False),
        ("rules = { fat-handler = { statements = '40' } }", False),
        ("rules = { nothing = {} }", False),
        ("unknown = 1", False),
    ],
)
def test_schema_and_reader_agree(tmp_path: Path, text: str, good: bool) -> None:
    assert VALIDATOR.is_valid(loads(text)) is good
    (tmp_path / "lambda-lint.toml").write_text(text)
    try:
        file = load([], tmp_path)
        assert file is not None
        check(file, VOCABULARY)
    except ConfigurationError:
        assert not good
    else:
        assert good
