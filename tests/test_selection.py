"""Which rules run where: the more specific selector wins, wherever it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.errors import UsageError
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category, Severity
from lambda_lint.registry import Registry, RuleEntry, own_entries
from lambda_lint.rule import Rule
from lambda_lint.selection import Selection
from lambda_lint.settings.options import DEFAULT, Choices, Options, RuleTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.rule import Violation
    from lambda_lint.semantics.context import Context


class Quiet(Rule[cst.Call]):
    """A rule that finds nothing."""

    severity = Severity.WARNING
    message = "quiet"

    def check(self, _subject: cst.Call, _ctx: Context, /) -> Iterator[Violation]:
        """Find nothing."""
        yield from ()


class QuietInTests(Quiet):
    """The same, also for test code."""

    in_tests = True


@dataclass(frozen=True)
class FatOptions:
    """Options of one rule."""

    statements: int = 30
    names: tuple[str, ...] = ()


class Fat(Quiet):
    """A rule with options."""

    Options = FatOptions


def entry(
    code: str, name: str, category: Category, rule: type[Rule[Any]] = Quiet, *, on: bool = True
) -> RuleEntry:
    return RuleEntry(RuleInfo(code, name, category, Severity.WARNING, on, "", "", ""), rule)


RULES = (
    entry("LL001", "client-in-handler", Category.PERFORMANCE),
    entry("LL006", "slow-init", Category.PERFORMANCE, on=False),
    entry("LL010", "unbatched-calls", Category.COST),
    entry("LL020", "fat-handler", Category.DESIGN, Fat),
    entry("LL070", "hardcoded-secret", Category.SECURITY, QuietInTests),
)
REGISTRY = Registry((*RULES, *own_entries()))
OWN = ["LL900", "LL901", "LL902", "LL903", "LL904", "LL905"]
ALWAYS = ["LL900", "LL901", "LL904", "LL905"]
ON = ["LL001", "LL010", "LL020", "LL070"]
ROOT = Path("/project")


def selection(*places: Choices | Options, cwd: Path = ROOT) -> Selection:
    settings = DEFAULT
    for place in places:
        settings = settings.apply(place if isinstance(place, Options) else Options(choices=(place,)))
    return Selection(settings, REGISTRY, ROOT, cwd)


def enabled(*places: Choices) -> list[str]:
    return [entry.info.code for entry in selection(*places).enabled]


def codes(selection: Selection, path: str) -> list[str]:
    return [entry.info.code for entry in selection.for_path(path)]


def test_by_default_the_rules_that_are_on() -> None:
    assert enabled() == [*ON, *OWN]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (Choices(select=("LL006",)), ["LL006", *ALWAYS]),
        (Choices(select=("performance",)), ["LL001", "LL006", *ALWAYS]),
        (Choices(select=("all",)), ["LL001", "LL006", "LL010", "LL020", "LL070", *OWN]),
        (Choices(select=("tool",)), OWN),
        (Choices(select=()), ALWAYS),
        (Choices(extend_select=("slow-init",)), ["LL001", "LL006", "LL010", "LL020", "LL070", *OWN]),
        (Choices(select=("LL001",), extend_select=("cost",)), ["LL001", "LL010", *ALWAYS]),
        (Choices(ignore=("LL0",)), OWN),
        (Choices(extend_ignore=("LL0",)), OWN),
        # The more specific wins.
        (Choices(select=("all",), ignore=("performance",)), ["LL010", "LL020", "LL070", *OWN]),
        (Choices(select=("performance",), ignore=("all",)), ["LL001", "LL006", "LL901"]),
        (Choices(select=("LL00",), ignore=("performance",)), ["LL001", "LL006", *ALWAYS]),
        (Choices(select=("LL00",), ignore=("LL0",)), ["LL001", "LL006", *ALWAYS]),
        (Choices(select=("LL0",), ignore=("LL00",)), ["LL010", "LL020", "LL070", *ALWAYS]),
        (Choices(select=("LL001",), ignore=("LL00",)), ["LL001", *ALWAYS]),
        # Of equals in one place, the one that ignores.
        (Choices(select=("LL001",), ignore=("client-in-handler",)), ALWAYS),
        (Choices(select=("cost",), ignore=("cost",)), ALWAYS),
        (Choices(extend_select=("LL006",), extend_ignore=("LL006",)), [*ON, *OWN]),
        # What the tool could not do is told unless it is ignored, and a crash always.
        (Choices(ignore=("syntax-error", "LL901")), [*ON, "LL901", "LL902", "LL903", "LL904", "LL905"]),
        (Choices(ignore=("tool",)), [*ON, "LL901"]),
    ],
)
def test_one_place(choices: Choices, expected: list[str]) -> None:
    assert enabled(choices) == expected


@pytest.mark.parametrize(
    ("file", "command_line", "expected"),
    [
        # A later `select` starts anew, …
        (Choices(select=("LL001",)), Choices(select=("LL010",)), ["LL010", *ALWAYS]),
        (Choices(extend_select=("LL006",)), Choices(select=("LL010",)), ["LL010", *ALWAYS]),
        # … but what is ignored stays so, unless it is asked for as closely.
        (Choices(ignore=("LL001",)), Choices(select=("LL0",)), ["LL006", "LL010", "LL020", "LL070", *ALWAYS]),
        (Choices(ignore=("LL001",)), Choices(select=("LL001",)), ["LL001", *ALWAYS]),
        (Choices(ignore=("LL001",)), Choices(extend_select=("client-in-handler",)), [*ON, *OWN]),
        (Choices(ignore=("LL001",)), Choices(ignore=("LL010",)), ["LL020", "LL070", *OWN]),
        (Choices(select=("LL001",)), Choices(ignore=("performance",)), ["LL001", *ALWAYS]),
        (Choices(select=("LL001",)), Choices(ignore=("LL001",)), ALWAYS),
        (Choices(select=("LL001",)), Choices(extend_select=("LL010",)), ["LL001", "LL010", *ALWAYS]),
    ],
)
def test_two_places(file: Choices, command_line: Choices, expected: list[str]) -> None:
    assert enabled(file, command_line) == expected


SELECTORS = ["all", "performance", "LL", "LL0", "LL00", "LL001"]
"""Each more specific than the one before; all of them mean LL001."""
some = st.lists(st.sampled_from(SELECTORS), max_size=3).map(tuple)


@given(some, some)
def test_selection_is_monotone_in_specificity(selected: tuple[str, ...], ignored: tuple[str, ...]) -> None:
    closest = max(SELECTORS.index(text) for text in selected) if selected else -1
    furthest = max(SELECTORS.index(text) for text in ignored) if ignored else -1
    runs = "LL001" in enabled(Choices(select=selected, ignore=ignored))
    assert runs is (closest > furthest)


@given(some, some, st.sampled_from(SELECTORS))
def test_order_within_a_place_does_not_matter(
    selected: tuple[str, ...], ignored: tuple[str, ...], more: str
) -> None:
    forward = enabled(Choices(select=(*selected, more), ignore=ignored))
    backward = enabled(Choices(select=(more, *reversed(selected)), ignore=tuple(reversed(ignored))))
    assert forward == backward


@given(some, st.sampled_from(SELECTORS))
def test_a_rule_that_is_named_last_runs(ignored: tuple[str, ...], later: str) -> None:
    runs = "LL001" in enabled(Choices(ignore=ignored), Choices(select=(later,)))
    assert runs is all(SELECTORS.index(text) <= SELECTORS.index(later) for text in ignored)


@pytest.mark.parametrize(
    ("places", "code", "why"),
    [
        ((), "LL001", "LL001 client-in-handler: on, by default"),
        ((), "LL006", "LL006 slow-init: off, by default"),
        ((Choices(select=("LL010",)),), "LL001", "LL001 client-in-handler: off, not selected"),
        (
            (Choices(select=("performance",)),),
            "slow-init",
            "LL006 slow-init: on, --select performance on the command line",
        ),
        (
            (Choices("pyproject.toml", ignore=("LL0",)), Choices(extend_select=("all",))),
            "LL001",
            "LL001 client-in-handler: off, ignore = LL0 in pyproject.toml",
        ),
        (
            (Choices(extend_ignore=("LL001",)),),
            "LL001",
            "LL001 client-in-handler: off, --extend-ignore LL001 on the command line",
        ),
        ((Choices(select=("LL010",)),), "LL900", "LL900 syntax-error: on, unless it is ignored"),
        ((Choices(ignore=("LL901",)),), "LL901", "LL901 rule-crashed: on, always"),
    ],
)
def test_why(places: tuple[Choices, ...], code: str, why: str) -> None:
    assert selection(*places).why(code) == why


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            Options(choices=(Choices(select=("fat-handlr",)),)),
            "there is no rule, code or category `fat-handlr`; did you mean `fat-handler`? (in `select`)",
        ),
        (
            Options(choices=(Choices(extend_ignore=("XX1",)),)),
            "there is no rule, code or category `XX1` (in `extend-ignore`)",
        ),
        (
            Options(per_file_ignores=(("*", ("XX1",)),)),
            "there is no rule, code or category `XX1` (in `per-file-ignores`)",
        ),
        (
            Options(severity=(("XX1", Severity.INFO),)),
            "there is no rule, code or category `XX1` (in `severity`)",
        ),
    ],
)
def test_unknown_selectors(options: Options, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        selection(options)
    assert str(raised.value) == message


# Files


def test_per_file_ignores() -> None:
    chosen = selection(
        Options(
            per_file_ignores=(
                ("scripts/", ("all",)),
                ("*_gen.py", ("LL00", "design")),
                ("!src/", ("LL070",)),
            )
        )
    )
    assert codes(chosen, "src/app.py") == [*ON, *OWN]
    assert codes(chosen, "scripts/run.py") == ["LL901"]
    assert codes(chosen, "src/deep/x_gen.py") == ["LL010", "LL070", *OWN]
    assert codes(chosen, "lib/app.py") == ["LL001", "LL010", "LL020", *OWN]


def test_paths_are_relative_to_the_working_folder_and_patterns_to_the_root() -> None:
    options = Options(per_file_ignores=(("/src/a.py", ("LL001",)),))
    below = selection(options, cwd=ROOT / "src")
    assert not below.runs("LL001", "a.py")
    assert not below.runs("LL001", Path("../src/a.py"))
    assert not below.runs("LL001", ROOT / "src/a.py")
    assert below.runs("LL001", "src/a.py")
    assert below.runs("LL001", "/elsewhere/src/a.py")


def test_the_working_folder_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = DEFAULT.apply(Options(per_file_ignores=(("/a.py", ("LL001",)),)))
    chosen = Selection(settings, REGISTRY)
    assert not chosen.runs("LL001", "a.py")
    assert chosen.runs("LL001", "b/a.py")


@pytest.mark.parametrize(
    ("path", "is_test"),
    [
        ("src/app.py", False),
        ("tests/helpers.py", True),
        ("service/tests/deep/helpers.py", True),
        ("src/test_app.py", True),
        ("src/app_test.py", True),
        ("conftest.py", True),
        ("src/contest.py", False),
        ("src/testing.py", False),
    ],
)
def test_test_code_gets_only_rules_that_are_meant_for_it(path: str, is_test: bool) -> None:
    chosen = selection()
    assert chosen.is_test(path) is is_test
    assert codes(chosen, path) == (["LL070", *OWN] if is_test else [*ON, *OWN])


def test_what_is_test_code_can_be_said() -> None:
    chosen = selection(Options(test_paths=("spec/",)))
    assert chosen.is_test("spec/x.py")
    assert not chosen.is_test("tests/x.py")


# Severity and options


def test_severity() -> None:
    chosen = selection(
        Options(
            severity=(
                ("LL001", Severity.INFO),
                ("performance", Severity.ERROR),
                ("LL020", Severity.INFO),
                ("fat-handler", Severity.ERROR),
            )
        )
    )
    client, slow, batch, fat, _ = RULES
    assert chosen.severity(client) is Severity.INFO
    assert chosen.severity(slow) is Severity.ERROR
    assert chosen.severity(fat) is Severity.ERROR
    assert chosen.severity(batch) is Severity.WARNING
    assert chosen.severity_override(batch) is None


def test_options_are_joined_over_all_places() -> None:
    chosen = selection(
        Options(rules=(RuleTable("fat-handler", (("statements", 40), ("names", ("a",)))),)),
        Options(rules=(RuleTable("LL020", (("statements", 50),)), RuleTable("LL001", ()))),
    )
    fat = RULES[3]
    assert chosen.options_of(fat) == {"statements": 50, "names": ("a",)}
    assert chosen.rule(fat).options == FatOptions(50, ("a",))
    assert chosen.rule(RULES[0]).options is None
