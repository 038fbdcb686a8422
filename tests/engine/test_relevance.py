"""Parts that are not parsed hold nothing to find."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.engine import relevance as relevance_module
from lambda_lint.engine.lint import Inputs, Means, lint
from lambda_lint.engine.relevance import Relevance, is_sound
from lambda_lint.engine.task import Task
from lambda_lint.registry import load_registry
from lambda_lint.selection import Selection
from lambda_lint.settings.options import DEFAULT
from lambda_lint.testing import Case, cases_of

if TYPE_CHECKING:
    from collections.abc import Callable


ROOT = Path(__file__).parents[2]
CASES = cases_of(ROOT / "rules", ROOT / "tests" / "rules")
REGISTRY = load_registry()


def matters(text: str, path: str = "app.py", handlers: tuple[str, ...] = ()) -> bool:
    relevance = Relevance(Selection(DEFAULT, REGISTRY, Path()), handlers)
    return relevance.matters(Task({path: b""}), {path: text})


@pytest.mark.parametrize(
    "text",
    [
        "def handler(event, context): ...",
        "def anything(evt, _): ...",
        "def run(payload: dict[str, int], lambda_context: 'Any' = (1, 2)): ...",
        "def run(\n    event,  # the event ) is\n    context,\n): ...",
        "def run(event='(', Context=None): ...",
        "def run(event, /, ctx): ...",
        "async def run[T](event: T, context): ...",
        "def \\\n run(event, context): ...",
        "def a\N{MIDDLE DOT}b(event, context): ...",
        "def one(a='(', b=1): ...\ndef run(event, context): ...",
        "class Handler:\n    def handle(self, event, context): ...",
        "handler = lambda event, context: None",
        "password = open('x')",
        "connect(token='a' 'b')",
        "from chalice import Chalice",
        "from aws_lambda_powertools import Logger",
        "import mangum",
        "x = 1  # lambda-lint: ignore[client-in-handler]",
        "# lambda-lint: ignore-file[nothing]",
        "x = 1  # noqa: LL001",
        "def",
        "x = (((((((" + "(" * 100,
        "def run(event, \N{MATHEMATICAL ITALIC SMALL C}ontext): ...",
    ],
)
def test_what_may_hold_something_matters(text: str) -> None:
    assert matters(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# a comment",
        "x = 1",
        "def one(context): ...",
        "def two(event, other): ...",
        "def two(event='('): ...\ndef one(event, other): ...",
        "import aws_cdk\n\nclass Stack(aws_cdk.Stack):\n    def __init__(self, scope, name): ...",
        "import boto3\n\ns3 = boto3.client('s3')\ns3.list_buckets()",
    ],
)
def test_what_holds_nothing_does_not(text: str) -> None:
    assert not matters(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def run[T: (int, str)](event, context): ...", True),
        ("async def run \\\n [T: (int, str), *Ts] (event: T, context): ...", True),
        ("def two[T: (int, str)](event: T, other): ...", False),
    ],
)
def test_type_parameters_are_no_parameters(
    text: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Python before 3.12 cannot parse them, and what it cannot parse matters.
    monkeypatch.setattr(relevance_module, "is_sound", lambda _text: True)
    assert matters(text) is expected


def test_what_the_configuration_or_a_template_names_matters() -> None:
    assert matters("x = 1", "src/app.py", ("app.py:x",))
    assert not matters("x = 1", "src/myapp.py", ("app.py:x",))


def test_test_code_has_no_handlers() -> None:
    assert not matters("def handler(event, context): ...", "tests/test_app.py")


def test_what_cannot_be_decoded_matters() -> None:
    relevance = Relevance(Selection(DEFAULT, REGISTRY, Path()), ())
    assert relevance.matters(Task({"app.py": b"\xff"}), {"app.py": ""})


def test_sound_is_what_python_and_libcst_parse() -> None:
    assert is_sound("x = '\\d'\n")
    assert not is_sound("x = \0")
    assert not is_sound("if x:")
    assert not is_sound("x = " + "-" * 100_000 + "1")


def skipped(inputs: Inputs) -> int:
    """How many parts are not analyzed; whether they are or not, the result is the same."""
    means = Means()
    assert lint(inputs, DEFAULT, REGISTRY, means) == lint(inputs, DEFAULT, REGISTRY, Means(thorough=True))
    return sum(not found.times for found in means.known.values())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_findings_of_cases_are_the_same(
    case: Case, record_property: Callable[[str, object], None]
) -> None:
    files = {file.path: file.text.encode() for file in case.files}
    templates = {file.path: file.text.encode() for file in case.templates}
    record_property("skipped", ["parts"] * skipped(Inputs(files, templates)))


def test_the_findings_of_a_corpus_are_the_same() -> None:
    """This repository: hardly a file of it has to do with Lambda."""
    paths = sorted(path for folder in ("lambda_lint", "rules") for path in (ROOT / folder).rglob("*.py"))
    examples = [path for path in (ROOT / "tests" / "examples").rglob("*") if path.suffix in {".py", ".yaml"}]
    texts = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (*paths[::7], *examples)}
    files = {path: data for path, data in texts.items() if path.endswith(".py")}
    templates = {path: data for path, data in texts.items() if path.endswith(".yaml")}
    assert skipped(Inputs(files, templates)) > 10
