"""Findings about a function that stand in other files than the function."""

# ruff: noqa: ARG002 - the rule of these tests does not look at all that it is given
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import run, told

from lambda_lint.deployment.function import DeployedFunction
from lambda_lint.model.labels import Severity
from lambda_lint.rule import Related, Rule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.engine.found import Found
    from lambda_lint.semantics.context import Context

FUNCTION = """
resource "aws_lambda_function" "orders" {
  runtime = "python3.13"
  handler = "app.handler"
}
"""
MAPPING = """
# of the queue

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  function_name    = aws_lambda_function.orders.arn
}
"""
TEMPLATES = {"infra/functions.tf": FUNCTION, "infra/sources.tf": MAPPING, "infra/terraform.tfvars": ""}


class Fed(Rule[DeployedFunction]):
    code = "AA001"
    severity = Severity.WARNING
    message = "fed by {kind}"

    def check(self, subject: DeployedFunction, ctx: Context, /) -> Iterator[Violation]:
        for source in subject.sources:
            related = (Related(subject.place, "feeds this"),)
            yield self.violation(source.place, related=related, kind=source.kind.value)


@pytest.mark.parametrize("files", [{}, {"infra/app.py": "def handler(event, context):\n    pass\n"}])
def test_a_finding_may_stand_in_another_file_of_the_stack(files: dict[str, str]) -> None:
    (found,) = run(files, Fed, templates=TEMPLATES).findings
    assert told([found]) == ["infra/sources.tf:3 AA001 fed by sqs"]
    assert [(note.location.path, note.location.start.line) for note in found.related] == [
        ("infra/functions.tf", 1)
    ]


@pytest.mark.parametrize(
    ("target", "count"), [("infra/sources.tf", 1), ("infra/functions.tf", 0), ("infra/app.py", 0)]
)
def test_it_is_told_when_that_file_is_asked_for(target: str, count: int) -> None:
    files = {"infra/app.py": "def handler(event, context):\n    pass\n"}
    assert len(run(files, Fed, templates=TEMPLATES, targets=[target]).findings) == count


def test_a_change_in_that_file_moves_it() -> None:
    """Also where an earlier run is remembered: the places in the file are part of what that is known by."""
    known: dict[bytes, Found] = {}
    for mapping, line in ((MAPPING, 3), (MAPPING.replace("# of the ", "#\n# of "), 4)):
        (found,) = run({}, Fed, templates={**TEMPLATES, "infra/sources.tf": mapping}, known=known).findings
        assert found.location.start.line == line
