from collections.abc import Mapping, Sequence

import pytest

from lambda_lint.engine.lint import Inputs, lint
from lambda_lint.engine.suppress import Outcome, Rulebook, apply
from lambda_lint.model.finding import Finding, Note
from lambda_lint.model.labels import Category, Confidence, Severity
from lambda_lint.model.location import Location, Span
from lambda_lint.registry import load_registry
from lambda_lint.settings.options import DEFAULT
from lambda_lint.syntax.comments import directives
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source
from lambda_lint.syntax.template_comments import template_directives

RULES = {
    "LL001": ("client-in-handler", Category.PERFORMANCE),
    "LL070": ("hardcoded-secret", Category.SECURITY),
    "LL071": ("hardcoded-aws-credentials", Category.SECURITY),
    "LL902": ("unused-suppression", Category.TOOL),
    "LL903": ("unknown-suppression", Category.TOOL),
    "ACME1": ("no-print", Category.DESIGN),
}
ALL = frozenset(RULES)


def rulebook(enabled: frozenset[str] = ALL) -> Rulebook:
    codes = {code: code for code in RULES} | {name: code for code, (name, _) in RULES.items()}
    codes["old-name"] = "LL001"
    return Rulebook(codes, {code: category for code, (_, category) in RULES.items()}, enabled)


def place(path: str, text: str, part: str) -> Location:
    start = text.index(part)
    return Source(path, text).location(Span(start, start + len(part)))


def finding(code: str, location: Location, *path: Location) -> Finding:
    name, category = RULES[code]
    steps = tuple(Note(step, "`f` calls `g`") for step in path)
    return Finding(
        code, name, category, Severity.ERROR, Confidence.HIGH, "something is wrong", location, path=steps
    )


def judged(
    files: Mapping[str, str],
    findings: Sequence[Finding] = (),
    *,
    enabled: frozenset[str] = ALL,
    reported: Sequence[str] | None = None,
    partial: bool = False,
) -> Outcome:
    found = {}
    for path, text in files.items():
        source = Source(path, text)
        is_python = path.endswith(".py")
        found[path] = directives(source, parse(source)) if is_python else template_directives(path, text)
    return apply(findings, found, rulebook(enabled), files if reported is None else reported, partial=partial)


def messages(outcome: Outcome) -> list[str]:
    return [f"{item.code} {item.location.start.line} {item.message}" for item in outcome.kept]


@pytest.mark.parametrize(
    "comment",
    [
        "# lambda-lint: ignore[client-in-handler] known",
        "# lambda-lint: ignore[LL001] known",
        "# lambda-lint: ignore[ll001] known",
        "# lambda-lint: ignore[performance] known",
        "# lambda-lint: ignore[old-name] known",
        "# noqa: LL001 known",
    ],
)
def test_a_comment_silences_by_name_code_and_category(comment: str) -> None:
    text = f"x = 1\nf()  {comment}\n"
    bad = finding("LL001", place("a.py", text, "f()"))
    outcome = judged({"a.py": text}, [bad])
    assert outcome.kept == ()
    assert [(silenced.finding, silenced.reason) for silenced in outcome.suppressed] == [(bad, "known")]


@pytest.mark.parametrize(
    "comment", ["# lambda-lint: ignore[LL070, security]", "# noqa: LL070", "# noqa: client-in-handler"]
)
def test_a_comment_for_another_rule_silences_nothing(comment: str) -> None:
    text = f"f()  {comment}\n"
    bad = finding("LL001", place("a.py", text, "f()"))
    assert bad in judged({"a.py": text}, [bad]).kept


def test_a_comment_on_another_line_silences_nothing() -> None:
    text = "f()\ng()  # lambda-lint: ignore[LL001]\n"
    bad = finding("LL001", place("a.py", text, "f()"))
    assert messages(judged({"a.py": text}, [bad])) == [
        "LL001 1 something is wrong",
        "LL902 2 `LL001` silences nothing here",
    ]


def test_a_comment_on_a_step_of_the_path_silences_what_passes_through() -> None:
    handler = "def main(event, context):\n    return save()  # lambda-lint: ignore[LL001] tenants\n"
    helper = "def save():\n    return client()\n"
    bad = finding("LL001", place("b.py", helper, "client()"), place("a.py", handler, "save()"))
    outcome = judged({"a.py": handler, "b.py": helper}, [bad])
    assert (outcome.kept, [silenced.reason for silenced in outcome.suppressed]) == ((), ["tenants"])


def test_a_comment_for_a_file_silences_only_what_is_in_it() -> None:
    handler = "# lambda-lint: ignore-file[LL001]\nx = client()\nsave()\n"
    helper = "client()\n"
    inside = finding("LL001", place("a.py", handler, "client()"))
    passing = finding("LL001", place("b.py", helper, "client()"), place("a.py", handler, "save()"))
    outcome = judged({"a.py": handler, "b.py": helper}, [inside, passing])
    assert outcome.kept == (passing,)
    assert [silenced.finding for silenced in outcome.suppressed] == [inside]


def test_a_finding_that_ends_at_a_line_s_end_is_not_on_the_next() -> None:
    text = "f()\ng()  # lambda-lint: ignore[LL001]\n"
    bad = finding("LL001", place("a.py", text, "f()\n"))
    assert bad in judged({"a.py": text}, [bad]).kept


@pytest.mark.parametrize("line", [2, 3, 4])
def test_a_finding_of_several_lines_is_silenced_from_each(line: int) -> None:
    lines = ["x = 1", "f(a,", "  b,", "  c)", "y = 2"]
    lines[line - 1] += "  # lambda-lint: ignore[LL001]"
    text = "\n".join(lines)
    source = Source("a.py", text)
    bad = finding("LL001", source.location(Span(text.index("f("), text.index("c)"))))
    assert judged({"a.py": text}, [bad]).kept == ()


def test_comments_of_a_template_silence_findings_in_it() -> None:
    text = "A: 1\nB:  # lambda-lint: ignore[LL070]\n  C: 2\n"
    bad = finding("LL070", place("t.yaml", text, "B"))
    assert judged({"t.yaml": text}, [bad]).kept == ()


def test_each_name_is_judged_by_itself() -> None:
    text = "f()  # lambda-lint: ignore[LL001, LL070, security]\n"
    bad = finding("LL001", place("a.py", text, "f()"))
    outcome = judged({"a.py": text}, [bad])
    assert messages(outcome) == [
        "LL902 1 `LL070` silences nothing here",
        "LL902 1 `security` silences nothing here",
    ]
    spans = [text[item.location.span.start : item.location.span.end] for item in outcome.kept]
    assert spans == ["LL070", "security"]
    first = outcome.kept[0]
    assert (first.name, first.category, first.severity, first.confidence) == (
        "unused-suppression",
        Category.TOOL,
        Severity.WARNING,
        Confidence.HIGH,
    )


def test_an_unused_comment_for_a_file_is_told() -> None:
    text = "# lambda-lint: ignore-file[LL001]\nx = 1\n"
    assert messages(judged({"a.py": text})) == ["LL902 1 `LL001` silences nothing in this file"]


@pytest.mark.parametrize("name", ["LL001", "client-in-handler", "performance", "security"])
def test_a_comment_for_a_rule_that_did_not_run_is_not_unused(name: str) -> None:
    text = f"f()  # lambda-lint: ignore[{name}]\n"
    assert judged({"a.py": text}, enabled=ALL - {"LL001", "LL071"}).kept == ()


def test_a_comment_in_a_file_that_is_not_reported_is_not_judged() -> None:
    text = "f()  # lambda-lint: ignore[LL001, nonsense]\n# lambda-lint: ignore\n"
    assert judged({"a.py": text}, reported=["b.py"]).kept == ()


def test_in_a_partial_run_a_comment_on_a_line_is_not_unused() -> None:
    text = "# lambda-lint: ignore-file[LL070]\nf()  # lambda-lint: ignore[LL001, nonsense]\n"
    assert messages(judged({"a.py": text}, partial=True)) == [
        "LL902 1 `LL070` silences nothing in this file",
        "LL903 2 `nonsense` is no rule and no category",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("clint-in-handler", ", did you mean `client-in-handler`?"),
        ("LL01", ""),
        ("securty", ", did you mean `security`?"),
        ("something-else-entirely", ""),
    ],
)
def test_an_unknown_name_is_told_with_a_close_one(name: str, hint: str) -> None:
    text = f"f()  # lambda-lint: ignore[{name}]\n"
    assert messages(judged({"a.py": text})) == [f"LL903 1 `{name}` is no rule and no category{hint}"]


def test_codes_of_other_linters_are_left_alone() -> None:
    text = "f()  # noqa: F401, E501, LL999, ACME1\n"
    assert messages(judged({"a.py": text})) == [
        "LL903 1 `LL999` is no rule and no category",
        "LL902 1 `ACME1` silences nothing here",
    ]


def test_a_malformed_directive_is_told() -> None:
    text = "f()  # lambda-lint: ignore\n"
    (told,) = judged({"a.py": text}).kept
    assert (told.code, told.name) == ("LL903", "unknown-suppression")
    assert told.message == "`ignore` must name rules in brackets, such as `ignore[client-in-handler]`"
    assert text[told.location.span.start :] == "# lambda-lint: ignore\n"[: told.location.span.end]


@pytest.mark.parametrize("names", ["LL902, LL903", "unused-suppression, unknown-suppression", "tool"])
def test_only_a_comment_for_the_file_silences_findings_about_comments(names: str) -> None:
    text = f"# lambda-lint: ignore-file[{names}] old\nf()  # lambda-lint: ignore[LL001, nonsense]\n"
    outcome = judged({"a.py": text})
    assert outcome.kept == ()
    assert [(silenced.finding.code, silenced.reason) for silenced in outcome.suppressed] == [
        ("LL902", "old"),
        ("LL903", "old"),
    ]


def test_a_comment_on_the_line_does_not_silence_findings_about_comments() -> None:
    text = "f()  # lambda-lint: ignore[LL001, LL902]\n"
    assert messages(judged({"a.py": text})) == [
        "LL902 1 `LL001` silences nothing here",
        "LL902 1 `LL902` silences nothing here",
    ]


def test_findings_about_comments_can_be_off() -> None:
    text = "f()  # lambda-lint: ignore[LL001, nonsense]\n# lambda-lint: nonsense\n"
    assert judged({"a.py": text}, enabled=frozenset({"LL001"})).kept == ()


def test_the_first_reason_counts() -> None:
    text = "# lambda-lint: ignore[LL001]\nf()  # lambda-lint: ignore[client-in-handler] b\n"
    bad = finding("LL001", place("a.py", text, "f()"))
    outcome = judged({"a.py": text}, [bad])
    assert (outcome.kept, [silenced.reason for silenced in outcome.suppressed]) == ((), ["b"])


def test_everything_is_in_order() -> None:
    text = "f()\ng()\nh()  # lambda-lint: ignore[x]\n"
    bad = [finding("LL001", place("a.py", text, part)) for part in ("g()", "f()")]
    kept = judged({"a.py": text}, bad).kept
    assert [item.location.start.line for item in kept] == [1, 2, 3]


def test_in_a_file_that_the_rule_did_not_look_at_a_comment_is_not_unused() -> None:
    registry = load_registry()
    text = b"x = 1  # lambda-lint: ignore[client-in-handler] kept\n"
    result = lint(Inputs({"app.py": text, "tests/test_app.py": text}), DEFAULT, registry)
    assert [(finding.code, finding.location.path) for finding in result.findings] == [("LL902", "app.py")]
