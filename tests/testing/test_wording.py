"""Messages that follow the convention, and messages that do not."""

from __future__ import annotations

import pytest

from lambda_lint.testing.wording import faults_of


@pytest.mark.parametrize("text", ["an SDK client is made", "`X` is made", "AWS says no", "a"])
def test_good_messages(text: str) -> None:
    assert not list(faults_of(text))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is empty or has blanks around it"),
        (" a", "is empty or has blanks around it"),
        ("The client", "begins with a capital"),
        ("a client.", "ends with a stop"),
        ("a `client", "has an unpaired backtick"),
        ("a\nclient", "has a character that is not printable"),
    ],
)
def test_bad_messages(text: str, fault: str) -> None:
    assert list(faults_of(text)) == [fault]
