"""Where a key stands in a TOML text."""

from __future__ import annotations

import pytest

from lambda_lint.settings.lines import Lines

TEXT = '''\
# comment with [brackets] and "quotes
[tool.other]
select = ["in another table"]

[ tool . "lambda-lint" ]  # spaces and quotes are allowed
select = [
    "LL001",  # first ]
    'LL002',
    "LL003",
]
fail-on = "error"
message = """
select = "not a key"
"quoted" inside """
'strange key' = \'\'\'
also = "not a key"
\'\'\'
per-file-ignores = { "tests/*" = ["LL0"], "src/a.py" = ["oops"] }
severity.fat-handler = "info"
"esc\\u0061pe" = 1

[[tool.lambda-lint.array]]
inner = { a = [ { b = 1 } ] }
[tool.lambda-lint.rules.fat-handler]
statements = 40
jobs = 2'''

OURS = ("tool", "lambda-lint")


@pytest.mark.parametrize(
    ("path", "needle", "line"),
    [
        (("select",), None, 6),
        (("select",), "LL002", 8),
        (("select",), "LL00", 6),
        (("select",), "absent", 6),
        (("fail-on",), None, 11),
        (("message",), None, 12),
        (("strange key",), None, 15),
        (("per-file-ignores",), None, 18),
        (("per-file-ignores", "tests/*"), None, 18),
        (("per-file-ignores", "src/a.py"), "oops", 18),
        (("severity",), None, 19),
        (("severity", "fat-handler"), None, 19),
        (("escape",), None, 20),
        (("array",), None, 22),
        (("array", "inner"), None, 23),
        (("rules",), None, 24),
        (("rules", "fat-handler"), None, 24),
        (("rules", "fat-handler", "statements"), None, 25),
        (("rules", "fat-handler", "jobs"), None, 26),
        (("rules", "fat-handler", "absent"), None, 24),
    ],
)
def test_line_of_a_key(path: tuple[str, ...], needle: str | None, line: int) -> None:
    assert Lines(TEXT).of(OURS + path, needle) == line


def test_a_key_that_is_not_there_has_no_line() -> None:
    assert Lines("other = 1\n").of(("select",)) is None
    assert Lines("").of(("select",)) is None


def test_windows_line_ends() -> None:
    assert Lines("a = 1\r\n\r\nb = [\r\n  'x',\r\n]\r\nc = 3\r\n").of(("c",)) == 6


def test_keys_before_any_table() -> None:
    assert Lines("a = 1\nb = 2\n[t]\nc = 3\n").of(("b",)) == 2


def test_the_needle_is_sought_in_an_inline_table_of_several_lines() -> None:
    text = 'per-file-ignores = { "a" = [\n  "LL001",\n], "b" = [\n  "oops",\n] }\n'
    assert Lines(text).of(("per-file-ignores", "b")) == 3
    assert Lines(text).of(("per-file-ignores", "b"), "oops") == 4
