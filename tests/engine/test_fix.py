"""Fixes in passes: which are applied, in which order, and when one is given up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst
from editing import naively
from hypothesis import given
from hypothesis import strategies as st
from running import registry, run

from lambda_lint.api import Edit, Edits, Fix, NoEditError, Rule, Safety, Severity, Span, Violation
from lambda_lint.engine import fix as fixing
from lambda_lint.engine.apply import Applied, compatible
from lambda_lint.engine.fix import BROKEN, ENDLESS, LASTING, MOST_PASSES, UNDONE, Change, Fixed, fix
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import Means, lint
from lambda_lint.errors import SourceError
from lambda_lint.model.finding import Finding, Result
from lambda_lint.model.labels import Category, Confidence
from lambda_lint.settings.options import DEFAULT
from lambda_lint.syntax.source import Source, location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from lambda_lint.api import Context

# -- edits of a text

TEXT = "0123456789"


@st.composite
def edit_sets(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that do not overlap."""
    text = draw(st.text(max_size=20))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(start, end) for start, end in zip(places[::2], places[1::2], strict=False)]
    distinct = [span for index, span in enumerate(spans) if not index or spans[index - 1].end < span.start]
    return text, [Edit(span, draw(st.text(max_size=3))) for span in distinct]


@given(edit_sets(), st.randoms())
def test_edits_are_applied_as_if_one_by_one_from_the_end(
    case: tuple[str, list[Edit]], random: object
) -> None:
    text, edits = case
    shuffled = list(edits)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Applied(text, shuffled).text == naively(text, edits)


@given(edit_sets())
def test_a_character_that_is_kept_is_found_again(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    after = Applied(text, edits)
    for offset, character in enumerate(text):
        place = after.place_of(offset)
        if not any(edit.span.start <= offset < edit.span.end for edit in edits):
            assert [after.text[at] for at in place] == [character]
        else:
            (edit,) = (edit for edit in edits if edit.span.start <= offset < edit.span.end)
            assert after.text[place.start : place.stop] == edit.text


def found(code: str, start: int, *edits: tuple[int, int, str], safety: Safety = Safety.SAFE) -> Finding:
    fix = Fix("mend", tuple(Edit(Span(a, b), text) for a, b, text in edits), safety) if edits else None
    place = location("a.py", TEXT, Span(start, start + 1))
    return Finding(code, code.lower(), Category.COST, Severity.INFO, Confidence.HIGH, "no", place, fix=fix)


def test_of_two_fixes_that_meet_the_first_wins() -> None:
    one, other = found("B", 0, (0, 2, "x")), found("A", 1, (1, 3, "y"))
    assert compatible([other, one]) == [one]
    touching = found("C", 2, (2, 3, "z"))
    assert compatible([touching, one]) == [one]
    inserted = found("D", 2, (2, 2, "i"))
    assert compatible([inserted, one]) == [one]
    assert compatible([inserted, found("E", 2, (2, 2, "j"))]) == [inserted]
    apart = found("F", 3, (3, 4, "k"))
    assert compatible([apart, one, found("G", 9)]) == [one, apart]


def test_at_one_place_the_code_decides() -> None:
    one, other = found("B", 0, (0, 1, "x")), found("A", 0, (0, 1, "y"))
    assert compatible([one, other]) == [other]


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    one, both = found("A", 0, (5, 6, "x")), found("B", 0, (1, 2, "y"), (5, 5, "z"))
    assert compatible([one, both]) == [both]


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 10), st.integers(0, 4), st.text(max_size=2)),
        max_size=8,
    )
)
def test_any_fixes_that_are_chosen_leave_a_legal_text(drawn: list[tuple[str, int, int, str]]) -> None:
    findings = [found(code, start, (start, min(start + size, 10), text)) for code, start, size, text in drawn]
    chosen = compatible(findings)
    edits = [edit for finding in chosen if finding.fix for edit in finding.fix.edits]
    assert Applied(TEXT, edits).text == naively(TEXT, edits)
    assert compatible(chosen) == chosen
    if findings:
        assert chosen
    # Nothing that was left out had room.
    for finding in findings:
        assert finding in chosen or len(compatible([*chosen, finding])) <= len(chosen)


# -- passes


@dataclass(frozen=True)
class Words:
    """What a rule of these tests does about words."""

    instead: Mapping[str, str]
    safety: Safety = Safety.SAFE


def rule(code: str, instead: Mapping[str, str], safety: Safety = Safety.SAFE) -> type[Rule[cst.Name]]:
    """A rule that finds names and replaces them."""

    class Renamed(Rule[cst.Name]):
        severity = Severity.WARNING
        message = "the name `{name}` is bad"
        fixable = (safety,)

        def check(self, node: cst.Name, ctx: Context, /) -> Iterator[Violation]:
            del ctx
            if node.value in instead:
                yield self.violation(node, name=node.value, fix=lambda edits: self.fix(node, edits))

        def fix(self, node: cst.Name, edits: Edits) -> Fix:
            return edits.fix("rename", [edits.replace(node, instead[node.value])], safety)

    Renamed.code = code
    Renamed.__name__ = {"XX001": "FirstRule", "XX002": "SecondRule"}[code]
    return Renamed


def fixed(
    files: Mapping[str, str],
    *rules: type[Rule[cst.Name]],
    unsafe: bool = False,
    targets: frozenset[str] | None = None,
) -> Fixed:
    means, known = Means(), registry(*rules)
    inputs = Inputs({path: text.encode() for path, text in files.items()}, targets=targets)
    return fix(inputs, lambda inputs: lint(inputs, DEFAULT, known, means), unsafe=unsafe)


def texts(done: Fixed) -> dict[str, str]:
    return {change.source.path: change.text for change in done.changes}


def test_all_is_fixed_in_as_many_passes_as_it_takes() -> None:
    first = rule("XX001", {"a": "b", "b": "c"})
    done = fixed({"m.py": "a + a\nb\n", "n.py": "x\n", "o.py": "a\n"}, first)
    assert texts(done) == {"m.py": "c + c\nc\n", "o.py": "c\n"}
    assert [len(change.fixed) for change in done.changes] == [5, 2]
    assert done.result.findings == ()
    assert done.result.notes == ()
    assert [change.data for change in done.changes] == [b"c + c\nc\n", b"c\n"]


def test_fixes_that_meet_wait_for_each_other() -> None:
    first = rule("XX001", {"a": "b"})
    second = rule("XX002", {"a": "c"})
    done = fixed({"m.py": "a\n"}, second, first)
    assert texts(done) == {"m.py": "b\n"}


def test_unsafe_fixes_are_applied_only_if_asked() -> None:
    unsafe = rule("XX001", {"a": "b"}, Safety.UNSAFE)
    shown = rule("XX002", {"c": "d"}, Safety.DISPLAY)
    assert not fixed({"m.py": "a\nc\n"}, unsafe, shown).changes
    assert texts(fixed({"m.py": "a\nc\n"}, unsafe, shown, unsafe=True)) == {"m.py": "b\nc\n"}


def test_only_files_that_are_asked_for_are_changed() -> None:
    first = rule("XX001", {"a": "b"})
    done = fixed({"m.py": "a\n", "n.py": "a\n"}, first, targets=frozenset({"n.py"}))
    assert texts(done) == {"n.py": "b\n"}


def test_what_a_comment_suppresses_is_not_fixed() -> None:
    first = rule("XX001", {"a": "b"})
    done = fixed({"m.py": "a  # lambda-lint: ignore[first-rule] it is good\na\n"}, first)
    assert texts(done) == {"m.py": "a  # lambda-lint: ignore[first-rule] it is good\nb\n"}


def test_a_fix_that_breaks_the_code_is_given_up_and_the_others_are_not() -> None:
    broken = rule("XX001", {"a": "(("})
    good = rule("XX002", {"b": "c"})
    done = fixed({"m.py": "a\nb\n"}, broken, good)
    assert texts(done) == {"m.py": "a\nc\n"}
    assert [finding.code for finding in done.result.findings] == ["XX001"]
    assert done.result.notes == (f"`m.py`: `first-rule` is not fixed: {BROKEN}",)
    other = fixed({"m.py": "b\na\n"}, broken, good)
    assert texts(other) == {"m.py": "c\na\n"}


def test_fixes_that_undo_one_another_end() -> None:
    done = fixed({"m.py": "a\n"}, rule("XX001", {"a": "b"}), rule("XX002", {"b": "a"}))
    assert texts(done) == {"m.py": "b\n"}
    assert done.result.notes == (f"`m.py`: `second-rule` is not fixed: {UNDONE}",)


def test_a_fix_that_does_not_mend_is_undone() -> None:
    lasting = rule("XX001", {"a": "a + 1"})
    good = rule("XX002", {"b": "c"})
    done = fixed({"m.py": "a\nb\n"}, lasting, good)
    assert texts(done) == {"m.py": "a\nc\n"}
    assert done.result.notes == (f"`m.py`: `first-rule` is not fixed: {LASTING}",)
    assert done.changes[0].fixed[0].code == "XX002"


def test_endless_fixes_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "MOST_PASSES", 3)
    growing = rule("XX001", {f"x{number}": f"x{number + 1}" for number in range(MOST_PASSES)})
    done = fixed({"m.py": "x0\n"}, growing)
    assert texts(done) == {"m.py": "x3\n"}
    assert done.result.notes == (f"`m.py`: {ENDLESS}",)


def test_a_text_that_the_encoding_lacks_is_not_written() -> None:
    odd = rule("XX001", {"a": "\N{GREEK SMALL LETTER ALPHA}"})
    done = fixed({"m.py": "# coding: latin-1\na\n"}, odd)
    assert not done.changes
    assert "`m.py` is left as it is: `iso-8859-1` cannot write its text" in done.result.notes[0]


def test_a_fix_that_needs_another_file_first_is_made() -> None:
    """What a fix brings about elsewhere is seen by the last run, which is one of everything."""

    class Other(Rule[cst.Module]):
        code = "XX002"
        severity = Severity.WARNING
        message = "the other file is done"
        fixable = (Safety.SAFE,)

        def check(self, node: cst.Module, ctx: Context, /) -> Iterator[Violation]:
            names = {name for facts in ctx.project.modules for name in facts.scopes[0].bindings}
            if "done" in names and ctx.module.path == "n.py" and len(node.body) == 1:
                yield self.violation(
                    node, fix=lambda e: e.fix("add", [e.insert_after_imports("x = 1")], SAFE)
                )

    SAFE = Safety.SAFE  # noqa: N806
    done = fixed({"m.py": "todo = 1\n", "n.py": "import m\n"}, rule("XX001", {"todo": "done"}), Other)  # type: ignore[arg-type]
    assert texts(done) == {"m.py": "done = 1\n", "n.py": "import m\n\nx = 1\n"}


# -- what the engine does with a rule's function


class Never(Rule[cst.Name]):
    code = "XX001"
    severity = Severity.WARNING
    message = "no"

    def check(self, node: cst.Name, ctx: Context, /) -> Iterator[Violation]:
        yield self.violation(node, fix=lambda _: self.fix(node, ctx))

    def fix(self, node: cst.Name, ctx: Context) -> Fix | None:
        del ctx
        if node.value == "edit":
            raise NoEditError("not here")
        if node.value == "place":
            raise SourceError("nobody knows where")
        if node.value == "crash":
            raise ValueError("a mistake")
        return None


def test_no_fix_is_no_failure() -> None:
    result = run({"m.py": "edit\nplace\nother\n"}, Never)
    assert [finding.fix for finding in result.findings] == [None, None, None]


def test_a_crash_of_a_fix_is_a_crash_of_the_rule() -> None:
    result = run({"m.py": "crash\n"}, Never)
    assert [finding.code for finding in result.findings] == ["LL901"]
    assert result.crashed


def test_code_in_a_template_has_no_fixes() -> None:
    template = """\
    Resources:
      F:
        Type: AWS::Lambda::Function
        Properties:
          Handler: index.handler
          Runtime: python3.13
          Code:
            ZipFile: |
              a
    """
    result = run({}, rule("XX001", {"a": "b"}), templates={"t.yaml": template})
    assert [finding.code for finding in result.findings] == ["XX001"]
    assert result.findings[0].fix is None


def test_positions_that_were_looked_up_for_a_fix_are_not_looked_up_again() -> None:
    result = run({"m.py": "x = a\n"}, rule("XX001", {"a": "b"}))
    assert [finding.location.start.column for finding in result.findings] == [5]


def test_a_later_run_takes_over_what_is_the_same() -> None:
    means, known = Means(), registry(rule("XX001", {"a": "b"}))
    inputs = Inputs({"m.py": b"a\n", "n.py": b"a\n"})
    first = lint(inputs, DEFAULT, known, means)
    found = dict(means.known)
    again = lint(inputs, DEFAULT, known, means)
    assert again == first
    assert means.known == found
    changed = lint(replace(inputs, files={**inputs.files, "m.py": b"b\n"}), DEFAULT, known, means)
    assert [finding.location.path for finding in changed.findings] == ["n.py"]
    assert len(means.known) == 3


def test_a_change_has_the_bytes_of_its_file() -> None:
    change = Change(Source("m.py", "a\r\n", "utf-8", has_bom=True), "b\r\n", ())
    assert change.data == b"\xef\xbb\xbfb\r\n"
    assert isinstance(Fixed(Result(()), (change,)).changes, tuple)
    assert re.fullmatch(r"m\.py", change.source.path)
