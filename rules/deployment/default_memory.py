"""LL103: the memory is left at its default, and with it the share of a processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Confidence, Deployment, Rule, Severity, SourceKind, quotas, requests_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Violation

SELDOM = frozenset({SourceKind.CUSTOM_RESOURCE, SourceKind.SECRET_ROTATION})
"""Sources that call a function now and then, when nobody waits for it."""


class DefaultMemory(Rule[Deployment]):
    """The memory is left at its default, and with it the share of a processor."""

    code = "LL103"
    severity = Severity.INFO
    message = "the memory is left at the default of {memory} MB, with which comes {share} % of a processor"
    help = "choose the memory: measure the function with some values, as the processor grows with it"

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        function = deployment.function
        kinds = {source.kind for source in function.sources}
        if not function.memory.is_absent or (kinds and kinds <= SELDOM) or SourceKind.EDGE in kinds:
            return
        if any(requests_of(deployment)):
            yield self.violation(
                function.place,
                confidence=Confidence.HIGH if function.certain else Confidence.MEDIUM,
                memory=quotas.DEFAULT_MEMORY,
                share=round(100 * quotas.DEFAULT_MEMORY / quotas.MEMORY_OF_A_PROCESSOR),
            )
