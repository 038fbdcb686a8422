"""LL030: an invocation waits for the network for as long as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import DEPLOYED_PHASES, Reach, Rule, Safety, Severity, endless_wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edits, EndlessWait, Fix, Violation


@dataclass(frozen=True, slots=True)
class Fixing:
    """What the fix writes."""

    timeout: int = 5
    """Seconds."""


class MissingTimeout(Rule[cst.Call]):
    """A service that does not answer holds up the function until its own timeout."""

    code = "LL030"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = DEPLOYED_PHASES
    message = "`{name}` {waits} without a timeout{told}"
    fixable = (Safety.UNSAFE,)
    Options = Fixing

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        found = endless_wait(call, ctx)
        if found is not None:
            yield self.violation(
                call,
                path=found.path,
                help=f"{self._advice(found)}, so that a service that does not answer costs seconds only",
                name=found.name,
                waits="is made here and used at each invocation" if found.is_used_later else "waits",
                told=f", as its `{found.keyword}` says" if found.is_told else "",
                fix=lambda edits: self._fix(call, found, edits),
            )

    def _advice(self, found: EndlessWait) -> str:
        if found.keyword is not None:
            return f"give it `{found.keyword}={self.options.timeout}`"
        if found.instead == "settimeout":
            return f"call `settimeout({self.options.timeout})` first"
        return f"use `{found.instead}` with `timeout={self.options.timeout}`"

    def _fix(self, call: cst.Call, found: EndlessWait, edits: Edits) -> Fix | None:
        if found.keyword is None or not found.is_direct:
            return None
        seconds = str(self.options.timeout)
        if not found.is_told:
            change = edits.add_argument(call, f"{found.keyword}={seconds}")
            return edits.fix(f"add `{found.keyword}={seconds}`", [change], Safety.UNSAFE)
        for arg in call.args:
            match arg:
                case cst.Arg(keyword=cst.Name(value=found.keyword), value=cst.Name(value="None")):
                    change = edits.replace(arg.value, seconds)
                    return edits.fix(f"set `{found.keyword}={seconds}`", [change], Safety.UNSAFE)
        return None
