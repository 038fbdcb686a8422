"""The harness sees what is wrong with a linter, and says it so that one can mend it.

The linter is small enough to be read, and has faults that can be switched on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.model.finding import Finding, Note, Result, Suppressed
from lambda_lint.model.fix import Fix
from lambda_lint.model.labels import Category, Confidence, Safety, Severity
from lambda_lint.model.location import Location, Span
from lambda_lint.syntax.source import location
from lambda_lint.testing.cases import Case, parse_page
from lambda_lint.testing.check import CaseFailedError, check_case, check_mutants

if TYPE_CHECKING:
    from lambda_lint.model.finding import RuleInfo
    from lambda_lint.testing.trial import Project

RULES = {"TOY001": "dire-call", "TOY002": "shouting"}
OWN = {"LL902": "unused-suppression"}
WORDS = {**RULES, **OWN}
DIRE = re.compile(r"\bdire\(\)")
SHOUT = re.compile(r"\b[A-Z]{9,}\b")
IGNORE = re.compile(r"# lambda-lint: ignore\[([\w, -]+)\]")
IGNORE_FILE = re.compile(r"# lambda-lint: ignore-file\[([\w, -]+)\]")
NOQA = re.compile(r"# noqa: ([\w, ]+)")


class Odd:
    """Equal to itself alone."""


@dataclass
class Toy:
    """Reports each `dire()`, with a call `through()` in another line as its path, and each shout."""

    faults: frozenset[str] = frozenset()
    runs: int = field(default=0)

    def name_of(self, word: str) -> str | None:
        return WORDS.get(word, word if word in WORDS.values() else None)

    def info(self, word: str) -> RuleInfo:
        raise NotImplementedError(word)

    def is_rule(self, word: str) -> bool:
        return self.name_of(word) in RULES.values()

    def chooses(self, configuration: str) -> bool:
        return "select" in configuration

    def __call__(self, project: Project) -> Result:
        self.runs += 1
        found: list[Finding] = []
        silenced: list[Suppressed] = []
        wanted = set(RULES.values())
        if project.select is not None and project.select != ("all",):
            wanted = set(project.select)
        if "needs company" in self.faults and project.select != ("all",):
            wanted.discard("dire-call")
        for path, data in {**project.files, **project.templates}.items():
            text = data.decode() if "sees the mark" in self.faults else data.decode("utf-8-sig")
            if "blind to crlf" in self.faults and "\r\n" in text:
                continue
            candidates = [finding for finding in self.findings(path, text) if finding.name in wanted]
            kept, suppressed = self.silence(path, text, candidates)
            found += kept
            silenced += suppressed
        if "unsorted" not in self.faults:
            if "loud" in self.faults:
                found = [replace(finding, message="Dire is here.") for finding in found]
            if "odd" in self.faults:
                found = [replace(finding, line_hash=Odd()) for finding in found]  # type: ignore[arg-type]
            found.sort(key=lambda finding: finding.order, reverse="backwards" in self.faults)
        if "forgetful" in self.faults and self.runs > 1:
            found = []
        sources = {}
        if "leaky" in self.faults:
            text = project.files["a.py"].decode()
            sources = {"a.py": text.replace("dire()", "******"), "b.py": ""}
            found = [replace(finding, fix=Fix("hide (event, context)", (), Safety.SAFE)) for finding in found]
            sources["a.py"] = sources["a.py"].replace("(event, context)", "****************")
        return Result(tuple(found), tuple(silenced), sources=sources, crashed="crashing" in self.faults)

    def findings(self, path: str, text: str) -> list[Finding]:
        through = re.search(r"\bthrough\(\)", text)
        found = []
        for name, pattern in (("dire-call", DIRE), ("shouting", SHOUT)):
            for match in pattern.finditer(text):
                steps: tuple[Note, ...] = ()
                if through and name == "dire-call":
                    steps = (Note(location(path, text, Span(*through.span())), "calls"),)
                place = location(path, text, Span(*match.span()))
                if "empty span" in self.faults:
                    place = location(path, text, Span(match.start(), match.start()))
                if "wrong column" in self.faults:
                    place = Location(path, Span(match.start() - 1, match.end()), place.start, place.end)
                found.append(self.finding(name, place, f"`{match[0]}` is here", steps))
        return found

    @staticmethod
    def finding(name: str, place: Location, message: str, steps: tuple[Note, ...] = ()) -> Finding:
        code = next(code for code, other in WORDS.items() if other == name)
        category = Category.TOOL if code in OWN else Category.DESIGN
        return Finding(
            code, name, category, Severity.WARNING, Confidence.HIGH, message, place, path=steps, help="do not"
        )

    def silence(
        self, path: str, text: str, candidates: list[Finding]
    ) -> tuple[list[Finding], list[Suppressed]]:
        lines = re.split(r"\r?\n", text)
        used: set[int] = set()
        kept: list[Finding] = []
        silenced: list[Suppressed] = []
        for finding in candidates:
            rows = [finding.location.start.line]
            if "deaf on the path" not in self.faults:
                rows += [step.location.start.line for step in finding.path]
            rows += [row - 1 for row in rows if row > 1 and lines[row - 2].lstrip().startswith("#")]
            hit = next((row for row in rows if finding.name in self.named(lines[row - 1])), None)
            hit = hit or next(
                (row for row, line in enumerate(lines, 1) if finding.name in self.named_for_file(line)), None
            )
            if hit is None:
                kept.append(finding)
            else:
                used.add(hit)
                silenced.append(Suppressed(finding, None))
        for row, line in enumerate(lines, 1):
            names = self.named(line) | self.named_for_file(line)
            if names and (row not in used or "always unused" in self.faults):
                start = len("\n".join(lines[: row - 1])) + 1
                place = location(path, "\n".join(lines), Span(start, start + len(line)))
                kept.append(self.finding("unused-suppression", place, f"unused {sorted(names)}"))
        if "hides suppressed" in self.faults:
            silenced = []
        return kept, silenced

    def named(self, line: str) -> set[str]:
        found: set[str] = set()
        if "deaf" not in self.faults and (match := IGNORE.search(line)):
            found |= {name.strip() for name in match[1].split(",")}
        if "deaf to noqa" not in self.faults and (match := NOQA.search(line)):
            found |= {WORDS[code] for code in re.split(r"\W+", match[1]) if code in WORDS}
        return found

    def named_for_file(self, line: str) -> set[str]:
        match = IGNORE_FILE.search(line)
        if match is None or "deaf for files" in self.faults:
            return set()
        return {name.strip() for name in match[1].split(",")}


GOOD = """
# Reported

`a.py`

```python
def handler(event, context):
    value = 1; dire()  # error: 16 [dire-call] "is here"
    through()
    text = '''
    dire()'''  # error: [TOY001]
    return (
        dire(),  # error: [dire-call]
        # error: [dire-call]
        # error: [dire-call]
        dire(), dire(),
    )
```

`b.py`

```python
x = "\U0001f600"; dire()  # error: [dire-call]
y = 1
```

`template.yaml`

```yaml
# error: [dire-call]
key: dire()
```

# Quiet

```python
calm()
SHOUTINGLOUDLY = 1
```
"""


def case_of(text: str, page: str = "dire_call.md", title: str | None = None) -> Case:
    cases = parse_page(Path(page), dedent(text))
    return cases[0] if title is None else next(case for case in cases if case.title == title)


def failure(case: Case, *faults: str) -> str:
    with pytest.raises(CaseFailedError) as caught:
        check_case(case, Toy(frozenset(faults)))
    return str(caught.value)


@pytest.mark.parametrize("title", ["Reported", "Quiet"])
def test_a_good_linter_passes(title: str) -> None:
    check_case(case_of(GOOD, title=title), Toy())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("empty span", "locations_hold: the span 44..44 of dire-call is empty or outside of the file"),
        ("wrong column", "locations_hold: Position(line="),
        (
            "blind to crlf",
            "same_with_crlf: these findings are lost:\n    a.py:2:16 [dire-call] `dire()` is here",
        ),
        ("sees the mark", "same_with_byte_order_mark: these findings are lost"),
        ("forgetful", "same_again: a second run gives another result"),
        ("backwards", "findings_are_sorted: the findings are not sorted"),
        ("unsorted", "same_in_any_order: files given in another order give another result"),
        ("deaf", "silenced_on_the_line: these findings are not silenced: [('a.py', 'dire-call'"),
        ("deaf to noqa", "silenced_by_noqa: these findings are not silenced"),
        ("deaf for files", "silenced_for_the_file: these findings are not silenced"),
        ("deaf on the path", "silenced_on_the_path: suppressed at the call `a.py:3`: these findings are not"),
        (
            "always unused",
            "silenced_on_the_line: the suppression counts as unused",
        ),
        ("hides suppressed", "silenced_on_the_line: 0 findings are listed as suppressed, not 7 more"),
        ("loud", "messages_are_well_worded: `Dire is here.` begins with a capital"),
        ("loud", "messages_are_well_worded: `Dire is here.` ends with a stop"),
        ("leaky", "secrets_stay_hidden: a text that is masked in the sources is shown elsewhere"),
        ("leaky", "secrets_stay_hidden: the source of `b.py` has another length than the file"),
        ("odd", "survives_pickling: the result is not the same after pickling"),
        ("crashing", "the run crashed"),
    ],
)
def test_a_fault_is_seen(fault: str, told: str) -> None:
    assert told in failure(case_of(GOOD), fault)


def test_a_rule_must_find_the_same_in_company() -> None:
    message = failure(case_of("```python\nx = 1\ndire()\n```\n"), "needs company")
    assert "unexpected" not in message
    assert (
        "same_with_all_rules: these findings are new:\n    app.py:2:1 [dire-call] `dire()` is here" in message
    )


def test_differences_are_told_by_file_and_line() -> None:
    case = case_of(
        """
        # A title

        `src/a.py`

        ```python
        dire()
        calm()  # error: [dire-call] "is here"
        dire()  # error: [dire-call] "another message"
        dire()  # error: 5 [dire-call]
        dire()  # error: [shouting]
        ```
        """
    )
    assert failure(case) == dedent(
        """\
        dire_call.md:2: A title
        expected and found differ:
          src/a.py
            line 1 (page 7): dire()
              unexpected  1 [dire-call] "`dire()` is here"
            line 2 (page 8): calm()
              missing     [dire-call] "is here"
            line 3 (page 9): dire()
              missing     [dire-call] "another message"
            line 3 (page 9): dire()
              unexpected  1 [dire-call] "`dire()` is here"
            line 4 (page 10): dire()
              missing     5 [dire-call]
            line 4 (page 10): dire()
              unexpected  1 [dire-call] "`dire()` is here"
            line 5 (page 11): dire()
              missing     [shouting]
            line 5 (page 11): dire()
              unexpected  1 [dire-call] "`dire()` is here\""""
    )


def test_a_finding_outside_of_the_case_is_told() -> None:
    class Stray(Toy):
        def findings(self, path: str, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
            return super().findings(f"not/{path}", text)

    with pytest.raises(CaseFailedError, match=r"not/app\.py\n    unexpected \[dire-call\]"):
        check_case(case_of("```python\ndire()\n```\n"), Stray())


def test_rules_of_a_page() -> None:
    text = "```python\ndire(); SHOUTINGLOUDLY = 1{}\n```\n"
    named = "  # error: [dire-call]"
    check_case(case_of(text.format(named)), Toy())
    # A page of no rule is about all that are on; so is one whose configuration chooses.
    both = f"{named}  # error: [TOY002]"
    check_case(case_of(text.format(both), page="suppressions.md"), Toy())
    check_case(case_of(text.format(both) + '```toml\nselect = ["ALL"]\n```\n'), Toy())
    # Naming another rule makes the case about it, too.
    check_case(case_of(text.format(both)), Toy())
    assert "missing     [no-such-rule]" in failure(
        case_of("```python\nx = 1  # error: [no-such-rule]\n```\n")
    )


def test_lines_that_cannot_take_a_comment_are_left_alone() -> None:
    case = case_of(
        """
        ```python
        dire()  # noqa: E501  # error: [dire-call]
        ```

        `b.py`

        ```python
        #!/usr/bin/env python
        dire()  # error: [dire-call]
        ```

        `c.py`

        ```python
        (dire()  # error: [dire-call]
        ```

        `d.json`

        ```json
        {"key": "dire()"}  // error: [dire-call]
        ```

        `f.py`

        ```python
        through()  # noqa: E501
        dire()  # error: [dire-call]
        ```

        `h.py`

        ```python
        if calm():
            x = '''dire()  # error: [dire-call]
            '''
        ```

        `g.py`

        ```python
        x = '''
        dire()  # error: [dire-call]
        dire()  # error: [dire-call]
        '''
        ```

        `e.py`

        ```python
        x = ["dire()", '''  # error: [dire-call]
        dire() ''',  # error: [dire-call]
        '''dire()  # error: [dire-call]
        ''']
        ```
        """
    )
    check_case(case, Toy())


PAGE = """\
# One

```python
dire()  # error: [dire-call]
```

```snapshot
old
```

# Two

```python
x = 1
dire()  # error: [dire-call]
```

- in a list

  ```snapshot
  old
  and older
  ```
"""


def test_snapshots_are_compared_and_updated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "dire_call.md"
    page.write_text(PAGE)
    cases = parse_page(page, PAGE)
    for case in cases:
        message = failure(case)
        assert "the output differs from the snapshot (LAMBDA_LINT_UPDATE_SNAPSHOTS=1 updates it)" in message
        assert "\n-old\n" in message
        assert "\n+warning TOY001 dire-call: `dire()` is here\n" in message
    monkeypatch.setenv("LAMBDA_LINT_UPDATE_SNAPSHOTS", "1")
    for case in cases:
        check_case(case, Toy())
    monkeypatch.delenv("LAMBDA_LINT_UPDATE_SNAPSHOTS")
    text = page.read_text()
    assert "old" not in text
    assert "  warning TOY001" in text
    for case in parse_page(page, text):
        check_case(case, Toy())


def test_mutants_keep_their_findings() -> None:
    case = case_of(GOOD)
    applied = check_mutants(case, Toy())
    assert "wrap_in_try" in applied
    assert "rename_event" in applied


def test_a_mutant_that_loses_a_finding_is_told() -> None:
    class Fussy(Toy):
        """Sees nothing in files that use `try`."""

        def findings(self, path: str, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
            return super().findings(path, text) if "try:" not in text else []

    case = case_of("```python\ndef f():\n    dire()  # error: [dire-call]\n```\n")
    with pytest.raises(CaseFailedError) as caught:
        check_mutants(case, Fussy())
    message = str(caught.value)
    assert "wrap_in_try: lost (1): [dire-call] app.py:2: dire()" in message
    assert "+        dire()" in message
    assert "wrap_in_if" not in message
