"""Which rules a selector means, and how closely it names them."""

from __future__ import annotations

import pytest

from lambda_lint.model.labels import Category
from lambda_lint.settings.vocabulary import KnownRule, Vocabulary

VOCABULARY = Vocabulary(
    [
        KnownRule("LL001", "client-in-handler", Category.PERFORMANCE),
        KnownRule("LL002", "connection-in-handler", Category.PERFORMANCE),
        KnownRule("LL020", "fat-handler", Category.DESIGN),
        KnownRule("LL900", "syntax-error", Category.TOOL),
        KnownRule("ACME001", "cost-center", Category.COST),
    ]
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("all", {"LL001", "LL002", "LL020", "LL900", "ACME001"}),
        ("ALL", {"LL001", "LL002", "LL020", "LL900", "ACME001"}),
        ("performance", {"LL001", "LL002"}),
        ("cost", {"ACME001"}),
        ("security", set()),
        ("LL", {"LL001", "LL002", "LL020", "LL900"}),
        ("LL0", {"LL001", "LL002", "LL020"}),
        ("LL00", {"LL001", "LL002"}),
        ("ll00", {"LL001", "LL002"}),
        ("ACME", {"ACME001"}),
        ("LL001", {"LL001"}),
        ("ll001", {"LL001"}),
        ("client-in-handler", {"LL001"}),
        (" Fat-Handler ", {"LL020"}),
    ],
)
def test_meaning(text: str, codes: set[str]) -> None:
    selector = VOCABULARY.selector(text)
    assert selector is not None
    assert selector.codes == codes


def test_specificity_grows_from_all_to_a_rule() -> None:
    texts = ["all", "performance", "LL", "LL0", "LL00", "LL001"]
    specificities = [VOCABULARY.selector(text).specificity for text in texts]  # type: ignore[union-attr]
    assert specificities == sorted(set(specificities))
    assert VOCABULARY.selector("LL001").specificity == VOCABULARY.selector("client-in-handler").specificity  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("client-in-handlr", "; did you mean `client-in-handler`?"),
        ("client_in_handler", "; did you mean `client-in-handler`?"),
        ("LL003", ""),
        ("preformance", "; did you mean `performance`?"),
        ("L", ""),
        ("X1", ""),
        ("", ""),
    ],
)
def test_what_means_nothing(text: str, message: str) -> None:
    assert VOCABULARY.selector(text) is None
    assert VOCABULARY.problem(text) == f"there is no rule, code or category `{text}`{message}"


def test_what_means_something_is_no_problem() -> None:
    assert VOCABULARY.problem("LL0") is None
