"""LL075: text of somebody else that becomes code, SQL, a path or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    FlowOrigin,
    Reach,
    Rule,
    Severity,
    Violation,
    event_inputs,
    flow_sinks,
    flows_into,
)

from ._checked import is_checked
from ._injections import Danger, dangers_of_call, html_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Flow


class EventInjection(Rule[cst.Call | cst.Dict]):
    """A part of the event that anybody can write reaches something that runs or obeys it."""

    code = "LL075"
    severity = Severity.ERROR
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "`{part}` {what} (CWE-{cwe})"
    help = "check it against what is allowed before it is used"
    cwe = 74
    security_severity = 8.8

    def check(self, node: cst.Call | cst.Dict, ctx: Context, /) -> Iterator[Violation]:
        dangers = dangers_of_call(node, ctx) if isinstance(node, cst.Call) else html_bodies(node, ctx)
        for danger in dangers:
            flow = _worst(danger, node, ctx)
            if flow is None:
                continue
            kind = danger.kind
            yield self.violation(
                danger.at,
                severity=Severity.WARNING if kind.is_milder else None,
                path=flow.steps,
                help=kind.help,
                fields={"part": flow.name, "what": kind.what, "cwe": kind.cwe},
            )


def _worst(danger: Danger, node: cst.CSTNode, ctx: Context) -> Flow | None:
    """A part that is free text of somebody else, and comes unchecked."""
    for flow in flows_into(ctx, danger.at):
        if (
            flow.origin is FlowOrigin.EVENT
            and danger.takes(flow)
            and event_inputs.is_free_text(flow.path, flow.sources)
            and _is_passed_on(flow, danger.kind)
            and not is_checked(flow, node, ctx)
        ):
            return flow
    return None


def _is_passed_on(flow: Flow, kind: flow_sinks.SinkKind) -> bool:
    """Whether it went only through what leaves it as it is, as far as this danger goes."""
    return flow_sinks.PASSED_ON.issuperset(flow.through) and kind.blocked_by.isdisjoint(flow.through)
