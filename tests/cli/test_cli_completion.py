"""What the shell offers. The scripts that bash, zsh and fish load ask in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from command_line import LambdaLint

    Complete = Callable[..., set[str]]


@pytest.fixture
def complete(lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch) -> Complete:
    def offered(*words: str, last: str) -> set[str]:
        monkeypatch.setenv("_LAMBDA_LINT_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(["lambda-lint", *words, last]))
        monkeypatch.setenv("COMP_CWORD", str(len(words) + 1))
        return set(lambda_lint().out.splitlines())

    return offered


def test_the_first_word_is_a_command_or_a_path(complete: Complete) -> None:
    offered = complete(last="")
    assert {"plain,check", "plain,explain", "plain,handlers", "plain,new-rule", "plain,rules"} <= offered
    assert "plain,rules-index" not in offered
    assert any(line.startswith("file,") for line in offered)


def test_the_first_word_is_an_option(complete: Complete) -> None:
    assert complete(last="--sel") == {"plain,--select"}
    assert complete(last="--vers") == {"plain,--version"}


def test_rules(complete: Complete) -> None:
    assert complete("explain", last="client-in") == {"plain,client-in-handler"}
    assert complete("--select", last="LL001,fat-h") == {"plain,LL001,fat-handler"}


def test_formats(complete: Complete) -> None:
    assert complete("check", "--output-format", last="json") == {"plain,json", "plain,json-lines"}


def test_the_script_for_a_shell(lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_LAMBDA_LINT_COMPLETE", "zsh_source")
    assert lambda_lint().out.startswith("#compdef lambda-lint")
