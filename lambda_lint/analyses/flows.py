"""Which parts of an invocation's event flow into an expression, and on which way.

Dependence says that something of the event may be in a value; a flow says which part, by its keys, and what
was done to it. Flows are found backwards, from the use to the event. What cannot be followed is no flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.analyses.flows_search import FlowSearch
from lambda_lint.semantics.values import Where

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.analyses.flows_model import Flow
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.project import Project


def search_of(project: Project) -> FlowSearch:
    """The search that answers for all modules of the project, and remembers."""
    return project.once(FlowSearch)


def flows_into(ctx: Context, expression: cst.CSTNode) -> tuple[Flow, ...]:
    """The parts of the event, of the environment and of secrets that are known to be in the expression."""
    lowered = ctx.module.lowered
    where = Where(ctx.module.number, lowered.scope_index(expression), lowered.tree.order[expression])
    return search_of(ctx.project).of(where, lowered.expressions.lower(expression))
