"""CDK functions that are made by functions, in loops and by classes of the same program."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment import cdk_python_helpers
from lambda_lint.deployment.reader import read_template
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.function import Template

IMPORTS = """
from aws_cdk import Duration, Stack, aws_lambda as lambda_, aws_sqs as sqs
from aws_cdk.aws_lambda_event_sources import SqsEventSource
from constructs import Construct

"""


def read(text: str) -> Template:
    return read_template("app.py", (IMPORTS + dedent(text)).encode())


def functions(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Handler and folder of each function."""
    return {each.name: (each.handler, each.folder) for each in read(text).functions}


METHOD = """
class Orders(Stack):
    def __init__(self, scope, id):
        first = self.make("First", "one")
        first.add_event_source(SqsEventSource(sqs.Queue(self, "Queue")))
        self.make("Second", folder="two", handler="app.second", timeout=Duration.seconds(9))
        self.make("Third", handler=unknown, **unknown)

    def make(self, id, folder="src", /, *, handler="app.first", **options):
        made = lambda_.Function(
            self, id, handler=handler, code=lambda_.Code.from_asset(f"code/{folder}"), **options
        )
        return made
"""


def test_a_method_is_read_for_each_call() -> None:
    template = read(METHOD.replace("/, ", ""))
    first, second, third = template.functions
    assert (first.handler, first.folder) == ("app.first", "code/one")
    assert [source.kind for source in first.sources] == [SourceKind.SQS]
    assert (second.handler, second.folder, second.sources) == ("app.second", "code/two", ())
    assert second.timeout.value == 9
    assert first.timeout.is_absent
    assert (third.handler, third.folder) == (None, None)
    assert not third.timeout.is_known
    starts = [template.text[each.place.span.start :][:8] for each in (first, second, third)]
    assert starts == ['"First",', '"Second"', '"Third",']


def test_parameters_that_are_not_named() -> None:
    assert functions(METHOD)["First"] == ("app.first", "code/one")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            """
            def make(id, *folders, **options):
                return lambda_.Function(None, id, code=code(*folders), **options)
            def code(name, *more):
                return lambda_.Code.from_asset(name)
            make("A", "one", handler="a.b")
            """,
            {"A": ("a.b", None)},
        ),
        (
            """
            def code(name):
                return lambda_.Code.from_asset(name)
            def make(id, *folders, **options):
                return lambda_.Function(None, id, code=code(folders[0]), **options)
            make("A", "one", handler="a.b")
            make("B", *unknown)
            """,
            {"A": ("a.b", "one"), "B": (None, None)},
        ),
        (
            """
            class Made:
                @staticmethod
                def make(id, *, handler):
                    lambda_.Function(None, id, handler=handler)
                @classmethod
                def more(cls):
                    Made.given(None, "C", "c.d")
                    cls.make("A", handler="a.b")
                    Made.make("B", handler="b.c")
                def given(this, id, handler):
                    lambda_.Function(this, id, handler=handler)
            Made.more()
            """,
            {"A": ("a.b", None), "B": ("b.c", None), "C": ("c.d", None)},
        ),
        (
            """
            class Made(Construct):
                def __init__(self, scope, id, handler):
                    self.fn = lambda_.Function(self, f"{id}Function", handler=handler)
            class Orders(Stack):
                def __init__(self, scope, id):
                    Made(self, "A", "a.b")
                    Made(self, "B", handler="b.c")
            Orders(None, "One")
            Orders(None, "Two")
            """,
            {"AFunction": ("a.b", None), "BFunction": ("b.c", None)},
        ),
        (
            """
            class Orders(Stack):
                def __init__(self, scope, id, handler):
                    lambda_.Function(self, "F", handler=handler)
            Orders(None, "One", "a.b")
            """,
            {"F": ("a.b", None)},
        ),
        (
            """
            class Orders(Stack):
                def __init__(self, scope, id, handler):
                    lambda_.Function(self, "F", handler=handler)
            Orders(None, "One", "a.b")
            Orders(None, "Two", "a.c")
            """,
            {"F": (None, None)},
        ),
        (
            """
            def first(id):
                lambda_.Function(None, id, handler="a.b")
                second(id)
            def second(id):
                first(id)
            """,
            {},
        ),
        (
            """
            def make(id):
                def inner(handler):
                    return lambda_.Function(None, id, handler=handler)
                if id:
                    return inner("a.b")
                return None
            make("A")
            make("A")
            """,
            {"A": (None, None)},
        ),
        (
            """
            def make(self, id):
                self.other(id)
                return lambda_.Function(None, id, handler="a.b")
            def other(id):
                lambda_.Function(None, id, handler="b.c")
            async def unused():
                lambda_.Function(None, "U", handler="u.v")
                lambda_.Function(None, "U", handler="u.v")
            make(None, "A")
            """,
            {"A": ("a.b", None)},
        ),
    ],
)
def test_functions_are_read_where_they_are_called(
    text: str, found: dict[str, tuple[str | None, str | None]]
) -> None:
    assert found.items() <= functions(text).items()


def test_functions_that_only_call_each_other_are_read_once() -> None:
    text = """
    def first(id):
        lambda_.Function(None, "A", handler="a.b")
        second(id)
    def second(id):
        first(id)
    """
    assert functions(text) == {"A": ("a.b", None)}


def test_what_is_read_twice_has_names_of_its_own() -> None:
    text = """
    def make():
        lambda_.Function(None, "A", handler="a.b")
    make()
    make()
    make()
    """
    found = functions(text)
    assert len(found) == 3
    assert set(found.values()) == {("a.b", None)}


MAKE = """
MAP = {"A": "a.x", "B": "b.x"}
def make(name, handler):
    lambda_.Function(None, name, handler=handler)
"""


@pytest.mark.parametrize(
    "loop",
    [
        'for name in ["A", "B"]:\n    make(name, name.lower() + ".x")',
        'for name in ("a", "b"):\n    make(name.upper(), f"{name}.x")',
        'for name, handler in [("A", "a.x"), ["B", "b.x"]]:\n    make(name, handler)',
        'for name, (handler, *_) in [("A", ["a.x"]), ("B", ["b.x"])]:\n    make(name, MAP[name])',
        'for name, handler in {"A": "a.x", "B": "b.x"}.items():\n    make(name, handler)',
        'for name in {"A": "a.x", "B": "b.x"}:\n    make(name, MAP[name])',
        "for name in MAP:\n    make(name, MAP.get(name))",
        'for x in [{"n": "A", "h": "a.x"}, {"n": "B", "h": "b.x"}]:\n    make(x["n"], x["h"])',
        'D = {"x": {"n": "A"}, "y": {"n": "B"}}\nfor x in D.values():\n    make(x["n"], MAP.get(x["n"], 0))',
        '[make(name, MAP[name]) for name in ["A", "B"]]',
        "made = {name: make(name, handler) for name, handler in MAP.items()}",
        'for name in ["A"]:\n    make(name, "a.x")\nelse:\n    make("B", "b.x")',
        'for name in unknown:\n    make("A", "a.x")\nmake("B", "b.x")',
        'names = ["A"]\nmake(names[0], "a.x")\nmake("B", "b.x")',
    ],
)
def test_loops_over_what_is_known(loop: str) -> None:
    assert functions(f"{MAKE}{loop}") == {"A": ("a.x", None), "B": ("b.x", None)}


@pytest.mark.parametrize(
    "text",
    [
        "for name in MAP.keys():\n    make('A', MAP[name])",
        "for name in [*MAP]:\n    make('A', name)",
        "for name in {**MAP}:\n    make('A', name)",
        "for name in MAP['A']:\n    make('A', name)",
        "MAP['C'] = 'c.x'\nfor name in MAP:\n    make('A', MAP[name])",
        "MAP.update(x)\nfor name in MAP:\n    make('A', MAP[name])",
        "MAP.pop('A')\nmake('A', MAP['A'])",
        "del MAP['A']\nmake('A', MAP['A'])",
        "make('A', MAP['C'])",
        "make('A', MAP[unknown])",
        "make('A', {**MAP, 'x': 'a.b'}['x'])",
        "make('A', ['a.b'][1])",
        "make('A', ['a.b']['x'])",
        "make('A', unknown['x'])",
        "make('A', compute()['x'])",
        "make('A', get('x'))",
        "make('A', self.options['x'])",
        "self.options = {'x': 'a.b'}\nself.options['x'] = 'b.c'\nmake('A', self.options['x'])",
        "[make('A', name) for name in MAP if name]",
        "[make('A', name) for name in MAP for _ in MAP]",
        "for name in ['a.b']:\n    handler = name\nmake('A', handler)",
        "handler = 'a.b'\nfor _ in ['a.b']:\n    handler = 'b.c'\nmake('A', handler)",
        "for handler in ['a.b']:\n    pass\nmake('A', handler)",
        "handler, other = 'a.b', *unknown\nhandler, *other = 'a.b', 'c'\nmake('A', handler)",
        "a().b = 'a.b'\nmake('A', a().b)",
        "a()['b'] = 'a.b'\nmake('A', a()['b'])",
        "del handler\nmake('A', handler)",
    ],
)
def test_what_is_not_known_of_lists_and_mappings(text: str) -> None:
    assert functions(f"{MAKE}{text}") == {"A": (None, None)}


def test_options_that_are_changed_are_not_known() -> None:
    text = """
    options = {"handler": "a.b", "timeout": Duration.seconds(3)}
    options["handler"] = "b.c"
    lambda_.Function(None, "A", **options)
    def make(**options):
        options.pop("handler")
        lambda_.Function(None, "B", **options)
    make(handler="a.b")
    def other(id, options):
        lambda_.Function(None, id, **options)
    other("C", {"handler": "c.d"})
    """
    assert functions(text) == {"A": (None, None), "B": (None, None), "C": ("c.d", None)}


def test_a_function_stands_where_its_name_is_given() -> None:
    text = """
    NAME = "A"
    lambda_.Function(None, NAME)
    for name in [
        "B",
    ]:
        lambda_.Function(None, name)
        lambda_.Function(None, f"{name}2")
    """
    template = read(text)
    starts = {each.name: template.text[each.place.span.start :][:3] for each in template.functions}
    assert starts == {"A": "lam", "B": '"B"', "B2": "lam"}


def test_each_copy_has_its_own_events() -> None:
    text = """
    for name in ["A", "B"]:
        fn = lambda_.Function(None, name, retry_attempts=1)
        fn.add_event_source(SqsEventSource(sqs.Queue(None, f"{name}Queue")))
        fn.add_environment("NAME", name)
        fn.add_function_url()
    """
    for function in read(text).functions:
        queue, url = function.sources
        assert (queue.kind, queue.target) == (SourceKind.SQS, f"{function.name}Queue")
        assert url.kind is SourceKind.FUNCTION_URL
        assert [variable.value for variable in function.environment] == [function.name]
        assert function.delivery.maximum_retries.value == 1


def test_there_is_an_end_to_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdk_python_helpers, "MAX_COPIES", 3)
    assert len(functions(f"{MAKE}for x in ['A', 'B']:\n    make(x, 'a.b')")) == 1
    assert len(functions(f"{MAKE}for x in ['A', 'B', 'C', 'D']:\n    make(x, 'a.b')")) == 1
    monkeypatch.setattr(cdk_python_helpers, "MAX_COPIES", 0)
    assert list(functions(f"{MAKE}make('A', 'a.b')").values()) == [(None, None)]


def test_there_is_an_end_to_copies_of_long_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = f"{MAKE}make('A', 'a.b')\nmake('B', 'a.b')\nmake('C', 'a.b')"
    assert len(functions(calls)) == 3
    monkeypatch.setattr(cdk_python_helpers, "MAX_COPIED_NODES", 30)
    assert 1 <= len(functions(calls)) < 3


def test_a_text_that_doubles_has_an_end() -> None:
    doubling = "".join(f"x{number + 1} = x{number} + x{number}\n" for number in range(40))
    found = functions(f"x0 = 'abc'\n{doubling}lambda_.Function(None, x2, handler=x39)\n")
    assert list(found.values()) == [(None, None)]


def test_a_class_of_many_methods_is_read_in_linear_time() -> None:
    """If all were looked through for each of them, this would take minutes."""
    methods = "".join(f"    def m{number}(self):\n        self.m{number + 1}()\n" for number in range(4_000))
    last = "    def m4000(self):\n        lambda_.Function(self, 'A', handler='a.b')\n"
    assert list(functions(f"class S:\n{methods}{last}").values()) == [("a.b", None)]
