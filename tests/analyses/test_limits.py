"""Code that is longer or deeper than anyone follows: the model says unknown, and soon."""

from __future__ import annotations

import libcst as cst
import pytest
from running import at, context

from lambda_lint.semantics.dependence import Dependence
from lambda_lint.semantics.values import Constant


def test_chains_of_names() -> None:
    lines = ["def main(event, context):", "    v0 = event"]
    lines += [f"    v{number + 1} = v{number}" for number in range(200)]
    lines += ["    v3()", "    v200()"]
    ctx = context("\n".join(lines))
    near, far = (at(ctx, cst.Call, which).func for which in (0, 1))
    assert ctx.dependence_of(near) == Dependence.EVENT
    assert ctx.dependence_of(far) == Dependence.UNKNOWN
    assert ctx.object_of(far) is None


def test_chains_of_calls() -> None:
    functions = [f"def f{number}(x):\n    return f{number + 1}(x)" for number in range(100)]
    ctx = context("\n".join([*functions, "def f100(x):\n    return x", "f0(1)", "f99(1)"]))
    assert ctx.object_of(at(ctx, cst.Call, 100)) is None
    assert ctx.object_of(at(ctx, cst.Call, 101)) == Constant(1)


@pytest.mark.parametrize(
    "deep",
    [
        "a" + ".b" * 300,
        "[" * 100 + "1" + "]" * 100,
        " + ".join(["'x'"] * 400),
        "-" * 300 + "1",
        "f(" * 150 + "1" + ")" * 150,
        "a" + "[0]" * 150,
        "(lambda: " * 50 + "1" + ")" * 50,
        "1 if x else " * 150 + "2",
        "x and " * 400 + "y",
        "{**" * 90 + "{}" + "}" * 90,
        "f'" + "{x}" * 400 + "'",
    ],
)
def test_deep_expressions(deep: str) -> None:
    ctx = context(f"def main(event, context):\n    x = {deep}\n    return x\n")
    found = at(ctx, cst.Return).value
    assert ctx.values_of(found)
    assert ctx.name_of(found) is None
    assert ctx.dependence_of(found) in set(Dependence) | {Dependence.NONE}


def test_classes_that_have_each_other_as_bases() -> None:
    classes = "\n".join(f"class C{n}(C{(n + 1) % 30}, C{(n + 7) % 30}):\n    x = {n}" for n in range(30))
    ctx = context(f"{classes}\nC3().x\nC3().missing\n")
    assert ctx.object_of(at(ctx, cst.Attribute)) == Constant(3)
    assert ctx.object_of(at(ctx, cst.Attribute, 1)) is None


def test_many_definitions_of_one_thing() -> None:
    branches = "\n".join(f"if x == {number}:\n    client = {number}" for number in range(100))
    ctx = context(f"{branches}\nclient.get()\n")
    assert ctx.object_of(at(ctx, cst.Attribute).value) is None


def test_functions_that_call_each_other_all() -> None:
    names = [f"f{number}" for number in range(30)]
    body = "\n".join(f"    {name}(x)" for name in names)
    functions = "\n".join(f"def {name}(x):\n{body}\n    return {name}(x)" for name in names)
    ctx = context(f"{functions}\ndef main(event, context):\n    f0(event)\n")
    assert Dependence.EVENT in ctx.dependence_of(at(ctx, cst.Call).args[0].value)
    assert len(ctx.path_to(at(ctx, cst.Call))) == 1
