"""Loops that make a call once for each thing; most is told by the cases of the rules that ask."""

from __future__ import annotations

import libcst as cst
from running import context

from lambda_lint.analyses.item_loops import ItemLoop, item_loop_around

HEAD = "import boto3\nclient = boto3.client('s3')\n"


def loop(text: str) -> ItemLoop | None:
    """The loop around `client.ask(…)`."""
    ctx = context(HEAD + text)
    calls = (node for node in ctx.module.tree.of_type(cst.Call))
    return item_loop_around(ctx, next(call for call in calls if ctx.operation_of(call) is not None))


def test_in_the_same_function() -> None:
    found = loop(
        "def handler(event, context):\n    for each in event['Records']:\n        client.ask(each)\n"
    )
    assert found is not None
    assert isinstance(found.node, cst.For)
    assert (found.step, found.is_alone, found.over_records) == (None, True, True)


def test_in_a_caller() -> None:
    found = loop(
        "def handler(event, context):\n"
        "    [save(each) for each in event['orders']]\n"
        "def save(each):\n"
        "    client.ask(each)\n"
    )
    assert found is not None
    assert found.step is not None
    assert (found.node, found.step.caller, found.over_records) == (None, "handler", False)


def test_none() -> None:
    for body in (
        "client.ask(event)",
        "for each in event['orders']:\n        pass\n    client.ask(each)",
        "while event:\n        client.ask(event)",
        "for each in event['orders']:\n        client.ask(event)",
        "for each in 'a', 'b':\n        client.ask(each)",
    ):
        assert loop(f"def handler(event, context):\n    {body}\n") is None
    assert loop("found = [each for each in input() if client.ask(each)]\n") is None
