"""Markdown pages become cases."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from lambda_lint.testing import CaseError, cases_of
from lambda_lint.testing.annotations import Annotation, Expectation
from lambda_lint.testing.cases import Case, parse_page

KEYS = frozenset({"error", "phase", "sdk"})


def parse(text: str, page: str = "a_rule.md") -> tuple[Case, ...]:
    return parse_page(Path(page), dedent(text), KEYS)


def one(text: str) -> Case:
    (case,) = parse(text)
    return case


def test_a_page_with_everything() -> None:
    (case,) = parse(
        """
        # The rule

        Text with `code`.

        ## A project

        `src/app.py`

        ```python
        one  # error: [a-rule]
        two
        ```

        `src/other.py`: is no label. The next one is:

        `src/other.py`:

        ~~~~python
        '''
        ~~~
        '''
        ~~~~

        `src/unused.yaml` is no label.

        ```yaml
        Key: value  # error: [LL100] "part"
        ```

        `deploy.json`

        ```json
        {"a": 1}  // error: 3 [a-rule]
        ```

        ```toml
        ignore = ["x"]
        ```

        ```snapshot
        output
        ```

        ```text
        not a file
        ```

        ## Prose only
        """
    )
    assert (case.title, case.line, case.rule, str(case)) == ("A project", 6, "a-rule", "a_rule::A project")
    app, other = case.files
    assert (app.path, app.text, app.line) == ("src/app.py", "one\ntwo\n", 11)
    assert app.expectations == (Expectation(1, "a-rule"),)
    assert (other.path, other.text) == ("src/other.py", "'''\n~~~\n'''\n")
    yaml, json = case.templates
    assert (yaml.path, yaml.text) == ("template.yaml", "Key: value\n")
    assert yaml.expectations == (Expectation(1, "LL100", None, "part"),)
    assert (json.path, json.text, json.expectations) == (
        "deploy.json",
        '{"a": 1}\n',
        (Expectation(1, "a-rule", 3),),
    )
    assert case.configuration == 'ignore = ["x"]\n'
    assert case.snapshot is not None
    assert case.snapshot.text == "output\n"
    assert case.everything == (app, other, yaml, json)


def test_unnamed_blocks_are_alternatives() -> None:
    cases = parse(
        """
        Before any heading:

        ```python
        start
        ```

        # Title

        `shared.py`

        ```python
        shared
        ```

        ```python
        first
        ```

        ```python fixed
        first fixed
        ```

        ```snapshot
        of the first
        ```

        ```python
        second
        ```

        ```yaml
        a: 1
        ```

        # Title

        ```yaml
        b: 1
        ```

        ```yml
        c: 1
        ```
        """
    )
    assert [case.title for case in cases] == [
        "start",
        "Title (1)",
        "Title (2)",
        "Title (1) #2",
        "Title (2) #2",
    ]
    _, first, second, third, fourth = cases
    assert [(file.path, file.text) for file in first.everything] == [
        ("shared.py", "shared\n"),
        ("app.py", "first\n"),
        ("template.yaml", "a: 1\n"),
    ]
    assert first.files[1].fixed == "first fixed\n"
    assert first.snapshot is not None
    assert [file.text for file in second.files] == ["shared\n", "second\n"]
    assert second.snapshot is None
    assert [file.text for file in (*third.everything, *fourth.everything)] == ["b: 1\n", "c: 1\n"]
    assert [case.line for case in cases] == [1, 16, 28, 38, 42]


def test_annotations_speak_of_their_line_or_the_next() -> None:
    case = one(
        """
        ```python
        # error: [a]
        # error: 4 [b] "x y"   # phase: invoke
        one  # comment  # error: [c]
        # an ordinary comment
        two  # error: [d]  # error: [LL001] "m"  # sdk: client s3
        text = "error: [x]"  # noqa: E501
        ```
        """
    )
    (file,) = case.files
    assert file.text.split("\n")[:3] == ["", "", "one  # comment"]
    assert file.text.split("\n")[3:] == [
        "# an ordinary comment",
        "two",
        'text = "error: [x]"  # noqa: E501',
        "",
    ]
    assert file.questions == (Annotation(3, "phase", "invoke"), Annotation(5, "sdk", "client s3"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "x  # error: missing-brackets",
            "`# error: missing-brackets` cannot be read: write `# error: [",
        ),
        ("x  # error: [a], [b]", "cannot be read"),
        ("x  # error: [a] 'single'", "cannot be read"),
        ("x\n# error: [a]", "`# error: [a]` stands above no line"),
    ],
)
def test_mistakes_in_annotations_are_told(text: str, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse(f"# T\n\n`src/x.py`\n\n```python\n{text}\n```\n")
    assert str(caught.value).startswith("a_rule.md:1: under `T`: `src/x.py` (line 6): ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```toml\n```\n```toml\n```", "two blocks of configuration"),
        ("`a.py`\n```python\n```\n`a.py`\n```python\n```", "two blocks are called `a.py`"),
        ("```python\n```\n```python\n```\n```yaml\n```\n```json\n```", "name them or part them by headings"),
        ("```python fixed\n```", "the `fixed` block of line 2 follows no file that it could belong to"),
        ("```python\n```\n`b.py` fixed\n```python\n```", "follows no file"),
        ("<!-- not mutated by x -->\n```python\n```", "gives no reason"),
    ],
)
def test_mistakes_in_pages_are_told(text: str, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "label",
    [
        "fixed:",
        "(fixed)",
        "**Fixed**",
        "After fixing:",
        "`a.py` fixed:",
        "`a.py`, fixed",
        "`a.py` (after fixing):",
    ],
)
def test_labels_of_fixed_blocks(label: str) -> None:
    case = one(f"`a.py`\n```python\nx\n```\n\n{label}\n\n```python\ny  # error: [a-rule]\n```\n")
    assert [(file.path, file.text, file.fixed) for file in case.files] == [("a.py", "x\n", "y\n")]


def test_a_heading_of_its_own_for_the_fixed_text() -> None:
    case = one("# T\n```python\nx\n```\n## Fixed\n```python\ny\n```\n```snapshot\nz\n```\n")
    assert (case.title, case.files[0].fixed) == ("T", "y\n")
    assert case.snapshot is not None


def test_indented_and_unclosed_blocks() -> None:
    case = one("1. In a list\n\n   ```python\n   def f():\n       pass\n\n   ```\n\n`b.py`\n\n```python\nx\n")
    assert [(file.path, file.text) for file in case.files] == [
        ("app.py", "def f():\n    pass\n\n"),
        ("b.py", "x\n\n"),
    ]


def test_remarks_on_mutations() -> None:
    block = "\n```python\nx\n```\n"
    assert one(block).unmutated == frozenset()
    quotes = one(f"<!-- not mutated by change_quotes, wrap_in_if: about quotes -->\n{block}")
    assert quotes.unmutated == frozenset({"change_quotes", "wrap_in_if"})
    assert one(f"<!-- not mutated: about the file as it is -->\n{block}").unmutated is None
    assert one(f"<!-- anything else -->\n{block}").unmutated == frozenset()


def test_pages_are_found_below_folders_in_order(tmp_path: Path) -> None:
    for name in ("b/second.md", "a/third.md", "a/first.md"):
        page = tmp_path / name
        page.parent.mkdir(exist_ok=True)
        page.write_text("```python\nx  # phase: init\n```\n", encoding="utf-8")
    found = cases_of(tmp_path / "b" / "second.md", tmp_path / "a", questions=["phase"])
    assert [case.rule for case in found] == ["second", "first", "third"]
    assert found[0].files[0].questions == (Annotation(1, "phase", "init"),)
    assert cases_of(tmp_path / "a")[0].files[0].text == "x  # phase: init\n"
