"""Whether a function makes sure of what a part of the event says before it uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import checks_in, flow_sinks, functions_on_way

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.api import Check, Context, Flow


def is_checked(flow: Flow, node: cst.CSTNode, ctx: Context) -> bool:
    """Whether a schema, a condition or a conversion on the way tells what the part may be."""
    decorators = ctx.project.evaluator.decorator_names(flow.entry)
    if any(name.endswith(flow_sinks.VALIDATING_DECORATORS) for name in decorators):
        return True
    functions = functions_on_way(ctx, node, (*ctx.path_to(node), *flow.steps))
    return any(_fits(check, flow) for check in checks_in(ctx, functions))


def _fits(check: Check, flow: Flow) -> bool:
    how = check.how.removesuffix("!")
    if how in flow_sinks.VALIDATORS:
        return flow.path[: len(check.path)] == check.path
    if check.path != flow.path:
        return False
    is_pattern = how.startswith("re.") and how.rpartition(".")[2] in flow_sinks.PATTERNS
    is_test = how.startswith(flow_sinks.TEXT_TESTS)
    return check.how in flow_sinks.CHECKS or how in flow_sinks.CONVERSIONS or is_pattern or is_test
