"""What a configuration says about rules, judged when the rules are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from lambda_lint.errors import ConfigurationError
from lambda_lint.model.labels import Category
from lambda_lint.settings.check import check
from lambda_lint.settings.load import load
from lambda_lint.settings.vocabulary import KnownRule, Vocabulary

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class FatHandlerOptions:
    statements: int = 30


RULES = (
    KnownRule("LL001", "client-in-handler", Category.PERFORMANCE),
    KnownRule("LL020", "fat-handler", Category.DESIGN, options=FatHandlerOptions),
)
VOCABULARY = Vocabulary(RULES, formats=("full", "json"))

GOOD = """\
select = ["all", "LL0", "design", "fat-handler"]
per-file-ignores = { "a.py" = ["LL001"] }
severity = { LL020 = "info", performance = "error" }
rules = { LL020 = { statements = 3 }, client-in-handler = {} }
output-format = ["full", "json:out.json"]
"""


def checked(folder: Path, text: str, vocabulary: Vocabulary = VOCABULARY) -> None:
    (folder / "lambda-lint.toml").write_text(text)
    file = load([], folder)
    assert file is not None
    check(file, vocabulary)


def test_known_words_pass(tmp_path: Path) -> None:
    checked(tmp_path, GOOD)


def test_formats_are_not_judged_when_they_are_not_known(tmp_path: Path) -> None:
    checked(tmp_path, "output-format = ['html']", Vocabulary(RULES))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "select = [\n'LL001',\n'fat-handlr',\n]",
            "3: there is no rule, code or category `fat-handlr`; did you mean `fat-handler`? (in `select`)",
        ),
        ("extend-ignore = ['X']", "1: there is no rule, code or category `X` (in `extend-ignore`)"),
        (
            "[per-file-ignores]\n'a' = ['LL001']\n'b' = ['LL9']",
            "3: there is no rule, code or category `LL9` (in `per-file-ignores`)",
        ),
        (
            "[severity]\nclient = 'error'",
            "2: there is no rule, code or category `client` (in `severity`)",
        ),
        (
            "[rules.fat-handler]\n[rules.client-handler]\na = 1",
            "2: there is no rule `client-handler`; did you mean `client-in-handler`?",
        ),
        (
            "[rules.fat-handler]\nstatement = 1",
            "2: the rule `fat-handler` has no option `statement`; did you mean `statements`?",
        ),
        (
            "[rules]\nLL020.statements = '1'",
            "2: the rule `fat-handler` wants a whole number as `statements`, not a string",
        ),
        ("[rules.LL001]\na = 1", "2: the rule `client-in-handler` has no options, and so no `a`"),
        (
            "output-format = ['full', 'jsn:x']",
            "1: there is no output format `jsn`; did you mean `json`?",
        ),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        checked(tmp_path, text)
    assert str(raised.value) == f"lambda-lint.toml:{message}"
