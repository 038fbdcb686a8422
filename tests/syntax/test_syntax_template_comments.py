"""Comments in templates: each language writes them in its own way, and hides what looks like one."""

from __future__ import annotations

import pytest

from lambda_lint.syntax.comments import Kind
from lambda_lint.syntax.template_comments import template_directives


def spoken(path: str, text: str) -> list[tuple[list[str], int, int]]:
    """Names and lines of what comments say, which is all suppressions."""
    found = template_directives(path, text)
    assert {directive.kind for directive in found} <= {Kind.IGNORE, Kind.NOQA}
    return [([name.text for name in each.names], each.first_line, each.last_line) for each in found]


@pytest.mark.parametrize("path", ["main.tf", "lib/app.ts"])
@pytest.mark.parametrize(
    "comment",
    [
        "// lambda-lint: ignore[LL001] why",
        "//lambda-lint:ignore[LL001]",
        "/* lambda-lint: ignore[LL001] */",
        "/*lambda-lint: ignore[LL001]*/",
        "/** lambda-lint: ignore[LL001] why **/",
        "// noqa: LL001",
    ],
)
def test_comments_with_slashes(path: str, comment: str) -> None:
    text = f"a = 1\nb = 2  {comment}\nc = 3\n"
    assert spoken(path, text) == [(["LL001"], 2, 2)]
    (found,) = template_directives(path, text)
    (name,) = found.names
    assert text[name.location.span.start : name.location.span.end] == "LL001"
    assert spoken(path, f"a = 1\n{comment}\n\nc = 3\n") == [(["LL001"], 2, 4)]


def test_the_number_sign_begins_a_comment_of_terraform_only() -> None:
    text = "a = 1 # lambda-lint: ignore[LL001]\n"
    assert spoken("main.tf", text) == [(["LL001"], 1, 1)]
    assert spoken("app.ts", text) == []


@pytest.mark.parametrize("lead", [" * ", "   ", " *"])
def test_a_line_of_a_block_comment(lead: str) -> None:
    text = f"a = 1\n/*\n * Kept as it is.\n{lead}lambda-lint: ignore[LL001] why\n */\nb = 2\n"
    (found,) = template_directives("app.ts", text)
    assert (found.first_line, found.last_line, found.reason) == (4, 6, "why")


def test_prose_is_no_directive() -> None:
    assert spoken("app.ts", "/* see\nlambda-lint: ignore[a] and lambda-lint: ignore[b] */\nx\n") == []
    assert spoken("app.ts", "// see lambda-lint: ignore[a]\n/* lambda-lint is it: noqa: */\n") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", 'a = "# lambda-lint: ignore[a]"\n'),
        ("main.tf", 'a = "\\" # lambda-lint: ignore[a]"\n'),
        ("main.tf", 'a = "$${ # lambda-lint: ignore[a] "\n'),
        ("main.tf", "a = <<EOT\nx # lambda-lint: ignore[a]\nEOT\n"),
        ("main.tf", "a = <<-EOT\n  # lambda-lint: ignore[a]\n  EOT\n"),
        ("main.tf", "a = <<EOT\n# lambda-lint: ignore[a]\n"),
        ("app.ts", "const a = '// lambda-lint: ignore[a]';\n"),
        ("app.ts", 'const a = "\\" // lambda-lint: ignore[a]";\n'),
        ("app.ts", "const a = `\n// lambda-lint: ignore[a]\n`;\n"),
    ],
)
def test_what_stands_in_a_text_is_no_comment(path: str, text: str) -> None:
    assert spoken(path, text) == []
    mark = " # " if path == "main.tf" else " // "
    after = f"{text}b{mark}lambda-lint: ignore[b]\n"
    if text.count("EOT") != 1:
        assert [names for names, _, _ in spoken(path, after)] == [["b"]]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", 'a = "x ${f({ # lambda-lint: ignore[a]\n b = "}" })} # no" # lambda-lint: ignore[b]\n'),
        ("app.ts", "a = `x ${f({ // lambda-lint: ignore[a]\n b: '}' })} // no` // lambda-lint: ignore[b]\n"),
    ],
)
def test_code_within_texts_has_comments(path: str, text: str) -> None:
    assert [names for names, _, _ in spoken(path, text)] == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", "a = 'it # lambda-lint: ignore[a]\n"),
        ("main.tf", 'a = "it\nb = 1 # lambda-lint: ignore[a]\n'),
        ("app.ts", "a = 'it\nb = 1 // lambda-lint: ignore[a]\n"),
        ("app.ts", "} // lambda-lint: ignore[a]\n"),
        ("app.ts", "x /* lambda-lint: ignore[a]"),
    ],
)
def test_what_is_not_closed_ends_with_its_line(path: str, text: str) -> None:
    assert [names for names, _, _ in spoken(path, text)] == [["a"]]


def test_a_comment_before_the_first_line_may_follow_the_mark_of_a_document() -> None:
    (found,) = template_directives("t.yaml", "---\n# lambda-lint: ignore-file[a]\nA: 1\n")
    assert (found.kind, found.problem) == (Kind.IGNORE_FILE, None)


@pytest.mark.parametrize(
    "text", ["<<A\n" * 100_000, "/*" * 200_000, '"${' * 100_000, "/* \n" + " " * 200_000 + "x */"]
)
def test_hostile_texts_come_to_an_end(text: str) -> None:
    for path in ("main.tf", "app.ts"):
        assert len(template_directives(path, f"{text}\n// lambda-lint: ignore[a]\n")) <= 1
