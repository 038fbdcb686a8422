"""What an attribute of something of the project is given, as expressions with where each is seen from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.semantics import construction, members
from lambda_lint.semantics.facts import Ref
from lambda_lint.semantics.values import Instance, ModuleValue, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr


def assigned_to(ev: Evaluator, owner: Instance | ModuleValue, name: str) -> list[tuple[Where, Expr]]:
    """What the attribute `name` of `owner` is given: by its own code, when it is made, and from outside."""
    own = _by_classes(ev, owner, name) if isinstance(owner, Instance) else _by_module(ev, owner.module, name)
    return [*own, *members.set_from_outside(ev, owner, name)]


def _by_classes(ev: Evaluator, owner: Instance, name: str) -> Iterator[tuple[Where, Expr]]:
    for cls in ev.order_of_bases(owner.cls):
        for store in members.stores_of(ev, cls, name):
            for frame in construction.frames_of(ev, owner, (cls[0], store.scope)):
                yield Where(cls[0], store.scope, store.order, frame), store.value
    field = construction.field_argument(ev, owner, name)
    if field is not None:
        yield field


def _by_module(ev: Evaluator, module: int, name: str) -> Iterator[tuple[Where, Expr]]:
    binder = ev.names.binder(module, name)
    if binder is not None:
        yield Where(binder, 0, None), Ref(name)
