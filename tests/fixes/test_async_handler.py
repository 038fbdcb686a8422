"""The fix of async-handler makes a handler that does what its coroutine would have done."""

from __future__ import annotations

import asyncio
import inspect
from textwrap import dedent

import pytest
from fixing import fixed, handled

from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import lint
from lambda_lint.settings.options import DEFAULT, Choices, Options
from lambda_lint.testing.engine import installed

PLAIN = '''
"""Prices."""

import os


async def handler(event, context):
    return {"price": await price(event["item"]), "folder": os.sep}  # both


async def price(item):
    return len(item)
'''

ANNOTATED = """
    import asyncio as aio
    from typing import Any

    async def handler(
        event: dict[str, Any], context: object
    ) -> dict[str, int]:
        await aio.sleep(0)
        return {"price": len(event["item"])}
"""

TAKEN = """
    asyncio = None
    _handler = 1

    async def handler(event, context, /):
        return {"price": len(event["item"])}
"""


@pytest.mark.parametrize("text", [PLAIN, ANNOTATED, TAKEN])
def test_the_result_is_there(text: str) -> None:
    event = {"item": "tea"}
    coroutine = handled(text, event)
    assert inspect.iscoroutine(coroutine)
    assert handled(fixed(text, "async-handler"), event) == asyncio.run(coroutine)


DECORATED = """
    from aws_lambda_powertools import Logger

    @Logger().inject_lambda_context
    async def handler(event, context):
        return {}
"""

MENTIONED = """
    import asyncio

    async def handler(event, context):
        return {}

    if __name__ == "__main__":
        asyncio.run(handler({}, None))
"""

MORE = """
    async def handler(event, context, *rest):
        return {}
"""

OPTIONAL = """
    async def handler(event, context=None):
        return {}
"""


@pytest.mark.parametrize("text", [DECORATED, MENTIONED, MORE, OPTIONAL])
def test_there_is_no_fix(text: str) -> None:
    settings = DEFAULT.apply(Options(choices=(Choices(select=("async-handler",)),)))
    inputs = Inputs(files={"app.py": dedent(text).encode()}, templates={})
    (finding,) = lint(inputs, settings, installed().registry).findings
    assert finding.fix is None
