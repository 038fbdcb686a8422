"""Options merge like a list of wishes: any grouping gives the same, and nothing said changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.model.labels import Severity
from lambda_lint.settings.options import DEFAULT, Choices, FailOn, Options, RuleTable, Settings

words = st.sampled_from(["all", "cost", "LL0", "LL001", "fat-handler"])
some_words = st.lists(words, max_size=3).map(tuple)
choices = st.builds(
    Choices,
    source=st.sampled_from(["command line", "lambda-lint.toml"]),
    select=st.none() | some_words,
    ignore=some_words,
    extend_select=some_words,
    extend_ignore=some_words,
)
options = st.builds(
    Options,
    choices=st.lists(choices, max_size=2).map(tuple),
    per_file_ignores=st.lists(st.tuples(words, some_words), max_size=2).map(tuple),
    severity=st.lists(st.tuples(words, st.sampled_from(Severity)), max_size=2).map(tuple),
    rules=st.lists(st.builds(RuleTable, words, st.tuples(st.tuples(words, st.integers()))), max_size=2).map(
        tuple
    ),
    extend_exclude=some_words,
    exclude=st.none() | some_words,
    force_exclude=st.none() | st.booleans(),
    respect_gitignore=st.none() | st.booleans(),
    test_paths=st.none() | some_words,
    handlers=st.none() | some_words,
    src=st.none() | some_words,
    fail_on=st.none() | st.sampled_from(FailOn),
    output_format=st.none() | some_words,
    max_file_size=st.none() | st.integers(1, 3),
    jobs=st.none() | st.integers(1, 3),
    today=st.none() | words,
)


@given(options, options, options)
def test_merging_is_associative(first: Options, second: Options, third: Options) -> None:
    assert first.merge(second).merge(third) == first.merge(second.merge(third))


@given(options)
def test_saying_nothing_changes_nothing(said: Options) -> None:
    assert said.merge(Options()) == said
    assert Options().merge(said) == said
    assert DEFAULT.apply(said).apply(Options()) == DEFAULT.apply(said)


@given(options, options)
def test_applying_two_is_applying_both_as_one(file: Options, command_line: Options) -> None:
    assert DEFAULT.apply(file).apply(command_line) == DEFAULT.apply(file.merge(command_line))


def test_the_later_place_wins() -> None:
    file = Options(jobs=4, fail_on=FailOn.ERROR, exclude=("old",), extend_exclude=("a",))
    command_line = Options(jobs=1, exclude=("new",), extend_exclude=("b",))

    settings = DEFAULT.apply(file).apply(command_line)

    assert settings == replace(
        DEFAULT, jobs=1, fail_on=FailOn.ERROR, exclude=("new",), extend_exclude=("a", "b")
    )
    assert settings.all_excludes == ("new", "a", "b")


def test_said_empty_is_not_unsaid() -> None:
    assert DEFAULT.apply(Options(exclude=(), test_paths=())) == replace(DEFAULT, exclude=(), test_paths=())


def test_settings_have_every_option() -> None:
    assert set(Options.__slots__) == set(Settings.__slots__)


@pytest.mark.parametrize(
    ("level", "failing"),
    [
        (FailOn.INFO, {Severity.INFO, Severity.WARNING, Severity.ERROR}),
        (FailOn.WARNING, {Severity.WARNING, Severity.ERROR}),
        (FailOn.ERROR, {Severity.ERROR}),
        (FailOn.NEVER, set()),
    ],
)
def test_fail_on(level: FailOn, failing: set[Severity]) -> None:
    assert {severity for severity in Severity if level.reached_by(severity)} == failing
