"""Whether something that is not known makes the answer of a handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics.dependence import Dependence
from lambda_lint.semantics.facts import CallRef, Expr, Ref
from lambda_lint.semantics.partials import behind_partial
from lambda_lint.semantics.values import UNKNOWN, FunctionValue, Method, Where

if TYPE_CHECKING:
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project


def makes_unknown_answer(project: Project, handler: HandlerFacts) -> bool:
    """Whether the handler returns what a call made of the event of which nothing is known."""
    ev = project.evaluator
    pending, seen = list(handler.roots), set(handler.roots)
    while pending:
        module, scope = pending.pop()
        for value, order in ev.scope((module, scope)).returns:
            if not isinstance(value, CallRef):
                continue
            where = Where(module, scope, order)
            call = ev.modules[module].calls[value.site]
            callees = ev.values(where, call.func)
            if not callees or UNKNOWN in callees:
                carries = project.dependences.of(where, value) & Dependence.EVENT
                if carries and not calls_decorated(project, where, call.func):
                    return True
                continue
            for callee in map(behind_partial, callees):
                if isinstance(callee, (FunctionValue, Method)) and callee.key not in seen:
                    seen.add(callee.key)
                    pending.append(callee.key)
    return False


def calls_decorated(project: Project, where: Where, func: Expr) -> bool:
    """Whether a decorator's function calls what was decorated: a parameter of the function around."""
    if not isinstance(func, Ref):
        return False
    found, _ = project.evaluator.names.binding_scope(*where[:2], func.name, where.at)
    return found is not None and found.index != where.scope and found.parent is not None
