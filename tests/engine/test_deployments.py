"""Rules about deployed functions with their code: what that is, and how they point at it."""

# ruff: noqa: ARG002 - the rules of these tests do not look at all that they are given
from __future__ import annotations

from typing import TYPE_CHECKING

from running import run, told

from lambda_lint.model.labels import Severity
from lambda_lint.rule import Related, Rule, Violation
from lambda_lint.semantics.deployments import Deployment
from lambda_lint.semantics.values import External
from lambda_lint.settings.options import DEFAULT, Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context

TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: src, Handler: orders.main}
  Bills:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: src, Handler: bills.main}
  Lost:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: src, Handler: lost.main}
"""
FILES = {
    "src/orders.py": "import shared\nprint('orders')\n\ndef main(event, context):\n    shared.tell(event)\n",
    "src/bills.py": "def main(event, context):\n    return 1\n\ndef unused():\n    print()\n",
    "src/shared.py": "def tell(what):\n    print(what)\n\n\nif __name__ == '__main__':\n    print()\n",
}


class Prints(Rule[Deployment]):
    code = "AA001"
    severity = Severity.WARNING
    message = "{function} prints {how}"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:
        for call in subject.calls:
            if call.callee == (External("builtins.print"),):
                yield self.violation(
                    call.spot,
                    function=subject.function.name,
                    how="often" if call.repeats else "once",
                    path=subject.path_to(call),
                    related=(Related(subject.function.place, "deployed here"),),
                )


class Alone(Rule[Deployment]):
    code = "AA002"
    severity = Severity.WARNING
    message = "{names} are together"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:
        if not subject.handlers:
            names = ", ".join(function.name for function in subject.together)
            yield self.violation(subject.function.place, names=names)


def test_what_a_function_reaches_is_told_at_its_place_in_the_code() -> None:
    found = told(run(FILES, Prints, templates={"template.yaml": TEMPLATE}).findings)
    assert found == [
        "src/orders.py:2 AA001 Orders prints once",
        "src/shared.py:2 AA001 Orders prints often",
    ]


def test_the_way_and_the_declaration_are_shown() -> None:
    result = run(FILES, Prints, templates={"template.yaml": TEMPLATE})
    finding = result.findings[1]
    assert [(step.location.path, step.text) for step in finding.path] == [
        ("src/orders.py", "`main` calls `tell`")
    ]
    assert [(note.location.path, note.location.start.line) for note in finding.related] == [
        ("template.yaml", 2)
    ]


def test_what_stands_in_a_file_is_told_when_only_that_file_is_asked_for() -> None:
    templates = {"template.yaml": TEMPLATE}
    found = run(FILES, Prints, Alone, templates=templates, targets=["src/shared.py"]).findings
    assert told(found) == ["src/shared.py:2 AA001 Orders prints often"]
    found = run(FILES, Prints, Alone, templates=templates, targets=["template.yaml"]).findings
    assert told(found) == ["template.yaml:8 AA002 Orders, Bills, Lost are together"]


def test_a_file_for_which_a_rule_is_off_is_not_spoken_of() -> None:
    settings = DEFAULT.apply(
        Options(per_file_ignores=(("shared.py", ("prints",)), ("template.yaml", ("prints",))))
    )
    found = run(FILES, Prints, templates={"template.yaml": TEMPLATE}, settings=settings).findings
    assert told(found) == ["src/orders.py:2 AA001 Orders prints once"]


def test_a_function_without_code_is_looked_at_with_those_beside_it() -> None:
    found = told(run(FILES, Alone, templates={"template.yaml": TEMPLATE}).findings)
    assert found == ["template.yaml:8 AA002 Orders, Bills, Lost are together"]
