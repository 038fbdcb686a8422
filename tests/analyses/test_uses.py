"""What becomes of the result of a call."""

from __future__ import annotations

from textwrap import indent

import libcst as cst
import pytest
from running import context

from lambda_lint.analyses.fates import Part, Uses
from lambda_lint.analyses.uses import MOST_STEPS, is_noted, uses_of

HEAD = """
import asyncio, copy, json, logging
import boto3
from elsewhere import unknown

client = boto3.client("s3")
kept = []
KEY = "Failed"

def handler(event, context):
"""


def uses(body: str, **others: str) -> Uses:
    """The uses of what `client.ask()` returns."""
    source = HEAD + indent(body, "    ")
    ctx = context({"app.py": source, **{f"{name}.py": text for name, text in others.items()}})
    calls = (node for node in ctx.module.tree.of_type(cst.Call))
    return uses_of(ctx, next(call for call in calls if ctx.operation_of(call) is not None))


def told(found: Uses) -> list[str]:
    """`Items.each.id read` for each use."""
    return sorted({f"{'.'.join(map(_word, use.path)) or '.'} {use.fate.value}" for use in found})


def _word(key: object) -> str:
    return key.value if isinstance(key, Part) else str(key)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("client.ask()", [". dropped"]),
        ("return client.ask()", [". returned"]),
        ("yield client.ask()", [". yielded"]),
        ("yield from client.ask()", [". yielded"]),
        ("return lambda: client.ask()", [". returned"]),
        ("return [client.ask()]", [". returned"]),
        ("return client.ask()['a']", ["a read", "a returned"]),
        ("r = client.ask()", []),
        ("r = client.ask()\nr = 1\nreturn r", []),
        ("r: dict = client.ask()\nreturn r", [". returned"]),
        ("r = q = client.ask()\nreturn q['a']", ["a read", "a returned"]),
        ("r = client.ask()\nq = r\nreturn q.get('a', [])", ["a read", "a returned"]),
        ("r = None\nif event:\n    r = client.ask()\nprint(r)", [". passed"]),
        ("r = client.ask()\nif 'a' in r: pass", [". searched", "a read"]),
        ("r = client.ask()\nif event in r: pass", [". searched", "some read"]),
        ("r = client.ask()\nif r in event: pass", [". tested"]),
        ("r = client.ask()\nif r in event in event: pass", [". tested"]),
        ("r = client.ask()\nif event in event in r: pass", [". searched", "some read"]),
        ("r = client.ask()\nif r == event: pass", [". tested"]),
        ("r = client.ask()\nif event == r: pass", [". tested"]),
        ("r = client.ask()\nif not r: pass", [". tested"]),
        ("r = client.ask()\nassert r", [". tested"]),
        ("r = client.ask()\nwhile r: pass", [". tested"]),
        ("return [x for x in event if client.ask()]", [". tested"]),
        ("r = client.ask()\nx = 1 if r else 2", [". tested"]),
        ("r = client.ask()\nx = r if event else 2\nreturn x", [". returned"]),
        ("r = client.ask() or {}\nreturn r['a']", [". tested", "a read", "a returned"]),
        ("r = client.ask()\nreturn event and r", [". returned", ". tested"]),
        ("r = client.ask()\nreturn r and event", [". tested"]),
        ("return client.ask()[KEY]", ["Failed read", "Failed returned"]),
        ("return client.ask()[event]", ["some read", "some returned"]),
        ("return client.ask()[:1]", ["some read", "some returned"]),
        ("client.ask().a", [". unclear"]),
        ("client.ask().keys()", [". tested"]),
        ("client.ask().copy()['a']", ["a dropped", "a read"]),
        ("client.ask().pop()", [". called"]),
        ("for k, v in client.ask().items(): pass", ["some read", "some unclear"]),
        ("client.ask()['Body'].read()", ["Body called", "Body read"]),
        ("r = client.ask()\nr['a'] = 1", [". changed"]),
        ("r = client.ask()\ndel r['a']", [". changed"]),
        ("r = client.ask()\ndel r", []),
        ("r = client.ask()\nglobal kept\nkept = r", [". stored"]),
        ("r = client.ask()\nevent.r = r", [". stored"]),
        ("r = client.ask()\nevent['r'] = r", [". stored"]),
        ("r = client.ask()\nx = [r]", [". stored"]),
        ("r = client.ask()\nx = {'r': r}", [". stored"]),
        ("r = client.ask()\nx = {**r}", [". stored"]),
        ("r = client.ask()\nfor x in [r]: pass", [". stored"]),
        ("r = client.ask()\nx = r['n'] + 1", ["n read", "n stored"]),
        ("r = client.ask()\nif r['n'] + 1 > 2: pass", ["n computed", "n read"]),
        ("x = 0\nr = client.ask()\nx += r['n']", ["n gathered", "n read"]),
        ("r = client.ask()\nmatch r:\n    case {'a': a}: pass", [". unclear"]),
        ("r = client.ask()\nevent[r['k']]", ["k computed", "k read"]),
        ("if (r := client.ask())['a']:\n    return r['b']", ["a read", "a tested", "b read", "b returned"]),
        ("return (x := client.ask())", [". returned"]),
        ("(x := [client.ask()])", [". stored"]),
        ("with client.ask() as r:\n    return r['a']", ["a read", "a returned"]),
        ("with client.ask(): pass", []),
        (
            "r = client.ask()\na, (b, *c) = r\nreturn a",
            ["0 read", "0 returned", "1 read", "1.0 read", "1.some read"],
        ),
        ("r, q = client.ask(), 1\nreturn r", [". returned"]),
        ("r, q = [client.ask(), 1]\nreturn r", [". stored"]),
        ("def inner():\n    return r['a']\nr = client.ask()\nreturn inner()", ["a read", "a returned"]),
        ("def inner(r):\n    return r\nr = client.ask()\nreturn inner", []),
        ("class Inner(client.ask()): pass", [". unclear"]),
        ("class Inner:\n    r = client.ask()\n    print(r)", [". passed"]),
        ("@unknown(client.ask())\ndef f(): pass", [". passed"]),
    ],
)
def test_where_a_value_stands(body: str, expected: list[str]) -> None:
    assert told(uses(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "for x in client.ask()['a']:\n    print(x['b'])",
            ["a iterated", "a read", "a.each.b passed", "a.each.b read"],
        ),
        (
            "for x, y in client.ask(): return y",
            [". iterated", "each.0 read", "each.1 read", "each.1 returned"],
        ),
        (
            "return [x['b'] for x in client.ask() if x]",
            [". iterated", "each tested", "each.b read", "each.b returned"],
        ),
        ("return {x: 1 for x in client.ask()}", [". iterated", "each returned"]),
        (
            "return [y for x in client.ask() for y in x]",
            [". iterated", "each iterated", "each.each returned"],
        ),
        ("for i, x in enumerate(client.ask()): return x", [". iterated", "each returned"]),
        ("return [x for i, x in enumerate(client.ask())]", [". iterated", "each returned"]),
        ("x = enumerate(client.ask())", [". passed"]),
        ("return len(client.ask())", [". counted"]),
        ("if len(client.ask()) > 0: pass", [". tested"]),
        ("if 1 <= len(client.ask()): pass", [". tested"]),
        ("if len(client.ask()) > 5: pass", [". counted"]),
        ("if not len(client.ask()): pass", [". tested"]),
        ("return bool(client.ask())", [". tested"]),
        ("return next(iter(client.ask()), None)", ["0 returned"]),
        ("return sorted(client.ask())", [". gathered"]),
        ("return list(client.ask())", [". returned"]),
        ("return list(*client.ask())", [". passed"]),
        ("if int(client.ask()['n']) > 3: pass", ["n read", "n tested"]),
        ("found = []\nfound.extend(client.ask()['a'])", ["a gathered", "a read"]),
        ("found = []\nfound.append(client.ask()['a'])", ["a passed", "a read"]),
        ("return json.dumps(client.ask())", [". returned"]),
        ("x = json.dumps(client.ask())", [". stored"]),
        ("unknown(client.ask())", [". passed"]),
        ("unknown(a=client.ask())", [". passed"]),
        ("unknown([client.ask()])", [". passed"]),
        ("raise ValueError(client.ask())", [". passed"]),
        ("r = asyncio.run(client.ask())\nreturn r['a']", ["a read", "a returned"]),
        ("return copy.deepcopy(client.ask())['a']", ["a read", "a returned"]),
    ],
)
def test_loops_and_calls(body: str, expected: list[str]) -> None:
    assert told(uses(body)) == expected


def test_awaited() -> None:
    source = (
        HEAD.replace("def handler", "async def handler") + "    r = await client.ask()\n    return r['a']\n"
    )
    ctx = context(source)
    call = next(c for c in ctx.module.tree.of_type(cst.Call) if ctx.operation_of(c) is not None)
    assert told(uses_of(ctx, call)) == ["a read", "a returned"]


@pytest.mark.parametrize(
    ("helper", "call", "expected"),
    [
        ("def check(r):\n    return r['a']", "check(client.ask())", ["a read", "a returned"]),
        ("def check(x, *, r):\n    return r['a']", "check(1, r=client.ask())", ["a read", "a returned"]),
        ("def check(r):\n    r = 1\n    return r", "check(client.ask())", []),
        (
            "from functools import partial\ndef check(x, r):\n    return r['a']",
            "partial(check, 1, client.ask())()",
            ["a read", "a returned"],
        ),
        ("def check(*r):\n    return r", "check(client.ask())", [". passed"]),
        ("def check(**r):\n    return r", "check(r=client.ask())", [". passed"]),
        ("def check(r):\n    return r", "check(*client.ask())", [". passed"]),
        ("def check(a, r):\n    return r", "check(*event, client.ask())", [". passed"]),
        (
            "class Check:\n    def of(self, r):\n        return r['a']\n",
            "Check().of(client.ask())",
            ["a read", "a returned"],
        ),
        (
            "class Check:\n    def __init__(self, r):\n        self.r = r\n",
            "Check(client.ask())",
            [". passed"],
        ),
        (
            "def check(r, n):\n    return check(r, n - 1) if n else r['a']",
            "check(client.ask(), 3)",
            ["a read", "a returned"],
        ),
    ],
)
def test_helpers_of_the_same_module(helper: str, call: str, expected: list[str]) -> None:
    source = f"{helper}\n\n{HEAD}    {call}\n"
    ctx = context(source)
    asked = next(c for c in ctx.module.tree.of_type(cst.Call) if ctx.operation_of(c) is not None)
    assert told(uses_of(ctx, asked)) == expected


@pytest.mark.parametrize(
    ("helper", "expected"),
    [
        ("def check(r):\n    if r['a']: pass", ["a read"]),
        ("def check(r):\n    return r.get('a')", ["a read", "a returned"]),
        ("def check(r):\n    if 'a' in r: pass", ["a read"]),
        ("def check(r):\n    if 'a' in x: pass", []),
        ("def check(r):\n    for x in r['a']:\n        print(x)", ["a iterated", "a read", "a.each stored"]),
        ("def check(r):\n    yield r", [". yielded"]),
        ("def check(r):\n    r.items()", [". unclear"]),
        ("def check(r):\n    r.get()", []),
        ("def check(r):\n    print(r.get(x))", ["some passed"]),
        ("def check(r):\n    print(r[x])", ["some passed"]),
        ("def check(r):\n    print(f'{r}', [r], {1: r}, -r, r or 1)", [". passed"]),
        ("def check(r):\n    print(r.x, x[r], [r for x in y])", [". passed"]),
        ("def check(r):\n    with r as x: pass", [". stored"]),
        ("def check(r):\n    x.r = r", [". stored"]),
        ("def check(r):\n    x['r'] = r", [". stored"]),
        ("def check(r):\n    r = 1\n    return r", [". returned", ". unclear"]),
        ("def check(r):\n    return print()", []),
        ("def check(r):\n    pass\n\ndef other(r):\n    return r['b']", []),
    ],
)
def test_helpers_of_another_module(helper: str, expected: list[str]) -> None:
    """Facts tell less than a tree: what is kept in a variable counts as stored."""
    found = uses("from helpers import check\ncheck(client.ask())", helpers=helper)
    assert told(found) == expected
    assert all(use.node is None for use in found)


def test_questions() -> None:
    found = uses("r = client.ask()\nfor x in r['a']:\n    print(x)\n    if x['b']: pass\nlogging.info(r)")
    assert found.keys() == {"a"}
    assert found.keys(("a",)) == {Part.EACH}
    assert found.keys(("a", Part.EACH)) == {"b"}
    assert [use.fate.value for use in found.of(("a", Part.EACH))] == ["passed"]
    assert found.escapes()
    assert found.escapes(("a", Part.EACH, "b")), "what holds it escapes"
    assert not found.escapes(unless=lambda use: use.path == ())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("print(client.ask())", True),
        ("logging.getLogger().info('%s', client.ask())", True),
        ("print(f'{client.ask()}')", True),
        ("print(json.dumps(client.ask(), default=str))", True),
        ("unknown(client.ask())", False),
        ("print(unknown(client.ask()))", False),
        ("return client.ask()", False),
    ],
)
def test_notes(body: str, *, expected: bool) -> None:
    source = HEAD + indent(body, "    ")
    ctx = context(source)
    call = next(c for c in ctx.module.tree.of_type(cst.Call) if ctx.operation_of(c) is not None)
    assert [is_noted(ctx, use) for use in uses_of(ctx, call)] == [expected]


def test_a_value_that_is_everywhere_escapes() -> None:
    names = "\n".join(f"r{number + 1} = r{number}" for number in range(MOST_STEPS))
    assert uses(f"r0 = client.ask()\n{names}").escapes()
