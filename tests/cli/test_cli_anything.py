"""Whatever comes in, something sensible goes out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_lint.app import run
from lambda_lint.request import STDIN_NAME, Request, Stdin

PIECES = st.sampled_from(
    [
        "def f(event, context):",
        "\n",
        "\r",
        "    ",
        "\t",
        "\x0c",
        "import boto3",
        "boto3.client('s3')",
        "(",
        ")",
        "'",
        '"""',
        "# lambda-lint: ignore[LL001]",
        "# coding: latin-1",
        "\ufeff",
        "\x00",
        "é",
        "\N{MATHEMATICAL SCRIPT CAPITAL X}",
        "lambda: ",
        "x = ",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=12).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60) | TEXTS)
def test_any_bytes_give_a_result(data: bytes) -> None:
    outcome = run(Request(stdin=Stdin(data), isolated=True))
    assert not outcome.result.crashed
    assert outcome.result.files == (STDIN_NAME,)
    assert outcome.fails == bool(outcome.result.findings)
