"""What the parts of an SDK resource were made with: the name in `dynamodb.Table(name)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics import members
from lambda_lint.semantics.evaluate import reaching_bindings
from lambda_lint.semantics.facts import Attr, CallRef, Expr, Imported, Ref
from lambda_lint.semantics.values import Instance, Sdk, SdkKind, Values, Where

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator

MAX_HOPS = 8


def made_with(ctx: Context, expression: cst.CSTNode) -> Values:
    """What the first argument was, of the call that made the part of a resource; empty if it is not found."""
    lowered, ev = ctx.module.lowered, ctx.project.evaluator
    where = Where(ctx.module.number, lowered.scope_index(expression), lowered.tree.order[expression])
    found: tuple[Where, Expr] | None = (where, lowered.expressions.lower(expression))
    for _ in range(MAX_HOPS):
        if found is None:
            break
        where, expr = found
        if isinstance(expr, CallRef):
            call = ev.modules[where.module].calls[expr.site]
            seen = Where(where.module, call.scope, call.order, where.frame)
            made = ev.values(where, expr)
            is_part = bool(made) and all(isinstance(v, Sdk) and v.kind is SdkKind.PART for v in made)
            return ev.values(seen, call.args[0].value) if is_part and call.args else ()
        found = _behind(ev, where, expr)
    return ()


def _behind(ev: Evaluator, where: Where, expr: Expr) -> tuple[Where, Expr] | None:
    """The one expression that gives a name or an attribute its value."""
    match expr:
        case Imported(module, str(name), level):
            target = ev.linker.resolve(where.module, module, level)
            binder = None if target is None else ev.names.binder(target, name)
            return None if binder is None else (Where(binder, 0, None), Ref(name))
        case Ref(name):
            scope, at = ev.names.binding_scope(where.module, where.scope, name, where.at)
            reaching, _ = reaching_bindings(scope.bindings.get(name, ()) if scope else (), at)
            if scope is None or len(reaching) != 1:
                return None
            return Where(where.module, scope.index, reaching[0].order, where.frame), reaching[0].value
        case Attr(base, name):
            stores = [
                (Where(cls[0], store.scope, store.order), store.value)
                for owner in ev.values(where, base)
                if isinstance(owner, Instance)
                for cls in ev.order_of_bases(owner.cls)
                for store in members.stores_of(ev, cls, name)
            ]
            return stores[0] if len(stores) == 1 else None
    return None
