"""LL020: the handler itself holds the business logic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Handler, Reach, Related, Rule, Severity, Violation

from ._measure import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.api import Context

GENERATED = re.compile(r"auto-?generated|generated (?:by|from|with)\b|do not edit", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a handler may hold itself."""

    max_statements: int = 10
    """Statements of logic."""
    max_complexity: int = 15
    """Their cognitive complexity."""
    max_calls: int = 5
    """Calls of AWS services, databases and HTTP."""
    max_services: int = 2
    """Different services, databases and HTTP among these calls."""


class FatHandler(Rule[Handler]):
    """The handler holds logic that cannot be tested without an event and a context."""

    code = "LL020"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    message = "handler `{name}` holds {count} statements of its own logic{details}{parts}"
    help = (
        "keep parsing, validation and the answer in the handler, and move the rest into functions of plain "
        "values, which a test can call without an event and a context"
    )
    Options = Limits

    def check(self, handler: Handler, ctx: Context, /) -> Iterator[Violation]:
        if is_generated(ctx):
            return
        measured = Measure(handler.node, ctx)
        if not self.is_fat(measured):
            return
        titles = list(dict.fromkeys(region.title for region in measured.regions if region.title))
        yield self.violation(
            handler.node.name,
            confidence=Confidence.MEDIUM,
            related=tuple(
                Related(
                    region.node, f"{region.statements} statements of logic, worth a function of their own"
                )
                for region in measured.regions
            ),
            name=handler.node.name.value,
            count=measured.statements,
            details=details(measured),
            parts=f": move out {joined(titles)}" if titles else "",
        )

    def is_fat(self, measured: Measure) -> bool:
        """The other numbers only speak in a handler that is at least half as large as it may be."""
        limits: Limits = self.options
        if measured.statements > limits.max_statements:
            return True
        return measured.statements * 2 >= limits.max_statements and (
            measured.complexity > limits.max_complexity
            or len(measured.calls) > limits.max_calls
            or len(measured.services) > limits.max_services
        )


def details(measured: Measure) -> str:
    """The other numbers, as far as there are any."""
    parts = []
    if measured.complexity:
        parts.append(f"complexity {measured.complexity}")
    if measured.calls:
        calls = "call" if len(measured.calls) == 1 else "calls"
        parts.append(f"{len(measured.calls)} {calls} to {joined(measured.services)}")
    return f" ({', '.join(parts)})" if parts else ""


def joined(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def is_generated(ctx: Context) -> bool:
    """Does a comment before the first statement say that a tool wrote the file?"""
    module = ctx.module.tree.module
    lines = [*module.header, *(module.body[0].leading_lines if module.body else ())]
    return any(line.comment is not None and GENERATED.search(line.comment.value) for line in lines)
