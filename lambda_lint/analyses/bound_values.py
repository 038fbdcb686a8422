"""What a name may be bound to, as expressions: its assignments, and what the call that is followed passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics import passing
from lambda_lint.semantics.arguments import Absent
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.values import Where

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr, Scope


def bound_to(
    ev: Evaluator, where: Where, scope: Scope, name: str, at: int | None
) -> list[tuple[Where, Expr]] | None:
    """All that a name of the scope may be bound to for a use at `at`; None if that is not known."""
    reaching, initial = reaching_bindings(scope.bindings.get(name, ()), at)
    parts = [(Where(where.module, scope.index, each.order, where.frame), each.value) for each in reaching]
    if initial and any(param.name == name for param in scope.params):
        passed = _passed(ev, where, scope, name)
        if passed is None:
            return None
        parts.append(passed)
    return parts


def _passed(ev: Evaluator, where: Where, scope: Scope, name: str) -> tuple[Where, Expr] | None:
    """What the call that is being followed passes for a parameter."""
    followed = passing.followed(where.frame, (where.module, scope.index))
    if followed is None:
        return None
    incoming, caller = followed
    given = passing.given_by(ev, incoming, caller)
    found = passing.passed(ev, given, scope, name, bound=incoming.bound)
    return None if isinstance(found, Absent) else found
