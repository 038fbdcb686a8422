"""Mutations keep the meaning: programs are run before and after."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from lambda_lint.testing.cases import Case, parse_page
from lambda_lint.testing.mutate import MUTATIONS, Mutation, mark, mutants_of, original_lines

if TYPE_CHECKING:
    from lambda_lint.testing.sources import Modules, Sources

PROGRAM = '''
# Program

`store.py`

```python
"""Keeps things."""

import json
from functools import partial

SHELF = {"a": 1}
_count = 0


def put(name, value, *rest, note=None, **more):
    """Put one thing on the shelf."""
    global _count
    _count += 1
    SHELF[name] = (value, rest, note, sorted(more))
    return _count


def encoded(name):
    text = json.dumps(SHELF[name], default=str)
    return f"{name}: {text}"


def doubled(items):
    for item in items:
        yield item * 2


class Counter:
    start = 10

    def __init__(self, step=1):
        self.value = self.start
        self.step = step

    def next(self):
        self.value += self.step
        return self.value
```

`app.py`

```python
import os
import time as clock
from functools import partial, lru_cache
from json import dumps

import store
from store import Counter, put as keep

LIMIT = 3
counter = Counter(step=2)


@lru_cache
def setting(name, default="none"):
    return os.environ.get(name, default)


def plain(value): return value + 1


def clipped(values, /, *, limit=LIMIT):
    kept = [value for value in values if value < limit]
    if len(kept) == 0:
        return None
    return kept


def greeting():
    return "hello " + 'world' + setting("NO_SUCH_THING")


def described(shape):
    match shape:
        case {"kind": kind, **rest}:
            return kind, rest
        case [first, *others]:
            return first, others
        case other:
            return other


def lambda_handler(event, context):
    """Handle it."""
    started = clock.monotonic()
    total = 0
    for value in event["values"]:
        try:
            total += plain(value)
        except TypeError as problem:
            total -= len(str(problem)) * 0
    later = partial(plain, 5)
    (first := keep("x", total, 1, 2, note="n", b=1, a=2))
    with open(os.devnull) as nothing:
        content = nothing.read()
    assert clock.monotonic() >= started
    return dumps(
        {
            "total": total,
            "first": first,
            "later": later(),
            "clipped": clipped([1, 2, 5], limit=4),
            "empty": clipped([9]),
            "greeting": greeting(),
            "stored": store.encoded("x"),
            "doubled": list(store.doubled([1, 2])),
            "next": counter.next(),
            "content": content,
            "described": [described({"kind": 1, "z": 2}), described([1, 2]), described(4)],
            "context": str(context),
        }
    )
```
'''


def only(text: str) -> Case:
    (case,) = parse_page(Path("page.md"), text)
    return case


def run(files: dict[str, str]) -> Any:
    """The handler's answer. The modules live as long as the call."""
    made = {path.removesuffix(".py"): text for path, text in files.items()}
    modules = {name: ModuleType(name) for name in made}
    waiting = dict(made)
    before = dict(sys.modules)
    sys.modules.update(modules)
    try:
        while waiting:
            # A module runs once all that it imports of the others has run.
            name = next(
                name
                for name, text in waiting.items()
                if not any(
                    f"import {other}" in text or f"from {other} " in text
                    for other in waiting
                    if other != name
                )
            )
            exec(compile(waiting.pop(name), f"{name}.py", "exec"), modules[name].__dict__)  # noqa: S102
        return modules["app"].lambda_handler({"values": [1, 2, "x"]}, "ctx")
    finally:
        for name in modules:
            del sys.modules[name]
        sys.modules.update(before)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_program_answers_the_same(mutation: Mutation) -> None:
    case = only(PROGRAM)
    mutant = mutants_of(case, [mutation])[mutation.name]
    original = {file.path: file.text for file in case.files}
    assert run(dict(mutant.files)) == run(original)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_lines_are_found_again(mutation: Mutation) -> None:
    """Every line of code of the case is somewhere in the mutant, and the words on both are alike."""
    case = only(PROGRAM)
    mutant = mutants_of(case, [mutation])[mutation.name]
    originals = original_lines(case)
    text = {file.path: file.text.split("\n") for file in case.files}
    reached = set(mutant.lines.values())
    missing = {
        place for place in set(originals.values()) - reached if "import" not in text[place[0]][place[1] - 1]
    }
    assert not missing
    (path, number) = next(
        place
        for place, origin in mutant.lines.items()
        if "len(kept)" in text[origin[0]][origin[1] - 1]
        and "if" in mutant.files[place[0]].split("\n")[place[1] - 1]
    )
    assert "len(" in "".join(mutant.files[path].split("\n")[number - 1 : number + 2])


def mutated(name: str, *codes: str, more: str = "") -> dict[str, str] | None:
    """The files after a mutation: `app.py`, `other.py` and what it adds; None where it does not apply."""
    paths = ("app.py", "other.py")
    blocks = [f"`{path}`\n```python\n{code}\n```\n" for path, code in zip(paths, codes, strict=False)]
    mutants = mutants_of(only("\n".join([*blocks, more])))
    return dict(mutants[name].files) if name in mutants else None


def app_after(name: str, code: str, *others: str, more: str = "") -> str | None:
    """`app.py` after a mutation; None where the mutation does not apply."""
    files = mutated(name, code, *others, more=more)
    return None if files is None else files["app.py"].rstrip("\n")


NO_CONTEXT = "from contextlib import nullcontext as no_context"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        # Names that code asks for by their text, builtins and dunders are left alone.
        ("rename_locals", "def f():\n    x = 1\n    return locals()", None),
        ("rename_locals", "def f():\n    x = 1\n    return globals", None),
        ("rename_locals", "def f():\n    x = 1\n    return {'x': x}", None),
        ("rename_locals", "def f():\n    id = 1\n    __x = 2\n    return id", None),
        (
            "rename_locals",
            "def f(x):\n    def g():\n        x = 1\n    g()",
            "def f(x):\n    def our_g():\n        x = 1\n    our_g()",
        ),
        ("rename_locals", "def f():\n    global x\n    x = 1", None),
        ("rename_locals", "class A:\n    x = 1\ndef f():\n    x = 2", None),
        ("rename_locals", "def f():\n    for x in y: pass", "def f():\n    for our_x in y: pass"),
        (
            "rename_locals",
            "def f(a):\n    x: a = 1\n    x += a.x\n    a.y = a(x=x)\n    del x",
            "def f(a):\n    our_x: a = 1\n    our_x += a.x\n    a.y = a(x=our_x)\n    del our_x",
        ),
        (
            "rename_locals",
            "def f(a):\n    match a:\n        case K(x=x, y=[_, *_]) | {'k': 1}: x",
            "def f(a):\n    match a:\n        case K(x=our_x, y=[_, *_]) | {'k': 1}: our_x",
        ),
        (
            "rename_locals",
            "def f():\n    our_x = 1\n    x = 2",
            "def f():\n    our_our_x = 1\n    our_x_2 = 2",
        ),
        (
            "rename_globals",
            "X = 1\n_y = 2\nclass Zoo: pass\nX, _y, Zoo",
            "OUR_X = 1\n_our_y = 2\nclass OurZoo: pass\nOUR_X, _our_y, OurZoo",
        ),
        ("rename_globals", "def handler(e, c): pass\ndef g(a, context): pass\nimport h", None),
        ("rename_globals", "__all__ = ['x']\nx = lambda: 1", None),
        ("rename_globals", "type X = int\ndef f[T](a: T): pass", "type X = int\ndef our_f[T](a: T): pass"),
        (
            "rename_event",
            "def handler(event, context):\n    event[1]",
            "def handler(payload, ctx):\n    payload[1]",
        ),
        ("rename_event", "def handler(event, payload, request):\n    event[1]", None),
        ("rename_event", "def handler(event, context):\n    f(event=event, context=2)", None),
        ("rename_event", "event = 1\ndef handler(event):\n    event", None),
        ("rename_event", "def handler(event, context):\n    vars()", None),
        (
            "alias_imports",
            "import a, b as c\nfrom d import e",
            "import a as a_alias, b as c\nfrom d import e as e_alias",
        ),
        ("alias_imports", "import a.b\nimport a\nfrom x import *\nfrom __future__ import annotations", None),
        (
            "alias_imports",
            "try:\n    import a\nexcept ImportError:\n    a = None",
            "try:\n    import a as a_alias\nexcept ImportError:\n    a_alias = None",
        ),
        (
            "alias_by_assignment",
            "from a import b, c as d\nb(d)",
            "from a import b, c as d\nb_again = b\nb_again(d)",
        ),
        ("alias_by_assignment", "from typing import Any\nx: Any", None),
        ("alias_by_assignment", "if x:\n    import a\na.b", None),
        ("alias_by_assignment", "import a\nimport a\na.b", None),
        ("alias_by_assignment", "import a\nlocals()", None),
        (
            "import_members",
            "import json, os\nos.name\njson.x.y",
            "from json import x; from os import name\nname\nx.y",
        ),
        (
            "import_members",
            "import boto3, a\nclient = boto3.client(boto3.x)",
            "from boto3 import client as boto3_client, x; import a\nclient = boto3_client(x)",
        ),
        ("import_members", "import time\nf(time)", None),
        ("import_members", "import time\ntime.zone = 1", None),
        ("import_members", "import time\ndef f(time): pass", None),
        ("import_members", "import time", None),
        ("import_members", "import a\na.b", None),
        (
            "import_modules",
            "from json import dumps\n(dumps)(dumps=1)\nx.dumps",
            "import json\n(json.dumps)(dumps=1)\nx.dumps",
        ),
        (
            "import_modules",
            "from json import *\nfrom .json import a\nfrom json import b as c\nfrom d import e",
            None,
        ),
        (
            "import_modules",
            "from json import a\nfrom os import b as c\nfrom x import *\nimport z\na",
            "import json\nfrom os import b as c\nfrom x import *\nimport z\njson.a",
        ),
        ("import_modules", "from json import a\njson = a", None),
        ("wrap_in_if", "def f():\n    '''Doc.'''", None),
        ("wrap_in_if", "def f(): pass", None),
        (
            "wrap_in_if",
            "def f():\n    '''Doc.'''\n    pass",
            "def f():\n    '''Doc.'''\n    if True:\n        pass",
        ),
        (
            "wrap_in_with",
            "'''D'''\nfrom __future__ import x\ndef f():\n    z",
            f"'''D'''\nfrom __future__ import x\n{NO_CONTEXT}\ndef f():\n    with no_context():\n        z",
        ),
        ("wrap_in_if", "with a, b as c:\n    x = b'bytes'", None),
        ("decorate_handler", "def f(a): pass", None),
        ("turn_into_method", "def f(self): pass", None),
        ("turn_into_method", "def f():\n    return self", None),
        ("turn_into_method", "async def f():\n    pass", None),
        ("turn_into_method", "def f():\n    yield 1", None),
        ("turn_into_method", "def f[T](a: T):\n    pass", None),
        ("turn_into_method", "def f():\n    return eval('1')", None),
        ("turn_into_closure", "def f(x):\n    x = 1", None),
        ("turn_into_closure", "def f():\n    return super().x", None),
        ("call_through_partial", "@a\ndef f(): pass\ndef g():\n    f()", None),
        ("call_through_partial", "def f(): pass\nf()", None),
        (
            "move_helpers",
            "import a\ndef f():\n    return a\nx = f()\ndef g():\n    return x\ng()",
            "import a\nfrom app_moved import f\nx = f()\ndef g():\n    return x\ng()",
        ),
        ("move_helpers", "def f():\n    global x\n    x = 1\nf()", None),
        ("move_helpers", "def f(): pass\ndef f(): pass\nf()", None),
        ("move_helpers", "def f(): pass\nf()  # lambda-lint: ignore-file[x]", None),
        (
            "move_helpers",
            "from . import a\ndef f(): pass\nf()",
            "from . import a\nfrom .app_moved import f\nf()",
        ),
        ("move_helpers", "if a:\n    import b\nfrom c import *\ndef f():\n    b\nf()", None),
        ("annotate_assignments", "class A:\n    x = 1\n(y) = a, b = 2\n__all__ = []", None),
        ("annotate_assignments", "def f():\n    global x\n    x = 1", None),
        ("parenthesize_values", "def f():\n    return\n'''text'''\npass", None),
        ("change_quotes", "f'{\"a\"}' + 'it\"s' + '''x'''", None),
        ("insert_comments", "x", None),
        ("indent_by_tab", "x", None),
        ("break_calls", "f()\nf'{g(1)}'\nh(\n    1)", None),
        ("break_calls", "f(1, 2)", "f(\n        1,\n        2)"),
    ],
)
def test_where_a_mutation_applies(name: str, before: str, after: str | None) -> None:
    assert app_after(name, before) == after


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("rename_globals", "from app import helper"),
        ("rename_globals", "import app\napp.helper()"),
        ("rename_globals", "import x.app as a\na.helper()"),
        ("rename_globals", "from x import app\napp.helper()"),
        ("rename_globals", "from . import app\napp.helper()"),
        ("rename_globals", "from app import *\nhelper()"),
        ("alias_imports", "from .app import helper"),
    ],
)
def test_names_that_other_files_use_are_kept(name: str, other: str) -> None:
    code = {"rename_globals": "def helper(): pass", "alias_imports": "from x import helper"}[name]
    other_file = f"def unrelated():\n    pass\n{other}"
    files = mutated(name, code, other_file)
    assert files is None or files["app.py"].strip() == code
    alone = mutated(name, code, "pass")
    assert alone is not None
    assert alone["app.py"].strip() != code


def test_every_handler_is_decorated() -> None:
    after = app_after("decorate_handler", "def f(event, context): pass\n@a\ndef g(event, _): pass")
    assert after is not None
    assert after.count("@passed_through\ndef ") == 2
    assert after.count("def passed_through(") == 1


def test_names_in_templates_are_kept() -> None:
    more = "```yaml\nHandler: app.start\n```\n"
    assert app_after("rename_globals", "def start(): pass", more=more) is None
    assert app_after("move_helpers", "def start(): pass\nstart()", more=more) is None


def test_a_configuration_by_path_keeps_functions_where_they_are() -> None:
    more = '```toml\n[per-file-ignores]\n"app.py" = ["all"]\n```\n'
    assert app_after("move_helpers", "def f(): pass\nf()", more=more) is None


def test_moved_functions_stay_in_files_of_their_kind() -> None:
    text = "`{}`\n```python\ndef f():\n    pass\nf()\n```\n"
    for path, target in {
        "tests/a_test.py": "tests/moved_a_test.py",
        "tests/test_a.py": "tests/test_a_moved.py",
        "my-app.py": "my_app_moved.py",
    }.items():
        assert set(mutants_of(only(text.format(path)))["move_helpers"].files) == {path, target}
    assert "move_helpers" not in mutants_of(only(text.format("conftest.py")))
    package = only(text.format("pkg/a.py") + "`pkg/__init__.py`\n```python\n```\n")
    assert "from .a_moved import f" in mutants_of(package)["move_helpers"].files["pkg/a.py"]


def test_cases_can_be_left_alone() -> None:
    block = "\n```python\nx = 'y'\n```\n"
    assert "change_quotes" in mutants_of(only(block))
    assert mutants_of(only(f"<!-- not mutated: as it is -->\n{block}")) == {}
    assert "change_quotes" not in mutants_of(only(f"<!-- not mutated by change_quotes: quotes -->\n{block}"))
    assert mutants_of(only("```python\nx = (\n```\n")) == {}
    assert mutants_of(only("```python\nx = = 1\n```\n")) == {}


def test_a_mutation_that_changes_nothing_is_an_error() -> None:
    def unchanged(sources: Sources) -> Modules:
        return dict(sources.modules)

    with pytest.raises(AssertionError, match="`unchanged` changed nothing in page::start"):
        mutants_of(only("```python\nx\n```\n"), [Mutation(unchanged)])


def test_marks_stand_where_a_comment_can() -> None:
    text = "x = '''\na\n''' # c\n\nif x:\n    y = f'''{\n    x}'''\nz = 1 + \\\n    2\n"
    assert mark(text, 7).split("\n") == [
        "x = '''",
        "a",
        "''' # c  #@7:3@",
        "",
        "if x:  #@7:5@",
        "    y = f'''{",
        "    x}'''  #@7:7@",
        "z = 1 + \\",
        "    2  #@7:9@",
        "",
    ]
