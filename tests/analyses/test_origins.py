"""What an expression is put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
import pytest
from running import context

from lambda_lint.analyses.companions import calls_in, calls_of_invocations
from lambda_lint.analyses.loaded import loaded_with, packages_loaded
from lambda_lint.analyses.origins import Origins, origins_of
from lambda_lint.analyses.unused import unused_functions
from lambda_lint.semantics.values import External

if TYPE_CHECKING:
    from lambda_lint.semantics.context import Context

BEFORE = """
import base64
import functools
import os
from functools import partial
from pathlib import Path

import boto3

import settings
from settings import FOLDER, missing
from starred import *

s3 = boto3.client("s3")
HERE = Path(__file__).parent
PARTS = {"a": "b"}
NAMES = ["one"]
NAMES.append("two")


class Reader:
    suffix = ".json"

    def __init__(self, name):
        self.name = name
        self.nothing = unknown()

    def path(self):
        return HERE / self.name

    def own(self):
        return self.name


def joined(folder, name="x.json"):
    return os.path.join(folder, name)


def again(value):
    return again(value)


def deep(value):
    return deeper(value)


def deeper(value):
    return deepest(value)


def deepest(value):
    return last(value)


def last(value):
    return ended(value)


def ended(value):
    return value


def within(folder):
    def inner(name):
        return folder + name

    return inner


with_folder = functools.partial(joined, FOLDER)
late = functools.partial(open, "a")


def use(reader: Reader, *parts, key=None):
    for name in NAMES:
        local = name
    with open("text.txt") as file:
        content = file.read()


def handler(event, context):
    reader = Reader("r.json")
    for inner in NAMES:
        use(reader, key=reader)
    joined("called")
    asked(
"""

AFTER = """
    )
"""

SETTINGS = """
FOLDER = "static"
"""

STATIC = {
    '"a"': ({"a"}, set()),
    "1": (set(), set()),
    'HERE / "x" / "y.json"': ({"x", "y.json"}, set()),
    'f"{FOLDER}/z"': ({"static", "/z"}, set()),
    "settings.FOLDER": ({"static"}, set()),
    'os.environ["A"]': (set(), {"A"}),
    'os.getenv("A", "b")': ({"b"}, {"A"}),
    'base64.b64decode(os.environ["A"]).decode("utf-8")': ({"utf-8"}, {"A"}),
    'joined("q")': ({"q", "x.json"}, set()),
    'joined("q", name="r")': ({"q", "r"}, set()),
    'with_folder("t")': ({"static", "t"}, set()),
    'Path(FOLDER).joinpath("p")': ({"static", "p"}, set()),
    "os.path.splitext(FOLDER)[0]": ({"static"}, set()),
    "inner": ({"one", "two"}, set()),
    "reader.own()": ({"r.json"}, set()),
    "reader.suffix": ({".json"}, set()),
    'PARTS["a"]': ({"a", "b"}, set()),
    "NAMES": ({"one", "two"}, set()),
    "(FOLDER, 1) + (2,)": ({"static"}, set()),
    "[part for part in NAMES]": ({"one", "two"}, set()),
    'FOLDER if HERE else "e"': ({"static", "e"}, set()),
    'FOLDER.upper().split("/")': ({"static", "/"}, set()),
    "event": None,
    "context.function_name": None,
    "unknown()": None,
    "missing": None,
    "__file__": (set(), set()),
    "STARRED": ({"starred"}, set()),
    "use": None,
    "again(1)": None,
    "deep(1)": None,
    "lambda: 1": None,
    "open(FOLDER)": None,
    "reader.nothing": None,
    "reader.other": None,
    's3.get_object(Bucket="b", Key="k")["Body"]': None,
    "os.environ": None,
    'joined(*["q"])': None,
    'within("o")("i")': ({"o", "i"}, set()),
    "late()": None,
    'FOLDER.center("x")': None,
    "joined": None,
}


@pytest.mark.parametrize(("expression", "expected"), STATIC.items())
def test_origins(expression: str, expected: tuple[set[str], set[str]] | None) -> None:
    found = _origins(expression)
    if expected is None:
        assert not found.is_static
    else:
        assert found.is_static
        assert (set(found.texts), set(found.variables)) == expected


def _origins(expression: str) -> Origins:
    files = {
        "app.py": BEFORE + expression + AFTER,
        "settings.py": SETTINGS,
        "starred.py": "STARRED = 'starred'",
    }
    ctx = context(files)
    return origins_of(ctx, _call(ctx, "asked").args[0].value)


def _call(ctx: Context, name: str) -> cst.Call:
    calls = ctx.module.tree.of_type(cst.Call)
    return next(call for call in calls if isinstance(call.func, cst.Name) and call.func.value == name)


def test_operations_of_the_sdk_are_named() -> None:
    assert _origins('s3.get_object(Bucket="b", Key="k")["Body"]').names == {"sdk:s3.get_object"}


@pytest.mark.parametrize(
    ("expression", "name"),
    [("[print]", "builtins.print"), ("[os]", "os"), ("[partial]", "functools.partial")],
)
def test_what_comes_from_outside_is_named(expression: str, name: str) -> None:
    assert name in _origins(expression).names


def test_a_long_search_ends() -> None:
    assert not _origins(" + ".join(f"'a{number}'" for number in range(600))).is_complete


COMPANIONS = """
import boto3

s3 = boto3.client("s3")


def handler(event, context):
    asked()
    save()


def save():
    s3.put_object(Bucket="b")
    put_object()


def other(event, context):
    s3.put_object(Bucket="c")


if __name__ == "__main__":
    s3.put_object(Bucket="d")
"""


def test_the_calls_of_the_same_invocations() -> None:
    ctx = context(COMPANIONS)
    asked = _call(ctx, "asked")
    assert len(list(calls_of_invocations(ctx, asked, {"put_object"}))) == 2
    assert list(calls_of_invocations(ctx, asked, {"get_object"})) == []


def test_the_calls_in_a_function() -> None:
    ctx = context(COMPANIONS)
    assert len(list(calls_in(ctx, ctx.function_key(_call(ctx, "asked"))))) == 2
    names = [values for _, values in calls_in(ctx, (0, 0))]
    assert (External("boto3.client"),) in names


LOADED = {
    "app.py": """
        from typing import TYPE_CHECKING

        import numpy.linalg
        import package.part
        from star import *

        if TYPE_CHECKING:
            import typed
        if typing.TYPE_CHECKING:
            import typed

        def handler(event, context):
            import late
    """,
    "package/part.py": "from . import sibling",
    "package/sibling.py": "import pandas as pd",
    "star.py": "import app",
    "typed.py": "import scipy",
    "late.py": "import scipy",
    "tests/test_app.py": "import app",
}


def test_what_is_loaded_together() -> None:
    ctx = context(LOADED)
    project, paths = ctx.project, ctx.project.paths
    (loaded,) = loaded_with(project, ctx.module.number)
    assert {paths[number] for number in loaded} == {
        "app.py",
        "package/part.py",
        "package/sibling.py",
        "star.py",
    }
    assert loaded_with(project, paths.index("late.py")) == []
    assert packages_loaded(project, ctx.module.number) == {"numpy", "typing"}


UNUSED = {
    "app.py": """
        import helpers
        from helpers import renamed as other

        TABLE = {"a": "app.in_table"}

        def handler(event, context):
            if event["x"] or helpers.by_attribute:
                return [other, getattr(event, event["name"]), TABLE[event["key"]]]

        def in_table(): ...

        def dead():
            return deader() or [each for each in other]

        def deader():
            return {"a": dead, **{"b": 1}}

        @decorated
        def with_decorator(): ...

        class Box:
            def __len__(self): ...

            def keep(self, box):
                self.box = box
                box["key"] = self.box
            def dead(self): ...

        with open("a") as file:
            file.read()
    """,
    "helpers.py": """
        def renamed(): ...

        def by_attribute(): ...
    """,
}


def _unused(files: dict[str, str]) -> set[str]:
    project = context(files).project
    return {project.evaluator.scope(key).qualname for key in unused_functions(project)}


def test_functions_that_nothing_mentions() -> None:
    assert _unused(UNUSED) == {"dead", "deader", "Box.dead", "Box.keep"}


@pytest.mark.parametrize(
    "line",
    [
        'globals()[event["name"]]()',
        'import importlib; importlib.import_module(event["name"])',
        'getattr(Box(), event["name"])()',
        'eval(event["code"])',
    ],
)
def test_names_that_are_computed_mention_everything(line: str) -> None:
    app = UNUSED["app.py"] + f"\n        def lambda_handler(event, context):\n            {line}\n"
    assert _unused({**UNUSED, "app.py": app}) == set()


def test_names_that_are_written_out_mention_what_they_say() -> None:
    line = "import importlib; importlib.import_module('app'); getattr(Box(), 'dead'); Box().keep({})"
    app = UNUSED["app.py"] + f"\n        def lambda_handler(event, context):\n            {line}\n"
    assert _unused({**UNUSED, "app.py": app}) == set()
