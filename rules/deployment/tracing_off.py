"""LL119: functions of which nobody can see where their time goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Rule, Severity, Violation, tracing

from ._surroundings import confidence_in, imported_by, runs_now_and_then

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction


class TracingOff(Rule[Deployment]):
    """Neither the function nor the defaults of its template turn tracing on."""

    code = "LL119"
    severity = Severity.INFO
    on_by_default = False
    message = "the function has no tracing: nothing shows what an invocation waits for, nor which call failed"
    used = "the function has no tracing, so X-Ray drops what its code records with {recorder}"
    help = (
        "set `Tracing: Active` (in CloudFormation `TracingConfig` with mode `Active`), best for all functions"
    )

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        function = deployment.function
        if not function.tracing.is_absent or runs_now_and_then(function) or _has_tracer(function):
            return
        imported = imported_by(deployment)
        if any(name.partition(".")[0] in tracing.OTHER_TRACERS for name in imported):
            return
        confidence = confidence_in(function)
        recorder = next((said for name, said in tracing.XRAY_RECORDERS.items() if name in imported), None)
        if recorder is None:
            yield self.violation(function.place, confidence=confidence)
        else:
            yield self.violation(function.place, confidence=confidence, message=self.used, recorder=recorder)


def _has_tracer(function: DeployedFunction) -> bool:
    """Whether a layer may trace in its own way: by its name, by its settings, or because it is not known."""
    names = [layer.named.text.lower() for layer in function.attached.items]
    return (
        not function.attached.is_complete
        or any(mark in name for name in names for mark in tracing.TRACER_LAYERS)
        or any(variable.name in tracing.TRACER_VARIABLES for variable in function.environment)
    )
