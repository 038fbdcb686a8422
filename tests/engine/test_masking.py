"""A secret that a rule found is shown nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
from running import run

from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Safety, Severity
from lambda_lint.model.location import Span
from lambda_lint.rule import Related, Rule, Secret, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context

SECRET = "correct horse battery"  # noqa: S105 - invented


class Finds(Rule[cst.Assign]):
    code = "AA001"
    severity = Severity.ERROR
    message = "a secret"

    def check(self, subject: cst.Assign, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        if isinstance(subject.value, cst.SimpleString):
            text = subject.value.raw_value
            yield self.violation(subject, secrets=(Secret(text.replace("\\n", "\n")),))


class Repeats(Rule[cst.Call]):
    """Another rule, which knows nothing of secrets and says whatever it sees."""

    code = "AA002"
    severity = Severity.WARNING
    message = "called with {text}"

    def check(self, subject: cst.Call, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002
        text = subject.args[0].value.raw_value  # type: ignore[attr-defined]
        yield self.violation(
            subject,
            text=text,
            help=f"do not pass {text}",
            related=(Related(subject.func, f"gets {text}"),),
            fix=lambda _: Fix("take it out", (Edit(Span(0, 0), text),), Safety.SAFE),
        )
        yield self.violation(
            subject, text="nothing", fix=lambda _: Fix("add", (Edit(Span(0, 0), "x"),), Safety.SAFE)
        )


CODE = f"""
    password = "{SECRET}"
    login("{SECRET}")
    again("{SECRET}")  # noqa: AA002 it is {SECRET}
"""


def test_in_no_text_of_any_finding() -> None:
    result = run({"app.py": CODE}, Finds, Repeats)
    assert len(result.findings) == 3
    assert len(result.suppressed) == 2
    assert SECRET not in repr(result)
    found, said = result.findings[0], result.findings[1]
    stars = "*" * len(SECRET)
    assert said.message == f"called with {stars}"
    assert said.help == f"do not pass {stars}"
    assert said.related[0].text == f"gets {stars}"
    assert said.fix is None
    assert result.findings[2].fix is not None
    assert result.suppressed[0].reason is not None
    assert stars in result.suppressed[0].reason
    assert result.sources["app.py"].splitlines()[0] == f'password = "{stars}"'
    plain = run({"app.py": CODE.replace(SECRET, "x" * len(SECRET))}, Finds, Repeats)
    assert found.location == plain.findings[0].location


def test_line_by_line_where_a_secret_has_lines() -> None:
    result = run({"app.py": 'key = "first line\\nAb=="\nsay("first line")\nsay("Ab==")\n'}, Finds, Repeats)
    assert "first line" not in repr(result)
    assert result.sources["app.py"].splitlines()[2] == 'say("Ab==")'


def test_however_short_it_is_alone() -> None:
    result = run({"app.py": 'pin = "1234"\n'}, Finds)
    assert result.sources["app.py"] == 'pin = "****"\n'
    assert run({"app.py": 'pin = ""\n'}, Finds).sources["app.py"] == 'pin = ""\n'
