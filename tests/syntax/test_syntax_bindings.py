"""The names that a value meets. The value is the only number 7 of each piece of code."""

from __future__ import annotations

import libcst as cst
import pytest

from lambda_lint.syntax.bindings import LONGEST_PARALLEL, bindings
from lambda_lint.syntax.targets import name_of_target, unwrapped
from lambda_lint.syntax.tree import Tree


def met(code: str) -> list[str]:
    tree = Tree(cst.parse_module(code))
    (value,) = (node for node in tree.of_type(cst.Integer) if node.value == "7")
    return [f"{binding.relation.value} {binding.name}" for binding in bindings(tree, value)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a = 7", ["assigned a"]),
        ("a = b.c = d['e'] = 7", ["assigned a", "assigned c", "assigned e"]),
        ("a[0] = 7", []),
        ("a[0:1] = 7", []),
        ("a['b', 'c'] = 7", []),
        ("a: int = 7", ["assigned a"]),
        ("a: b[7]", []),
        ("a += 7", ["assigned a"]),
        ("if (a := 7): pass", ["assigned a"]),
        ("a, b = 7, 8", ["assigned a"]),
        ("a, b = c = 8, 7", ["assigned b", "paired c", "member c"]),
        ("a, *b = 8, 9, 7", []),
        ("a[0], b = 7, 8", []),
        ("a = [7]", ["member a"]),
        ("a = {8, 7, 9}", ["member a"]),
        ("a = {'b': (8, 7)}", ["paired b", "member b"]),
        ("a = [[7, 8], 9]", ["member a"]),
        ("f(a=[7, 8, 9])", []),
        ("[7]", []),
        ("7", []),
        ("a = b or 7", ["assigned a"]),
        ("a = 7 if b else 8", ["assigned a"]),
        ("a = 8 if 7 else b", []),
        ("a = -7", []),
        ("a = (7).encode().strip()", ["assigned a"]),
        ("a = (7).other()", []),
        ("a = (7).encode", []),
        ("a = (7)[0]", []),
        ("a = bytes(7, 'utf-8')", ["assigned a"]),
        ("a = Field(default=7)", ["assigned a"]),
        ("a = Field(title=7)", ["passed title"]),
        ("a = quote(b(7))", ["argument b"]),
        ("f(7)", ["argument f"]),
        ("a.f(8, 7)", ["argument f"]),
        ("a[0](7)", ["argument "]),
        ("f(*a, 7)", []),
        ("f(*7)", []),
        ("f(b=8, *[7])", []),
        ("f(a=7)", ["passed a"]),
        ("f(auth=(8, 7))", ["paired auth"]),
        ("f((8, 7))", ["paired f"]),
        ("f(**{'a': 7})", ["entry a"]),
        ("a = {'b': 7}", ["entry b"]),
        ("a = {b.c: 7}", ["entry c"]),
        ("a = {7: 'b'}", []),
        ("a = {8: 7}", []),
        ("a = {'Name': 'b', 'Value': 7}", ["entry Value", "entry b"]),
        ("a = {'Name': b, **c, 'Value': 7}", ["entry Value"]),
        ("a = {'Label': 'b', 'Value': 7}", ["entry Value"]),
        ("f(Name='b', Value=7)", ["passed Value", "passed b"]),
        ("f(8, Name=b, Value=7)", ["passed Value"]),
        ("def f(a=7): pass", ["default a"]),
        ("def f(a: 7): pass", []),
        ("f = lambda a=7: a", ["default a"]),
        ("f = lambda: 7", []),
        ("def f(): return 7", ["returned f"]),
        ("def f():\n    def g(): pass\n    return [7]", []),
        ("a == 7", ["compared a"]),
        ("7 != a.b", ["compared b"]),
        ("a in (7, 8)", ["compared a"]),
        ("a < 7", []),
        ("a == b == 7", []),
        ("a() == 7", []),
        ("a.get('b') == 7", ["compared b"]),
        ("a.get() == 7", []),
        ("a.b().lower() == 7", []),
        ("a.lower() == 7", ["compared a"]),
        ("(await a) == 7", ["compared a"]),
        ("(a := b) == 7", ["compared a"]),
        ("1 == 7", []),
        ("a.get('b', 7)", ["default b", "argument get"]),
        ("a.get(b, 7)", ["argument get"]),
        ("getattr(a, 'b', 7)", ["default b", "argument getattr"]),
        ("setattr(a, 'b', 7)", ["passed b", "argument setattr"]),
        ("a.setenv('b', 7)", ["passed b", "argument setenv"]),
        ("compare_digest(a, 7)", ["compared a", "argument compare_digest"]),
        ("compare_digest(7, a['b'])", ["compared b", "argument compare_digest"]),
        ("compare_digest(7)", ["argument compare_digest"]),
        ("a.set_password(7)", ["passed password", "argument set_password"]),
        ("a.setPassword(7)", ["passed Password", "argument setPassword"]),
        ("a.set_password(8, 7)", ["argument set_password"]),
        ("option('--a', b, default=7)", ["passed default", "default --a"]),
        ("option(default=7, type='a')", ["passed default"]),
        ("class A(7): pass", []),
        ("class A(b=7): pass", []),
        ("del a[7]", []),
    ],
)
def test_met(code: str, expected: list[str]) -> None:
    assert met(code) == expected


def test_long_lists_are_data() -> None:
    many = ", ".join(["8"] * LONGEST_PARALLEL)
    assert met(f"a = [{many}, 7]") == ["member a"]
    assert met(f"f({many}, 7)") == []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", "a"),
        ("a.encode()", "a"),
        ("a.b.strip().encode('utf-8')", "a.b"),
        ("bytes(a, 'utf-8')", "a"),
        ("base64.b64decode(a)", "a"),
        ("bytes()", "bytes()"),
        ("bytes(*a)", "bytes(*a)"),
        ("f(a)", "f(a)"),
    ],
)
def test_unwrapped(expression: str, expected: str) -> None:
    found = unwrapped(cst.parse_expression(expression))
    assert cst.Module([]).code_for_node(found) == expected


def test_name_of_an_item() -> None:
    assert name_of_target(cst.parse_expression("a['b']")) == "b"
    assert name_of_target(cst.parse_expression("a[b]")) is None
