"""What the rules about invoking functions share: who is let off, and what the target is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.api import Environment, SourceKind

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.api import Context, Invocation

BY_DESIGN = frozenset({SourceKind.CUSTOM_RESOURCE, SourceKind.DURABLE})
"""Durable functions wait and invoke by design; a custom resource runs once for each deployment, and its
template is the only thing that could do the work in its place."""


def plain_invocation(call: cst.Call, ctx: Context) -> Invocation | None:
    """The invocation of another function that the call makes, unless that is how it has to be."""
    invocation = ctx.invocation_of(call)
    if invocation is None:
        return None
    reaching = ctx.handlers_reaching(call)
    if reaching and all(BY_DESIGN.intersection(handler.sources) for handler in reaching):
        return None
    return None if ctx.project.invocations.recursion_of(invocation) else invocation


def target_of(invocation: Invocation, ctx: Context) -> str:
    """The function that is invoked, in words."""
    if invocation.by_url:
        return "a function by its URL"
    name = ctx.project.invocations.target_of(invocation)
    if name is not None:
        return f"function `{name}`"
    match invocation.target:
        case (Environment(variable),):
            return f"the function that `{variable}` names"
    return "another function"
