"""What the command line does with fixes: which it asks for, and what it prints of them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from lambda_lint.fixing import Fixing, difference, enumeration
from lambda_lint.reporters.escape import printable
from lambda_lint.terminal import note, show, standard_output, wants_color

if TYPE_CHECKING:
    from typing import TextIO

    from lambda_lint.app import Outcome
    from lambda_lint.request import Stdin
    from lambda_lint.settings.options import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done about what can be fixed."""

    fixing: Fixing | None
    stdin: Stdin | None
    """The text that is fixed instead of a file; its fixed form goes to standard output."""
    is_difference: bool = False
    """`--diff`: the changes are shown instead of being made."""
    reports: bool = True
    """Whether what is left is reported."""
    lists: bool = False
    """Whether what was fixed is listed."""

    @property
    def screen(self) -> TextIO:
        """Where reports go: standard output, unless the fixed text goes there."""
        takes_stdout = self.stdin is not None and self.fixing is not None
        return sys.stderr if takes_stdout else sys.stdout


def plan_of(settings: Settings, stdin: Stdin | None, *, diff: bool) -> Plan:
    """What the settings and the command line ask for."""
    wanted = diff or settings.fix or settings.fix_only
    if not wanted:
        return Plan(None, stdin)
    fixing = Fixing(settings.unsafe_fixes, writes=not diff and stdin is None)
    return Plan(fixing, stdin, diff, not diff and not settings.fix_only, settings.show_fixes)


def tell(outcome: Outcome, plan: Plan, color: str, *, quiet: bool) -> None:
    """Print the difference or the fixed text, the list of what was fixed, and what failed."""
    if plan.is_difference:
        show(difference(outcome.changes, color=wants_color(color, sys.stdout, os.environ)))
    elif plan.stdin is not None and plan.fixing is not None:
        _show_bytes(outcome.changes[0].data if outcome.changes else plan.stdin.data)
    if plan.lists:
        verb = "Would fix" if plan.is_difference else "Fixed"
        text = enumeration(outcome.changes, verb)
        click.echo(text, nl=False, err=plan.is_difference or not plan.reports or plan.screen is sys.stderr)
    if not plan.reports and not quiet:
        for text in outcome.result.notes:
            note(text)
    for failure in outcome.failures:
        click.echo(f"error: {printable(failure)}", err=True)


def _show_bytes(data: bytes) -> None:
    with standard_output() as stream:
        stream.flush()
        stream.buffer.write(data)
